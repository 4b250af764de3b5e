package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Verification is what checking a case against its history found.
type Verification struct {
	Head     Head
	Events   int                  // checked
	Facts    int                  // of the case that its events say; 0 when they do not say every fact
	Findings []process.Finding    // everything that is not as it was written, and notes
	Files    []process.Attachment // on record; their bytes are checked by whoever keeps them
}

// Faults are the findings that are no mere notes. There are none when everything is as it was written.
func (v Verification) Faults() []process.Finding {
	return slices.DeleteFunc(slices.Clone(v.Findings), func(f process.Finding) bool { return f.Note })
}

// Intact reports whether everything is as it was written.
func (v Verification) Intact() bool { return len(v.Faults()) == 0 }

// Verify reckons every hash of a case's chain again, from the first event to the head that the case row carries, tells the case again by its
// events alone, and compares it with its row and its parts, and the attachments with the files as they were received. It names everything it
// finds. All is read in one snapshot, so commands that come meanwhile do not disturb it.
func (s *Store) Verify(ctx context.Context, actor process.Actor, id string) (Verification, error) {
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return Verification{}, fmt.Errorf("begin to verify case %s: %w", id, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // it only reads
	q := s.queries.WithTx(tx)
	row, err := headOf(ctx, q, actor, id)
	if err != nil {
		return Verification{}, err
	}
	e := examination{q: q, row: row, prev: firstPrevHash()}
	e.result.Head = Head{CaseID: row.ID, Kind: process.Kind(row.Kind), Number: row.Number, Version: row.Version, Hash: hexOf(row.HeadHash)}
	if err := e.chain(ctx); err != nil {
		return e.result, err
	}
	if err := e.kept(ctx); err != nil {
		return e.result, err
	}
	if err := e.receipts(ctx); err != nil {
		return e.result, err
	}
	if err := e.share(ctx, s); err != nil {
		return e.result, err
	}
	return e.result, e.papers(ctx)
}

// examination is one case on its way through verification.
type examination struct {
	q       *sqlc.Queries
	row     sqlc.CaseHeadRow
	prev    []byte // hash of the event before, as it is stored
	last    process.Event
	rebuild process.Rebuild
	read    process.Subject // as its row and parts keep it
	letters []letter.Letter // issued, as the events say where they say everything
	result  Verification
}

func (e *examination) finds(f process.Finding) { e.result.Findings = append(e.result.Findings, f) }

// chain looks at every event: whether it is what was written, follows the one before, and fits what the events before say.
func (e *examination) chain(ctx context.Context) error {
	for {
		rows, err := e.q.Chain(ctx, e.row.ID, e.last.Version, 500)
		if err != nil {
			return fmt.Errorf("read the chain of case %s: %w", e.row.ID, err)
		}
		for _, row := range rows {
			if err := e.event(row); err != nil {
				return err
			}
		}
		if len(rows) == 0 {
			break
		}
	}
	switch {
	case e.last.Version < e.row.Version:
		e.finds(process.MissingEvents(e.last.Version+1, e.row.Version))
	case e.last.Version > e.row.Version || !bytes.Equal(e.prev, e.row.HeadHash):
		e.finds(process.OtherHead(e.last.Version, hexOf(e.prev), hexOf(e.row.HeadHash)))
	}
	return nil
}

func (e *examination) event(row sqlc.Event) error {
	if next := e.last.Version + 1; row.Version > next {
		e.finds(process.MissingEvents(next, row.Version-1))
	} else if !bytes.Equal(row.PrevHash, e.prev) {
		e.finds(process.UnchainedEvent(row.Version))
	}
	sum, err := linkOf(row).sum()
	if err != nil {
		return err
	}
	if !bytes.Equal(row.Hash, sum) {
		e.finds(process.ChangedEvent(row.Version))
	}
	event, err := eventOf(row)
	if err != nil { // what cannot be read any more was changed as well; its hash says so
		event = process.Event{Version: row.Version, RecordedAt: row.RecordedAt, Form: int(row.Form)}
	}
	for _, c := range e.rebuild.Add(event) {
		e.finds(process.Contradiction(row.Version, c))
	}
	e.prev, e.last = row.Hash, event
	e.result.Events++
	return nil
}

// kept compares the row and its parts with what the events say.
func (e *examination) kept(ctx context.Context) error {
	stored, standing, err := e.stored(ctx)
	if err != nil {
		return err
	}
	if !e.rebuild.Whole() {
		e.finds(process.RecordedBefore(e.last.Version))
		said, err := process.FactsOf(e.last.Outcome)
		if err != nil {
			return err
		}
		for _, c := range said.Differences(standing) {
			if c.Path != "wake" && c.Path != "ahead" { // not part of old outcomes
				e.finds(process.OtherFact(c))
			}
		}
		return e.attachments(stored)
	}
	said := e.rebuild.Facts()
	e.result.Facts = len(said)
	for _, c := range said.Differences(stored) {
		e.finds(process.OtherFact(c))
	}
	if was, is := said["updated_at"], stored["updated_at"]; !bytes.Equal(was, is) {
		e.finds(process.OtherFact(process.Change{Path: "updated_at", Old: was, New: is}))
	}
	return e.attachments(said)
}

// attachments takes the files on record from the facts: those the events say, where they say everything.
func (e *examination) attachments(facts process.Facts) error {
	doc, err := facts.Document()
	if err != nil {
		return err
	}
	var on struct {
		Attachments []process.Attachment `json:"attachments"`
		Letters     []letter.Letter      `json:"letters"`
	}
	if json.Unmarshal(doc, &on) == nil { // facts that cannot be read differ from the row, which was found already
		e.result.Files, e.letters = on.Attachments, on.Letters
	}
	return nil
}

// stored reads the case as its row and parts keep it, taken apart, and its standing.
func (e *examination) stored(ctx context.Context) (subject, standing process.Facts, err error) {
	kind, ok := kinds.Of(process.Kind(e.row.Kind))
	if !ok {
		return nil, nil, fmt.Errorf("verify case %s: no kind is called %q", e.row.ID, e.row.Kind)
	}
	read, err := loadSubject(ctx, e.q, kind, e.row.ID)
	if err != nil {
		return nil, nil, err
	}
	e.read = read
	if standing, err = process.FactsOf(read.Header().Standing()); err != nil {
		return nil, nil, err
	}
	subject, err = process.FactsOf(read)
	return subject, standing, err
}

// measured is a case of which its card says how far it is, reckoned in SQL.
type measured interface {
	Share(rules process.Rules) *int16
}

// share compares what the card says of how far the case is with what it comes to: SQL reckons the one, domain/works the other (docs/decisions/0085).
func (e *examination) share(ctx context.Context, s *Store) error {
	m, ok := e.read.(measured)
	if !ok {
		return nil
	}
	rules, err := lookup{store: s, q: e.q}.rules(ctx, *e.read.Header())
	if err != nil {
		return err
	}
	says, err := e.q.CardPercent(ctx, e.row.ID)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) { // a card that is gone says nothing
		return fmt.Errorf("read what the card of case %s says of its works: %w", e.row.ID, err)
	}
	if want := m.Share(rules); !samePercent(want, says) {
		e.finds(process.OtherFact(process.Change{Path: "percent", Old: percentOf(want), New: percentOf(says)}))
	}
	return nil
}

func samePercent(a, b *int16) bool { return a == b || a != nil && b != nil && *a == *b }

func percentOf(n *int16) json.RawMessage {
	if n == nil {
		return json.RawMessage("null")
	}
	return json.RawMessage(strconv.Itoa(int(*n)))
}

// papers reckons the hash of every official letter's file again: it lies in the database, and was kept under what was written.
func (e *examination) papers(ctx context.Context) error {
	for _, l := range e.letters {
		file, err := e.q.LetterFile(ctx, l.SHA256)
		if err = orNone(err); err != nil {
			return fmt.Errorf("read the file of the letter %s: %w", l.Number, err)
		}
		switch found := Fingerprint(file); {
		case file == nil:
			e.finds(process.OtherLetter(l.Seq, l.Number, l.SHA256, ""))
		case found != l.SHA256:
			e.finds(process.OtherLetter(l.Seq, l.Number, l.SHA256, found))
		}
	}
	return nil
}

// receipts compares the attachments with the files as they were received.
func (e *examination) receipts(ctx context.Context) error {
	ids := []string{}
	for _, a := range e.result.Files {
		ids = append(ids, a.UploadID)
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := e.q.FindUploads(ctx, sqlc.FindUploadsParams{ParkID: e.row.ParkID, Ids: onlyUUIDs(ids), CaseID: e.row.ID})
	if err != nil {
		return fmt.Errorf("read how the files of case %s were received: %w", e.row.ID, err)
	}
	received := map[string]sqlc.FindUploadsRow{}
	for _, r := range rows {
		received[r.ID] = r
	}
	for _, a := range e.result.Files {
		r, there := received[a.UploadID]
		switch {
		case !there:
			e.finds(process.OtherReceipt(a, "upload_id", a.UploadID, ""))
		case r.Sha256 != a.SHA256:
			e.finds(process.OtherReceipt(a, "sha256", a.SHA256, r.Sha256))
		case r.Name != a.Name:
			e.finds(process.OtherReceipt(a, "name", a.Name, r.Name))
		case r.MediaType != a.MediaType:
			e.finds(process.OtherReceipt(a, "media_type", a.MediaType, r.MediaType))
		case r.Size != a.Size:
			e.finds(process.OtherReceipt(a, "size", fmt.Sprint(a.Size), fmt.Sprint(r.Size)))
		}
	}
	return nil
}
