package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// HazardRow is one line of a list of hazards.
type HazardRow = sqlc.HazardsRow

// HazardTotals are the figures over all hazards; 整改率 is over the cohort found in the year.
type HazardTotals = sqlc.HazardTotalsRow

// HazardFilter narrows a list of hazards; empty fields do not.
type HazardFilter struct {
	Done         *bool
	State        string
	Level        string
	FoundYear    int
	CampaignID   string
	HolderID     string
	EnterpriseID string
	Overdue      bool
	Words        string
}

// Hazards returns one page of the hazards the actor may see, the most urgent first, and where the next page begins.
func (s *Store) Hazards(ctx context.Context, actor process.Actor, f HazardFilter, after Cursor, size int, now time.Time) ([]HazardRow, Cursor, error) {
	list := listed("hazards", f)
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	due, id, err := place.read()
	if err != nil {
		return nil, "", err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, "", err
	}
	p := sqlc.HazardsParams{ParkID: park.ID, Done: f.Done, State: given(f.State), Level: given(f.Level), FoundYear: givenYear(f.FoundYear),
		CampaignID: given(f.CampaignID), HolderID: given(f.HolderID), EnterpriseID: given(f.EnterpriseID), AfterDue: due, AfterID: id, Size: int32(size) + 1}
	if f.Overdue {
		p.OverdueAt = &now
	}
	wanted, err := needleOf(f.Words)
	if err != nil {
		return nil, "", err
	}
	if wanted != nil {
		p.Keys, p.Patterns = wanted.keys, wanted.patterns
	}
	p.Viewers = viewers(actor)
	if p.Wide, err = s.wide(ctx, p.Viewers); err != nil {
		return nil, "", err
	}
	rows, err := s.queries.Hazards(ctx, p)
	if err != nil {
		return nil, "", fmt.Errorf("list hazards: %w", err)
	}
	rows, next := page(rows, size, func(r HazardRow) (string, string) { return r.DueOrder, r.ID })
	r, err := s.reader(ctx, actor)
	return outsideHazards(r, rows), next.of(list), err
}

// HazardTotals returns the figures over all hazards the actor may see; year is the one whose cohort is counted.
func (s *Store) HazardTotals(ctx context.Context, actor process.Actor, year int, now time.Time) (HazardTotals, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return HazardTotals{}, err
	}
	p := sqlc.HazardTotalsParams{Now: now, YearFrom: clock.NewDate(year, time.January, 1), YearUntil: clock.NewDate(year+1, time.January, 1), ParkID: park.ID, Viewers: viewers(actor)}
	if p.Wide, err = s.wide(ctx, p.Viewers); err != nil {
		return HazardTotals{}, err
	}
	row, err := s.queries.HazardTotals(ctx, p)
	if err != nil {
		return row, fmt.Errorf("count hazards: %w", err)
	}
	return row, nil
}

// Hazard is one hazard with what its page needs beside it.
type Hazard struct {
	hazard.Hazard
	Definition rectification.Definition
	Whole      Case // the same, as a case of any kind
}

// Hazard returns one hazard, or a refusal with NotFound when there is none that the actor may see.
func (s *Store) Hazard(ctx context.Context, actor process.Actor, id string) (Hazard, error) {
	var result Hazard
	v, err := s.whole(ctx, actor, id)
	if err != nil {
		return result, err
	}
	h, ok := v.Subject.(*hazard.Hazard)
	if !ok {
		return result, notFound()
	}
	result.Hazard = *h
	result.Definition, _ = v.Env.Rules.(rectification.Definition) // the kind's rules are always of this type
	if result, err = s.outsideHazard(ctx, actor, result); err != nil {
		return result, err
	}
	v.Subject = &result.Hazard
	result.Whole = v
	return result, nil
}
