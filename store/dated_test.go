package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// dated is an order that is said to have happened earlier.
func (b *bundle) dated(t *testing.T, actor process.Actor, id string, name process.Name, input any, on time.Time) process.Order {
	t.Helper()
	order := b.order(t, actor, id, name, input)
	order.Call.OccurredAt = on
	return order
}

func (b *bundle) evidence(t *testing.T, actor process.Actor) []process.Evidence {
	t.Helper()
	return []process.Evidence{{UploadID: b.Upload(t.Context(), t, actor)}}
}

// noticed is a hazard whose rectification was due a week after the test's morning; it is ten days later now.
func (b *bundle) noticed(t *testing.T) string {
	t.Helper()
	id := b.recordHazard(t)
	b.do(t, b.As(process.SafetySupervisor), id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	b.now = b.now.AddDate(0, 0, 10)
	return id
}

// TestNobodyOutsideDatesBack: a late rectification stays late, whatever the enterprise says; not even a minute.
func TestNobodyOutsideDatesBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	handIn := hazard.HandIn{Measures: "已整改", Attachments: b.evidence(t, b.Contact)}
	for _, back := range []time.Duration{time.Millisecond, time.Minute, 24 * time.Hour, 5 * 24 * time.Hour} {
		refusal := b.refused(t, process.ImpossibleDate, b.dated(t, b.Contact, id, hazard.HandInName, handIn, b.now.Add(-back)))
		require.Equal(t, "occurred_on", refusal.Fields[0].Name)
	}
	b.do(t, b.Contact, id, hazard.HandInName, handIn)
	h, err := b.Store.Hazard(t.Context(), b.As(process.Leader), id)
	require.NoError(t, err)
	k := h.Clocks[len(h.Clocks)-2]
	require.Equal(t, rectification.Rectify, k.Name)
	require.Equal(t, clock.Late, k.Verdict)
	require.Nil(t, k.Received())
	require.Nil(t, h.Rounds[0].HandedInReceivedAt)
}

// TestAVerdictOnADatedBackDeedSaysSo: staff type an enterprise's hand-in and their own re-inspection of days ago; both verdicts carry the time
// of receipt, and keep it through the database.
func TestAVerdictOnADatedBackDeedSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ss := b.As(process.SafetySupervisor)
	id := b.noticed(t)
	handIn := b.dated(t, ss, id, hazard.HandInName, hazard.HandIn{Measures: "企业送来纸质材料", Attachments: b.evidence(t, ss)}, b.now.AddDate(0, 0, -4))
	_, err := b.Store.Apply(t.Context(), handIn)
	require.NoError(t, err)
	inspect := hazard.Reinspect{Result: rectification.Pass, Opinion: "已清理", InspectorIDs: []string{b.As(process.Leader).ID}}
	b.refused(t, process.ImpossibleDate, b.dated(t, b.Second, id, hazard.ReinspectName, inspect, b.now.AddDate(0, 0, -6)))
	_, err = b.Store.Apply(t.Context(), b.dated(t, b.Second, id, hazard.ReinspectName, inspect, b.now.AddDate(0, 0, -1)))
	require.NoError(t, err)
	h, err := b.Store.Hazard(t.Context(), b.Contact, id)
	require.NoError(t, err)
	require.True(t, h.Done)
	for _, k := range h.Clocks[len(h.Clocks)-2:] {
		require.Equal(t, clock.OnTime, k.Verdict, k.Name)
		require.NotNil(t, k.Received(), k.Name)
		require.True(t, b.now.Equal(*k.Received()), k.Name)
	}
	require.True(t, b.now.Equal(*h.Rounds[0].HandedInReceivedAt))
	require.True(t, b.now.Equal(*h.Rounds[0].InspectedReceivedAt))
	d, err := b.Store.Deadlines(t.Context(), b.As(process.Auditor), id, b.now)
	require.NoError(t, err)
	require.NotNil(t, d.Clocks[0].Received())
}

// TestHowFarBack: not before the case began, not before the present stage, and never what nobody types later.
func TestHowFarBack(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm, leader := b.As(process.ProjectManager), b.As(process.Leader)
	id := b.openProject(t, "lead")
	b.now = b.now.AddDate(0, 0, 10)
	suspend := project.Suspend{Reason: "资金未到位", Category: "funds"}
	b.refused(t, process.ImpossibleDate, b.dated(t, pm, id, project.SuspendName, suspend, b.now.AddDate(0, 0, -11)))
	for name, input := range map[process.Name]any{project.Kind.Does(casework.CommentVerb): casework.Comment{Text: "x"}, project.Kind.Does(casework.NudgeVerb): casework.Nudge{},
		project.Kind.Does(casework.DelegateVerb): casework.Delegate{ToID: b.Second.ID, Reason: "x"}, project.Kind.Does(casework.HandOverVerb): casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "x"},
		project.EditName: project.Edit{Reason: "x"}, project.Kind.Does(casework.AssignVerb): casework.Assign{Role: "liaison", UserID: b.Second.ID, Reason: "x"}} {
		actor := pm
		if name == project.Kind.Does(casework.NudgeVerb) {
			actor = leader
		}
		b.refused(t, process.ImpossibleDate, b.dated(t, actor, id, name, input, b.now.AddDate(0, 0, -1)))
	}
	_, err := b.Store.Apply(t.Context(), b.dated(t, pm, id, project.SuspendName, suspend, b.now.AddDate(0, 0, -3)))
	require.NoError(t, err)
	p, err := b.Store.Project(t.Context(), leader, id, clock.DateOf(b.now))
	require.NoError(t, err)
	if n := len(p.Clocks); n > 0 {
		pauses := p.Clocks[n-1].Pauses
		require.True(t, b.now.Equal(*pauses[len(pauses)-1].ReceivedAt), "the days it gives back were typed later")
	}
	// A department answers when it answers: its own lateness is not its to date.
	b.do(t, pm, id, project.ResumeName, project.Resume{Reason: "到位"})
	b.do(t, pm, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请出具意见"})
	b.refused(t, process.ImpossibleDate, b.dated(t, b.As(process.Department), id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "no"}, b.now.AddDate(0, 0, -1)))
}
