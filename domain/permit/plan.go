package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Plan says until which day the permit is to be applied for. It also follows from a permit that leads to this one: the law gives the day then.
type Plan struct {
	ApplyBy clock.Date `json:"apply_by" ask:"day,required" doc:"Until which day it is to be applied for." example:"2024-12-31"`
	Reason  string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"配合 12 月底开工。"`
}

// PlanName is the name of Plan.
const PlanName process.Name = "permit.plan"

// About says who may, and who reads of it.
func (Plan) About() process.About {
	return process.About{Name: PlanName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.FactOnly, Follows: true}
}

// Fits says that it fits what was not applied for.
func (Plan) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(p.in(Needed, PreExamined) == nil)
}

// Decide refuses what was applied for, and a day in the past.
func (c Plan) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Needed, PreExamined); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if err := plannable(c.ApplyBy, call); err != nil {
		return none, err
	}
	p.Supersede(call)
	p.start(clock.StartUntil(ToApply, "", call.Day(), c.ApplyBy, env.Calendar), env)
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: reason}, nil
}

// plannable refuses a day in the past or too far away. What follows from another permit has the day that the law gives, also when it is over by now.
func plannable(day clock.Date, call process.Call) error {
	if call.Actor.Type == process.Person && (day.IsZero() || day.Before(call.Day())) || call.Day().DaysUntil(day) > 3660 {
		return process.Refuse(process.ImpossibleDate, "申报期限不能早于今天，也不能超过十年。", "The day cannot lie before today, nor more than ten years away.").At("apply_by")
	}
	return nil
}
