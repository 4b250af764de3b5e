package backup

import (
	"context"
	"fmt"
	"io"

	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Target is where a zone is restored to.
type Target struct {
	OwnerURL string                    // of a vacant database
	AppRole  string                    // that is let use it
	Files    *blobs.Keeper             // where their bytes go
	Keep     func(secret string) error // the key that opens the channels' secrets
}

// Restore brings the zone of the archive back. The archive is read and checked as a whole, and the target found vacant, before anything is written;
// the database, by which everything else is found, is filled last and in one transaction: a restore that was interrupted can be made again. Data of
// an earlier release is then brought up to date.
func (a *Archive) Restore(ctx context.Context, t Target, say func(string)) error {
	if err := store.Vacant(ctx, t.OwnerURL); err != nil {
		return err
	}
	say("正在核对存档… / checking the archive")
	if err := a.Check(ctx); err != nil {
		return err
	}
	say(fmt.Sprintf("正在恢复 %d 个文件… / restoring %d files", len(a.Files), len(a.Files)))
	if err := a.Put(ctx, t.Files); err != nil {
		return err
	}
	secret, err := a.Secret()
	if err != nil {
		return err
	}
	if err := t.Keep(secret); err != nil {
		return err
	}
	say("正在恢复数据库… / restoring the database")
	if err := a.Fill(ctx, t.OwnerURL); err != nil {
		return err
	}
	return store.MigrateTelling(ctx, t.OwnerURL, t.AppRole, say)
}

// Fill restores the database alone, as it was: of the release that the archive was made of.
func (a *Archive) Fill(ctx context.Context, ownerURL string) error {
	load := store.Load{Schema: a.Schema, Sequences: a.Sequences, Open: func(table string) (io.ReadCloser, error) { return a.entry(tableName(table)) }}
	for _, p := range a.Tables {
		load.Tables = append(load.Tables, p.Table)
	}
	return store.Restore(ctx, ownerURL, load)
}

// Put restores the files alone.
func (a *Archive) Put(ctx context.Context, files *blobs.Keeper) error {
	for _, f := range a.Files {
		if f.Fault == "" {
			if err := a.file(ctx, files, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Archive) file(ctx context.Context, files *blobs.Keeper, f File) error {
	from, err := a.entry(fileName(f.SHA256))
	if err != nil {
		return err
	}
	defer from.Close()
	return files.Put(ctx, f.SHA256, f.MediaType, from)
}
