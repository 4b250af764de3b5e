package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestGateNeedsPermits: issued or not needed, every part of it; with papers missing only where the gate lets that be; never by hand.
func TestGateNeedsPermits(t *testing.T) {
	t.Parallel()
	p := opened(t, "permitting", project.OwnLand)
	for name, c := range map[string]struct {
		children []process.Child
		missing  []string
		says     string
	}{
		"Nothing": {nil, []string{"works_planning_permit", "eia", "safety_preevaluation", "construction_permit"}, "还没有登记"},
		"AllOfThem": {[]process.Child{child("works_planning_permit", permit.Issued), child("eia", permit.NotNeeded), child("safety_preeval", permit.Issued), child("construction_permit", permit.Deferred)},
			nil, ""},
		"OneIsOnlyPromised": {[]process.Child{child("works_planning_permit", permit.Issued), child("eia", permit.Deferred), child("safety_preeval", permit.Issued), child("construction_permit", permit.Issued)},
			[]string{"eia"}, "容缺受理"},
		"OnePartIsBehind": {[]process.Child{child("works_planning_permit", permit.Issued), child("works_planning_permit", permit.Applied), child("eia", permit.Issued), child("safety_preeval", permit.Issued),
			child("construction_permit", permit.Issued)}, []string{"works_planning_permit"}, "已申报"},
		"OneHasLapsed": {[]process.Child{child("works_planning_permit", permit.Issued), child("eia", permit.Issued), child("safety_preeval", permit.Issued), child("construction_permit", permit.Expired)},
			[]string{"construction_permit"}, "已失效"},
		"OneWasTakenBack": {[]process.Child{child("works_planning_permit", permit.Issued), child("eia", permit.Dropped), child("safety_preeval", permit.Issued), child("construction_permit", permit.Issued)},
			[]string{"eia"}, "还没有登记"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := env(t)
			e.Children = c.children
			d, err := project.Advance{From: "permitting"}.Decide(p, call(1), e)
			if len(c.missing) == 0 {
				require.NoError(t, err)
				require.Equal(t, "construction", d.After.Stage)
				return
			}
			var refusal *process.Refusal
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, process.GateIncomplete, refusal.Code)
			names := []string{}
			for _, f := range refusal.Fields {
				names = append(names, f.Name)
				require.Contains(t, f.Chinese, c.says)
			}
			require.Equal(t, c.missing, names)
		})
	}
	require.Equal(t, process.InvalidInput, code(t, p, project.Answer{Requirement: "eia", Answer: "yes"}, 1))
}

func child(item, state string) process.Child {
	return process.Child{Kind: permit.Kind, Slot: item, State: state}
}

// TestCasesInHandKeepTheirGate: version 2 takes what was ticked by hand, and a project that is moved to version 3 needs its permits, keeping its waivers.
func TestCasesInHandKeepTheirGate(t *testing.T) {
	t.Parallel()
	all, err := definitions.Projects()
	require.NoError(t, err)
	e := env(t)
	e.Definition, e.Children = all[1], nil
	p := opened(t, "permitting", project.OwnLand)
	p.DefinitionVersion = 2
	for _, r := range []string{"eia", "safety_preevaluation", "construction_permit"} {
		d, err := project.Answer{Requirement: r, Answer: lifecycle.Yes}.Decide(p, call(1), e)
		require.NoError(t, err)
		p = d.After
	}
	waive := project.Waive{Requirement: "works_planning_permit", Reason: "容缺", Until: call(30).Day()}
	d, err := waive.Decide(p, issued(waive, 1), e)
	require.NoError(t, err)
	p = d.After
	passed, err := project.Advance{From: "permitting"}.Decide(p, call(2), e)
	require.NoError(t, err)
	require.Equal(t, "construction", passed.After.Stage)

	e.Definition = all[2]
	moved, err := project.On(casework.Adopt{Version: 3, Reason: "手续单列"}).Decide(p, call(2), e)
	require.NoError(t, err)
	require.Equal(t, 3, moved.After.DefinitionVersion)
	_, err = project.Advance{From: "permitting"}.Decide(moved.After, call(2), e)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Len(t, refusal.Fields, 3, "the waiver stands")
}
