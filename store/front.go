package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The rows of what a role's first page answers beside its own work.
type (
	// RedRow is one case that is late, or in the care of somebody.
	RedRow = sqlc.RedCasesRow
	// LateHolder is how many late cases somebody has.
	LateHolder = sqlc.LateHoldersRow
	// ChangedRow is one case with how many entries it got since somebody last looked.
	ChangedRow = sqlc.ChangedSinceRow
	// NotableRow is one case at whose history an auditor stops, and why.
	NotableRow = sqlc.NotableRow
	// CaredRow is one enterprise somebody looks after.
	CaredRow = sqlc.CaredForRow
)

// Begun reports whether anything was ever put on file in the zone, and whether its register of enterprises holds any.
func (s *Store) Begun(ctx context.Context) (cases, enterprises bool, err error) {
	park, err := s.Park(ctx)
	if err != nil {
		return false, false, err
	}
	begun, err := s.queries.Begun(ctx, park.ID)
	if err != nil {
		return false, false, fmt.Errorf("ask whether anything is on file: %w", err)
	}
	return begun.Cases, begun.Enterprises, nil
}

// CountReds returns how many cases of the zone are late.
func (s *Store) CountReds(ctx context.Context, now time.Time) (int, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return 0, err
	}
	n, err := s.queries.CountReds(ctx, park.ID, now)
	if err != nil {
		return 0, fmt.Errorf("count what is late: %w", err)
	}
	return int(n), nil
}

// Reds returns what is late in the zone, the longest first, and who has how much of it.
func (s *Store) Reds(ctx context.Context, now time.Time, size int) ([]RedRow, []LateHolder, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, nil, err
	}
	rows, err := s.queries.RedCases(ctx, park.ID, now, int32(size))
	if err != nil {
		return nil, nil, fmt.Errorf("list what is late: %w", err)
	}
	holders, err := s.queries.LateHolders(ctx, park.ID, now)
	if err != nil {
		return nil, nil, fmt.Errorf("count who is late: %w", err)
	}
	return rows, holders, nil
}

// Arrive notes that somebody looks at their first page, and returns until when their visit before lasted. Looks within half an hour are one visit.
func (s *Store) Arrive(ctx context.Context, userID string, now time.Time) (time.Time, error) {
	before, err := s.queries.Arrive(ctx, userID, now)
	if err != nil {
		return before, fmt.Errorf("note the visit of %s: %w", userID, err)
	}
	return before, nil
}

// ChangedSince returns the cases with the newest entries since the instant.
func (s *Store) ChangedSince(ctx context.Context, since time.Time, size int) ([]ChangedRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.ChangedSince(ctx, since, park.ID, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list what changed: %w", err)
	}
	return rows, nil
}

// Notable returns, of the cases changed last, those at whose history an auditor stops.
func (s *Store) Notable(ctx context.Context, size int) ([]NotableRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.Notable(ctx, park.ID, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list what is to be looked at: %w", err)
	}
	return rows, nil
}

// CaredFor returns the enterprises that somebody looks after, those with the most pressing open case first.
func (s *Store) CaredFor(ctx context.Context, actor process.Actor, now time.Time, size int) ([]CaredRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.CaredFor(ctx, sqlc.CaredForParams{ParkID: park.ID, UserID: actor.ID, Now: now, Size: int32(size)})
	if err != nil {
		return nil, fmt.Errorf("list the enterprises of %s: %w", actor.ID, err)
	}
	return rows, nil
}

// CaredCases returns the open cases of the enterprises that somebody looks after, the most urgent first.
func (s *Store) CaredCases(ctx context.Context, actor process.Actor, size int) ([]RedRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.queries.CaredCases(ctx, int32(size), park.ID, actor.ID)
	if err != nil {
		return nil, fmt.Errorf("list the cases of the enterprises of %s: %w", actor.ID, err)
	}
	cases := make([]RedRow, 0, len(found))
	for _, c := range found {
		cases = append(cases, RedRow(c))
	}
	return cases, nil
}
