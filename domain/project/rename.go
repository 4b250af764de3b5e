package project

import "github.com/parkway-zone/parkway/domain/process"

// RenameName is the name of Rename.
const RenameName process.Name = "project.rename"

// Rename gives the project another name. It is still found by the one it had (曾用名), which everybody has used so far.
type Rename struct {
	Title  string `json:"title" ask:"line,required" minLength:"1" maxLength:"200" doc:"The new name." example:"年产 8 万套新能源汽车零部件项目"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"备案名称变更"`
}

// About says who may, and who reads of it.
func (Rename) About() process.About {
	return process.About{Name: RenameName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.FactOnly}
}

// Ask begins with the name it has.
func (Rename) Ask(q process.Question, p Project, _ Env) (process.Question, bool) {
	if q.Path == "title" {
		q.Value = p.Title
	}
	return q, true
}

// Decide refuses the name it has already. A name that it takes up again is no former one any more.
func (c Rename) Decide(before Project, _ process.Call, _ Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	var faults process.Faults
	title := faults.Text(process.Required("title", c.Title, process.TitleLimit))
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(p.notEnded())
	if err := faults.Err(); err != nil {
		return none, err
	}
	if title == p.Title { // the form begins with it: nothing is wrong with what was typed
		return none, process.Refuse(process.NothingChanged, "名称没有变化。", "The name is the same.").At("title")
	}
	p.Rename(title)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}
