package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// tolerance is how late a wake-up may be before the watchdog steps in.
const tolerance = time.Minute

// vain is how often a case is woken before it counts as stuck: named on the operations page, and holding up nobody.
const vain = 4

// Late is a case whose wake is past, and whether it is time to start its workflow anew: poking was in vain.
type Late struct {
	CaseRef
	Renew bool
}

// LateWakes returns cases whose next wake is more than a minute before now. Cases that were woken in vain come last, and less and less often.
func (s *Store) LateWakes(ctx context.Context, now time.Time, size int) ([]Late, error) {
	before := now.Add(-tolerance)
	rows, err := s.queries.LateWakes(ctx, &before, now, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list late cases: %w", err)
	}
	late := make([]Late, 0, len(rows))
	for _, r := range rows {
		late = append(late, Late{CaseRef: CaseRef{ID: r.ID, Kind: process.Kind(r.Kind)}, Renew: r.Looks > 0 && r.Looks%vain == 0})
	}
	return late, nil
}

// WakesBy returns cases whose next wake has come by the instant, without stuck ones.
func (s *Store) WakesBy(ctx context.Context, now time.Time, size int) ([]CaseRef, error) {
	rows, err := s.queries.DueWakes(ctx, &now, vain, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list due cases: %w", err)
	}
	refs := make([]CaseRef, 0, len(rows))
	for _, r := range rows {
		refs = append(refs, CaseRef{ID: r.ID, Kind: process.Kind(r.Kind)})
	}
	return refs, nil
}

// NoteWoken notes that late cases were woken, and forgets those that have got on since.
func (s *Store) NoteWoken(ctx context.Context, refs []CaseRef, now time.Time) error {
	if err := s.queries.ForgetWoken(ctx, now.Add(-tolerance)); err != nil {
		return fmt.Errorf("forget cases that got on: %w", err)
	}
	ids := make([]string, 0, len(refs))
	for _, r := range refs {
		ids = append(ids, r.ID)
	}
	if err := s.queries.NoteWoken(ctx, ids, now); err != nil {
		return fmt.Errorf("note that cases were woken: %w", err)
	}
	return nil
}

// NoteStuck says at once that cases cannot get on: for machinery that must go on without them.
func (s *Store) NoteStuck(ctx context.Context, refs []CaseRef, now time.Time) error {
	for range vain {
		if err := s.NoteWoken(ctx, refs, now); err != nil {
			return err
		}
	}
	return nil
}

// NoteReason keeps why a late case cannot get on, when it is late.
func (s *Store) NoteReason(ctx context.Context, id, reason string) error {
	if len(onlyUUIDs([]string{id})) == 0 {
		return nil
	}
	if err := s.queries.NoteReason(ctx, reason, id); err != nil {
		return fmt.Errorf("note why case %s cannot get on: %w", id, err)
	}
	return nil
}

// Stuck is a case that was woken again and again and does not get on.
type Stuck = sqlc.StuckCasesRow

// StuckCases returns the cases that cannot get on, the longest first.
func (s *Store) StuckCases(ctx context.Context, now time.Time, size int) ([]Stuck, error) {
	before := now.Add(-tolerance)
	rows, err := s.queries.StuckCases(ctx, vain, &before, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list stuck cases: %w", err)
	}
	return rows, nil
}

// Lateness is how many cases are late for their wake, and how many of them cannot get on.
type Lateness struct{ Late, Stuck int }

// Lateness counts late and stuck cases, over all zones of the database.
func (s *Store) Lateness(ctx context.Context, now time.Time) (Lateness, error) {
	before := now.Add(-tolerance)
	late, err := s.queries.CountLate(ctx, &before)
	if err != nil {
		return Lateness{}, fmt.Errorf("count late cases: %w", err)
	}
	stuck, err := s.queries.CountStuck(ctx, vain, &before)
	if err != nil {
		return Lateness{}, fmt.Errorf("count stuck cases: %w", err)
	}
	return Lateness{Late: int(late), Stuck: int(stuck)}, nil
}
