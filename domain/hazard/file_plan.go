package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// FilePlan files the treatment plan of a major hazard (治理方案) with its five points (五落实): only then is it under rectification.
type FilePlan struct {
	Plan        Plan               `json:"plan" ask:"" doc:"The five points (五落实)."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The plan as a paper."`
}

// FilePlanName is the name of FilePlan.
const FilePlanName process.Name = "hazard.file_plan"

// About says who may, and who reads of it.
func (FilePlan) About() process.About {
	return process.About{Name: FilePlanName, Any: process.Of(process.SafetySupervisor), Own: process.Of(process.Enterprise, process.LiaisonOfficer), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the papers.
func (c FilePlan) Brings() []process.Evidence { return c.Attachments }

// Fits says that it is the enterprise's next step.
func (FilePlan) Fits(h Hazard, actor process.Actor, _ Env) process.Fit {
	return theirs(h, rectification.Planned, actor)
}

// Decide refuses a plan of which a point is missing.
func (c FilePlan) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	var faults process.Faults
	plan := c.Plan
	faults.Note(plan.check())
	h.Plan, h.PlanFiledOn = &plan, call.Day()
	faults.Note(env.Definition.FilePlan(h.turner(env), call))
	var err error
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Notices: h.tellSupervisor(process.NoticePlanFiled)}, nil
}
