package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// IssueNoticeName is the name of IssueNotice.
const IssueNoticeName process.Name = "hazard.issue_notice"

// IssueNotice tells the enterprise in writing what to rectify until when (限期整改意见书). It opens the first round.
type IssueNotice struct {
	Requirement    string     `json:"requirement" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is to be done." example:"更换过期灭火器并建立台账。"`
	DueOn          clock.Date `json:"due_on" ask:"day,required" doc:"Until which day." example:"2024-12-03"`
	InspectorIDs   []string   `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"The other inspectors; an inspection needs two."`
	DocumentNumber string     `json:"document_number,omitempty" ask:"line" maxLength:"80" doc:"The paper's number; the next of the series when left out."`
	Plan           *Plan      `json:"plan,omitempty" ask:"" doc:"The five points of a major hazard (五落实)."`
}

// About says who may, and who reads of it.
func (IssueNotice) About() process.About {
	return process.About{Name: IssueNoticeName, Any: process.Of(process.SafetySupervisor), DatedBack: true, Readers: process.Everyone}
}

// Mentions returns the inspectors.
func (c IssueNotice) Mentions() []string { return c.InspectorIDs }

// IssuesNotice reports whether a number must be drawn.
func (c IssueNotice) IssuesNotice() bool { return c.DocumentNumber == "" }

// Decide refuses fewer than two inspectors, a deadline that cannot be, and a major hazard without its five points (五落实).
func (c IssueNotice) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	requirement := faults.Text(process.Required("requirement", c.Requirement, process.TextLimit))
	signed, err := inspectors(c.InspectorIDs, call, env, env.Definition.Inspectors)
	faults.Note(err)
	number := faults.Text(numberOf(c.DocumentNumber, env))
	if c.Plan != nil {
		h.Plan = c.Plan
	}
	if h.Level == Major {
		faults.Note(h.Plan.check())
	}
	h.Inspectors = signed
	faults.Note(env.Definition.Notify(h.turner(env), rectification.Round{NoticeNumber: number, Requirement: requirement, DueOn: c.DueOn}, call))
	if err := faults.Err(); err != nil {
		return none, err
	}
	return process.Decision[Hazard]{After: h}, nil
}

func numberOf(given string, env Env) (string, error) {
	number, err := process.Optional("document_number", given, 80)
	if number == "" {
		number = env.NextNotice
	}
	return number, err
}

// check refuses a plan of which points are missing, naming each.
func (p *Plan) check() error {
	if p == nil {
		p = &Plan{}
	}
	var faults process.Faults
	for _, point := range []struct{ field, text string }{{"plan.responsible", p.Responsible}, {"plan.measures", p.Measures},
		{"plan.funds", p.Funds}, {"plan.time_limit", p.TimeLimit}, {"plan.contingency", p.Contingency}} {
		if _, err := process.Required(point.field, point.text, process.TextLimit); err != nil {
			faults.Note(process.RefuseField(point.field, "重大隐患要先落实责任、措施、资金、时限、预案。", "A major hazard needs all five points: who, measures, funds, time and contingency."))
		}
	}
	return faults.Err()
}
