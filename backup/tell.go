package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/parkway-zone/parkway/store"
)

// Make writes a backup to a file, or to standard output for "-", tells what is in it, and fails when it is complete and files were faulty already.
func Make(ctx context.Context, path string, s Source, out io.Writer) error {
	var m Manifest
	var err error
	began := time.Now()
	if path == "-" {
		m, err = To(ctx, os.Stdout, s)
	} else {
		m, err = ToFile(ctx, path, s)
	}
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "备份完成 / backed up %s: %d cases, %d events, %d files (%d bytes), schema %d, in %s\n", m.Zone, m.Figures.Cases, m.Figures.Events, m.Figures.Files,
		m.Figures.Bytes, m.Schema, time.Since(began).Round(10*time.Millisecond))
	_, _ = fmt.Fprintln(out, "存档里有全部资料和密钥，请像数据库一样保管 / it holds everything, the secret key too: keep it as safe as the database")
	if faults := m.Faults(); len(faults) > 0 {
		for _, f := range faults {
			_, _ = fmt.Fprintf(out, "the file %s is %s\n", f.SHA256, f.Fault)
		}
		return fmt.Errorf("the backup is complete, but %d files were not as they were received before it was made; `verify` names their cases", len(faults))
	}
	return nil
}

// From opens an archive, from a file or, for "-", from standard input, which is kept in a temporary file meanwhile.
func From(path string) (a *Archive, done func(), err error) {
	if path != "-" {
		a, err = Open(path)
		return a, func() {}, err
	}
	spool, err := os.CreateTemp("", "parkway-restore-")
	if err != nil {
		return nil, nil, fmt.Errorf("keep the archive meanwhile: %w", err)
	}
	done = func() { _ = os.Remove(spool.Name()) } // it is a temporary file
	_, err = io.Copy(spool, os.Stdin)
	if err = errors.Join(err, spool.Close()); err == nil {
		a, err = Open(spool.Name())
	}
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("read the archive from standard input: %w", err)
	}
	return a, done, nil
}

// Before is the name of the backup that is made before an upgrade.
func Before(u *store.Upgrade, now time.Time) string {
	return fmt.Sprintf("before-%04d-%s.zip", u.To, now.UTC().Format("20060102-150405"))
}
