package project

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// AskWaiver asks a leader to waive a requirement of the present gate until a day (申请容缺). Whoever asks cannot grant it.
type AskWaiver struct {
	Requirement string     `json:"requirement" ask:"choose,required" doc:"A requirement of the present gate that may be waived." example:"filing"`
	Reason      string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"已受理，承诺月底补齐。"`
	Until       clock.Date `json:"until" ask:"day,required" doc:"Until which day." example:"2024-12-31"`
}

// AskWaiverName is the name of AskWaiver.
const AskWaiverName process.Name = "project.ask_waiver"

// About says who may, and who reads of it.
func (AskWaiver) About() process.About {
	return process.About{Name: AskWaiverName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Duty: process.Asks, Readers: process.Offices}
}

// Concerns is the requirement.
func (c AskWaiver) Concerns() string { return c.Requirement }

// PassesGate is true: what stands in the way decides what can be waived.
func (AskWaiver) PassesGate() bool { return true }

// Fits says that something that is missing could be waived.
func (AskWaiver) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.underWay() && p.lacks(env, func(i lifecycle.Item) bool { return i.Waivable }) > 0)
}

// Ask offers what may be waived of the present gate and is missing.
func (AskWaiver) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	return requirements(f, p, env, func(r lifecycle.Requirement) bool { return r.Waivable }), true
}

// Decide refuses requirements that cannot be waived, and a day in the past. The project's leader is told, or all leaders.
func (c AskWaiver) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := process.UnderWay(&p.Case); err != nil {
		return none, err
	}
	reason, err := p.waiver(c.Requirement, c.Reason, c.Until, call, env, func(stage lifecycle.Stage, asked lifecycle.Answer) error {
		return p.Journey.AskWaiver(stage, asked, p.view(env, call.Day()))
	})
	if err != nil {
		return none, err
	}
	told := process.Notice{Kind: process.NoticeComment, ToKind: process.ToRole, ToID: string(process.Leader)}
	if p.LeaderID != "" && p.LeaderID != call.Actor.ID {
		told.ToKind, told.ToID = process.HeldByPerson, p.LeaderID
	}
	return process.Decision[Project]{After: p, Reason: reason, Notices: []process.Notice{told}}, nil
}
