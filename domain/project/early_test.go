package project_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// permits are those that the gate before construction asks for, issued on days after the second of March.
func permits(days map[string]int) []process.Child {
	children := []process.Child{}
	for _, item := range []string{"works_planning_permit", "eia", "safety_preeval", "construction_permit"} {
		c := child(item, permit.Issued)
		c.IssuedOn = call(days[item]).Day()
		children = append(children, c)
	}
	return children
}

// TestNothingBeginsBeforeItsPermits: whatever the days are, the gate is passed on a day exactly when every permit was there on it, and names each that was not
// with its day; construction is said to have begun by an edit exactly then, and recorded as early exactly otherwise.
func TestNothingBeginsBeforeItsPermits(t *testing.T) {
	t.Parallel()
	start, e := opened(t, "permitting", project.OwnLand), env(t)
	rapid.Check(t, func(rt *rapid.T) {
		days, latest := map[string]int{}, 0
		for _, item := range []string{"works_planning_permit", "eia", "safety_preeval", "construction_permit"} {
			days[item] = rapid.IntRange(0, 30).Draw(rt, item)
			latest = max(latest, days[item])
		}
		e := e
		e.Children = permits(days)
		on, typed := rapid.IntRange(0, 30).Draw(rt, "on"), call(40)
		at := typed
		at.OccurredAt = call(on).OccurredAt
		late := 0
		for _, d := range days {
			if d > on {
				late++
			}
		}
		passed, err := project.Advance{From: "permitting"}.Decide(start, at, e)
		if late == 0 {
			require.NoError(rt, err)
			require.Equal(rt, call(on).Day(), passed.After.ConstructionStartedOn)
			require.Empty(rt, passed.After.Early(e))
		} else {
			var refusal *process.Refusal
			require.ErrorAs(rt, err, &refusal)
			require.Len(rt, refusal.Fields, late)
			for _, f := range refusal.Fields {
				require.Contains(rt, f.Chinese, "才取得")
			}
		}
		day := call(on).Day()
		_, err = project.Edit{Facts: project.Given{ConstructionStartedOn: &day}, Reason: "按实际开工日期"}.Decide(start, typed, e)
		require.Equal(rt, late > 0, err != nil)
		early, err := project.RecordEarly{Stage: "construction", Reason: "巡查发现已经开挖"}.Decide(start, at, e)
		require.Equal(rt, late == 0, err != nil)
		if late == 0 {
			return
		}
		require.Equal(rt, day, early.After.ConstructionStartedOn)
		require.Len(rt, early.After.Early(e)[0].Lacks, late)
		require.Contains(rt, early.Reason, "才取得")
		require.Equal(rt, []process.Notice{{Kind: process.NoticeEarly, ToKind: process.ToRole, ToID: string(process.Leader), As: []process.Function{"leader"}}}, early.Notices)
		// The gate is passed once everything is there, and the day stays as it was.
		at.OccurredAt = call(latest).OccurredAt
		passed, err = project.Advance{From: "permitting"}.Decide(early.After, at, e)
		require.NoError(rt, err)
		require.Equal(rt, day, passed.After.ConstructionStartedOn)
		require.NotEmpty(rt, passed.After.Early(e), "the violation stays to be seen")
	})
}

// TestWhatTheGateWasPassedWithoutIsNoViolation: a waiver, a stage that the rules leave out, and what was there before the project came.
func TestWhatTheGateWasPassedWithoutIsNoViolation(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Children = permits(map[string]int{"construction_permit": 20})
	p := opened(t, "permitting", project.OwnLand)
	leader := call(1)
	leader.Actor.ID = uuid.NewString()
	d, err := project.Waive{Requirement: "construction_permit", Reason: "承诺容缺", Until: call(30).Day()}.Decide(p, leader, e)
	require.NoError(t, err)
	passed, err := project.Advance{From: "permitting"}.Decide(d.After, call(2), e)
	require.NoError(t, err)
	require.Empty(t, passed.After.Early(e))
	day := call(3).Day()
	_, err = project.Edit{Facts: project.Given{ConstructionStartedOn: &day}, Reason: "更正"}.Decide(passed.After, call(4), e)
	require.NoError(t, err)

	taken := opened(t, "construction", project.OwnLand)
	e.Children = nil
	old := clock.NewDate(2024, 5, 1)
	_, err = project.Edit{Facts: project.Given{ConstructionStartedOn: &old}, Reason: "补录"}.Decide(taken, call(4), e)
	require.NoError(t, err, "nobody has said anything of its permits")
	e.Children = permits(map[string]int{})
	_, err = project.Edit{Facts: project.Given{ConstructionStartedOn: &old}, Reason: "补录"}.Decide(taken, call(4), e)
	require.ErrorContains(t, err, string(process.ImpossibleDate))

	leased := opened(t, "permitting", project.LeasedPlant)
	skipped, err := project.Skip{From: "permitting", Reason: "不改动主体结构"}.Decide(leased, call(1), e)
	require.NoError(t, err)
	require.Equal(t, lifecycle.Skipped, skipped.After.Passages[len(skipped.After.Passages)-2].Outcome)
	_, err = project.Edit{Facts: project.Given{ConstructionStartedOn: &old}, Reason: "按实际"}.Decide(skipped.After, call(4), e)
	require.NoError(t, err)
}
