package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/works"
)

// TestGateNeedsBuildings: a step on every building that is on file, or a percent of the whole; what lacks is named, and nobody answers it by hand.
func TestGateNeedsBuildings(t *testing.T) {
	t.Parallel()
	says := func(p project.Project, e project.Env) string {
		items, err := p.Gate(e, call(1).Day())
		require.NoError(t, err)
		for _, i := range items {
			if i.Kind == lifecycle.Built && i.Status == lifecycle.Missing {
				return i.Says.Chinese
			}
		}
		return ""
	}
	p := opened(t, "construction", project.OwnLand)
	require.Equal(t, "还没有登记厂房", says(p, env(t)))
	p = then(t, p, 1, project.AddBuildings{Codes: "1#-3#", Use: "厂房"}, project.RecordProgress{Buildings: []works.Span{"1#-2#"}, Steps: []string{"built"}, State: works.Done})
	require.Equal(t, "3#厂房还没有登记「建成」完成", says(p, env(t)))
	require.Equal(t, process.InvalidInput, code(t, p, project.Answer{Requirement: "works_done", Answer: "yes"}, 1))
	_, err := project.Advance{From: "construction"}.Decide(p, call(1), env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, "各栋厂房完工（企业，3#厂房还没有登记「建成」完成）", refusal.Fields[0].Chinese)
	p = then(t, p, 1, project.RecordProgress{Buildings: []works.Span{"3#"}, Steps: []string{"built"}, State: works.Done})
	require.Empty(t, says(p, env(t)))

	e := env(t)
	e.Definition.Stages = append([]lifecycle.Stage{}, e.Definition.Stages...)
	for i := range e.Definition.Stages {
		if s := &e.Definition.Stages[i]; s.ID == "construction" {
			s.Gate = []lifecycle.Requirement{{ID: "half", Name: process.Text{Chinese: "过半", English: "Half"}, Kind: lifecycle.Built, Percent: 50}}
		}
	}
	require.NoError(t, e.Definition.Valid())
	p = then(t, opened(t, "construction", project.OwnLand), 1, project.AddBuildings{Codes: "1#-3#", Use: "厂房"})
	require.Equal(t, "现在 0%，要到 50%", says(p, e))
	p = then(t, p, 1, project.RecordProgress{Buildings: []works.Span{"1#-3#"}, Steps: []string{"excavation", "foundation", "ground_beams", "frame", "roof", "walls"}, State: works.Done})
	require.Empty(t, says(p, e))
	for name, wrong := range map[string]lifecycle.Requirement{"StepAndPercent": {Kind: lifecycle.Built, Step: "built", Percent: 50}, "NoSuchStep": {Kind: lifecycle.Built, Step: "painted"},
		"AStepOfTheSite": {Kind: lifecycle.Built, Step: "yard"}, "TooMuch": {Kind: lifecycle.Built, Percent: 101}, "Neither": {Kind: lifecycle.Built}, "OfAnotherKind": {Kind: lifecycle.Check, Step: "built"}} {
		wrong.ID, wrong.Name = "half", process.Text{Chinese: "过半", English: "Half"}
		bad := e.Definition
		bad.Stages = append([]lifecycle.Stage{}, bad.Stages...)
		for i := range bad.Stages {
			if bad.Stages[i].ID == "construction" {
				bad.Stages[i].Gate = []lifecycle.Requirement{wrong}
			}
		}
		require.Error(t, bad.Valid(), name)
	}
}
