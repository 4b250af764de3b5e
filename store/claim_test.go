package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// TestOneOfManyClaims: sixteen colleagues claim what their department was handed. One has it; the others learn who has it since when, and the
// one who claims again has claimed.
func TestOneOfManyClaims(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	handed := b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请出具意见"})
	colleagues := make([]process.Actor, 16)
	orders := make([]process.Order, 16)
	outcomes, errs := make([]process.Outcome, 16), make([]error, 16)
	for i := range colleagues {
		colleagues[i] = b.officer(t, b.Bureau, fmt.Sprintf("经办%02d", i))
		orders[i] = b.order(t, colleagues[i], id, project.Kind.Does(casework.ClaimVerb), casework.Claim{})
	}
	var wait sync.WaitGroup
	for i := range colleagues {
		wait.Go(func() { outcomes[i], errs[i] = b.Store.Apply(t.Context(), orders[i]) })
	}
	wait.Wait()
	winner := -1
	for i, err := range errs {
		if err == nil {
			require.Equal(t, -1, winner, "one wins")
			winner = i
		}
	}
	require.GreaterOrEqual(t, winner, 0)
	for i, err := range errs {
		if i == winner {
			continue
		}
		var refusal *process.Refusal
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, process.WrongState, refusal.Code)
		require.Contains(t, refusal.Chinese, colleagues[winner].Name)
		require.Contains(t, refusal.Chinese, b.now.In(time.FixedZone("", 8*3600)).Format("1月2日 15:04"))
		require.NotNil(t, refusal.Since)
		require.Equal(t, project.Kind.Does(casework.ClaimVerb), refusal.Since.Event.Command)
		require.Equal(t, colleagues[winner].ID, refusal.Since.Event.Actor.ID)
	}
	again := b.order(t, colleagues[winner], id, project.Kind.Does(casework.ClaimVerb), casework.Claim{})
	again.Call.IfVersion = &handed.Standing.Version // from the page as it was drawn before
	outcome, err := b.Store.Apply(t.Context(), again)
	require.NoError(t, err)
	require.True(t, outcome.Replayed)
	require.Equal(t, outcomes[winner].Event.Hash, outcome.Event.Hash)
	require.Equal(t, outcomes[winner].Standing.Version, outcome.Standing.Version, "nothing is recorded twice")
	require.Equal(t, 1, count(t, b, id, project.Kind.Does(casework.ClaimVerb)))
}

func count(t *testing.T, b *bundle, id string, name process.Name) int {
	t.Helper()
	events, err := b.Store.History(t.Context(), b.As(process.Leader), id, 0, 500)
	require.NoError(t, err)
	n := 0
	for _, e := range events {
		if e.Command == name {
			n++
		}
	}
	return n
}

// TestWhoeverComesTooLateLearnsWhoWasFirst: the brothers of the lost claim.
func TestWhoeverComesTooLateLearnsWhoWasFirst(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm, leader, liaison := b.As(process.ProjectManager), b.As(process.Leader), b.As(process.LiaisonOfficer)
	id := b.openProject(t, "lead")
	late := func(actor process.Actor, name process.Name, input any, code process.Code, first process.Actor) {
		t.Helper()
		refusal := b.refused(t, code, b.order(t, actor, id, name, input))
		require.NotNil(t, refusal.Since, refusal.English)
		require.Equal(t, first.ID, refusal.Since.Event.Actor.ID)
		require.Contains(t, refusal.Chinese, "3月2日 09:00")
	}
	b.do(t, pm, id, project.Kind.Does(casework.DelegateVerb), casework.Delegate{ToID: liaison.ID, Reason: "请去现场"})
	late(pm, project.Kind.Does(casework.DelegateVerb), casework.Delegate{ToID: b.Second.ID, Reason: "请去现场"}, process.WrongState, pm)
	b.do(t, liaison, id, project.Kind.Does(casework.HandBackVerb), casework.HandBack{Text: "看过了"})
	late(liaison, project.Kind.Does(casework.HandBackVerb), casework.HandBack{Text: "看过了"}, process.WrongState, liaison)
	b.do(t, leader, id, project.SuspendName, project.Suspend{Reason: "资金未到位", Category: "funds"})
	late(pm, project.SuspendName, project.Suspend{Reason: "资金未到位", Category: "funds"}, process.Suspended, leader)
	b.do(t, leader, id, project.ResumeName, project.Resume{Reason: "到位"})
	late(pm, project.ResumeName, project.Resume{Reason: "到位"}, process.NotSuspended, leader)
	b.do(t, leader, id, project.TerminateName, project.Terminate{Cause: "other", Reason: "退出"})
	late(leader, project.TerminateName, project.Terminate{Cause: "other", Reason: "退出"}, process.Closed, leader)
	// Who never had it still reads that it is not theirs.
	b.refused(t, process.NotAllowed, b.order(t, b.Second, id, project.Kind.Does(casework.HandBackVerb), casework.HandBack{Text: "x"}))
}
