package hazard

import (
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/value"
)

// IssueNoticeName is the name of IssueNotice.
const IssueNoticeName process.Name = "hazard.issue_notice"

// IssueNotice tells the enterprise in writing what to rectify until when (限期整改意见书). It opens the first round.
type IssueNotice struct {
	Requirement    string     `json:"requirement" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What is to be done." example:"更换过期灭火器并建立台账。"`
	DueOn          clock.Date `json:"due_on" ask:"day,required" doc:"Until which day." example:"2024-12-03"`
	InspectorIDs   []string   `json:"inspector_ids,omitempty" ask:"person,required,many,from=supervisors,not=me" doc:"The other inspectors; an inspection needs two."`
	DocumentNumber string     `json:"document_number,omitempty" ask:"line" maxLength:"80" doc:"The paper's number; the next of the series when left out."`
	Series         string     `json:"series,omitempty" ask:"pick,words=series,is=advice" enum:"advice,notice,order" doc:"Which paper it is: the zone's own opinion or notice, or an order, which a zone issues only where enforcement was delegated to it; the opinion when left out." example:"advice"`
	Points         string     `json:"points,omitempty" ask:"long,lines=6" maxLength:"4000" doc:"What is to be done point by point, a line each: the re-inspection judges each of them."`
	Present        string     `json:"present,omitempty" ask:"line" maxLength:"400" doc:"Who else was there, by name: people from outside need no account." example:"县消防救援大队 王某"`
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
	if h.Level == Major && (c.Plan != nil || env.Definition.Major == nil) { // where a plan is filed afterwards, half of one is none either
		faults.Note(h.Plan.check())
	}
	h.Inspectors = signed
	round := rectification.Round{NoticeNumber: number, Requirement: requirement, DueOn: c.DueOn, Points: points(c.Points)}
	round.Present = faults.Text(process.Optional("present", c.Present, 400))
	round.Series, err = series(c.Series, call, env)
	faults.Note(err)
	faults.Note(env.Definition.Notify(h.turner(env), round, call))
	if err := faults.Err(); err != nil {
		return none, err
	}
	if h.Level == Major && env.Definition.Major != nil {
		if h.State == rectification.Rectifying {
			h.PlanFiledOn = call.Day()
		}
		h.beat(env.Definition, call.Day())
		h.rearm(call, env)
	}
	return process.Decision[Hazard]{After: h}, nil
}

// The papers that open a round. A zone that is no enforcement authority advises and notifies; an order carries remedies at law (安全生产法 art. 9).
const (
	Advice = "advice" // 限期整改意见书
	Notice = "notice" // 限期整改通知书
	Order  = "order"  // 责令限期整改指令书
)

// series is the paper: an order only where enforcement was delegated to the zone.
func series(given string, call process.Call, env Env) (string, error) {
	switch {
	case given == "":
		return Advice, nil
	case given == Order && !env.Enforces && call.Actor.Type == process.Person:
		return given, process.RefuseField("series", "园区没有受委托执法，不能下达责令整改指令书，请用意见书或通知书。", "No enforcement was delegated to the zone: it advises or notifies, and issues no order.")
	}
	return given, nil
}

// series is the paper of the round under way: the next round has the same.
func (h Hazard) series() string {
	if r := h.Current(); r != nil {
		return r.Series
	}
	return Advice
}

// points are the lines of a text, one point each.
func points(text string) []rectification.Point {
	var all []rectification.Point
	for line := range strings.Lines(text) {
		if line = value.Trim(line); line != "" {
			all = append(all, rectification.Point{Point: len(all) + 1, Text: line})
		}
	}
	return all
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
