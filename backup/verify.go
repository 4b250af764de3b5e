package backup

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Verifier verifies all cases and counts what it finds.
type Verifier struct {
	Store *store.Store
	Files *blobs.Keeper // nil: files are not read
	Out   io.Writer

	Cases, Events, Facts, Read, Broken int // so far; Read are files
	older                              int
}

func (v *Verifier) say(format string, words ...any) {
	_, _ = fmt.Fprintf(v.Out, format, words...) // who closed the terminal reads nothing more; the exit status remains
}

// All verifies every case by its events, and fails when something is not as it was written.
func (v *Verifier) All(ctx context.Context) error {
	for after := ""; ; {
		ids, err := v.Store.CaseIDs(ctx, after, 500)
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
	v.say("%d cases, %d events, %d facts, %d files, %d broken\n", v.Cases, v.Events, v.Facts, v.Read, v.Broken)
	if v.older > 0 {
		v.say("%d cases have events from before events held every fact: not every fact of theirs could be compared\n", v.older)
	}
	if v.Files == nil {
		v.say("the files were not read: set PARKWAY_BLOB_URL to have their bytes checked\n")
	}
	if v.Broken > 0 {
		return errors.New("some histories are not as they were written")
	}
	return nil
}

func (v *Verifier) one(ctx context.Context, id string) error {
	machine := process.Actor{Type: process.Import, Name: "verify"}
	check := v.Store.Verify
	if v.Files != nil {
		check = func(ctx context.Context, actor process.Actor, id string) (store.Verification, error) {
			return v.Files.VerifyCase(ctx, v.Store, actor, id)
		}
	}
	found, err := check(ctx, machine, id)
	if err != nil {
		return err
	}
	v.Cases, v.Events, v.Facts = v.Cases+1, v.Events+found.Events, v.Facts+found.Facts
	if v.Files != nil {
		v.Read += len(found.Files)
	}
	if !found.Intact() {
		v.Broken++
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
