package store_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/waiver"
	"github.com/parkway-zone/parkway/store"
)

// TestAWaiverIsAskedForAndDecided: what a manager asks for is in the work of the leader who decides, with a limit; refused, the gate says by whom and why; granted, it
// is passed until the day that was granted; answered or waived on the project itself, the request is settled with it; and the project moving on ends it.
func TestAWaiverIsAskedForAndDecided(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	id := b.openProject(t, "lead")
	until := clock.DateOf(b.now).AddDays(10)
	ask := project.AskWaiver{Requirement: "first_contact", Reason: "下周补批指标", Until: until}
	require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, manager, id, project.AskWaiverName, ask)).Fields[0].Name, "the project has no leader")
	b.do(t, leader, id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "leader", UserID: leader.ID, Reason: "包保"})
	inHand := func(who process.Actor) string {
		t.Helper()
		b.carry(t)
		work, _, err := b.Store.WorkTab(t.Context(), who, "todo", "", 50)
		require.NoError(t, err)
		if i := slices.IndexFunc(work, func(r store.WorkRow) bool { return r.Kind == string(waiver.Kind) }); i >= 0 {
			return work[i].ID
		}
		return ""
	}
	stands := func() lifecycle.Answer {
		t.Helper()
		v, err := b.Store.Case(t.Context(), manager, id)
		require.NoError(t, err)
		p, ok := v.Subject.(*project.Project)
		require.True(t, ok)
		return p.Answers[0]
	}
	asked := func() string {
		t.Helper()
		b.do(t, manager, id, project.AskWaiverName, ask)
		request := inHand(leader)
		require.NotEmpty(t, request, "it is the leader's work")
		return request
	}
	first := asked()
	require.Contains(t, b.told(t, leader, first), process.NoticeHandedTo)
	due, err := b.Store.Standing(t.Context(), first)
	require.NoError(t, err)
	require.False(t, due.DueOn.IsZero(), "it has to be decided within a limit")
	require.Equal(t, "requirement", b.refused(t, process.WrongState, b.order(t, manager, id, project.AskWaiverName, ask)).Fields[0].Name, "one at a time")
	b.refused(t, process.NotAllowed, b.order(t, manager, first, waiver.GrantName, waiver.Grant{Until: until}))
	b.do(t, leader, first, waiver.RefuseName, waiver.Refuse{Reason: "先把指标批下来"})
	require.Empty(t, inHand(leader))
	require.Contains(t, b.told(t, manager, first), process.NoticeRefused)
	require.Equal(t, []string{lifecycle.WaiverRefused, "先把指标批下来", leader.Name, manager.Name}, []string{stands().Answer, stands().Note, stands().ByName, stands().AskedByName})
	b.refused(t, process.GateIncomplete, b.order(t, manager, id, project.AdvanceName, project.Advance{From: "lead"}))

	taken := asked()
	b.do(t, manager, taken, waiver.WithdrawName, waiver.Withdraw{Reason: "写错了"})
	require.Empty(t, inHand(leader))
	require.Equal(t, lifecycle.No, stands().Answer)

	answered := asked()
	b.do(t, manager, id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "no", Note: "还没有"})
	require.Empty(t, inHand(leader), "the request is settled with the answer")

	waived := asked()
	b.do(t, leader, id, project.WaiveName, project.Waive{Requirement: "first_contact", Reason: "同意", Until: until})
	require.Empty(t, inHand(leader), "and with the waiver")
	b.do(t, manager, id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "no"})

	last := asked()
	require.Equal(t, "until", b.refused(t, process.ImpossibleDate, b.order(t, leader, last, waiver.GrantName, waiver.Grant{Until: clock.DateOf(b.now).AddDays(-1)})).Fields[0].Name)
	shorter := until.AddDays(-3)
	b.do(t, leader, last, waiver.GrantName, waiver.Grant{Until: shorter, Opinion: "同意，早三天"})
	require.Empty(t, inHand(leader))
	require.Contains(t, b.told(t, manager, last), process.NoticeAgreed)
	require.Equal(t, []any{lifecycle.WaivedUntil, shorter, leader.Name}, []any{stands().Answer, stands().Until, stands().ByName})
	b.do(t, manager, id, project.AdvanceName, project.Advance{From: "lead"})
	for _, each := range []string{id, first, taken, answered, waived, last} {
		require.Empty(t, b.verify(t, each).Faults())
	}
}

// TestARequestEndsWithItsGate: a project that leaves the gate has nothing to waive any more.
func TestARequestEndsWithItsGate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	id := b.openProject(t, "land_supply")
	b.do(t, leader, id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "leader", UserID: leader.ID, Reason: "包保"})
	b.do(t, manager, id, project.AskWaiverName, project.AskWaiver{Requirement: "company_registered", Reason: "下周", Until: clock.DateOf(b.now).AddDays(5)})
	b.carry(t)
	work, _, err := b.Store.WorkTab(t.Context(), leader, "todo", "", 50)
	require.NoError(t, err)
	request := work[slices.IndexFunc(work, func(r store.WorkRow) bool { return r.Kind == string(waiver.Kind) })].ID
	b.do(t, manager, id, project.SendBackName, project.SendBack{ToStage: "joint_review", Reason: "改方案"})
	b.carry(t)
	over, err := b.Store.Standing(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, []any{waiver.Moot, true}, []any{over.State, over.Done})
}
