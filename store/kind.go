package store

import (
	"context"
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// kind is all the door needs to know of one kind of case. A new kind is a new value of this type.
type kind[S, E any] struct {
	name   process.Kind
	series string // of its numbers
	opens  process.Name
	decode func(process.Name, json.RawMessage) (process.Command[S, E], error)
	header func(*S) *process.Case
	own    func(S, process.Actor) bool
	env    func(context.Context, lookup, S, process.Command[S, E]) (E, error)
	load   func(*sqlc.Queries, context.Context, string) (json.RawMessage, error)
	save   func(*sqlc.Queries, context.Context, json.RawMessage) error // writes the kind's own row of facts
	parts  []part                                                      // the lists of the case that have tables of their own
}

// part is a list of a case that has a table of its own. It is written when something in it has changed.
type part struct {
	name string // in the JSON form of the case
	save func(q *sqlc.Queries, ctx context.Context, caseID string, rows json.RawMessage) error
}

// growing is a part whose rows are added and changed, and never taken away.
func growing(name string, save func(*sqlc.Queries, context.Context, json.RawMessage) error) part {
	return part{name: name, save: func(q *sqlc.Queries, ctx context.Context, _ string, rows json.RawMessage) error {
		return save(q, ctx, rows)
	}}
}

// shrinking is a part whose rows may also go.
func shrinking(name string, save func(*sqlc.Queries, context.Context, json.RawMessage, string) error) part {
	return part{name: name, save: func(q *sqlc.Queries, ctx context.Context, id string, rows json.RawMessage) error {
		return save(q, ctx, rows, id)
	}}
}

func projects() kind[project.Project, project.Env] {
	return kind[project.Project, project.Env]{
		name: process.Project, series: "XM", opens: project.OpenName, decode: project.Decode,
		header: func(p *project.Project) *process.Case { return &p.Case },
		own:    project.Project.Own, env: projectEnv,
		load: (*sqlc.Queries).LoadProject, save: (*sqlc.Queries).SaveProject,
		parts: []part{growing("passages", (*sqlc.Queries).SavePassages), shrinking("gate_answers", (*sqlc.Queries).SaveGateAnswers),
			shrinking("buildings", (*sqlc.Queries).SaveBuildings), growing("clocks", (*sqlc.Queries).SaveClocks),
			growing("attachments", (*sqlc.Queries).SaveAttachments)},
	}
}

func hazards() kind[hazard.Hazard, hazard.Env] {
	return kind[hazard.Hazard, hazard.Env]{
		name: process.Hazard, series: "YH", opens: hazard.RecordName, decode: hazard.Decode,
		header: func(h *hazard.Hazard) *process.Case { return &h.Case },
		own:    hazard.Hazard.Own, env: hazardEnv,
		load: (*sqlc.Queries).LoadHazard, save: (*sqlc.Queries).SaveHazard,
		parts: []part{growing("rounds", (*sqlc.Queries).SaveRounds), growing("clocks", (*sqlc.Queries).SaveClocks),
			growing("attachments", (*sqlc.Queries).SaveAttachments)},
	}
}

func projectEnv(ctx context.Context, l lookup, p project.Project, command project.Command) (project.Env, error) {
	env := project.Env{}
	var err error
	if env.Calendar, err = l.calendar(ctx, p.Case); err != nil {
		return env, err
	}
	if env.Definition, err = definition[lifecycle.Definition](ctx, l, pinned(p.Case, command)); err != nil {
		return env, err
	}
	if env.Directory, err = l.also(p.ManagerID, p.LeaderID, giver(p.Case)).directory(ctx, p.Case); err != nil {
		return env, err
	}
	env.Uploads = l.uploads()
	env.OpenMajorHazards, err = l.openMajorHazards(ctx, p.EnterpriseID)
	return env, err
}

func hazardEnv(ctx context.Context, l lookup, h hazard.Hazard, command hazard.Command) (hazard.Env, error) {
	env := hazard.Env{}
	var err error
	if env.Calendar, err = l.calendar(ctx, h.Case); err != nil {
		return env, err
	}
	if env.Definition, err = definition[rectification.Definition](ctx, l, pinned(h.Case, command)); err != nil {
		return env, err
	}
	if env.Directory, err = l.also(h.SupervisorID).directory(ctx, h.Case); err != nil {
		return env, err
	}
	env.Uploads = l.uploads()
	if issuer, ok := command.(interface{ IssuesNotice() bool }); ok && issuer.IssuesNotice() {
		env.NextNotice, err = l.noticeNumber(ctx, h.Case)
	}
	return env, err
}

// pinned is the case with the version of its definition that a command needs: the one it is pinned to, or the one it is to adopt.
func pinned(c process.Case, command any) process.Case {
	if adopter, ok := command.(interface{ Adopts() int }); ok {
		c.DefinitionVersion = adopter.Adopts()
	}
	return c
}
