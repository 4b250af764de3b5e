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

// HazardTotals are the figures over all hazards; 整改率 is over the cohort found in the year.
type HazardTotals = sqlc.HazardTotalsRow

// Hazards returns one page of the hazards the actor may see, the most urgent first, and where the next page begins.
func (s *Store) Hazards(ctx context.Context, actor process.Actor, c Conditions, after Cursor, size int, now time.Time) ([]ListRow, Cursor, error) {
	return s.List(ctx, actor, hazard.Kind, c, "", after, size, now)
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
	for i := range result.Rounds { // nobody has inspected yet: a list all the same, as the contract says
		if result.Rounds[i].Inspectors == nil {
			result.Rounds[i].Inspectors = []rectification.Signatory{}
		}
	}
	result.Definition, _ = v.Env.Rules.(rectification.Definition) // the kind's rules are always of this type
	if result, err = s.outsideHazard(ctx, actor, result); err != nil {
		return result, err
	}
	v.Subject = &result.Hazard
	result.Whole = v
	return result, nil
}
