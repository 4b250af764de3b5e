package project

import "github.com/parkway-zone/parkway/domain/process"

// DelegateName is the name of Delegate.
const DelegateName process.Name = "project.delegate"

// Delegate asks a colleague to do one thing and hand the project back (委托); HandOver gives it away for good (转交).
type Delegate struct {
	ToID   string `json:"to_id"`
	Reason string `json:"reason"`
}

// Name returns "project.delegate".
func (Delegate) Name() process.Name { return DelegateName }

// Mentions returns the colleague.
func (c Delegate) Mentions() []string { return []string{c.ToID} }

// Decide refuses an actor who does not hold the project, somebody outside the zone's staff, and a delegation of what was delegated.
func (c Delegate) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	switch {
	case p.Done || p.Holder == nil || p.Holder.ID != call.Actor.ID:
		return none, process.Taken(p.Holder)
	case p.DelegatedBy != nil:
		return none, process.Refuse(process.WrongState, "这件事本来就是别人委托给你的，请办完交回，或者转交。", "It was delegated to you; hand it back, or hand it over.")
	}
	colleague, err := staff(env, c.ToID, "to_id")
	if err != nil {
		return none, err
	}
	if colleague.ID == call.Actor.ID {
		return none, process.Refuse(process.NothingChanged, "不能委托给自己。", "You cannot delegate to yourself.").At("to_id")
	}
	back := *p.Holder
	p.HandTo(colleague, call.OccurredAt)
	p.DelegatedBy = &back
	return process.Decision[Project]{After: p, Reason: reason}, nil
}
