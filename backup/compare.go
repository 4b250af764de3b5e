package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// Compare verifies what was restored and shows its figures beside those of the archive. It fails when they differ, and when a history is not as it
// was written; files that were faulty when the backup was made are named, and do not count as differences.
func (m Manifest) Compare(ctx context.Context, ownerURL string, files *blobs.Keeper, out io.Writer) error {
	d, err := store.OpenDump(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // it only reads
	now, err := d.Figures(ctx)
	if err != nil {
		return err
	}
	calendar, err := definitions.Calendar()
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, ownerURL, calendar, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer db.Close()
	v := Verifier{Store: db, Files: files, Out: out}
	verified := v.All(ctx)
	was, same := m.Figures, true
	say := func(format string, words ...any) { _, _ = fmt.Fprintf(out, format, words...) } // the exit status remains
	say("%-34s %16s %16s\n", "", "backup", "restored")
	row := func(name string, before, after any) {
		mark := ""
		if before != after {
			mark, same = "  <- differs", false
		}
		say("%-34s %16v %16v%s\n", name, before, after, mark)
	}
	row("cases", was.Cases, now.Cases)
	row("  open", was.Open, now.Open)
	row("  verified", was.Cases, int64(v.Cases))
	row("events", was.Events, now.Events)
	row("  verified", was.Events, int64(v.Events))
	row("files on record", was.Attachments, now.Attachments)
	row("  read", was.Attachments, int64(v.Read))
	row("distinct files", was.Files, now.Files)
	row("  bytes", was.Bytes, now.Bytes)
	row("people", was.People, now.People)
	row("enterprises", was.Enterprises, now.Enterprises)
	row("notices", was.Notices, now.Notices)
	row("the chains' heads", was.Heads[:12], now.Heads[:12])
	say("%-34s %16s %16d\n", "histories with something wrong", "", v.Broken)
	for _, f := range m.Faults() {
		say("the file %s was %s already when the backup was made\n", f.SHA256, f.Fault)
	}
	for _, name := range m.Locked {
		say("the channel %s could not be opened with the secret key already when the backup was made: give it its address and key again\n", name)
	}
	switch {
	case !same || was.Heads != now.Heads:
		return errors.New("what was restored is not what was backed up")
	case verified != nil && len(m.Faults()) == 0:
		return verified
	}
	return nil
}
