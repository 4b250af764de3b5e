package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// visitsAround is how many days before and after a day visits are looked for, beside those of its year.
const visitsAround = 366

// visits answers what the rules ask of inspections: what an enterprise was visited for, by which checklists one can go, who sits on a site.
func (l lookup) visits(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs, found *process.Found) error {
	if id, ok := value.ID(needs.Visits); ok {
		visited, err := l.visited(ctx, c.ParkID, id, needs.VisitsNear, rules)
		if err != nil {
			return err
		}
		found.Visited = visited
	}
	if id, ok := value.ID(needs.Checklist); ok || needs.Checklists {
		var one *string
		if ok {
			one = &id
		}
		rows, err := l.q.Checklists(ctx, c.ParkID, one)
		if err != nil {
			return fmt.Errorf("list the checklists: %w", err)
		}
		for _, r := range rows {
			found.Checklists = append(found.Checklists, process.Checklist{ID: r.ID, Name: r.Name, Version: int(r.Version), Basic: r.Basic, Site: r.Site, Serious: r.Serious})
		}
	}
	if id, ok := value.ID(needs.Tenants); ok {
		rows, err := l.q.Tenants(ctx, id, needs.VisitsNear)
		if err != nil {
			return fmt.Errorf("list who sits on a site: %w", err)
		}
		for _, r := range rows {
			found.Tenants = append(found.Tenants, process.Tenancy{ID: r.ID, Name: r.Name, Place: r.Place})
		}
	}
	return nil
}

// visited is an enterprise as it is now, with the visits around a day; nil: there is none.
func (l lookup) visited(ctx context.Context, park, id string, near clock.Date, rules process.Rules) (*process.Visited, error) {
	row, err := l.q.VisitedNow(ctx, park, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the enterprise to be visited: %w", err)
	}
	visited := process.Visited{Party: process.Party{Kind: process.HeldByEnterprise, ID: row.ID, Name: row.Name}, Status: row.Status}
	if l.known != nil {
		if err := l.q.HoldVisits(ctx, row.ID); err != nil {
			return nil, fmt.Errorf("hold the visits of an enterprise: %w", err)
		}
	}
	rows, err := l.q.VisitsOf(ctx, row.ID, near.AddDays(-visitsAround).String(), near.AddDays(visitsAround).String())
	if err != nil {
		return nil, fmt.Errorf("list the visits of an enterprise: %w", err)
	}
	for _, r := range rows {
		v := process.Visit{CaseID: r.ID, Number: r.Number, On: r.VisitOn, For: r.Campaign, Outcome: r.Outcome, Done: r.Done}
		if v.For == "" && rules != nil {
			v.For = rules.StageName(r.Stage).Chinese
		}
		visited.Visits = append(visited.Visits, v)
	}
	return &visited, nil
}
