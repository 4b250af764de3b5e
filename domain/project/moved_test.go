package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestEveryOpenProjectFollowsItsDefinition: wherever a project stands, under way, suspended or in the pool, it can be moved to another version of its
// definition, and stays where it stands.
func TestEveryOpenProjectFollowsItsDefinition(t *testing.T) {
	t.Parallel()
	states, e := map[string]bool{}, env(t)
	begun := []project.Project{opened(t, "lead", project.OwnLand), opened(t, "negotiation", project.OwnLand), opened(t, "construction", project.OwnLand)}
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom(begun).Draw(r, "project")
		for days := range rapid.IntRange(0, 8).Draw(r, "deeds") {
			c := rapid.SampledFrom([]project.Command{project.Release{Reason: "x"}, project.Take{}, project.Suspend{Reason: "x", Category: "funds"}, project.Resume{Reason: "x"},
				project.RecordContact{Way: "call", Said: "x"}, project.Skip{Reason: "x"}, project.On(casework.HandOver{ToKind: process.HeldByUnit, ToID: bureau, Reason: "x"})}).Draw(r, "deed")
			if d, err := c.Decide(p, issued(c, days), e); err == nil {
				p = d.After
				p.Version++
			}
		}
		states[p.State] = true
		p.DefinitionVersion = 1
		d, err := project.On(casework.Adopt{Version: e.Definition.Version, Reason: "新版流程"}).Decide(p, call(10), e)
		require.NoError(t, err)
		moved := d.After
		require.Equal(t, e.Definition.Version, moved.DefinitionVersion)
		require.Equal(t, []any{p.State, p.Stage, p.Holder, p.Pool, p.DueOn}, []any{moved.State, moved.Stage, moved.Holder, moved.Pool, moved.DueOn})
	})
	require.Subset(t, states, map[string]bool{lifecycle.Active: true, lifecycle.Suspended: true, lifecycle.Pooled: true}, "all of them were tried")
}

// TestWhoLeavesIsSucceededInThePoolToo: a lead that nobody has in hand still has a leader, whose place is taken like any other.
func TestWhoLeavesIsSucceededInThePoolToo(t *testing.T) {
	t.Parallel()
	p := then(t, opened(t, "lead", project.OwnLand), 1, project.On(casework.Assign{Role: "leader", UserID: leader, Reason: "分工"}), project.Release{Reason: "暂不跟进"})
	p = then(t, p, 2, project.On(casework.Succeed{FromID: leader, ToID: manager, Reason: "调离"}))
	require.Equal(t, manager, p.LeaderID)
	require.Equal(t, lifecycle.Pooled, p.State)
	require.Nil(t, p.Holder)
}
