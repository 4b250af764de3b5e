// Package backup puts a zone into one archive and brings it back: the database as it was at one moment, every file that it knows, and the key that
// opens the channels' secrets. An archive is a zip file, so that it can be looked into without this program; its manifest says what is in it, with
// the SHA-256 of each part.
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"github.com/parkway-zone/parkway/store"
)

// format is the version of the archive's own form.
const format = 1

// The names in an archive.
const (
	manifestName = "manifest.json"
	keyName      = "secret-key"
)

func tableName(table string) string { return "tables/" + table + ".copy" }
func fileName(sha string) string    { return "files/" + sha[:2] + "/" + sha }

// Manifest says what an archive holds.
type Manifest struct {
	Format    int              `json:"format"`
	Program   string           `json:"program"` // that made it
	Made      time.Time        `json:"made"`    // when the moment was that it holds
	Zone      string           `json:"zone"`
	Schema    int64            `json:"schema"` // of the database
	Postgres  string           `json:"postgres"`
	Figures   store.Figures    `json:"figures"`
	Tables    []Part           `json:"tables"`
	Sequences map[string]int64 `json:"sequences"`
	Files     []File           `json:"files"`
	Key       string           `json:"secret_key_sha256"`
	Locked    []string         `json:"locked,omitempty"` // names of the channels whose secrets the key did not open
}

// Part is a table with the SHA-256 of its rows.
type Part struct {
	store.Table
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// File is a file that the database knows. Its bytes are in the archive unless something was wrong with them already.
type File struct {
	store.Stored
	Fault string `json:"fault,omitempty"` // missing, changed, unreadable
}

// Faults returns the files whose bytes were not what was received when the backup was made.
func (m Manifest) Faults() []File {
	found := []File{}
	for _, f := range m.Files {
		if f.Fault != "" {
			found = append(found, f)
		}
	}
	return found
}

// Archive is an archive that is read.
type Archive struct {
	Manifest
	entries map[string]*zip.File
	closer  io.Closer
}

// ErrDamaged means that an archive is not what was written.
var ErrDamaged = errors.New("the archive is damaged; take another copy of it")

// Open opens an archive and reads what it holds. It fails for one of a form that this program does not know.
func Open(path string) (*Archive, error) {
	reader, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: it is no archive of `backup`, or its end is missing; take another copy of it: %w", path, err)
	}
	a := &Archive{entries: map[string]*zip.File{}, closer: reader}
	for _, f := range reader.File {
		a.entries[f.Name] = f
	}
	text, err := a.read(manifestName)
	if err == nil {
		if err = json.Unmarshal(text, &a.Manifest); err != nil {
			err = fmt.Errorf("%w: %s: %w", ErrDamaged, manifestName, err)
		}
	}
	switch {
	case err != nil:
		err = fmt.Errorf("read the manifest of %s: %w", path, err)
	case a.Format != format:
		err = fmt.Errorf("%s was made by %s in form %d; this program reads form %d", path, a.Program, a.Format, format)
	default:
		if err = store.KnowsSchema(a.Schema); err != nil { // before a folder, a database or a file is made for it
			err = fmt.Errorf("%s: %w", path, err)
		}
	}
	if err != nil {
		return nil, errors.Join(err, reader.Close())
	}
	return a, nil
}

// Close closes the archive.
func (a *Archive) Close() error { return a.closer.Close() }

// entry opens a part.
func (a *Archive) entry(name string) (io.ReadCloser, error) {
	f, there := a.entries[name]
	if !there {
		return nil, fmt.Errorf("%w: %s is not in it", ErrDamaged, name)
	}
	from, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	return from, nil
}

func (a *Archive) read(name string) ([]byte, error) {
	from, err := a.entry(name)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	return text, nil
}

// Secret returns the key that opens the channels' secrets.
func (a *Archive) Secret() (string, error) {
	text, err := a.read(keyName)
	if err == nil && sum(text) != a.Key {
		err = fmt.Errorf("%w: %s is not what was written", ErrDamaged, keyName)
	}
	return string(text), err
}

// Check reads the whole archive and reckons every SHA-256 again. It is called before anything is touched.
func (a *Archive) Check(ctx context.Context) error {
	if _, err := a.Secret(); err != nil {
		return err
	}
	for _, t := range a.Tables {
		if err := a.same(ctx, tableName(t.Name), t.SHA256); err != nil {
			return err
		}
	}
	for _, f := range a.Files {
		if f.Fault != "" {
			continue
		}
		if err := a.same(ctx, fileName(f.SHA256), f.SHA256); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) same(ctx context.Context, name, want string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	from, err := a.entry(name)
	if err != nil {
		return err
	}
	defer from.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, from); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, name, err)
	}
	if hexOf(digest) != want {
		return fmt.Errorf("%w: %s is not what was written", ErrDamaged, name)
	}
	return nil
}

func sum(text []byte) string {
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:])
}

func hexOf(digest hash.Hash) string { return hex.EncodeToString(digest.Sum(nil)) }
