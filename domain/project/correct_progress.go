package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// CorrectProgressName is the name of CorrectProgress.
const CorrectProgressName process.Name = "project.correct_progress"

// CorrectProgress corrects the days of steps that are on record, with a reason; the former ones stay in the history. How far the steps are stays as it is.
type CorrectProgress struct {
	Buildings  []works.Span `json:"buildings,omitempty" ask:"ticks,other" maxLength:"400" doc:"Which: codes and spans of codes; none for the site." example:"2#"`
	Steps      []string     `json:"steps" ask:"ticks,required" minItems:"1" maxLength:"40" doc:"The steps." example:"doors"`
	PreparedOn clock.Date   `json:"prepared_on,omitzero" ask:"day,or=started_on|done_on" doc:"The day they began to be prepared; it stays as it is when left out."`
	StartedOn  clock.Date   `json:"started_on,omitzero" ask:"day,or=prepared_on|done_on" doc:"The day they began; it stays as it is when left out."`
	DoneOn     clock.Date   `json:"done_on,omitzero" ask:"day,or=prepared_on|started_on" doc:"The day they were done; it stays as it is when left out."`
	Reason     string       `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"监理日志上是 10 日完成"`
}

// About says who may, and who reads of it.
func (CorrectProgress) About() process.About {
	return process.About{Name: CorrectProgressName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), Readers: process.Offices}
}

// Fits says that some step must be on record.
func (CorrectProgress) Fits(p Project, actor process.Actor, env Env) process.Fit {
	return TakeBackProgress{}.Fits(p, actor, env)
}

// Ask offers the buildings and the steps that are on record.
func (CorrectProgress) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	return TakeBackProgress{}.Ask(q, p, env)
}

// Decide refuses steps that are not on record, a day of what they have not reached, days that are out of order or cannot be, and a correction that changes nothing.
func (c CorrectProgress) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	var wrong process.Faults
	reason := wrong.Text(process.Required("reason", c.Reason, process.TextLimit))
	named, steps := p.named(c.Buildings, &wrong), stepsNamed(c.Steps, env, &wrong)
	apart(c.Buildings, c.Steps, steps, &wrong)
	c.possible(call, &wrong)
	changed := false
	for _, s := range steps {
		if s.Site {
			changed = c.onto(p.SiteSteps, s, "场地", &wrong) || changed
			continue
		}
		for _, i := range named {
			b := &p.Buildings[i]
			was := latest(b.Steps)
			changed = c.onto(b.Steps, s, b.Name(), &wrong) || changed
			if b.AsOf == was { // the day of its progress was the one that is corrected
				b.AsOf = latest(b.Steps)
			}
		}
	}
	switch err := wrong.Err(); {
	case err != nil:
		return none, err
	case !changed:
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// days are those that are given, by what the step came to be on them and by the field.
func (c CorrectProgress) days() []dayGiven {
	return slices.DeleteFunc([]dayGiven{{works.Preparing, "prepared_on", c.PreparedOn}, {works.Running, "started_on", c.StartedOn}, {works.Done, "done_on", c.DoneOn}}, func(d dayGiven) bool { return d.on.IsZero() })
}

type dayGiven struct {
	state works.State
	field string
	on    clock.Date
}

// possible finds fault with days that lie after today or before 1990, and with a correction that names none.
func (c CorrectProgress) possible(call process.Call, wrong *process.Faults) {
	if len(c.days()) == 0 {
		wrong.Note(process.RefuseField("done_on", "请填写要更正的日期。", "Give the day that is to be corrected."))
	}
	for _, d := range c.days() {
		wrong.Note(tooEarly(d.field, d.on))
		if d.on.After(call.Today()) {
			wrong.Note(process.Refuse(process.ImpossibleDate, "已发生的日期不能晚于今天。", "A day on which something happened cannot lie after today.").At(d.field))
		}
	}
}

// onto lays the days over a step of the list, in place, and reports whether that changed anything.
func (c CorrectProgress) onto(list []works.Progress, step works.Step, building string, wrong *process.Faults) bool {
	i := at(list, step)
	if i < 0 {
		wrong.Note(notOnRecord(step, building))
		return false
	}
	was, where := list[i], building+"「"+step.Name.Chinese+"」"
	field := ""
	for _, d := range c.days() {
		switch {
		case step.Milestone() && d.state != works.Done:
			wrong.Note(process.RefuseField(d.field, "「"+step.Name.Chinese+"」是节点，只有完成的日期。", "“"+step.Name.English+"” is a milestone and only has the day it was done."))
		case backwards(d.state, was.State):
			wrong.Note(process.RefuseField(d.field, where+"还没有登记"+states[d.state].Chinese+"，请用「登记进度」。", "“"+step.Name.English+"” is not on record as "+states[d.state].English+" yet: record that."))
		default:
			list[i].Put(d.state, d.on)
			field = d.field
		}
	}
	if first, then, wrongly := list[i].Disorder(); wrongly && field != "" {
		for _, d := range c.days() {
			if d.state == first || d.state == then {
				field = d.field
			}
		}
		wrong.Note(disordered(where, step, list[i], first, then).At(field))
	}
	return !list[i].SameDays(was)
}

// latest is the last day of a list of steps on which one came to be what it is.
func latest(list []works.Progress) clock.Date {
	var last clock.Date
	for _, s := range list {
		for _, state := range works.States() {
			if on := s.On(works.State(state)); on.After(last) {
				last = on
			}
		}
	}
	return last
}
