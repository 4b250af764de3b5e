package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/permit"
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

// first is the command by which what the gate lacks first is entered, for whoever has the project in hand; "" where that is a permit still to be put on file or in
// their own hands, or where nothing of it is theirs to enter. What lies with others is waited for and passed over: a permit with its department, opinions that were asked for.
func (p Project) first(env Env, actor process.Actor) process.Name {
	if !p.underWay() || !p.inHand(actor) {
		return ""
	}
	items, err := p.Gate(env, env.Today)
	if err != nil {
		return ""
	}
	for _, item := range items {
		if item.Status != lifecycle.Missing {
			continue
		}
		switch item.Kind { //nolint:exhaustive // of the others Entered says it
		case lifecycle.Permit:
			if !p.elsewhere(env, actor, item.Permit) {
				return ""
			}
			continue
		case lifecycle.Opinions:
			if len(env.Desks) == 0 || len(opinion.StandingOf(env.Children).Last) > 0 && len(p.unasked(env)) == 0 {
				continue
			}
		case lifecycle.Built:
			if len(p.Buildings) == 0 { // whose steps could be recorded there are none
				return AddBuildingsName
			}
		}
		if name, _, _ := Entered(item.Requirement); name != "" {
			return name
		}
	}
	return ""
}

// elsewhere reports whether the permit is on file and all of it lies with somebody else.
func (p Project) elsewhere(env Env, actor process.Actor, slot string) bool {
	on := slices.DeleteFunc(slices.Clone(env.Children), func(c process.Child) bool { return c.Kind != permit.Kind || c.Slot != slot })
	return len(on) > 0 && !slices.ContainsFunc(on, func(c process.Child) bool { return c.HolderIs == process.HeldByPerson && c.Holder == actor.Name })
}

// leadsWhen is Leads where the command enters what the gate lacks first, else as it fits anyhow.
func (p Project) leadsWhen(name process.Name, actor process.Actor, env Env, anyhow process.Fit) process.Fit {
	if p.first(env, actor) == name {
		return process.Leads
	}
	return anyhow
}

// Fits says that what is missing is answered where that comes first.
func (Answer) Fits(p Project, actor process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	if !ok || !p.underWay() || !slices.ContainsFunc(stage.Gate, answerable) {
		return process.Not
	}
	return p.leadsWhen(AnswerName, actor, env, process.Beside)
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

// Fits says that facts of an open project can be corrected, and are completed where the gate lacks one first.
func (Edit) Fits(p Project, actor process.Actor, env Env) process.Fit {
	if p.Done {
		return process.Not
	}
	return p.leadsWhen(EditName, actor, env, process.Beside)
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
