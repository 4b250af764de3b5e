package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// visitsAround is how many days before and after a day visits are looked for: those of its year, and the last one by a template of every two years.
const visitsAround = 800

// visits answers what the rules ask of inspections: what an enterprise was visited for, by which checklists one can go, who sits on a site.
func (l lookup) visits(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs, found *process.Found) error {
	if id, ok := value.ID(needs.Visits); ok {
		visited, err := l.visited(ctx, c.ParkID, id, needs.VisitsNear, rules)
		if err != nil {
			return err
		}
		found.Visited = visited
	}
	if err := l.plans(ctx, c.ParkID, needs, found); err != nil {
		return err
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
	if id, ok := value.ID(needs.Together); ok {
		var err error
		if found.Together, err = together(ctx, l.q, id, l.day); err != nil {
			return err
		}
	}
	return nil
}

// together are the enterprises that share a site with one on the day, its tenants first.
func together(ctx context.Context, q *sqlc.Queries, id string, day clock.Date) ([]process.Tenancy, error) {
	rows, err := q.Together(ctx, id, day)
	if err != nil {
		return nil, fmt.Errorf("list who shares a site with an enterprise: %w", err)
	}
	all := make([]process.Tenancy, 0, len(rows))
	for _, r := range rows {
		all = append(all, process.Tenancy{ID: r.ID, Name: r.Name, Place: r.Place, Landlord: r.Landlord})
	}
	return all, nil
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
	today := l.day
	if today.IsZero() {
		now, err := l.store.ZoneTime(ctx, time.Now()) // of a page: the zone's clock, which a demo's may be turned
		if err != nil {
			return nil, err
		}
		today = clock.DateOf(now)
	}
	rows, err := l.q.VisitsOf(ctx, sqlc.VisitsOfParams{EnterpriseID: row.ID, FirstDay: near.AddDays(-visitsAround), LastDay: near.AddDays(visitsAround), Today: today})
	if err != nil {
		return nil, fmt.Errorf("list the visits of an enterprise: %w", err)
	}
	for _, r := range rows {
		v := process.Visit{CaseID: r.ID, Number: r.Number, On: r.VisitOn, For: r.Campaign, Outcome: r.Outcome, Done: r.Done, By: by(r.ByName, r.Section), PlanID: r.PlanID}
		if v.For == "" && rules != nil {
			v.For, v.Sort = rules.StageName(r.Stage).Chinese, r.Stage
		}
		visited.Visits = append(visited.Visits, v)
	}
	return &visited, nil
}

// by is who came, with the section they work in where it is known.
func by(name, section string) string {
	if name == "" || section == "" {
		return name
	}
	return name + "（" + section + "）"
}

// CampaignFigures is a campaign with what it came to.
type CampaignFigures struct {
	ID, Name           string
	StartedOn, EndedOn clock.Date
	inspection.Figures
}

// CampaignFigures returns what a campaign came to, for the zone's own staff, or a refusal with NotFound.
func (s *Store) CampaignFigures(ctx context.Context, actor process.Actor, id string, now time.Time) (CampaignFigures, error) {
	var c CampaignFigures
	park, err := s.Park(ctx)
	if err != nil {
		return c, err
	}
	known, ok := value.ID(id)
	if !ok || !access.SightOf(actor).Every {
		return c, notFound()
	}
	r, err := s.queries.CampaignFigures(ctx, now, park.ID, known)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, notFound()
	}
	if err != nil {
		return c, fmt.Errorf("count what campaign %s came to: %w", id, err)
	}
	return CampaignFigures{ID: r.ID, Name: r.Name, StartedOn: r.StartedOn, EndedOn: r.EndedOn, Figures: inspection.Figures{Planned: int(r.Planned), Missed: int(r.Missed), Batches: int(r.Batches), Visits: int(r.Visits),
		Enterprises: int(r.Enterprises), Found: int(r.Found), Major: int(r.Major), Rectified: int(r.Rectified), OnSpot: int(r.OnSpot), Overdue: int(r.Overdue)}}, nil
}

// InspectionFigures returns what the inspections of a year came to, for the zone's own staff, or a refusal with NotFound.
func (s *Store) InspectionFigures(ctx context.Context, actor process.Actor, year int, now time.Time) (inspection.Figures, error) {
	var f inspection.Figures
	park, err := s.Park(ctx)
	if err != nil {
		return f, err
	}
	if !access.SightOf(actor).Every {
		return f, notFound()
	}
	first, next := clock.NewDate(year, time.January, 1), clock.NewDate(year+1, time.January, 1)
	r, err := s.queries.InspectionFigures(ctx, sqlc.InspectionFiguresParams{Now: now, ParkID: park.ID, FirstDay: first.String(), LastDay: next.AddDays(-1).String(), YearFrom: first, YearUntil: next})
	if err != nil {
		return f, fmt.Errorf("count inspections: %w", err)
	}
	return inspection.Figures{Planned: int(r.Planned), Missed: int(r.Missed), Batches: int(r.Batches), Visits: int(r.Visits),
		Enterprises: int(r.Enterprises), Found: int(r.Found), Major: int(r.Major), Rectified: int(r.Rectified), OnSpot: int(r.OnSpot), Overdue: int(r.Overdue)}, nil
}
