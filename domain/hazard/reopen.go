package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// AskReopening says that a look-back 回头看 found a closed hazard again, and asks that it be opened for another round. Until somebody else has agreed it stays closed.
type AskReopening struct {
	Found       string             `json:"found" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What the look-back found." example:"堆垛又超过限高，喷淋被遮挡。"`
	Requirement string             `json:"requirement" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is to be done." example:"降低堆垛，划线管理。"`
	DueOn       clock.Date         `json:"due_on" ask:"day,required" doc:"Until which day." example:"2024-12-20"`
	Decider     string             `json:"decider_id" ask:"person,required,from=leaders,not=me" minLength:"1" doc:"The leader who decides, who is somebody else."`
	Files       []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures of the look-back."`
}

// AskReopeningName is the name of AskReopening.
const AskReopeningName process.Name = "hazard.ask_reopening"

// About says who may, and who reads of it.
func (AskReopening) About() process.About {
	return process.About{Name: AskReopeningName, Any: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Mentions returns who decides.
func (c AskReopening) Mentions() []string { return []string{c.Decider} }

// Brings returns the pictures.
func (c AskReopening) Brings() []process.Evidence { return c.Files }

// Fits says that it fits what was rectified and closed.
func (AskReopening) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(h.reopens() == nil)
}

// reopens refuses what is under way, and what was recorded in error.
func (h Hazard) reopens() error {
	switch {
	case !h.Done:
		return process.Refuse(process.WrongState, "这起隐患还没有销号，直接复查就可以。", "The hazard is not closed: re-inspect it.")
	case h.Result == Withdrawn:
		return process.Refuse(process.WrongState, "这起隐患已经作废，请重新登记。", "It was recorded in error; record it anew.")
	}
	return nil
}

// Decide refuses what is not closed, and tries the round that would be opened.
func (c AskReopening) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	if err := before.reopens(); err != nil {
		return process.Decision[Hazard]{}, err
	}
	var faults process.Faults
	found := faults.Text(process.Required("found", c.Found, process.TextLimit))
	requirement := faults.Text(process.Required("requirement", c.Requirement, process.TextLimit))
	opened := Reopen{Agreed: process.Agreed{Request: "-", Why: found}, Requirement: requirement, DueOn: c.DueOn}
	if faults.Err() == nil {
		_, err := opened.Decide(before, call, env)
		faults.Note(err)
	}
	opened.Agreed = process.Agreed{}
	return before.sought(process.Sought{Sort: "reopen", What: "重新整改到 " + c.DueOn.Chinese() + "：" + requirement, Reason: found, Decider: c.Decider, Does: ReopenName}, opened, faults, c.Files,
		before.Round+1, call, env)
}

// Reopen is the machinery's command: a leader has agreed to what a look-back found. The hazard is under rectification again, as a new round with a notice, a deadline and
// a ladder of its own; what was closed stays in its rounds and its history.
type Reopen struct {
	process.Agreed
	Requirement string     `json:"requirement" maxLength:"4000" doc:"What is to be done."`
	DueOn       clock.Date `json:"due_on" doc:"Until which day."`
}

// ReopenName is the name of Reopen.
const ReopenName process.Name = "hazard.reopen"

// About says that nobody issues it: it only follows from another deed.
func (Reopen) About() process.About {
	return process.About{Name: ReopenName, By: process.ByBatch, Follows: true, Owed: true, Readers: process.FactOnly}
}

// Carries says until when.
func (c Reopen) Carries(process.Rules) process.Text {
	return process.Text{Chinese: c.Request + " 重新整改到 " + c.DueOn.Chinese(), English: c.Request + ": open again until " + c.DueOn.String()}
}

// IssuesNotice is true: the round has a notice of its own.
func (Reopen) IssuesNotice() bool { return true }

// Decide refuses what is under way, and a deadline that has passed meanwhile.
func (c Reopen) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := h.reopens(); err != nil {
		return none, err
	}
	round := rectification.Round{NoticeNumber: env.NextNotice, Requirement: c.Requirement, DueOn: c.DueOn, Series: h.series(), Policy: rectification.Fresh, LookedBack: c.Why}
	if round.Series == "" {
		round.Series = Advice
	}
	if err := env.Definition.Reopen(h.turner(env), round, call); err != nil {
		return none, err
	}
	h.Result, h.ClosedOn, h.DeadlineChanges = "", clock.Date{}, 0 // its deadline is a new one: what was moved before stays in the history
	h.beat(env.Definition, call.Day())
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Reason: c.Request + " " + c.Why, Notices: append(h.tellBoth(process.NoticeReopened), h.tellLeaders(process.NoticeReopened)...)}, nil
}
