package project

import "github.com/parkway-zone/parkway/domain/process"

// AchieveName is the name of Achieve.
const AchieveName process.Name = "project.achieve"

// Achieve records 达产 (full_capacity) or 入规 (above_scale); either may come first. The project is over when both are reached.
type Achieve struct {
	Achievement string `json:"achievement" ask:"choose,required" doc:"A milestone of the definition." example:"full_capacity"`
	Note        string `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
}

// About says who may, and who reads of it.
func (Achieve) About() process.About {
	return process.About{Name: AchieveName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses achievements before production and those recorded already.
func (c Achieve) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	faults.Note(env.Definition.Achieve(p.traveller(env), c.Achievement, call))
	return process.Decision[Project]{After: p, Reason: note}, faults.Err()
}
