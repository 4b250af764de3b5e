package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// ReinspectName is the name of Reinspect.
const ReinspectName process.Name = "hazard.reinspect"

// Reinspect records the verdict of the re-inspection (整改复查意见书): pass closes the hazard, fail opens the next round with its own notice.
type Reinspect struct {
	Result         string             `json:"result" ask:"pick,required,words=answer" enum:"pass,fail" doc:"The verdict." example:"pass"`
	Opinion        string             `json:"opinion" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was seen." example:"已全部整改到位。"`
	InspectorIDs   []string           `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"The other inspectors; a re-inspection needs two."`
	Attachments    []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures of the re-inspection."`
	Requirement    string             `json:"requirement,omitempty" ask:"long,lines=6" maxLength:"4000" doc:"Of the next round, when failed."`
	DueOn          clock.Date         `json:"due_on,omitzero" ask:"day" doc:"Of the next round, when failed."`
	DocumentNumber string             `json:"document_number,omitempty" maxLength:"80" doc:"Of the next round's notice; the next of the series when left out."`
}

// About says who may, and who reads of it.
func (Reinspect) About() process.About {
	return process.About{Name: ReinspectName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone}
}

// Mentions returns the inspectors.
func (c Reinspect) Mentions() []string { return c.InspectorIDs }

// Brings returns the evidence.
func (c Reinspect) Brings() []process.Evidence { return c.Attachments }

// IssuesNotice reports whether a number must be drawn.
func (c Reinspect) IssuesNotice() bool {
	return c.Result == rectification.Fail && c.DocumentNumber == ""
}

// Decide refuses fewer than two inspectors, and one who handed the rectification in.
func (c Reinspect) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	opinion := faults.Text(process.Required("opinion", c.Opinion, process.TextLimit))
	signed, err := inspectors(c.InspectorIDs, call, env, env.Definition.Inspectors)
	faults.Note(err)
	next := rectification.Round{DueOn: c.DueOn}
	if c.Result == rectification.Fail {
		next.Requirement = faults.Text(process.Required("requirement", c.Requirement, process.TextLimit))
		next.NoticeNumber = faults.Text(numberOf(c.DocumentNumber, env))
	}
	place := process.Place{Round: h.Round}
	faults.Note(env.Definition.Inspect(h.turner(env), c.Result, opinion, signed, next, call))
	attachments, err := process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, place)
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	decision := process.Decision[Hazard]{Reason: opinion}
	if h.Done {
		h.closedWith(Passed, call.Day())
		decision.Notices = h.tellSupervisor(process.NoticeClosed)
	}
	h.Attachments = attachments
	decision.After = h
	return decision, nil
}
