package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Head is the end of a case's chain of events.
type Head struct {
	CaseID  string
	Kind    process.Kind
	Number  string
	Version int64
	Hash    string
}

// head returns the end of the chain of a case that the actor may see.
func (s *Store) head(ctx context.Context, actor process.Actor, id string) (sqlc.CaseHeadRow, error) {
	if len(onlyUUIDs([]string{id})) == 0 {
		return sqlc.CaseHeadRow{}, notFound()
	}
	row, err := s.queries.CaseHead(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return row, notFound()
	}
	if err != nil {
		return row, fmt.Errorf("read the head of case %s: %w", id, err)
	}
	return row, mustSee(ctx, s.queries, actor, id)
}

// History returns one page of a case's events, newest first. before is the lowest version of the page before, 0 for the first page.
func (s *Store) History(ctx context.Context, actor process.Actor, id string, before int64, size int) ([]process.Event, error) {
	if _, err := s.head(ctx, actor, id); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	r, err := s.reader(ctx, actor)
	if err != nil {
		return nil, err
	}
	return s.historyOf(ctx, r, id, before, size)
}

func eventsOf(rows []sqlc.Event) ([]process.Event, error) {
	events := make([]process.Event, 0, len(rows))
	for _, row := range rows {
		event, err := eventOf(row)
		if err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	return events, nil
}

// Verification is what checking a chain found.
type Verification struct {
	Head   Head
	Events int    // checked
	Fault  string // "" when every event is as it was written
	At     int64  // version of the first faulty event
}

// Verify reckons every hash of a case's chain again, from the first event to the head that the case row carries.
func (s *Store) Verify(ctx context.Context, actor process.Actor, id string) (Verification, error) {
	row, err := s.head(ctx, actor, id)
	if err != nil {
		return Verification{}, err
	}
	v := Verification{Head: Head{CaseID: row.ID, Kind: process.Kind(row.Kind), Number: row.Number, Version: row.Version, Hash: hexOf(row.HeadHash)}}
	prev := firstPrevHash()
	for {
		rows, err := s.queries.Chain(ctx, id, int64(v.Events), 500)
		if err != nil {
			return v, fmt.Errorf("read the chain of case %s: %w", id, err)
		}
		for _, e := range rows {
			if v.Fault, err = faultOf(e, prev, int64(v.Events)+1); err != nil || v.Fault != "" {
				v.At = e.Version
				return v, err
			}
			prev = e.Hash
			v.Events++
		}
		if len(rows) == 0 {
			break
		}
	}
	if int64(v.Events) != row.Version || !bytes.Equal(prev, row.HeadHash) {
		v.Fault, v.At = "the chain does not end at the head of the case", int64(v.Events)
	}
	return v, nil
}

func faultOf(row sqlc.Event, prev []byte, version int64) (string, error) {
	sum, err := link{CaseID: row.CaseID, Version: row.Version, Key: row.Key, Command: process.Name(row.Command), Actor: row.Actor,
		OccurredAt: canonicalInstant(row.OccurredAt), RecordedAt: canonicalInstant(row.RecordedAt), Reason: row.Reason, Input: row.Input,
		Changes: row.Changes, Outcome: row.Outcome, Audience: row.Audience, PrevHash: hexOf(row.PrevHash)}.sum()
	switch {
	case err != nil:
		return "", err
	case row.Version != version:
		return "an event is missing", nil
	case !bytes.Equal(row.PrevHash, prev):
		return "the event is not chained to the one before", nil
	case !bytes.Equal(row.Hash, sum):
		return "the event is not what was written", nil
	}
	return "", nil
}

// CaseIDs returns a page of every case's id, in their order: what a verification of everything walks over.
func (s *Store) CaseIDs(ctx context.Context, after string, size int) ([]string, error) {
	if after == "" {
		after = firstID
	}
	return s.queries.AllCaseIDs(ctx, after, int32(size))
}

// CountCommands returns how often a command was carried out, over all cases. It reads the whole history: for tests and measurements.
func (s *Store) CountCommands(ctx context.Context, name string) (int, error) {
	n, err := s.queries.CountCommands(ctx, name)
	return int(n), err
}
