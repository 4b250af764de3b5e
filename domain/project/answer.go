package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// AnswerName is the name of Answer.
const AnswerName process.Name = "project.answer"

// Answer says of one requirement of the present gate whether it is met, with its papers.
type Answer struct {
	Requirement string             `json:"requirement" ask:"choose,required" doc:"A requirement of the present gate." example:"filing"`
	Answer      string             `json:"answer" ask:"pick,required,words=answer,is=yes" enum:"yes,no,not_applicable" doc:"Whether it is met." example:"yes"`
	Note        string             `json:"note,omitempty" ask:"long,when=answer:not_applicable" maxLength:"4000" doc:"A word with it; compulsory of what does not apply."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Its papers."`
}

// About says who may, and who reads of it.
func (Answer) About() process.About {
	return process.About{Name: AnswerName, Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c Answer) Brings() []process.Evidence { return c.Attachments }

// Decide refuses requirements of other gates, those the system checks itself, and documents without a paper.
func (c Answer) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	var faults process.Faults
	switch c.Answer {
	case lifecycle.Yes, lifecycle.No, lifecycle.NotApplicable:
	default:
		faults.Note(process.RefuseField("answer", "请选择：已具备、尚缺或不适用。", "Choose yes, no or not applicable."))
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	faults.Note(err)
	if c.Answer == lifecycle.NotApplicable && note == "" && err == nil {
		faults.Note(process.RefuseField("note", "不适用的要写明原因。", "Say why it does not apply."))
	}
	stage, err := p.gate(env)
	if err != nil {
		return none, err
	}
	p.Attachments, err = process.PutOnRecord(before.clone().Attachments, c.Attachments, env.Uploads, call, process.Place{Requirement: c.Requirement})
	faults.Note(err)
	given := lifecycle.Answer{Requirement: c.Requirement, Answer: c.Answer, Note: note, ByID: call.Actor.ID, ByName: call.Actor.Name, At: call.RecordedAt}
	for _, a := range p.Attachments {
		if a.Requirement == c.Requirement && a.Revision == 1 {
			given.Attachments = append(given.Attachments, a.Number)
		}
	}
	if faults.Note(p.Journey.Answer(stage, given)); faults.Err() != nil {
		return none, faults.Err()
	}
	follow := settled(env.Children, c.Requirement, WaiverSettled{Says: note, By: call.Actor.Name})
	return process.Decision[Project]{After: p, Reason: note, Follow: follow}, nil
}
