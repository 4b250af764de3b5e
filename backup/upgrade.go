package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"github.com/gofrs/flock"

	"github.com/parkway-zone/parkway/store"
)

// BeforeUpgrade makes the backup before an upgrade in a folder. Files and channels that were faulty already are told and hold nothing up. An upgrade
// that is tried again and again leaves one archive: what a try before left half-written is taken away, and so is its archive when it holds the same.
func BeforeUpgrade(ctx context.Context, folder string, due *store.Upgrade, s Source, out io.Writer) error {
	if err := clearParts(folder); err != nil {
		return err
	}
	tries := filepath.Join(folder, fmt.Sprintf("before-%04d-", due.To))
	path := tries + s.Now.UTC().Format("20060102-150405") + ".zip"
	_, _ = fmt.Fprintln(out, "升级前先备份到 / the data is of an earlier release and is backed up first: "+path)
	err := Make(ctx, path, s, out)
	if errors.Is(err, ErrFaulty) {
		_, _ = fmt.Fprintf(out, "%s\n升级照常进行 / the upgrade goes on\n", err)
		err = nil
	}
	if err != nil {
		return err
	}
	before, err := filepath.Glob(tries + "*.zip")
	if err != nil {
		return fmt.Errorf("look for earlier backups: %w", err)
	}
	for _, earlier := range before {
		if earlier != path && holdTheSame(earlier, path) {
			if err := os.Remove(earlier); err != nil {
				return fmt.Errorf("remove a backup that holds what the new one holds: %w", err)
			}
		}
	}
	return nil
}

// clearParts removes what tries that were killed left half-written; whoever still writes holds a lock.
func clearParts(folder string) error {
	parts, err := filepath.Glob(filepath.Join(folder, "before-*.zip.part"))
	if err != nil {
		return fmt.Errorf("look for what an earlier try left: %w", err)
	}
	for _, path := range parts {
		lock := flock.New(path)
		free, err := lock.TryLock()
		if err == nil && free {
			err = errors.Join(os.Remove(path), lock.Unlock())
		}
		if err != nil {
			return fmt.Errorf("remove what an earlier try left: %w", err)
		}
	}
	return nil
}

// holdTheSame reports whether two archives hold the same but for when they were made. One that cannot be read is not known to.
func holdTheSame(one, other string) bool {
	a, err := Open(one)
	if err != nil {
		return false
	}
	defer a.Close() //nolint:errcheck // it only reads
	b, err := Open(other)
	if err != nil {
		return false
	}
	defer b.Close() //nolint:errcheck // it only reads
	was, is := a.Manifest, b.Manifest
	was.Made, was.Program = time.Time{}, ""
	is.Made, is.Program = time.Time{}, ""
	return reflect.DeepEqual(was, is)
}
