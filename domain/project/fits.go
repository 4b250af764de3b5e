package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// underWay reports whether the project is neither closed nor standing still, nor waiting in the pool for somebody to take it.
func (p Project) underWay() bool { return !p.Done && p.Suspension == nil && !p.InPool() }

// inHand reports whether it is the actor's turn.
func (p Project) inHand(actor process.Actor) bool {
	return p.Holder != nil && p.Holder.Kind == process.HeldByPerson && p.Holder.ID == actor.ID
}

// present is the definition's stage the project stands in.
func (p Project) present(env Env) (lifecycle.Stage, bool) {
	stage, err := p.gate(env)
	return stage, err == nil
}

// missing counts what the present gate still asks for.
func (p Project) missing(env Env) int {
	return p.lacks(env, func(lifecycle.Item) bool { return true })
}

// owed counts what of it a person can answer.
func (p Project) owed(env Env) int {
	return p.lacks(env, func(i lifecycle.Item) bool { return answerable(i.Requirement) && i.Kind != lifecycle.Contact }) // which is met by meeting them
}

func (p Project) lacks(env Env, which func(lifecycle.Item) bool) int {
	items, err := p.Gate(env, env.Today)
	if err != nil {
		return 0
	}
	n := 0
	for _, item := range items {
		if item.Status == lifecycle.Missing && which(item) {
			n++
		}
	}
	return n
}

// Fits says that the gate is passed once nothing is missing.
func (Advance) Fits(p Project, actor process.Actor, env Env) process.Fit {
	switch {
	case !p.underWay() || env.Definition.Last(p.stage()):
		return process.Not
	case p.missing(env) > 0:
		return process.Blocked
	case p.inHand(actor):
		return process.Leads
	}
	return process.Beside
}

// Fits says that what is missing is answered first.
func (Answer) Fits(p Project, actor process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	switch {
	case !ok || !p.underWay() || !slices.ContainsFunc(stage.Gate, answerable):
		return process.Not
	case p.inHand(actor) && p.owed(env) > 0:
		return process.Leads
	}
	return process.Beside
}

func answerable(r lifecycle.Requirement) bool {
	return r.Kind == lifecycle.Check || r.Kind == lifecycle.Document || r.Kind == lifecycle.Condition || r.Kind == lifecycle.Contact
}

// AsksWaiver reports whether somebody asks for the requirement to be waived.
func (p Project) AsksWaiver(requirement string) bool {
	return slices.ContainsFunc(p.Answers, func(a lifecycle.Answer) bool {
		return a.Requirement == requirement && a.Answer == lifecycle.WaiverAsked
	})
}

// AskedWaiver reports whether the person asked for the requirement to be waived.
func (p Project) AskedWaiver(requirement, id string) bool {
	return slices.ContainsFunc(p.Answers, func(a lifecycle.Answer) bool {
		return a.Requirement == requirement && a.AskedByID == id
	})
}

// Fits says that only what the definition lets be waived can be.
func (Waive) Fits(p Project, _ process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	return process.FitsWhen(ok && p.underWay() && slices.ContainsFunc(stage.Gate, func(r lifecycle.Requirement) bool { return r.Waivable }))
}

// Fits says that a stage can be left out where a rule lets this sort of project do so.
func (Skip) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.underWay() && env.Definition.Skippable(p.stage(), string(p.SiteMode)))
}

// Fits says that the first stage cannot be sent back.
func (SendBack) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.underWay() && len(env.Definition.Earlier(p.stage(), string(p.SiteMode))) > 0)
}

// Fits says that only what is under way can be suspended.
func (Suspend) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(p.underWay())
}

// Fits says that it is the next step of what was suspended.
func (Resume) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	if p.Suspension == nil {
		return process.Not
	}
	return process.Leads
}

// Fits says that facts of an open project can be corrected.
func (Edit) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	if p.Done {
		return process.Not
	}
	return process.Beside
}

// Fits says that there is something left to achieve.
func (Achieve) Fits(p Project, actor process.Actor, env Env) process.Fit {
	switch {
	case !p.underWay() || !env.Definition.Last(p.stage()) || !slices.ContainsFunc(env.Definition.Achievements, p.unachieved):
		return process.Not
	case p.inHand(actor):
		return process.Leads
	}
	return process.Beside
}

func (p Project) unachieved(a lifecycle.Achievement) bool { return !p.Facts.has(a.Date) }
