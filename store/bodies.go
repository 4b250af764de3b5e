package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// bodiesOf are the zone's departments, by the names they go by.
func bodiesOf(rows []sqlc.DepartmentsRow) opinion.Bodies {
	b := opinion.Bodies{Aliases: map[string][]string{}}
	for _, r := range rows {
		b.Units = append(b.Units, process.Party{Kind: process.HeldByUnit, ID: r.ID, Name: r.Name})
		if len(r.Aliases) > 0 {
			b.Aliases[r.ID] = r.Aliases
		}
	}
	return b
}

// UnmetDepartments are the departments that projects are put to and that no unit of the zone is: what is asked of them is asked on paper.
func (s *Store) UnmetDepartments(ctx context.Context) ([]process.Text, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := s.LatestRules(ctx, opinion.Kind)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.Departments(ctx, park.ID)
	if err != nil {
		return nil, fmt.Errorf("list the departments: %w", err)
	}
	d, _ := rules.(opinion.Definition) // the kind's rules are always of this type
	unmet := []process.Text{}
	for _, desk := range d.Unmet(bodiesOf(rows)) {
		unmet = append(unmet, desk.Name)
	}
	return unmet, nil
}
