package waiver

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Grant lets the gate be passed without the requirement until a day: the one that was asked for, or another one.
type Grant struct {
	Until   clock.Date `json:"until" ask:"day,required" doc:"Until which day it is waived." example:"2024-12-31"`
	Opinion string     `json:"opinion,omitempty" ask:"long" maxLength:"4000" doc:"A word to it; the reason of whoever asked when left out." example:"同意，务必按期补齐。"`
}

// GrantName is the name of Grant.
const GrantName process.Name = "waiver.grant"

// About says that a leader decides.
func (Grant) About() process.About {
	return process.About{Name: GrantName, Any: process.Of(process.Leader), Duty: process.Approves, Readers: process.Offices}
}

// Fits says that it is the next step of whoever has an open request in hand.
func (Grant) Fits(r Request, actor process.Actor, _ Env) process.Fit { return r.FitsConsent(actor) }

// Ask begins with the day that was asked for.
func (Grant) Ask(f process.Question, r Request, _ Env) (process.Question, bool) {
	if f.Path == "until" {
		f.Value = r.Until.String()
	}
	return f, true
}

// Decide refuses a closed request, and what the project's gate does not let be waived.
func (c Grant) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := process.UnderWay(&r.Case); err != nil {
		return none, err
	}
	opinion, err := process.Optional("opinion", c.Opinion, process.TextLimit)
	if err != nil {
		return none, err
	}
	r.Opinion, r.DecidedOn, r.GrantedUntil = opinion, call.Day(), c.Until
	reason := opinion
	if reason == "" {
		reason = r.Why
	}
	said := r.said(lifecycle.WaivedUntil, reason, call)
	on := env.Env
	on.Rules = env.Found.Parent.Rules
	if err := project.TryWaiver(env.Found.Parent.Subject, said, call, on); err != nil {
		return none, err
	}
	r.end(Granted, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: opinion, Notices: process.TellTeam(&before, process.NoticeAgreed), Follow: r.tell(said)}, nil
}
