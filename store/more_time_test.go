package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/addressing"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestNobodyGoesRoundTheDecision: while a request for more time waits nobody moves the deadline by their own word; an earlier day is no more time and is not counted.
func TestNobodyGoesRoundTheDecision(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.recordHazard(t)
	today := clock.DateOf(b.now)
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: today.AddDays(7), InspectorIDs: []string{b.Second.ID}})
	request := uuid.NewString()
	b.do(t, supervisor, request, extension.AskName, askFor(id, today.AddDays(12), leader.ID))
	later := hazard.ChangeDeadline{DueOn: today.AddDays(20), Reason: "来不及"}
	require.Contains(t, b.refused(t, process.WrongState, b.order(t, supervisor, id, hazard.ChangeDeadlineName, later)).Chinese, "YQ-2026-")
	b.refused(t, process.WrongState, b.order(t, leader, id, hazard.Kind.Does(casework.ExtendVerb), casework.Extend{Amount: 3, Reason: "来不及"}))
	v, err := b.Store.Case(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Equal(t, process.Not, v.Fits(hazard.ChangeDeadlineName, v.Subject, supervisor, v.Env), "nor is it offered")
	given := casework.HandOver{ToKind: process.HeldByPerson, ToID: supervisor.ID, Reason: "自己看"}
	b.refused(t, process.SamePerson, b.order(t, leader, request, extension.Kind.Does(casework.HandOverVerb), given))
	b.do(t, leader, request, extension.RefuseName, extension.Refuse{Reason: "抓紧"})
	b.do(t, supervisor, id, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: today.AddDays(3), Reason: "险情加重"})
	for i := range 2 {
		b.do(t, supervisor, id, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: today.AddDays(5 + i), Reason: "缺件"})
	}
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Equal(t, 2, h.DeadlineChanges)
	b.refused(t, process.WrongState, b.order(t, supervisor, id, hazard.ChangeDeadlineName, later))
	b.do(t, supervisor, id, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: today.AddDays(4), Reason: "险情加重"})
}

// TestARequestFollowsTheAddressees: whom a hazard is addressed to later sees what was asked for, and whoever is taken off sees it no more, also once it is decided.
func TestARequestFollowsTheAddressees(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.shared(t)
	off := addressing.Unaddress{AlsoID: b.RivalOne.EnterpriseID, Reason: "退租"}
	request := uuid.NewString()
	b.do(t, b.Contact, request, extension.AskName, askFor(id, clock.DateOf(b.now).AddDays(10), ""))
	sees := func() bool {
		_, err := b.Store.Case(t.Context(), b.RivalOne, request)
		return err == nil
	}
	require.True(t, sees())
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.UnaddressVerb), off)
	b.carry(t)
	require.False(t, sees(), "taken off")
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.AddressVerb), addressing.Address{AlsoIDs: []string{b.RivalOne.EnterpriseID}, Reason: "仍在租"})
	b.carry(t)
	require.True(t, sees(), "addressed later")
	b.do(t, leader, request, extension.AgreeName, extension.Agree{})
	b.carry(t)
	require.Contains(t, b.told(t, b.RivalOne, request), process.NoticeAgreed)
	b.do(t, supervisor, id, hazard.Kind.Does(addressing.UnaddressVerb), off)
	b.carry(t)
	require.False(t, sees(), "what is decided goes too")
	require.True(t, b.verify(t, request).Intact())
}
