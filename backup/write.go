package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"gocloud.dev/gcerrors"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Source is what a backup is made of.
type Source struct {
	OwnerURL string        // of the database
	Files    *blobs.Keeper // where their bytes are
	Key      string        // that opens the channels' secrets, as it was set
	Now      time.Time
}

// ToFile writes an archive to a file that only its owner may read. The file is there once it is complete and on the disk; one that is there already
// is never overwritten.
func ToFile(ctx context.Context, path string, s Source) (m Manifest, err error) {
	if _, err := os.Lstat(path); err == nil {
		return m, fmt.Errorf("%s is there already; name a file that is not", path)
	}
	lock := flock.New(path+".part", flock.SetPermissions(0o600))
	free, err := lock.TryLock()
	if err != nil {
		return m, fmt.Errorf("write the backup: %w", err)
	}
	if !free {
		return m, fmt.Errorf("another program writes %s just now; name another file", path)
	}
	defer lock.Unlock() //nolint:errcheck // the file is closed with it
	part, err := os.OpenFile(path+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return m, fmt.Errorf("write the backup: %w", err)
	}
	m, err = To(ctx, part, s)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return m, errors.Join(fmt.Errorf("write the backup %s: %w", filepath.Base(path), err), os.Remove(part.Name()))
	}
	return m, nil
}

// To writes an archive of one moment. People may go on working: what they do meanwhile is not in it. A file that is known and not there as it was
// received is named in the manifest and holds nothing up.
func To(ctx context.Context, w io.Writer, s Source) (Manifest, error) {
	m := Manifest{Format: format, Program: config.Version(), Made: s.Now.UTC(), Key: sum([]byte(s.Key))}
	d, err := store.OpenDump(ctx, s.OwnerURL)
	if err != nil {
		return m, err
	}
	defer d.Close() //nolint:errcheck // it only reads
	m.Schema, m.Postgres = d.Schema, d.Server
	if m.Zone, err = d.Zone(ctx); err != nil {
		return m, err
	}
	if m.Figures, err = d.Figures(ctx); err != nil {
		return m, err
	}
	if m.Locked, err = locked(ctx, d, s.Key); err != nil {
		return m, err
	}
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	if err := put(z, keyName, []byte(s.Key), s.Now); err != nil {
		return m, err
	}
	if err := m.tables(ctx, z, d, s.Now); err != nil {
		return m, err
	}
	if err := m.files(ctx, z, d, s); err != nil {
		return m, err
	}
	text, err := json.MarshalIndent(m, "", " ")
	if err == nil {
		err = put(z, manifestName, append(text, '\n'), s.Now)
	}
	return m, errors.Join(err, z.Close())
}

// locked names the channels whose secrets the key does not open.
func locked(ctx context.Context, d *store.Dump, key string) ([]string, error) {
	channels, err := d.Locked(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := config.Keys{SecretKey: key}.Secret()
	if err != nil {
		return nil, err
	}
	safe, err := notify.NewSafe(secret)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, c := range channels {
		if _, err := safe.Open(c.ID, c.Secrets); err != nil {
			names = append(names, c.Name)
		}
	}
	return names, nil
}

func put(z *zip.Writer, name string, text []byte, at time.Time) error {
	to, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err == nil {
		_, err = to.Write(text)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func (m *Manifest) tables(ctx context.Context, z *zip.Writer, d *store.Dump, at time.Time) error {
	tables, err := d.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		to, err := z.CreateHeader(&zip.FileHeader{Name: tableName(t.Name), Method: zip.Deflate, Modified: at})
		if err != nil {
			return fmt.Errorf("write the table %s: %w", t.Name, err)
		}
		digest, size := sha256.New(), counter(0)
		if err := d.Write(ctx, io.MultiWriter(to, digest, &size), &t); err != nil {
			return err
		}
		m.Tables = append(m.Tables, Part{Table: t, Size: int64(size), SHA256: hexOf(digest)})
	}
	m.Sequences, err = d.Sequences(ctx)
	return err
}

type counter int64

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

func (m *Manifest) files(ctx context.Context, z *zip.Writer, d *store.Dump, s Source) error {
	known, err := d.Files(ctx)
	if err != nil {
		return err
	}
	for _, f := range known {
		fault, err := file(ctx, z, s, f)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, File{Stored: f, Fault: fault})
	}
	return nil
}

// file copies a file's bytes, which are photographs and the like: packing them again gains nothing. They are read once before, so that what is
// not as it was received does not get into the archive under its name.
func file(ctx context.Context, z *zip.Writer, s Source, f store.Stored) (fault string, err error) {
	found, err := s.Files.Sum(ctx, f.SHA256)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case gcerrors.Code(err) == gcerrors.NotFound:
		return "missing", nil
	case err != nil:
		return "unreadable", nil
	case found != f.SHA256:
		return "changed", nil
	}
	from, err := s.Files.Bytes(ctx, f.SHA256)
	if err != nil {
		return "", err
	}
	defer from.Close()
	to, err := z.CreateHeader(&zip.FileHeader{Name: fileName(f.SHA256), Method: zip.Store, Modified: s.Now})
	if err == nil {
		_, err = io.Copy(to, from)
	}
	if err != nil {
		return "", fmt.Errorf("copy the file %s: %w", f.SHA256, err)
	}
	return "", nil
}
