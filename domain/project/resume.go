package project

import "github.com/parkway-zone/parkway/domain/process"

// ResumeName is the name of Resume.
const ResumeName process.Name = "project.resume"

// Resume lets a suspended project go on.
type Resume struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Resume) About() process.About {
	return process.About{Name: ResumeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses a project that is not suspended.
func (c Resume) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(env.Definition.Resume(p.traveller(env), call))
	return process.Decision[Project]{After: p, Reason: reason}, faults.Err()
}
