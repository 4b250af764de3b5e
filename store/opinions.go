package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// OpinionsOwed counts the opinions that the actor may see and that were not given yet, by department in the definition's order, and how many of them are late.
// Departments that owe none are left out.
func (s *Store) OpinionsOwed(ctx context.Context, actor process.Actor, now time.Time) ([]opinion.Owed, error) {
	park, ids, wide, err := s.scope(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.OpinionFigures(ctx, sqlc.OpinionFiguresParams{Now: now, ParkID: park, Viewers: ids, Wide: wide})
	if err != nil {
		return nil, fmt.Errorf("count opinions: %w", err)
	}
	rules, err := s.LatestRules(ctx, opinion.Kind)
	if err != nil {
		return nil, err
	}
	d, _ := rules.(opinion.Definition) // the kind's rules are always of this type
	owed := []opinion.Owed{}
	for _, desk := range d.Desks {
		for _, r := range rows {
			if r.Stage == desk.ID {
				owed = append(owed, opinion.Owed{Department: desk.ID, Name: desk.Name, Open: int(r.Count), Overdue: int(r.Overdue)})
			}
		}
	}
	return owed, nil
}
