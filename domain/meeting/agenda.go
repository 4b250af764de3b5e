package meeting

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// PutOn puts more projects on the agenda.
type PutOn struct {
	Projects []string `json:"projects" ask:"ticks,required,other" minItems:"1" maxItems:"50" maxLength:"60" doc:"The projects, by number or id." example:"XM-2024-0001"`
}

// PutOnName is the name of PutOn.
const PutOnName process.Name = "meeting.put_on"

// About says who may, and who reads of it.
func (PutOn) About() process.About {
	return process.About{Name: PutOnName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Ask offers the projects that wait for a meeting.
func (PutOn) Ask(f process.Question, m Meeting, env Env) (process.Question, bool) {
	return waiting(f, m.Agenda, env), true
}

// Decide refuses projects that cannot come before the meeting.
func (c PutOn) Decide(before Meeting, _ process.Call, env Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	sort, _ := env.Definition.Sort(m.Stage) // Convene refused an unknown one
	var err error
	if m.Agenda, err = before.with(c.Projects, sort, env); err != nil {
		return none, err
	}
	return process.Decision[Meeting]{After: m}, nil
}

// TakeOff takes a project off the agenda.
type TakeOff struct {
	Project string `json:"project" ask:"choose,required" minLength:"1" maxLength:"60" doc:"The project, by number or id." example:"XM-2024-0001"`
	Reason  string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"部门意见还没有齐。"`
}

// TakeOffName is the name of TakeOff.
const TakeOffName process.Name = "meeting.take_off"

// About says who may, and who reads of it.
func (TakeOff) About() process.About {
	return process.About{Name: TakeOffName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that there is something on the agenda.
func (TakeOff) Fits(m Meeting, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!m.Done && slices.ContainsFunc(m.Agenda, Item.undecided))
}

// Ask offers what was not decided.
func (TakeOff) Ask(f process.Question, m Meeting, _ Env) (process.Question, bool) {
	return m.agenda(f, Item.undecided), true
}

// Decide refuses a project that was decided on.
func (c TakeOff) Decide(before Meeting, _ process.Call, _ Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	i, err := m.at(c.Project)
	faults.Note(err)
	if i >= 0 && !m.Agenda[i].undecided() {
		faults.Note(process.RefuseField("project", "这个项目已经有结果，不能撤下。", "The project has its result; it cannot be taken off."))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	m.Agenda = slices.Delete(m.Agenda, i, i+1)
	return process.Decision[Meeting]{After: m, Reason: reason}, nil
}
