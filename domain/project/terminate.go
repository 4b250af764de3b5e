package project

import "github.com/parkway-zone/parkway/domain/process"

// TerminateName is the name of Terminate.
const TerminateName process.Name = "project.terminate"

// Terminate ends a project early: lost (流失) before land is supplied, withdrawn (退出/清退) afterwards. A signed deal stays countable.
type Terminate struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Terminate) About() process.About {
	return process.About{Name: TerminateName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses a project that is closed.
func (c Terminate) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(env.Definition.Terminate(p.traveller(env), reason, call))
	if err := faults.Err(); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: reason, Notices: process.TellTeam(&before, process.NoticeClosed)}, nil
}
