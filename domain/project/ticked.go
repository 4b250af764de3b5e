package project

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// buildingsAsked offers the buildings to be ticked.
func (p Project) buildingsAsked(q process.Question) process.Question {
	if q.Path != "buildings" {
		return q
	}
	for _, b := range p.Buildings {
		q.Choices = append(q.Choices, process.Choice{Value: string(works.One(works.Code(b.Code))), Text: process.Text{Chinese: b.Name(), English: b.Name()}})
	}
	return q
}

// named are the places of the buildings that spans name, in the order of the list. A code that was put on file in another form (1号) is found by what it reads as
// where no other reads as the same. It finds fault with what cannot be read, with buildings that are not on file, and with one that is named twice.
func (p Project) named(spans []works.Span, wrong *process.Faults) []int {
	codes, unread := works.Codes(spans...)
	wrong.Note(works.Faulty("buildings", unread))
	var at []int
	for _, code := range codes {
		switch found := p.meant(code); {
		case len(found) == 0:
			wrong.Note(process.RefuseField("buildings", "这个项目没有登记 "+string(code)+"。", "The project has no building "+string(code)+" on file."))
		case len(found) > 1:
			wrong.Note(process.RefuseField("buildings", "有几栋都可以读作 "+string(code)+"："+p.exactly(found)+"。请照这样写是哪一栋。", "Several buildings can be read as "+string(code)+": "+p.exactly(found)+". Write the one that is meant like this."))
		case slices.Contains(at, found[0]):
			wrong.Note(process.RefuseField("buildings", p.Buildings[found[0]].Code+" 写了两遍。", p.Buildings[found[0]].Code+" stands twice."))
		default:
			at = append(at, found[0])
		}
	}
	slices.Sort(at)
	return at
}

// meant are the places of the buildings that a code can mean: the one that has it, else those that read as it.
func (p Project) meant(code works.Code) []int {
	if i := position(p.Buildings, string(code)); i >= 0 {
		return []int{i}
	}
	var all []int
	for i, b := range p.Buildings {
		if one, _, unread := works.Proper(b.Code); len(unread) == 0 && one == code {
			all = append(all, i)
		}
	}
	return all
}

// exactly names buildings as their codes are on file.
func (p Project) exactly(places []int) string {
	spans := make([]string, 0, len(places))
	for _, i := range places {
		spans = append(spans, string(works.One(works.Code(p.Buildings[i].Code))))
	}
	return strings.Join(spans, "、")
}

// apart finds fault with buildings that are named where every step is one of the site, and with steps of buildings where none is named.
func apart(buildings []works.Span, ids []string, steps []works.Step, wrong *process.Faults) {
	switch ofBuildings := slices.ContainsFunc(steps, func(s works.Step) bool { return !s.Site }); {
	case ofBuildings && len(buildings) == 0:
		wrong.Note(process.RefuseField("buildings", "请选择是哪几栋。", "Say which buildings."))
	case len(ids) == len(steps) && len(steps) > 0 && !ofBuildings && len(buildings) > 0:
		wrong.Note(process.RefuseField("buildings", "场地的步骤不分栋，请不要选厂房。", "A step of the site is not of single buildings: leave them out."))
	}
}

// stepsAsked offers the steps that fit: those of the project's buildings, and those of the site.
func (p Project) stepsAsked(q process.Question, env Env, fits func(works.Step) bool) process.Question {
	if q.Path != "steps" || env.Definition.Works == nil {
		return q
	}
	for _, site := range []bool{false, true} {
		for _, s := range env.Definition.Works.Steps {
			if s.Site != site || !fits(s) {
				continue
			}
			text := s.Name
			if site {
				text = process.Text{Chinese: "场地：" + text.Chinese, English: "Site: " + text.English}
			}
			q.Choices = append(q.Choices, process.Choice{Value: s.ID, Text: text})
		}
	}
	return q
}

// stepsNamed are the steps with the ids. It finds fault with those that the definition does not have, and with one that is named twice.
func stepsNamed(ids []string, env Env, wrong *process.Faults) []works.Step {
	var steps []works.Step
	for i, id := range ids {
		step, known := env.Definition.Works.Step(id)
		switch {
		case !known:
			wrong.Note(process.RefuseField("steps", "流程里没有「"+id+"」这一步，请从列出的步骤里选。", "The definition has no step “"+id+"”."))
		case slices.Contains(ids[:i], id):
			wrong.Note(process.RefuseField("steps", "「"+step.Name.Chinese+"」选了两遍。", "“"+step.Name.English+"” stands twice."))
		default:
			steps = append(steps, step)
		}
	}
	return steps
}
