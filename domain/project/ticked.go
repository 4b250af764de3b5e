package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// buildingsAsked offers the buildings to be ticked.
func (p Project) buildingsAsked(q process.Question) process.Question {
	if q.Path != "buildings" {
		return q
	}
	for _, b := range p.Buildings {
		if codes, unread := works.Codes(works.Span(b.Code)); len(unread) == 0 && len(codes) == 1 { // a code of before there were any rules can be anything
			q.Choices = append(q.Choices, process.Choice{Value: b.Code, Text: process.Text{Chinese: b.Name(), English: b.Name()}})
		}
	}
	return q
}

// named are the places of the buildings that spans name, in the order of the list. It finds fault with what cannot be read and with buildings that are not on file.
func (p Project) named(spans []works.Span, wrong *process.Faults) []int {
	codes, unread := works.Codes(spans...)
	wrong.Note(works.Faulty("buildings", unread))
	var at []int
	for _, code := range codes {
		i := position(p.Buildings, string(code))
		if i < 0 {
			wrong.Note(process.RefuseField("buildings", "这个项目没有登记 "+string(code)+"。", "The project has no building "+string(code)+" on file."))
			continue
		}
		at = append(at, i)
	}
	slices.Sort(at)
	return at
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
