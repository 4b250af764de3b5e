package project_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestWhatIsMissingCanBeEntered: every requirement of every gate that is shipped leads to a command of the project that has the question, and that begins
// with the requirement where the question is one of choices; only open hazards, permits and meetings are settled elsewhere.
func TestWhatIsMissingCanBeEntered(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	seen := 0
	for _, rules := range all {
		for _, stage := range rules.Stages {
			for _, r := range stage.Gate {
				seen++
				name, question, value := project.Entered(r)
				if slices.Contains([]lifecycle.RequirementKind{lifecycle.NoMajorHazard, lifecycle.Permit, lifecycle.NoHazard, lifecycle.Review}, r.Kind) {
					require.Empty(t, name)
					continue
				}
				p := opened(t, string(stage.ID), project.OwnLand)
				if r.Kind == lifecycle.Built {
					p.Buildings = []project.Building{{Code: "1#", Structure: "frame"}}
				}
				asked := project.Entry().Form(name, &p, process.Actor{}, process.Env{Rules: rules})
				at := slices.IndexFunc(asked, func(q process.Question) bool { return q.Path == question })
				require.GreaterOrEqual(t, at, 0, "%s of %s: %s asks no %s", r.ID, stage.ID, name, question)
				if value != "" {
					require.True(t, slices.ContainsFunc(asked[at].Choices, func(c process.Choice) bool { return c.Value == value }), "%s of %s", r.ID, stage.ID)
				}
			}
		}
	}
	require.Greater(t, seen, 20)
}
