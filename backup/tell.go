package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// ErrFaulty means that a backup is complete, and that something was wrong already before it was made: it holds nothing up.
var ErrFaulty = errors.New("the backup is complete")

// Make writes a backup to a file, or to standard output for "-", tells what is in it, and fails with ErrFaulty when it is complete and files were faulty
// already, or the secret key does not open what it must.
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
	return m.faulty(out)
}

// faulty tells what was wrong already when the backup was made.
func (m Manifest) faulty(out io.Writer) error {
	var faults []error
	for _, f := range m.Faults() {
		_, _ = fmt.Fprintf(out, "the file %s is %s\n", f.SHA256, f.Fault)
	}
	if n := len(m.Faults()); n > 0 {
		faults = append(faults, fmt.Errorf("%w, but %d files were not as they were received before it was made; `verify` names their cases", ErrFaulty, n))
	}
	if len(m.Locked) > 0 {
		faults = append(faults, fmt.Errorf("%w, but its secret key does not open what it must, and restored, these channels would be dead: %s. Set PARKWAY_SECRET_KEY (or PARKWAY_SECRET_KEY_FILE) to the one that the program runs with and make another; where that is the one, give these channels their addresses and keys again",
			ErrFaulty, strings.Join(m.Locked, ", ")))
	}
	return errors.Join(faults...)
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
