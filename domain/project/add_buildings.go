package project

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// AddBuildingsName is the name of AddBuildings.
const AddBuildingsName process.Name = "project.add_buildings"

// AddBuildings puts buildings on file, several of the same kind at once. Their steps are recorded from then on.
type AddBuildings struct {
	Codes     works.Span `json:"codes" ask:"line,required" minLength:"1" maxLength:"400" doc:"Their codes: 1#-5#, 5#6#7#, or a name where there is no number." example:"1#-5#"`
	Structure string     `json:"structure,omitempty" ask:"pick" maxLength:"40" doc:"How they are made: a structure of the definition's works; the first when left out." example:"frame"`
	Area      *Decimal   `json:"area,omitempty" ask:"number,unit=平方米" doc:"The floor space of each of them, in m²." example:"4200.00"`
	Use       string     `json:"use,omitempty" ask:"line,is=厂房" maxLength:"20" doc:"What they are called behind their numbers." example:"厂房"`
}

// About says who may, and who reads of it.
func (AddBuildings) About() process.About {
	return process.About{Name: AddBuildingsName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), Readers: process.FactOnly}
}

// Fits says that a project gets its buildings from the land on; before its first one that lies close at hand, and leads where the gate asks first for what is built.
func (AddBuildings) Fits(p Project, actor process.Actor, env Env) process.Fit {
	if p.builds(env) && len(p.Buildings) == 0 {
		return p.leadsWhen(AddBuildingsName, actor, env, process.Beside)
	}
	return process.FitsWhen(p.builds(env))
}

// Ask offers the structures of the definition.
func (AddBuildings) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	return structures(q, env, true), true
}

func structures(q process.Question, env Env, begins bool) process.Question {
	if q.Path != "structure" || env.Definition.Works == nil {
		return q
	}
	for _, s := range env.Definition.Works.Structures {
		q.Choices = append(q.Choices, process.Choice{Value: s.ID, Text: s.Name})
	}
	if begins {
		q.Value = q.Choices[0].Value
	}
	return q
}

// Decide refuses what cannot be read as codes, a building that is there already, and a structure that the definition does not have.
func (c AddBuildings) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	var wrong process.Faults
	wrong.Note(structured("structure", c.Structure, env))
	use, err := process.Optional("use", c.Use, useLimit)
	wrong.Note(err)
	codes, unread := works.Codes(c.Codes)
	wrong.Note(works.Faulty("codes", unread))
	for _, code := range codes {
		if works.One(code) != works.Span(code) {
			wrong.Note(process.RefuseField("codes", "「"+string(code)+"」不能作新的编号，请写成 1#、2# 或名称。", "“"+string(code)+"” cannot be a new code: write 1#, 2# or a name."))
		}
		if len(before.meant(code)) > 0 {
			wrong.Note(process.RefuseField("codes", string(code)+" 已经登记过了。", string(code)+" is on file already."))
		}
	}
	if len(before.Buildings)+len(codes) > works.MostBuildings {
		wrong.Note(process.RefuseField("codes", "一个项目最多 100 栋厂房。", "A project has at most 100 buildings."))
	}
	if err := wrong.Err(); err != nil {
		return none, err
	}
	for _, code := range codes {
		b := Building{Code: string(code), Structure: c.Structure, Area: c.Area, Position: len(p.Buildings) + 1, Steps: []works.Progress{}, Photos: []Photo{}}
		if b.Structure == "" {
			b.Structure = env.Definition.Works.Structures[0].ID
		}
		if code.Numbered() {
			b.Use = use
		}
		p.Buildings = append(p.Buildings, b)
	}
	p.unplan(before, "已经没有的厂房和步骤，原来的目标不再算", call, env) // of a time when they stayed in the plan
	return process.Decision[Project]{After: p}, nil
}

// useLimit is how many characters the word behind a building's number can have.
const useLimit = 20
