package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

type backupCommand struct {
	config.Owner
	config.Keys
	config.Files
	config.Log
	File string `arg:"" help:"File to write, which must not be there yet; - for standard output."`
}

// Run writes everything into one archive. People may go on working.
func (c *backupCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	key, err := c.Word()
	if err != nil {
		return err
	}
	files, err := openFiles(ctx, c.Files)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // it only reads
	return backup.Make(ctx, c.File, backup.Source{OwnerURL: url, Files: files, Key: key, Now: time.Now()}, os.Stderr)
}

func openFiles(ctx context.Context, f config.Files) (*blobs.Keeper, error) {
	if f.BlobURL == "" {
		return nil, errors.New("PARKWAY_BLOB_URL: there is no place for files; set it to the one that the servers have, e.g. file:///var/lib/parkway/files")
	}
	return blobs.Open(ctx, f.BlobURL, f.UploadLimit)
}

type restoreCommand struct {
	config.Owner
	config.Database
	config.Keys
	config.Files
	config.Log
	File      string `arg:"" help:"Archive that backup wrote; - for standard input."`
	KeyToFile string `type:"path" help:"File to write the archive's secret key to, when PARKWAY_SECRET_KEY is not known here yet."`
}

// Run restores an archive into a database that holds no zone, verifies it, and shows the numbers side by side.
func (c *restoreCommand) Run(ctx context.Context) error {
	url, err := c.Owner.URL()
	if err != nil {
		return err
	}
	files, err := openFiles(ctx, c.Files)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // what was put is on the disk
	archive, done, err := backup.From(c.File)
	if err != nil {
		return err
	}
	defer done()
	defer archive.Close() //nolint:errcheck // it only reads
	secret, err := archive.Secret()
	if err != nil {
		return err
	}
	if err := c.keyFits(secret); err != nil {
		return err
	}
	if err := store.Known(ctx, url); err != nil {
		return err
	}
	if err := makeAppRole(ctx, url, c.Database, c.AppRole); err != nil {
		return err
	}
	began := time.Now()
	if err := archive.Restore(ctx, backup.Target{OwnerURL: url, AppRole: c.AppRole, Files: files, Keep: c.keep}, func(words string) { fmt.Println(words) }); err != nil {
		return err
	}
	fmt.Printf("恢复用时 / restored in %s\n", time.Since(began).Round(10*time.Millisecond))
	if err := archive.Compare(ctx, url, files, os.Stdout); err != nil {
		return err
	}
	fmt.Println("恢复完成；请运行 parkway reconcile，为在办事项启动流程 / restored; `parkway reconcile` starts the workflows of its open cases")
	return nil
}

// keyFits refuses an archive whose secrets the servers could not open.
func (c *restoreCommand) keyFits(secret string) error {
	if c.KeyToFile != "" {
		if _, err := os.Lstat(c.KeyToFile); err == nil {
			return fmt.Errorf("%s is there already; name a file that is not", c.KeyToFile)
		}
		return nil
	}
	key, err := c.Word()
	if err != nil {
		return fmt.Errorf("%w, or have the archive's written into a file with --key-to-file", err)
	}
	if key != secret {
		return errors.New("PARKWAY_SECRET_KEY: the archive was made under another one, which its channels' secrets need; have it written into a file with --key-to-file and set PARKWAY_SECRET_KEY_FILE to that")
	}
	return nil
}

func (c *restoreCommand) keep(secret string) error {
	if c.KeyToFile == "" {
		return nil
	}
	if err := os.WriteFile(c.KeyToFile, []byte(secret+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the secret key: %w", err)
	}
	return nil
}

// makeAppRole makes the application's role where it is missing, as in a new cluster of databases: with the password by which the servers will come.
// Where that is not known here it says what to do; nothing has been written then.
func makeAppRole(ctx context.Context, ownerURL string, d config.Database, role string) error {
	if role == "" {
		return nil
	}
	there, err := store.RoleThere(ctx, ownerURL, role)
	if err != nil || there {
		return err
	}
	password := ""
	if d.DatabaseURL != "" || d.DatabaseURLFile != "" {
		address, err := d.URL()
		if err != nil {
			return err
		}
		app, err := pgx.ParseConfig(address)
		if err != nil {
			return err
		}
		if app.User == role {
			password = app.Password
		}
	}
	if password == "" {
		return fmt.Errorf("PARKWAY_APP_ROLE: this PostgreSQL has no role %s; set PARKWAY_DATABASE_URL to the address by which the servers come, as that role and with its password, and it is made; or make it with CREATE ROLE %s LOGIN PASSWORD '…'. Nothing was written", role, pgx.Identifier{role}.Sanitize())
	}
	return store.MakeRole(ctx, ownerURL, role, password)
}

type passwordCommand struct {
	config.Owner
	config.Log
	Whose string `arg:"" enum:"owner,app" help:"Whose password: owner or app."`
	File  string `arg:"" type:"path" help:"File that holds the new password, and nothing else."`
}

// Run gives a role of the database a new password.
func (c *passwordCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	password, err := config.SecretFile(c.File)
	if err != nil {
		return err
	}
	owner, err := pgx.ParseConfig(url)
	if err != nil {
		return err
	}
	if err := store.Known(ctx, url); err != nil {
		return err
	}
	role, variable := c.AppRole, "PARKWAY_DATABASE_PASSWORD"
	if c.Whose == "owner" {
		role, variable = owner.User, "PARKWAY_MIGRATE_DATABASE_PASSWORD"
	}
	if err := store.SetPassword(ctx, url, role, password); err != nil {
		return err
	}
	fmt.Printf("the role %s has the new password; set %s to it and start what uses it again\n", role, variable)
	return nil
}
