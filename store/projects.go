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

// Projects returns one page of the projects the actor may see, the most urgent first, and where the next page begins.
func (s *Store) Projects(ctx context.Context, actor process.Actor, c Conditions, after Cursor, size int, now time.Time) ([]ListRow, Cursor, error) {
	return s.List(ctx, actor, project.Kind, c, "", after, size, now)
}

// OpenTotals are the totals over all stages of the board.
func OpenTotals(counts map[string]StageCount) Totals {
	var all Totals
	for _, c := range counts {
		all.Count, all.Investment, all.Overdue = all.Count+c.Count, all.Investment+c.Investment, all.Overdue+c.Overdue
	}
	return all
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
	park, ids, wide, err := s.scope(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.StageCounts(ctx, sqlc.StageCountsParams{Now: now, ParkID: park, Viewers: ids, Wide: wide})
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
	Early      []project.Early  // what was begun before its permits were there; nothing for an enterprise
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
	env := project.Env{Definition: result.Definition, Calendar: v.Env.Calendar, Hazards: v.Env.Found.Hazards, Children: v.Env.Found.Children}
	if result.Gate, err = p.Gate(env, today); err != nil {
		return result, err
	}
	if !actor.Has(process.Enterprise) {
		result.Early = p.Early(env)
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
