package store

import (
	"context"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// ProjectPlan is a project's plan against what has happened.
type ProjectPlan struct {
	Project
	Baseline schedule.Baseline // that the lines are measured by; one without a number where there is no plan
	Lines    []schedule.Line
}

// Plan returns a project's plan by a baseline, the latest for 0, against what has happened of it. It refuses what the actor may not see, a baseline that there is
// none of, and enterprises: a plan is the zone's.
func (s *Store) Plan(ctx context.Context, actor process.Actor, id string, baseline int, now time.Time) (ProjectPlan, error) {
	var result ProjectPlan
	today := clock.DateOf(now)
	p, err := s.Project(ctx, actor, id, today)
	if err != nil {
		return result, err
	}
	if actor.Has(process.Enterprise) {
		return result, process.Refuse(process.NotAllowed, "项目计划只供园区查看。", "The plan of a project is for the zone only.")
	}
	if baseline < 0 || baseline > len(p.Baselines) {
		return result, process.Refuse(process.NotFound, "没有这一版计划。", "There is no such baseline.")
	}
	permits, err := s.Permits(ctx, actor, id, now)
	if err != nil {
		return result, err
	}
	known := []permit.Known{}
	for _, stretch := range permits.Way.Stretches {
		for _, step := range stretch.Steps {
			known = append(known, step.Cases...)
		}
	}
	result.Project, result.Baseline = p, p.Project.Baseline(baseline)
	result.Lines = schedule.Against(p.Lines(p.Definition, known), result.Baseline, today, p.Whole.Env.Calendar)
	return result, nil
}
