package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// ProjectRow is one line of a list of projects.
type ProjectRow = sqlc.ProjectsRow

// ProjectFilter narrows a list of projects; empty fields do not.
type ProjectFilter struct {
	Done           *bool
	Stage          string
	State          string
	Sector         string
	SiteMode       string
	HolderID       string
	EnterpriseID   string
	Overdue        bool
	InHandYear     int // 重点在建: started by the end of the year and not in production before it began (annual report F18)
	StartedYear    int
	SignedYear     int
	ProductionYear int
	Words          string // of its number, letters, titles, initials or enterprise's short name
}

// Totals are the size of a filtered list of projects.
type Totals struct {
	Count      int
	Investment project.Yuan
	Overdue    int
}

// Projects returns one page of the projects the actor may see, the most urgent first, and where the next page begins.
func (s *Store) Projects(ctx context.Context, actor process.Actor, f ProjectFilter, after Cursor, size int, now time.Time) ([]ProjectRow, Cursor, error) {
	list := listed("projects", f)
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	due, id, err := place.read()
	if err != nil {
		return nil, "", err
	}
	p, err := s.projectParams(ctx, actor, f, now)
	if err != nil {
		return nil, "", err
	}
	p.AfterDue, p.AfterID, p.Size = due, id, int32(size)+1
	rows, err := s.queries.Projects(ctx, p)
	if err != nil {
		return nil, "", fmt.Errorf("list projects: %w", err)
	}
	rows, next := page(rows, size, func(r ProjectRow) (string, string) { return r.DueOrder, r.ID })
	r, err := s.reader(ctx, actor)
	return outsideProjects(r, rows), next.of(list), err
}

// OpenTotals are the totals over all stages of the board.
func OpenTotals(counts map[string]StageCount) Totals {
	var all Totals
	for _, c := range counts {
		all.Count, all.Investment, all.Overdue = all.Count+c.Count, all.Investment+c.Investment, all.Overdue+c.Overdue
	}
	return all
}

// ProjectTotals returns how many projects the filter lets through, their investment, and how many are overdue.
func (s *Store) ProjectTotals(ctx context.Context, actor process.Actor, f ProjectFilter, now time.Time) (Totals, error) {
	p, err := s.projectParams(ctx, actor, f, now)
	if err != nil {
		return Totals{}, err
	}
	row, err := s.queries.ProjectTotals(ctx, sqlc.ProjectTotalsParams{Now: now, ParkID: p.ParkID, Done: p.Done, Stage: p.Stage, State: p.State,
		Sector: p.Sector, SiteMode: p.SiteMode, HolderID: p.HolderID, EnterpriseID: p.EnterpriseID, OverdueAt: p.OverdueAt, InHandYear: p.InHandYear,
		StartedYear: p.StartedYear, SignedYear: p.SignedYear, ProductionYear: p.ProductionYear, Keys: p.Keys, Patterns: p.Patterns,
		Viewers: p.Viewers, Wide: p.Wide})
	if err != nil {
		return Totals{}, fmt.Errorf("count projects: %w", err)
	}
	return Totals{Count: int(row.Count), Investment: project.Yuan(row.Investment), Overdue: int(row.Overdue)}, nil
}

func (s *Store) projectParams(ctx context.Context, actor process.Actor, f ProjectFilter, now time.Time) (sqlc.ProjectsParams, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return sqlc.ProjectsParams{}, err
	}
	p := sqlc.ProjectsParams{ParkID: park.ID, Done: f.Done, Stage: given(f.Stage), State: given(f.State), Sector: given(f.Sector),
		SiteMode: given(f.SiteMode), HolderID: given(f.HolderID), EnterpriseID: given(f.EnterpriseID), InHandYear: givenYear(f.InHandYear),
		StartedYear: givenYear(f.StartedYear), SignedYear: givenYear(f.SignedYear), ProductionYear: givenYear(f.ProductionYear)}
	if f.Overdue {
		p.OverdueAt = &now
	}
	wanted, err := needleOf(f.Words)
	if err != nil {
		return p, err
	}
	if wanted != nil {
		p.Keys, p.Patterns = wanted.keys, wanted.patterns
	}
	p.Viewers = viewers(actor)
	p.Wide, err = s.wide(ctx, p.Viewers)
	return p, err
}

// StageCount is one column of the board.
type StageCount struct {
	Stage      string
	Count      int
	Investment project.Yuan
	Overdue    int
}

// StageCounts returns how many open projects stand in each stage, their investment, and how many are overdue.
func (s *Store) StageCounts(ctx context.Context, actor process.Actor, now time.Time) (map[string]StageCount, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	ids := viewers(actor)
	wide, err := s.wide(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.StageCounts(ctx, sqlc.StageCountsParams{Now: now, ParkID: park.ID, Viewers: ids, Wide: wide})
	if err != nil {
		return nil, fmt.Errorf("count stages: %w", err)
	}
	counts := map[string]StageCount{}
	for _, r := range rows {
		counts[r.Stage] = StageCount{Stage: r.Stage, Count: int(r.Count), Investment: project.Yuan(r.Investment), Overdue: int(r.Overdue)}
	}
	return counts, nil
}

// Project is one project with what its page needs beside it.
type Project struct {
	project.Project
	Definition lifecycle.Definition
	Gate       []lifecycle.Item // of the present stage
	Whole      Case             // the same, as a case of any kind
}

// Project returns one project, or a refusal with NotFound when there is none that the actor may see.
func (s *Store) Project(ctx context.Context, actor process.Actor, id string, today clock.Date) (Project, error) {
	var result Project
	v, err := s.whole(ctx, actor, id)
	if err != nil {
		return result, err
	}
	p, ok := v.Subject.(*project.Project)
	if !ok {
		return result, notFound()
	}
	result.Project = *p
	result.Definition, _ = v.Env.Rules.(lifecycle.Definition) // the kind's rules are always of this type
	if result.Gate, err = p.Gate(project.Env{Definition: result.Definition, Calendar: v.Env.Calendar, OpenMajorHazards: v.Env.Found.OpenMajorHazards}, today); err != nil {
		return result, err
	}
	if result, err = s.outsideProject(ctx, actor, result); err != nil {
		return result, err
	}
	v.Subject, v.Env.Today = &result.Project, today
	result.Whole = v
	return result, nil
}

// ProjectDefinition returns the latest published definition of the project's journey: what a new project will follow.
func (s *Store) ProjectDefinition(ctx context.Context) (lifecycle.Definition, error) {
	rules, err := s.LatestRules(ctx, project.Kind)
	d, _ := rules.(lifecycle.Definition) // the kind's rules are always of this type
	return d, err
}
