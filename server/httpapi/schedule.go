package httpapi

import (
	"context"

	"github.com/parkway-zone/parkway/domain/schedule"
)

type (
	scheduleAsked struct {
		CaseID
		Baseline int `query:"baseline" minimum:"1" maximum:"100000" doc:"Which version of the plan to measure by; the latest when left out."`
	}
	// Schedule is a project's plan against what has happened.
	Schedule struct {
		Baseline  int                 `json:"baseline" doc:"The version that the lines are measured by; 0 where there is no plan."`
		Lines     []schedule.Line     `json:"lines" doc:"Stages, the permits that gates ask for, steps of the site and of the buildings, in this order."`
		First     *schedule.Line      `json:"first" doc:"What is late first, or comes next; null where nothing is open."`
		Baselines []schedule.Baseline `json:"baselines" doc:"Every version of the plan, with why it was changed."`
	}
)

// schedule declares the plan of a project.
func (a *API) schedule(f *face) {
	on(f, operation{id: "getSchedule", path: "/projects/{id}/schedule", tag: "projects", summary: "A project's plan against what has happened",
		detail: "Deviations are in calendar days and in working days. An enterprise does not see it."}, a.getSchedule)
}

func (a *API) getSchedule(ctx context.Context, in *scheduleAsked) (Schedule, error) {
	p, err := a.App.Store.Plan(ctx, actor(ctx), in.ID, in.Baseline, a.now())
	if err != nil {
		return Schedule{}, err
	}
	s := Schedule{Baseline: p.Baseline.Seq, Lines: p.Lines, Baselines: p.Baselines}
	if s.Baselines == nil {
		s.Baselines = []schedule.Baseline{}
	}
	if first, open := schedule.First(p.Lines); open {
		s.First = &first
	}
	return s, nil
}
