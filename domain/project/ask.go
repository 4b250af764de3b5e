package project

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

func seenStage(f process.Question, p Project) process.Question {
	if f.Path == "from" {
		f.Value = p.Stage
	}
	return f
}

func stageChoices(stages []lifecycle.Stage) []process.Choice {
	choices := make([]process.Choice, 0, len(stages))
	for _, s := range stages {
		choices = append(choices, process.Choice{Value: string(s.ID), Text: s.Name})
	}
	return choices
}

// Ask notes the stage that is seen.
func (Advance) Ask(f process.Question, p Project, _ Env) (process.Question, bool) {
	return seenStage(f, p), true
}

// Ask notes the stage that is seen.
func (Skip) Ask(f process.Question, p Project, _ Env) (process.Question, bool) {
	return seenStage(f, p), true
}

// Ask offers the earlier stages.
func (SendBack) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	if f.Path == "to_stage" {
		f.Choices = stageChoices(env.Definition.Earlier(p.stage(), string(p.SiteMode)))
	}
	return f, true
}

// Ask offers what can be answered of the present gate.
func (Answer) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	return requirements(f, p, env, answerable), true
}

// Ask offers what may be waived of the present gate.
func (Waive) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	return requirements(f, p, env, func(r lifecycle.Requirement) bool { return r.Waivable }), true
}

func requirements(f process.Question, p Project, env Env, which func(lifecycle.Requirement) bool) process.Question {
	stage, ok := p.present(env)
	if f.Path != "requirement" || !ok {
		return f
	}
	for _, r := range stage.Gate {
		if which(r) {
			f.Choices = append(f.Choices, process.Choice{Value: r.ID, Text: r.Name})
		}
	}
	return f
}

// Ask offers the milestones that are left.
func (Achieve) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	if f.Path == "achievement" {
		for _, a := range env.Definition.Achievements {
			if p.unachieved(a) {
				f.Choices = append(f.Choices, process.Choice{Value: a.ID, Text: a.Name})
			}
		}
	}
	return f, true
}

// Ask offers the stages of the definition, and asks only for what is known when a project is opened.
func (Open) Ask(f process.Question, _ Project, env Env) (process.Question, bool) {
	if f.Path == "entry_stage" {
		f.Choices = stageChoices(env.Definition.Stages)
	}
	return f, !slices.Contains([]string{"facts.short_name", "facts.land_area_mu", "facts.note", "facts.signed_on", "facts.construction_started_on", "facts.planned_completion_on",
		"facts.planned_production_on"}, f.Path)
}

// Ask begins with the facts as they stand.
func (Edit) Ask(f process.Question, p Project, _ Env) (process.Question, bool) {
	facts, err := process.FactsOf(p)
	if err != nil {
		return f, true
	}
	value := strings.TrimPrefix(f.Path, "facts.")
	var text string
	if json.Unmarshal(facts[value], &text) != nil {
		text = string(facts[value])
	}
	if f.Path != "reason" {
		f.Value = text
	}
	return f, f.Path != "facts.source"
}
