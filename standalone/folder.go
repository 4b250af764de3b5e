package standalone

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// kept are the names of what the program keeps in its folder.
func kept() []string {
	return []string{"postgres", "files", "log", "backups", "engine-ports", "secret-key", "secret-key.new", "engine-ports.new", "lock"}
}

// Usable reports why a folder cannot be the data folder: it holds things of somebody else's. It makes nothing.
func Usable(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the folder: %w", err)
	}
	ours := false
	for _, e := range entries {
		ours = ours || slices.Contains(kept(), e.Name())
	}
	if len(entries) > 0 && !ours {
		return fmt.Errorf("the folder %s holds other things, such as %s; set it to a folder of Parkway's own, such as %s", dir, entries[0].Name(), filepath.Join(dir, ".parkway"))
	}
	return nil
}

// Whole reports why PostgreSQL of our own must not be started on the folder: it cannot work there, or the folder was in use and its database is
// gone, so that an empty one would take its place.
func Whole(dir string) error {
	if err := postgres.Usable(filepath.Join(dir, "postgres")); err != nil {
		return err
	}
	_, missing := os.Stat(filepath.Join(dir, "secret-key")) // made once the database is there
	if missing == nil && !postgres.There(filepath.Join(dir, "postgres")) {
		return fmt.Errorf("%s was in use, and its database (%s) is not there: copy it back from where the folder came from (as root, versions before this one kept it below /var/lib/parkway), or restore a backup into an empty folder", dir, filepath.Join(dir, "postgres", "data"))
	}
	return nil
}

// Told is an error of something that was done with the folder, with the reason where it is a full disk: what fails then fails in many words, and
// none of them says so. The disk may be another one than the folder's: that of an archive.
func Told(dir string, err error) error {
	if err == nil || strings.Contains(err.Error(), "is full, make room") {
		return err
	}
	var at *fs.PathError
	if errors.As(err, &at) && errors.Is(at, syscall.ENOSPC) {
		return fmt.Errorf("%w: %w", postgres.Full(filepath.Dir(at.Path)), err)
	}
	if full := postgres.Room(dir); full != nil {
		return fmt.Errorf("%w: %w", full, err)
	}
	return err
}

// Empty reports whether nothing has been kept in the folder yet.
func Empty(dir string) bool {
	entries, err := os.ReadDir(dir)
	return errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0
}
