package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/outside"
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
	return headOf(ctx, s.queries, actor, id)
}

func headOf(ctx context.Context, q *sqlc.Queries, actor process.Actor, id string) (sqlc.CaseHeadRow, error) {
	if len(onlyUUIDs([]string{id})) == 0 {
		return sqlc.CaseHeadRow{}, notFound()
	}
	row, err := q.CaseHead(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return row, notFound()
	}
	if err != nil {
		return row, fmt.Errorf("read the head of case %s: %w", id, err)
	}
	return row, mustSee(ctx, q, actor, id)
}

// History returns one page of a case's events, newest first. before is the lowest version of the page before, 0 for the first page.
func (s *Store) History(ctx context.Context, actor process.Actor, id string, before int64, size int) ([]process.Event, error) {
	if _, err := s.head(ctx, actor, id); err != nil {
		return nil, err
	}
	if before == 0 {
		before = 1 << 62
	}
	r, err := s.caseReader(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	events, err := s.historyOf(ctx, r, id, before, size)
	if outside.Guest(actor) {
		events = outside.GuestEvents(events)
	}
	return events, err
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
