package project

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// WaiveName is the name of Waive.
const WaiveName process.Name = "project.waive"

// Waive lets the gate be passed without one requirement until a day (容缺受理). Whoever issues it is its approver, and cannot be whoever asked for it.
type Waive struct {
	Requirement string     `json:"requirement" ask:"choose,required" doc:"A requirement of the present gate that may be waived." example:"filing"`
	Reason      string     `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
	Until       clock.Date `json:"until" ask:"day,required" doc:"Until which day it is waived." example:"2024-12-31"`
}

// About says who may, and who reads of it.
func (Waive) About() process.About {
	return process.About{Name: WaiveName, Any: process.Of(process.Leader), Duty: process.Approves, Readers: process.Offices}
}

// Concerns is the requirement: asking for another one does not bear on it.
func (c Waive) Concerns() string { return c.Requirement }

// PassesGate is true: what stands in the way decides what can be waived.
func (Waive) PassesGate() bool { return true }

// Decide refuses requirements that the definition does not let be waived, and a day in the past.
func (c Waive) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	reason, err := p.waiver(c.Requirement, c.Reason, c.Until, call, env, func(stage lifecycle.Stage, given lifecycle.Answer) error {
		return p.Journey.Waive(stage, given, process.Party{ID: p.ManagerID, Name: p.ManagerName}, p.view(env, call.Day()))
	})
	if err != nil {
		return none, err
	}
	follow := settled(env.Children, c.Requirement, WaiverSettled{Granted: true, Until: c.Until, Says: reason, By: call.Actor.Name})
	return process.Decision[Project]{After: p, Reason: reason, Follow: follow}, nil
}

// waiver writes down at the present gate that a requirement is waived, or asked to be, until a day, and returns why. It refuses all that is wrong with it at once.
func (p Project) waiver(requirement, why string, until clock.Date, call process.Call, env Env, write func(lifecycle.Stage, lifecycle.Answer) error) (string, error) {
	var faults process.Faults
	reason := faults.Text(process.Required("reason", why, process.TextLimit))
	stage, err := p.gate(env)
	if err != nil {
		return "", err
	}
	faults.Note(write(stage, lifecycle.Answer{Requirement: requirement, Note: reason, Until: until, ByID: call.Actor.ID, ByName: call.Actor.Name, At: call.RecordedAt}))
	return reason, faults.Err()
}
