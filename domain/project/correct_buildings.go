package project

import (
	"reflect"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// CorrectBuildingsName is the name of CorrectBuildings.
const CorrectBuildingsName process.Name = "project.correct_buildings"

// CorrectBuildings corrects what is known of buildings: how they are made, how large they are, what they are called. Their steps stay.
type CorrectBuildings struct {
	Buildings []works.Span `json:"buildings" ask:"ticks,required,other" minItems:"1" maxLength:"400" doc:"Which: codes and spans of codes." example:"2#-5#"`
	Structure *string      `json:"structure,omitempty" ask:"pick" maxLength:"40" doc:"How they are made; it stays as it is when left out." example:"steel"`
	Area      *Decimal     `json:"area,omitempty" ask:"number,unit=平方米" doc:"The floor space of each of them, in m²." example:"4200.00"`
	Use       *string      `json:"use,omitempty" ask:"line" maxLength:"20" doc:"What they are called behind their numbers." example:"仓库"`
	Reason    string       `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"按施工图更正"`
}

// About says who may, and who reads of it.
func (CorrectBuildings) About() process.About {
	return process.About{Name: CorrectBuildingsName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that there must be buildings.
func (CorrectBuildings) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.builds(env) && len(p.Buildings) > 0)
}

// Ask offers the buildings and the structures.
func (CorrectBuildings) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	return structures(p.buildingsAsked(q), env, false), true
}

// Decide refuses buildings that are not on file, a structure without steps that are on record, and a correction that changes nothing.
func (c CorrectBuildings) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	var wrong process.Faults
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	wrong.Note(err)
	if c.Structure != nil {
		wrong.Note(structured("structure", *c.Structure, env))
	}
	for _, at := range p.named(c.Buildings, &wrong) {
		b := &p.Buildings[at]
		process.Set(&b.Structure, c.Structure)
		if c.Area != nil {
			b.Area = c.Area
		}
		if works.Code(b.Code).Numbered() {
			process.Set(&b.Use, c.Use)
		}
		for _, done := range b.Steps {
			if step, known := env.Definition.Works.Step(done.Step); known && wrong.Err() == nil && !step.Of(b.made(env)) {
				wrong.Note(process.RefuseField("structure", b.Name()+"已登记「"+step.Name.Chinese+"」，改成这种结构就没有这一步了；请先撤回这一步。",
					"“"+step.Name.English+"” is on record for "+b.Code+", and a building of this structure has no such step: take it back first."))
			}
		}
	}
	switch err := wrong.Err(); {
	case err != nil:
		return none, err
	case reflect.DeepEqual(p.Buildings, before.Buildings):
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	p.unplan(before, reason, call, env)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}

// made is the building's structure, the first where nothing was said.
func (b Building) made(env Env) string {
	if _, known := env.Definition.Works.Structure(b.Structure); !known {
		return env.Definition.Works.Structures[0].ID
	}
	return b.Structure
}
