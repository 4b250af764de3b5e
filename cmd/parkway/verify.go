package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

type verifyCommand struct {
	config.Database
	config.Files
	config.Log
}

// Run verifies every case by its events and fails when something is not as it was written. Without PARKWAY_BLOB_URL it cannot read the files, and
// says so.
func (c *verifyCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, c.Logger())
	if err != nil {
		return err
	}
	defer db.Close()
	v := verifier{db: db, out: os.Stdout}
	if c.BlobURL != "" {
		if v.files, err = blobs.Open(ctx, c.BlobURL, c.UploadLimit); err != nil {
			return err
		}
		defer v.files.Close() //nolint:errcheck // it only reads
	}
	return v.all(ctx)
}

// verifier verifies all cases and counts what it finds.
type verifier struct {
	db    *store.Store
	files *blobs.Keeper // nil: files are not read
	out   io.Writer

	cases, events, facts, read, broken, older int
}

func (v *verifier) say(format string, words ...any) {
	_, _ = fmt.Fprintf(v.out, format, words...) // who closed the terminal reads nothing more; the exit status remains
}

func (v *verifier) all(ctx context.Context) error {
	for after := ""; ; {
		ids, err := v.db.CaseIDs(ctx, after, 500)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		for _, id := range ids {
			if err := v.one(ctx, id); err != nil {
				return err
			}
			after = id
		}
	}
	v.say("%d cases, %d events, %d facts, %d files, %d broken\n", v.cases, v.events, v.facts, v.read, v.broken)
	if v.older > 0 {
		v.say("%d cases have events from before events held every fact: not every fact of theirs could be compared\n", v.older)
	}
	if v.files == nil {
		v.say("the files were not read: set PARKWAY_BLOB_URL to have their bytes checked\n")
	}
	if v.broken > 0 {
		return errors.New("some histories are not as they were written")
	}
	return nil
}

func (v *verifier) one(ctx context.Context, id string) error {
	machine := process.Actor{Type: process.Import, Name: "verify"}
	check := v.db.Verify
	if v.files != nil {
		check = func(ctx context.Context, actor process.Actor, id string) (store.Verification, error) {
			return v.files.VerifyCase(ctx, v.db, actor, id)
		}
	}
	found, err := check(ctx, machine, id)
	if err != nil {
		return err
	}
	v.cases, v.events, v.facts = v.cases+1, v.events+found.Events, v.facts+found.Facts
	if v.files != nil {
		v.read += len(found.Files)
	}
	if !found.Intact() {
		v.broken++
	}
	for _, f := range found.Findings {
		if f.Sort == process.NotInEvents {
			v.older++
			continue
		}
		v.say("%s %s: %s\n", found.Head.Number, id, f)
	}
	return nil
}
