package project

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// DecideWaiverName is the name of DecideWaiver.
const DecideWaiverName process.Name = "project.decide_waiver"

// DecideWaiver is the machinery's command: what a leader said to a request for a waiver, or that it was taken back. It follows from the request's being decided.
type DecideWaiver struct {
	Requirement string     `json:"requirement" maxLength:"60" doc:"Of the gate."`
	Request     string     `json:"request" maxLength:"60" doc:"The number of the request."`
	Says        string     `json:"says" enum:"waived,waiver_refused,no" doc:"Granted, refused, or taken back."`
	Until       clock.Date `json:"until,omitzero" doc:"Until which day it is waived."`
	Reason      string     `json:"reason,omitempty" maxLength:"4000" doc:"In the words of whoever decided."`
	ByID        string     `json:"by_id" maxLength:"60" doc:"Who decided."`
	By          string     `json:"by" maxLength:"200" doc:"By name."`
}

// About says that nobody issues it: it only follows from another deed.
func (DecideWaiver) About() process.About {
	return process.About{Name: DecideWaiverName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says what was decided.
func (c DecideWaiver) Carries(process.Rules) process.Text {
	says := map[string]process.Text{lifecycle.WaivedUntil: {Chinese: "批准容缺", English: "granted"}, lifecycle.WaiverRefused: {Chinese: "没有批准容缺", English: "refused"}}[c.Says]
	if says.Chinese == "" {
		says = process.Text{Chinese: "撤回容缺申请", English: "taken back"}
	}
	return process.Text{Chinese: c.Request + " " + c.By + says.Chinese, English: c.Request + ": " + says.English + " by " + c.By}
}

// PassesGate is true: what stands in the way decides what can be waived.
func (DecideWaiver) PassesGate() bool { return true }

// Decide keeps what was said at the gate. A project that has passed it meanwhile, or has ended, has nothing left to waive.
func (c DecideWaiver) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	stage, err := p.gate(env)
	if err != nil {
		return none, err
	}
	if _, err := stage.Requirement(c.Requirement); err != nil {
		return none, process.Refuse(process.WrongState, "项目已经不在这一关，不需要容缺了。", "The project has left the gate; there is nothing to waive any more.")
	}
	given := lifecycle.Answer{Requirement: c.Requirement, Note: c.Reason, Until: c.Until, ByID: c.ByID, ByName: c.By, At: call.RecordedAt}
	reason := c.By
	switch c.Says {
	case lifecycle.WaivedUntil:
		if err := p.Journey.Waive(stage, given, process.Party{ID: p.ManagerID, Name: p.ManagerName}, p.view(env, call.Day())); err != nil {
			return none, err
		}
		reason += "批准容缺到 " + c.Until.Chinese()
	case lifecycle.WaiverRefused:
		p.Journey.Deny(given)
		reason += "没有批准容缺"
	default:
		given.Answer = lifecycle.No
		p.Journey.Deny(given)
		reason += "撤回了容缺申请"
	}
	reason += "（" + c.Request + "）"
	if c.Reason != "" {
		reason += "：" + c.Reason
	}
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// TryWaiver does on a copy of the project what granting would do: what its gate refuses then is refused now, with its words.
func TryWaiver(subject process.Subject, c DecideWaiver, call process.Call, env process.Env) error {
	p, ok := subject.(*Project)
	if !ok {
		return process.Refuse(process.WrongState, "没有找到这个项目。", "There is no such project.")
	}
	_, err := c.Decide(*p, call, kind().Env(env))
	return err
}
