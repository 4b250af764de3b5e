package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/store"
)

// keeping are the settings of what is done to the data folder beside running the program.
type keeping struct {
	config.Standalone
	config.Owner
	config.Queue
	config.Elsewhere
	config.Keys
	config.Files
	config.Log
}

// program returns a run of the program that does not serve, with its settings checked.
func (k *keeping) program(ctx context.Context) (*program, error) {
	if err := config.Check(k); err != nil {
		return nil, err
	}
	p := &program{options: options{Standalone: k.Standalone, Owner: k.Owner, Queue: k.Queue, Keys: k.Keys, Files: k.Files, Log: k.Log}, began: time.Now(),
		log: slog.New(slog.DiscardHandler), say: func(words string) { fmt.Fprintln(os.Stderr, words) }}
	var err error
	if p.dir, err = filepath.Abs(k.DataDir); err != nil {
		return nil, err
	}
	return p, p.checkFolder(ctx)
}

// filled refuses a folder in which nothing has been kept yet, for what is done to what is there. It makes nothing.
func filled(dir string) error {
	dir, err := filepath.Abs(dir)
	if err == nil && standalone.Empty(dir) {
		err = fmt.Errorf("PARKWAY_DATA_DIR: there is nothing in %s; set it to the folder that the program runs on", dir)
	}
	return err
}

// withDatabase does something with PostgreSQL, and nothing else, running on the folder.
func (p *program) withDatabase(ctx context.Context, do func(m *standalone.Machine) error) error {
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	m, err := standalone.StartDatabase(ctx, standalone.Options{Dir: p.dir, Postgres: p.theirs, Namespace: p.Namespace, Log: p.log, Progress: p.progress, Fatal: func(err error) { giveUp(err) }})
	if err != nil {
		return standalone.Told(p.dir, err)
	}
	if err = store.Known(ctx, m.OwnerURL()); err == nil {
		err = do(m)
	}
	return standalone.Told(p.dir, errors.Join(err, m.Stop()))
}

// keptFiles opens the place for files.
func (p *program) keptFiles(ctx context.Context) (*blobs.Keeper, error) {
	if p.BlobURL != "" {
		return blobs.Open(ctx, p.BlobURL, p.UploadLimit)
	}
	return blobs.Open(ctx, config.FolderURL(filepath.Join(p.dir, "files")), p.UploadLimit)
}

// word returns the secret key: the one that is set, else the one in the folder.
func (p *program) word() (string, error) {
	if p.SecretKey != "" || p.SecretKeyFile != "" {
		return p.Word()
	}
	key, err := config.SecretFile(filepath.Join(p.dir, "secret-key"))
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("PARKWAY_SECRET_KEY: there is no secret key in %s; set it to the one that the program runs with, or start the program once, which makes one", p.dir)
	}
	return key, err
}

type backupCommand struct {
	keeping
	File string `arg:"" help:"File to write, which must not be there yet; - for standard output."`
}

// Run writes everything into one archive, of a program that runs as of one that does not.
func (c *backupCommand) Run(ctx context.Context) error {
	p, err := c.program(ctx)
	if err != nil {
		return err
	}
	if err := filled(p.dir); err != nil {
		return err
	}
	if !standalone.Running(p.dir) {
		return p.withDatabase(ctx, func(m *standalone.Machine) error { return p.backUp(ctx, m.OwnerURL(), c.File) })
	}
	url, err := p.runningURL(ctx)
	if err == nil {
		err = p.backUp(ctx, url, c.File)
	}
	return standalone.Told(p.dir, err)
}

// runningURL is the owner's address of the database that the running program uses.
func (p *program) runningURL(ctx context.Context) (string, error) {
	if p.theirs != "" {
		return standalone.TheirOwnerURL(p.theirs)
	}
	return standalone.RunningOwnerURL(ctx, p.dir)
}

func (p *program) backUp(ctx context.Context, url, file string) error {
	source, done, err := p.source(ctx, url)
	if err != nil {
		return err
	}
	defer done()
	return backup.Make(ctx, file, source, os.Stderr)
}

// source is what a backup is made of; the caller calls done.
func (p *program) source(ctx context.Context, url string) (s backup.Source, done func(), err error) {
	key, err := p.word()
	if err != nil {
		return s, nil, err
	}
	files, err := p.keptFiles(ctx)
	if err != nil {
		return s, nil, err
	}
	done = func() { _ = files.Close() } // it only reads
	return backup.Source{OwnerURL: url, Files: files, Key: key, Now: time.Now()}, done, nil
}

type restoreCommand struct {
	keeping
	File string `arg:"" help:"Archive that backup wrote; - for standard input."`
}

// Run restores an archive into a folder that is empty or holds no zone, verifies it, and shows the numbers side by side.
func (c *restoreCommand) Run(ctx context.Context) error {
	archive, done, err := backup.From(c.File)
	if err != nil {
		return err
	}
	defer done()
	defer archive.Close() //nolint:errcheck // it only reads
	p, err := c.program(ctx)
	if err != nil {
		return err
	}
	secret, err := archive.Secret()
	if err != nil {
		return err
	}
	if p.SecretKey != "" || p.SecretKeyFile != "" {
		if key, err := p.Word(); err != nil || key != secret {
			return errors.Join(err, errors.New("PARKWAY_SECRET_KEY: the archive was made under another one, which its channels' secrets need; unset it, and the archive's is kept in the folder"))
		}
	}
	fresh := standalone.Empty(p.dir)
	err = p.withDatabase(ctx, func(m *standalone.Machine) error { return p.restore(ctx, m, archive) })
	if fresh && errors.Is(err, backup.ErrDamaged) {
		return errors.Join(err, os.RemoveAll(p.dir)) // as it was found
	}
	return err
}

func (p *program) restore(ctx context.Context, m *standalone.Machine, archive *backup.Archive) error {
	if err := store.Vacant(ctx, m.OwnerURL()); err != nil {
		return err
	}
	files, err := p.keptFiles(ctx)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // what was put is on the disk
	keep := func(secret string) error {
		if p.SecretKey != "" || p.SecretKeyFile != "" {
			return nil
		}
		return m.KeepSecret("secret-key", secret)
	}
	began := time.Now()
	if err := archive.Restore(ctx, backup.Target{OwnerURL: m.OwnerURL(), AppRole: m.AppRole(), Files: files, Keep: keep}, p.progress); err != nil {
		return err
	}
	fmt.Printf("恢复用时 / restored in %s\n", time.Since(began).Round(10*time.Millisecond))
	if err := archive.Compare(ctx, m.OwnerURL(), files, os.Stdout); err != nil {
		return err
	}
	fmt.Println("恢复完成，可以启动了 / restored; start the program as usual")
	return nil
}

type verifyCommand struct{ keeping }

// Run verifies every case by its events, its row and parts, and its files.
func (c *verifyCommand) Run(ctx context.Context) error {
	p, err := c.program(ctx)
	if err != nil {
		return err
	}
	if err := filled(p.dir); err != nil {
		return err
	}
	verify := func(url string) error {
		files, err := p.keptFiles(ctx)
		if err != nil {
			return err
		}
		defer files.Close() //nolint:errcheck // it only reads
		db, err := openStore(ctx, url, p.log)
		if err != nil {
			return err
		}
		defer db.Close()
		return (&backup.Verifier{Store: db, Files: files, Out: os.Stdout}).All(ctx)
	}
	if !standalone.Running(p.dir) {
		return p.withDatabase(ctx, func(m *standalone.Machine) error { return verify(m.OwnerURL()) })
	}
	url, err := p.runningURL(ctx)
	if err == nil {
		err = verify(url)
	}
	return standalone.Told(p.dir, err)
}

type passwordsCommand struct{ keeping }

// Run gives both roles of the database new passwords, which nobody has to know.
func (c *passwordsCommand) Run(ctx context.Context) error {
	p, err := c.program(ctx)
	if err != nil {
		return err
	}
	if standalone.Running(p.dir) {
		return errors.New("Parkway is running on this folder; stop it first: what runs has signed in with the passwords that are to change")
	}
	if err := filled(p.dir); err != nil {
		return err
	}
	err = p.withDatabase(ctx, func(m *standalone.Machine) error { return m.Postgres().ChangePasswords(ctx) })
	if err == nil {
		fmt.Println("数据库两个角色的密码已更换，记在数据目录里 / both roles of the database have new passwords, which the folder remembers: " + strings.Join([]string{"postgres/password", "postgres/app-password"}, ", "))
	}
	return err
}
