package store_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// askFor is a request for a day, for a case.
func askFor(caseID string, until clock.Date, leader string) extension.Ask {
	return extension.Ask{Case: caseID, Until: until, Reason: "连续阴雨，屋面无法施工。", Measures: "增加一个班组。", Decider: leader}
}

// plannedProject opens a project under construction that is to be completed in fifty days: that is its deadline.
func (b *bundle) plannedProject(t *testing.T) string {
	t.Helper()
	id, open, due := uuid.NewString(), b.project("construction"), clock.DateOf(b.now).AddDays(50)
	open.Facts.PlannedCompletionOn = &due
	b.do(t, b.As(process.ProjectManager), id, project.OpenName, open)
	return id
}

// TestMoreTimeIsAskedForAndDecided for cases of three kinds: agreed, the deadline moves and the history names the request; refused, it does not.
func TestMoreTimeIsAskedForAndDecided(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	projectID := b.plannedProject(t)
	eia := b.putOnFile(t, projectID, "eia")
	b.do(t, manager, eia, permit.ApplyName, permit.Apply{Sort: "report"})
	b.do(t, manager, eia, permit.AcceptName, permit.Accept{})
	hazardID, supervisor := b.recordHazard(t), b.As(process.SafetySupervisor)
	b.do(t, supervisor, hazardID, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	asks := map[string]process.Actor{projectID: manager, eia: manager, hazardID: supervisor}
	for id, actor := range asks {
		before, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		require.False(t, before.DueOn.IsZero())
		calendar, err := b.Store.Case(t.Context(), leader, id)
		require.NoError(t, err)
		until := calendar.Env.Calendar.AddWorkdays(before.DueOn, 5)
		refused := func(code process.Code, by process.Actor, input extension.Ask) *process.Refusal {
			t.Helper()
			return b.refused(t, code, b.order(t, by, uuid.NewString(), extension.AskName, input))
		}
		require.Equal(t, "until", refused(process.ImpossibleDate, actor, askFor(id, before.DueOn, leader.ID)).Fields[0].Name)
		stranger := b.Second
		if id == hazardID {
			stranger = manager // b.Second inspects the hazard
		}
		refused(process.NotAllowed, stranger, askFor(id, until, leader.ID))
		refused(process.SamePerson, actor, askFor(id, until, actor.ID))
		refused(process.InvalidInput, actor, askFor(uuid.NewString(), until, leader.ID))

		first := uuid.NewString()
		b.do(t, actor, first, extension.AskName, askFor(id, until, leader.ID))
		require.Equal(t, "case", refused(process.WrongState, actor, askFor(id, until, leader.ID)).Fields[0].Name, "one at a time")
		b.refused(t, process.SamePerson, b.order(t, actor, first, extension.AgreeName, extension.Agree{}))
		b.refused(t, process.InvalidInput, b.order(t, actor, uuid.NewString(), extension.AskName, askFor(first, until.AddDays(9), leader.ID)))
		b.do(t, leader, first, extension.RefuseName, extension.Refuse{Reason: "请增加班组。"})
		b.carry(t)
		still, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, before.DueOn, still.DueOn, "a refused request moves nothing")

		second := uuid.NewString()
		number := b.do(t, actor, second, extension.AskName, askFor(id, until, leader.ID)).Standing.Number
		b.do(t, leader, second, extension.AgreeName, extension.Agree{Opinion: "同意"})
		b.carry(t)
		after, err := b.Store.Case(t.Context(), leader, id)
		require.NoError(t, err)
		require.Equal(t, until, after.Subject.Header().DueOn)
		k := process.Running(*after.Subject.Timed())
		require.Contains(t, k.Extensions[len(k.Extensions)-1].Reason, number, "the history names the request")
		require.Equal(t, leader.Name, k.Extensions[len(k.Extensions)-1].By)
		for _, each := range []string{id, first, second} {
			v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), each)
			require.NoError(t, err)
			require.Empty(t, v.Faults())
		}
	}
}

// TestWhoDecidesAndWhoHears: nobody named, the leader of the case decides and finds it in hand; whoever asked hears what came of it; the case's page tells both.
func TestWhoDecidesAndWhoHears(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	projectID := b.plannedProject(t)
	before, err := b.Store.Standing(t.Context(), projectID)
	require.NoError(t, err)
	until := before.DueOn.AddDays(7)
	require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), extension.AskName, askFor(projectID, until, ""))).Fields[0].Name, "the case has no leader")
	b.do(t, leader, projectID, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: "leader", UserID: leader.ID, Reason: "包保"})
	require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), extension.AskName, askFor(projectID, until, b.Second.ID))).Fields[0].Name, "no leader")

	id := uuid.NewString()
	b.do(t, manager, id, extension.AskName, askFor(projectID, until, ""))
	work, _, err := b.Store.WorkTab(t.Context(), leader, "todo", "", 50)
	require.NoError(t, err)
	require.True(t, slices.ContainsFunc(work, func(r store.WorkRow) bool { return r.ID == id }))
	asked, err := b.Store.Requests(t.Context(), manager, projectID, 5)
	require.NoError(t, err)
	require.Len(t, asked, 1)
	require.Equal(t, []any{until, leader.Name, manager.Name, false}, []any{asked[0].Until, asked[0].Holder.Name, asked[0].AskedByName, asked[0].DecideBy.IsZero()})
	require.Empty(t, b.told(t, manager, id))
	require.Equal(t, []string{process.NoticeHandedTo}, b.told(t, leader, id))
	b.do(t, leader, id, extension.RefuseName, extension.Refuse{Reason: "请增加班组。"})
	require.Equal(t, []string{process.NoticeRefused}, b.told(t, manager, id))
	asked, err = b.Store.Requests(t.Context(), manager, projectID, 5)
	require.NoError(t, err)
	require.Equal(t, []any{extension.Refused, "请增加班组。", true}, []any{asked[0].State, asked[0].Opinion, asked[0].DecideBy.IsZero()})
}

// TestARequestEndsWithoutADecision: it lapses when its limit is over, and has no object any more when the deadline has ended; neither stops a clock.
func TestARequestEndsWithoutADecision(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	projectID := b.plannedProject(t)
	before, err := b.Store.Standing(t.Context(), projectID)
	require.NoError(t, err)
	v, err := b.Store.Case(t.Context(), leader, projectID)
	require.NoError(t, err)
	until := v.Env.Calendar.AddWorkdays(before.DueOn, 5)

	lapses := uuid.NewString()
	asked := b.do(t, manager, lapses, extension.AskName, askFor(projectID, until, leader.ID)).Standing
	b.now = asked.DueOn.End().AddDate(0, 0, 1)
	ended := b.do(t, process.TheClock(), lapses, extension.Kind.Does("remind"), struct{}{}).Standing
	require.Equal(t, extension.Expired, ended.State)
	require.True(t, ended.Done)
	lapsed, err := b.Store.Case(t.Context(), leader, lapses)
	require.NoError(t, err)
	k := (*lapsed.Subject.Timed())[0]
	require.NotEmpty(t, k.Fired)
	for _, c := range k.Cancelled {
		require.False(t, slices.ContainsFunc(k.Fired, func(f clock.Firing) bool { return f.Rung == c.Rung }), "what fired in the deed that closed it was not made void by it")
	}
	b.refused(t, process.Closed, b.order(t, leader, lapses, extension.AgreeName, extension.Agree{}))
	still, err := b.Store.Standing(t.Context(), projectID)
	require.NoError(t, err)
	require.Equal(t, before.DueOn, still.DueOn)

	moot := uuid.NewString()
	b.do(t, manager, moot, extension.AskName, askFor(projectID, until, leader.ID))
	b.do(t, leader, projectID, project.WithdrawName, project.Withdraw{Way: "left", Cause: "market", Reason: "企业退出"})
	b.carry(t)
	ended, err = b.Store.Standing(t.Context(), moot)
	require.NoError(t, err)
	require.Equal(t, extension.Moot, ended.State)
	require.Equal(t, "case", b.refused(t, process.InvalidInput, b.order(t, manager, uuid.NewString(), extension.AskName, askFor(projectID, until, leader.ID))).Fields[0].Name)
	for _, each := range []string{projectID, lapses, moot} {
		v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), each)
		require.NoError(t, err)
		require.Empty(t, v.Faults())
	}
}

// TestWhoDecidesOnMoreTimeByLevel: before the deadline has passed the head of the section, of what is not major; afterwards, and of what is major, a leader alone, also where it lay
// with the head until then. A supervisor moves no deadline by themselves that has passed.
func TestWhoDecidesOnMoreTimeByLevel(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, head := b.inUnit(t, process.SafetySupervisor, b.Section), b.As(process.Leader), b.inUnit(t, process.SafetySupervisor, b.Section)
	require.NoError(t, b.Store.SetHead(t.Context(), b.Section, head.ID))
	start := b.now
	hazardDue := func(days int) string {
		id := uuid.NewString()
		b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆放杂物", Level: hazard.General, AllTheSame: "另一处"})
		b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(days), InspectorIDs: []string{b.Second.ID}})
		return id
	}
	until := clock.DateOf(start).AddDays(20)
	inTime := hazardDue(7)
	asked := b.do(t, supervisor, uuid.NewString(), extension.AskName, askFor(inTime, until, "")).Standing
	require.Equal(t, head.ID, asked.Holder.ID, "the head of the section")
	b.refused(t, process.NotAllowed, b.order(t, b.Second, asked.CaseID, extension.AgreeName, extension.Agree{}))
	b.do(t, head, asked.CaseID, extension.AgreeName, extension.Agree{})
	b.carry(t)
	s, err := b.Store.Standing(t.Context(), inTime)
	require.NoError(t, err)
	require.Equal(t, until, s.DueOn)

	passes := hazardDue(1)
	waits := b.do(t, supervisor, uuid.NewString(), extension.AskName, askFor(passes, until, "")).Standing
	b.now = start.AddDate(0, 0, 2)
	b.refused(t, process.NotAllowed, b.order(t, head, waits.CaseID, extension.AgreeName, extension.Agree{}))
	b.refused(t, process.NotAllowed, b.order(t, supervisor, passes, hazard.ChangeDeadlineName, hazard.ChangeDeadline{DueOn: until, Reason: "x"}))
	b.do(t, leader, waits.CaseID, extension.RefuseName, extension.Refuse{Reason: "抓紧整改"})
	require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, supervisor, uuid.NewString(), extension.AskName, askFor(passes, until, head.ID))).Fields[0].Name, "it has passed")
	require.Equal(t, leader.ID, b.do(t, supervisor, uuid.NewString(), extension.AskName, askFor(passes, until, leader.ID)).Standing.Holder.ID)

	major := b.majorHazard(t)
	require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), extension.AskName, askFor(major, clock.DateOf(b.now).AddDays(200), head.ID))).Fields[0].Name, "of what is major")
}

// TestWhoeverAsksDoesNotChooseWhoAgrees: a request that waits for the head of the section is decided by nobody else but a leader, into whose hands it may be given.
func TestWhoeverAsksDoesNotChooseWhoAgrees(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, desk, head := b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.ProjectManager, b.Section), b.inUnit(t, process.ProjectManager, b.Section)
	require.NoError(t, b.Store.SetHead(t.Context(), b.Section, head.ID))
	projectID, open, due := uuid.NewString(), b.project("construction"), clock.DateOf(b.now).AddDays(50)
	open.Facts.PlannedCompletionOn = &due
	b.do(t, manager, projectID, project.OpenName, open)
	id, agree := uuid.NewString(), extension.Agree{}
	require.Equal(t, head.ID, b.do(t, manager, id, extension.AskName, askFor(projectID, due.AddDays(14), "")).Standing.Holder.ID)
	offered := func(actor process.Actor) bool {
		t.Helper()
		c, err := b.Store.Case(t.Context(), actor, id)
		require.NoError(t, err)
		return c.Fits(extension.AgreeName, c.Subject, actor, c.Env) != process.Not
	}
	require.True(t, offered(head))
	give := func(from, to process.Actor) {
		t.Helper()
		b.do(t, from, id, extension.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByPerson, ToID: to.ID, Reason: "请同意"})
	}
	give(manager, desk)
	require.False(t, offered(desk))
	b.refused(t, process.NotAllowed, b.order(t, desk, id, extension.AgreeName, agree))
	b.refused(t, process.NotAllowed, b.order(t, desk, id, extension.RefuseName, extension.Refuse{Reason: "x"}))
	give(desk, head)
	b.do(t, head, id, extension.Kind.Does(casework.DelegateVerb), casework.Delegate{ToID: desk.ID, Reason: "出差"})
	b.refused(t, process.NotAllowed, b.order(t, desk, id, extension.AgreeName, agree))
	give(desk, head)
	require.Equal(t, extension.Agreed, b.do(t, head, id, extension.AgreeName, agree).Standing.State)
}

// TestAHeadWhoMayNotDecideIsNotAsked: the request would lie with them until it lapses.
func TestAHeadWhoMayNotDecideIsNotAsked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, head := b.inUnit(t, process.SafetySupervisor, b.Section), b.inUnit(t, process.Administrator, b.Section)
	require.NoError(t, b.Store.SetHead(t.Context(), b.Section, head.ID))
	id := uuid.NewString()
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "车间", Description: "堆放杂物", Level: hazard.General, AllTheSame: "另一处"})
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	for _, decider := range []string{"", head.ID} {
		refusal := b.refused(t, process.InvalidInput, b.order(t, supervisor, uuid.NewString(), extension.AskName, askFor(id, clock.DateOf(b.now).AddDays(20), decider)))
		require.Equal(t, "decider_id", refusal.Fields[0].Name)
	}
}
