package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// SkipName is the name of Skip.
const SkipName process.Name = "project.skip"

// Skip leaves a stage out where a rule of the definition permits it.
type Skip struct {
	From   string `json:"from" ask:"seen,required" doc:"The stage the caller saw." example:"land_supply"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Skip) About() process.About {
	return process.About{Name: SkipName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses with NotSkippable when no rule permits it for the project's site mode.
func (c Skip) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(env.Definition.Skip(p.traveller(env), lifecycle.StageID(c.From), reason, call))
	if err := faults.Err(); err != nil {
		return process.Decision[Project]{}, err
	}
	decision := p.returnToManager(call, env, reason)
	decision.Follow = p.opens(env)
	return decision, nil
}
