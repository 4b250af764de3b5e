package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Move is what another calendar does to one open case.
type Move struct {
	CaseID     string       `json:"case_id"`
	Kind       process.Kind `json:"kind"`
	Number     string       `json:"number"`
	Title      string       `json:"title"`
	Enterprise string       `json:"enterprise"`
	Holder     string       `json:"holder"`
	From       clock.Date   `json:"from"`
	To         clock.Date   `json:"to"`
	Settles    bool         `json:"settles"` // the date stays and is no longer provisional
	Dated      bool         `json:"-"`       // the date or its mark changes; else only the next reminder does
	Told       []string     `json:"told"`    // who will be told
	people     process.People
}

// Days is by how many calendar days the date moves; negative: forward in time to an earlier day.
func (m Move) Days() int { return m.From.DaysUntil(m.To) }

// PreviewCalendar returns every open case that the calendar would move, in the order of the new dates. Nothing is changed.
func (s *Store) PreviewCalendar(ctx context.Context, cal clock.Calendar, today clock.Date) ([]Move, error) {
	moves, _, err := s.moves(ctx, cal, today)
	if err != nil {
		return nil, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	moves = slices.DeleteFunc(moves, func(m Move) bool { return !m.Dated })
	questions, of := []process.Notice{}, []int{}
	for i, m := range moves {
		for _, n := range m.people.Concerned() {
			questions, of = append(questions, n), append(of, i)
		}
	}
	list, err := json.Marshal(questions)
	if err != nil {
		return nil, err
	}
	reached, err := s.queries.ReachedPeople(ctx, park.ID, list)
	if err != nil {
		return nil, fmt.Errorf("find who will be told: %w", err)
	}
	for _, r := range reached {
		if m := &moves[of[r.Ord-1]]; !slices.Contains(m.Told, r.Name) {
			m.Told = append(m.Told, r.Name)
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return b.To.DaysUntil(a.To) })
	return moves, nil
}

// moves looks at every open case with a running clock. damaged are those that cannot be reckoned.
func (s *Store) moves(ctx context.Context, cal clock.Calendar, today clock.Date) (moves []Move, damaged []CaseRef, err error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, nil, err
	}
	moves, after := []Move{}, firstID
	for {
		page, err := s.openClimbers(ctx, sqlc.OpenClimbersParams{ParkID: park.ID, After: after, Size: 1000}, cal)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range page {
			after = c.row.ID
			if c.fault != nil {
				damaged = append(damaged, CaseRef{ID: c.row.ID, Kind: process.Kind(c.row.Kind)})
				continue
			}
			before := c.climb.Clock
			c.climb.Clock = before.Recount(cal, today)
			now := process.Case{NextWake: c.row.NextWake, Wake: c.row.Wake}
			if !now.Moves(c.climb, before) {
				continue
			}
			k := c.climb.Clock
			moves = append(moves, Move{CaseID: c.row.ID, Kind: process.Kind(c.row.Kind), Number: c.row.Number, Title: c.row.Title, Enterprise: c.row.EnterpriseName,
				Holder: c.row.HolderName, From: before.DueOn, To: k.DueOn, Settles: before.Provisional && !k.Provisional && before.DueOn == k.DueOn,
				Dated: before.DueOn != k.DueOn || before.Provisional != k.Provisional, people: c.people()})
		}
		if len(page) < 1000 {
			return moves, damaged, nil
		}
	}
}

// CasesToMove returns the open cases that the calendar in force moves on the day, and those that cannot be reckoned: what is left of a batch.
func (s *Store) CasesToMove(ctx context.Context, today clock.Date) ([]CaseRef, error) {
	cal, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	moves, refs, err := s.moves(ctx, cal, today)
	for _, m := range moves {
		refs = append(refs, CaseRef{ID: m.CaseID, Kind: m.Kind})
	}
	return refs, err
}

// CasesToAdopt returns the open cases of a kind that follow another version of the definition.
func (s *Store) CasesToAdopt(ctx context.Context, kind process.Kind, version int) ([]CaseRef, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := s.queries.CasesOfOtherVersions(ctx, park.ID, string(kind), int32(version))
	refs := make([]CaseRef, 0, len(ids))
	for _, id := range ids {
		refs = append(refs, CaseRef{ID: id, Kind: kind})
	}
	return refs, err
}

// VersionCount is how many open cases follow a version of a definition.
type VersionCount = sqlc.DefinitionVersionsRow

// DefinitionVersions returns the published versions of every kind with how many open cases follow each.
func (s *Store) DefinitionVersions(ctx context.Context) ([]VersionCount, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.DefinitionVersions(ctx, park.ID)
}

// TellOfBatch tells everybody whose cases a batch touched, once each: the holders and the managers of the cases. key is the batch's.
// Repeating it tells nobody twice. It returns how many cases the batch touched.
func (s *Store) TellOfBatch(ctx context.Context, kind, key string, about map[string]any, at time.Time) (int, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return 0, err
	}
	text, err := json.Marshal(about)
	if err != nil {
		return 0, err
	}
	n, err := s.queries.CountBatch(ctx, key)
	if err != nil {
		return 0, fmt.Errorf("count batch %s: %w", key, err)
	}
	if err := s.queries.TellOfBatch(ctx, sqlc.TellOfBatchParams{ParkID: park.ID, Key: key, Kind: kind, About: text, CreatedAt: at}); err != nil {
		return 0, fmt.Errorf("tell of batch %s: %w", key, err)
	}
	return int(n), nil
}
