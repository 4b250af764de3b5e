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
)

// leave ends somebody's account.
func (b *bundle) leave(t *testing.T, who process.Actor) {
	t.Helper()
	at := b.now
	require.NoError(t, b.Store.Accounts().SetDisabled(t.Context(), &at, who.ID))
}

// told are the kinds of notice a person has of a case, or of no case when id is empty, the oldest first.
func (b *bundle) told(t *testing.T, who process.Actor, id string) []string {
	t.Helper()
	rows, _, err := b.Store.Notices(t.Context(), who.ID, 0, 50)
	require.NoError(t, err)
	number := ""
	if id != "" {
		standing, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		number = standing.Number
	}
	kinds := []string{}
	for i := range rows {
		if r := rows[len(rows)-1-i]; r.Number == number { // what is in sight no more has no way to it, and its number still
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// TestNothingGoesToAnAccountThatHasEnded: every way a case goes to somebody by itself, through the door, after their account has ended.
func TestNothingGoesToAnAccountThatHasEnded(t *testing.T) {
	t.Parallel()
	pass := func(t *testing.T, b *bundle, id string) process.Outcome {
		t.Helper()
		officer := b.As(process.LiaisonOfficer)
		b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "liaison", UserID: officer.ID, Reason: "分工"})
		b.do(t, officer, id, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
		return b.do(t, b.As(process.Leader), id, project.AdvanceName, project.Advance{From: "lead"})
	}
	t.Run("TheNextStageGoesToTheHeadOfTheSection", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		manager, head := b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.LiaisonOfficer, b.Section)
		require.NoError(t, b.Store.SetHead(t.Context(), b.Section, head.ID))
		id := b.openProject(t, "lead")
		b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "manager", UserID: manager.ID, Reason: "分工"})
		b.leave(t, manager)
		outcome := pass(t, b, id)
		require.Equal(t, head.ID, outcome.Standing.Holder.ID)
		require.Contains(t, outcome.Event.Reason, manager.Name+"的账号已停用")
		require.Equal(t, []string{process.NoticeHandedTo}, b.told(t, head, id))
		b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "manager", UserID: b.As(process.ProjectManager).ID, Reason: "接手"})
		p, err := b.Store.Project(t.Context(), b.As(process.Leader), id, clock.DateOf(b.now))
		require.NoError(t, err)
		require.Equal(t, b.As(process.ProjectManager).ID, p.Holder.ID, "the new manager gets it from whoever stood in")
	})
	t.Run("WithoutAHeadItGoesToTheLeaderInCharge", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		charge := b.inUnit(t, process.Auditor, b.Section)
		id := b.openProject(t, "lead")
		b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "leader", UserID: charge.ID, Reason: "包保"})
		b.leave(t, b.As(process.ProjectManager))
		require.Equal(t, charge.ID, pass(t, b, id).Standing.Holder.ID)
	})
	t.Run("WithoutEitherItGoesToALeader", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.openProject(t, "lead")
		b.leave(t, b.As(process.ProjectManager))
		require.Equal(t, b.As(process.Leader).ID, pass(t, b, id).Standing.Holder.ID)
	})
	t.Run("WhatWasHandedInGoesToWhoeverStandsInForTheSupervisor", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.recordHazard(t)
		b.do(t, b.As(process.SafetySupervisor), id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: clock.DateOf(b.now).AddDays(5), InspectorIDs: []string{b.Second.ID}})
		b.leave(t, b.As(process.SafetySupervisor))
		outcome := b.do(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "已清理", Attachments: []process.Evidence{{UploadID: b.Upload(t.Context(), t, b.Contact)}}})
		require.Equal(t, b.As(process.Leader).ID, outcome.Standing.Holder.ID)
		require.Empty(t, outcome.Event.Reason, "the enterprise reads no names of accounts")
		again := b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.AssignVerb), casework.Assign{Role: "supervisor", UserID: b.Second.ID, Reason: "接手"})
		require.Equal(t, b.Second.ID, again.Standing.Holder.ID)
	})
	t.Run("ADelegatedProjectComesBackToSomebody", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.openProject(t, "lead")
		b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.DelegateVerb), casework.Delegate{ToID: b.As(process.LiaisonOfficer).ID, Reason: "代办"})
		b.leave(t, b.As(process.ProjectManager))
		outcome := b.do(t, b.As(process.LiaisonOfficer), id, project.Kind.Does(casework.HandBackVerb), casework.HandBack{Text: "办好了"})
		require.Equal(t, b.As(process.Leader).ID, outcome.Standing.Holder.ID)
	})
}

// TestADepartureIsToldWithWhatItLeavesBehind: the head of the section and the leaders hear of it once; a departure that leaves nothing is quiet.
func TestADepartureIsToldWithWhatItLeavesBehind(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, head := b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.LiaisonOfficer, b.Section)
	require.NoError(t, b.Store.SetHead(t.Context(), b.Section, head.ID))
	left, err := b.Store.TellOfDeparture(t.Context(), b.As(process.Administrator), manager.ID, manager.Name, b.now)
	require.NoError(t, err)
	require.Zero(t, left)
	require.Empty(t, b.told(t, head, ""))
	for range 2 {
		id := b.openProject(t, "lead")
		b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "manager", UserID: manager.ID, Reason: "分工"})
	}
	b.leave(t, manager)
	left, err = b.Store.TellOfDeparture(t.Context(), b.As(process.Administrator), manager.ID, manager.Name, b.now.Add(time.Minute))
	require.NoError(t, err)
	require.Equal(t, 2, left)
	require.Equal(t, []string{process.NoticeEnded}, b.told(t, head, ""))
	require.Equal(t, []string{process.NoticeEnded}, b.told(t, b.As(process.Leader), ""))
}

// TestAnAccountThatHasEndedDoesNothing: whatever was still on its way when it ended is refused by the door.
func TestAnAccountThatHasEndedDoesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	manager := b.As(process.ProjectManager)
	b.leave(t, manager)
	b.refused(t, process.NotAllowed, b.order(t, manager, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "之后"}))
}
