package enrolment

import (
	"github.com/parkway-zone/parkway/domain/process"
)

// Enrol notes that the project stands in the statistical register. The day of the deed is the day it was enrolled.
type Enrol struct {
	Code  string             `json:"code" ask:"line,required" minLength:"1" maxLength:"60" doc:"The code it is registered under." example:"341324-2024-0086"`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"What shows it."`
}

// EnrolName is the name of Enrol.
const EnrolName process.Name = "enrolment.enrol"

// About says who may, and who reads of it.
func (Enrol) About() process.About {
	return process.About{Name: EnrolName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Enrol) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step.
func (Enrol) Fits(e Enrolment, actor process.Actor, _ Env) process.Fit {
	switch {
	case e.Done || e.StartedOn.IsZero():
		return process.Not
	case e.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// Decide refuses a day before construction began.
func (c Enrol) Decide(before Enrolment, call process.Call, env Env) (process.Decision[Enrolment], error) {
	none, e := process.Decision[Enrolment]{}, before.clone()
	if err := process.UnderWay(&e.Case); err != nil {
		return none, err
	}
	if e.StartedOn.IsZero() {
		return none, process.Refuse(process.WrongState, "项目的开工登记已经撤回，重新登记开工以后才列统。", "The start of construction was taken back; it is enrolled once it has begun.").After(process.MovedState)
	}
	var faults process.Faults
	faults.Note(process.NotBefore(call, e.StartedOn, "列统日期早于开工日期", "It cannot have been enrolled before construction began,"))
	e.Code = faults.Text(process.Required("code", c.Code, 60))
	attached, err := process.PutOnRecord(before.Attachments, c.Files, env.Uploads, call, process.Place{})
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	e.Attachments = attached
	e.Judge(call, env.Calendar)
	e.State, e.EnrolledOn = Enrolled, call.Day()
	notices := process.TellTeam(&e, process.NoticeClosed)
	e.Close(call.OccurredAt)
	return process.Decision[Enrolment]{After: e, Reason: e.Code, Notices: notices}, nil
}

// Spare says that the project is not to be enrolled, and why.
type Spare struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"计划总投资不足 500 万元，不纳入固定资产投资统计。"`
}

// SpareName is the name of Spare.
const SpareName process.Name = "enrolment.excuse"

// About says who may, and who reads of it.
func (Spare) About() process.About {
	return process.About{Name: SpareName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Decide closes the enrolment without a code.
func (c Spare) Decide(before Enrolment, call process.Call, _ Env) (process.Decision[Enrolment], error) {
	none, e := process.Decision[Enrolment]{}, before.clone()
	if err := process.UnderWay(&e.Case); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	e.Supersede(call)
	e.State, e.Excuse = Spared, reason
	e.Close(call.OccurredAt)
	return process.Decision[Enrolment]{After: e, Reason: reason}, nil
}
