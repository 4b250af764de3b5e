package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// majorHazard is one whose notice has been issued: its plan is to be filed.
func (b *bundle) majorHazard(t *testing.T) string {
	t.Helper()
	id, supervisor := uuid.NewString(), b.As(process.SafetySupervisor)
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "罐区", Description: "可燃气体报警失效", Level: hazard.Major, Clause: "部令10号 第4条第2项"})
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "更换报警器", DueOn: clock.DateOf(b.now).AddDays(90), InspectorIDs: []string{b.Second.ID}, Points: "更换探头\n重新标定", Present: "县消防救援大队 王某"})
	return id
}

// TestAListedHazardsWholeLife goes through the door and the tables: everything is kept, the history alone tells it again, and only the department that listed it closes it.
func TestAListedHazardsWholeLife(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, officer, start := b.As(process.SafetySupervisor), b.As(process.Department), b.now
	id := b.majorHazard(t)
	standing := func() process.Standing {
		s, err := b.Store.Standing(t.Context(), id)
		require.NoError(t, err)
		return s
	}
	require.Equal(t, rectification.Planned, standing().State)
	b.refused(t, process.WrongState, b.order(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "x", Attachments: b.evidence(t, b.Contact)}))
	b.do(t, b.Contact, id, hazard.FilePlanName, hazard.FilePlan{Plan: hazard.Plan{Responsible: "厂长", Measures: "换阀", Funds: "30 万元", TimeLimit: "三个月", Contingency: "停用罐区"}})
	b.do(t, supervisor, id, hazard.ListMajorName, hazard.ListMajor{UnitID: b.Bureau, Document: "泗安委督〔2026〕2号", Attachments: b.evidence(t, supervisor)})
	b.do(t, supervisor, id, hazard.OrderStopName, hazard.OrderStop{Scope: hazard.Partial, What: "罐区", Body: "县应急管理局", Document: "应急现决〔2026〕3号", Reason: "无法保证安全"})
	for range 12 { // the first week passes without a word
		s := standing()
		if s.NextWake == nil || s.NextWake.After(start.AddDate(0, 0, 9)) {
			break
		}
		b.now = *s.NextWake
		b.do(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), struct{}{})
	}
	b.now = start.AddDate(0, 0, 10)
	require.Contains(t, b.told(t, b.Contact, id), process.NoticeMissed)
	require.Contains(t, b.told(t, supervisor, id), process.NoticeMissed)
	require.Contains(t, b.told(t, officer, id), process.NoticeListed, "the body that listed it knows")
	b.do(t, b.Contact, id, hazard.TellProgressName, hazard.TellProgress{Done: "阀门到货", Spent: "8 万元"})
	b.do(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "全部更换", Attachments: b.evidence(t, b.Contact)})
	b.now = start.AddDate(0, 0, 11)
	for _, step := range []string{hazard.OwnStep, hazard.ExpertStep} {
		b.do(t, supervisor, id, hazard.AcceptName, hazard.Accept{Step: step, Result: "pass", People: "王工（省化工学会）", Opinion: "符合", Attachments: b.evidence(t, supervisor)})
	}
	pass := hazard.Reinspect{Opinion: "合格", InspectorIDs: []string{b.Second.ID}, Points: map[string]string{"1": "pass", "2": "pass"}, Joined: "专家李工"}
	b.do(t, supervisor, id, hazard.ReinspectName, pass)
	require.Equal(t, rectification.Clearing, standing().State)
	require.Equal(t, b.Bureau, standing().Holder.ID)
	b.do(t, supervisor, id, hazard.LiftStopName, hazard.LiftStop{Review: "同意恢复", InspectorIDs: []string{b.Second.ID}})
	clear := func(by process.Actor) hazard.Clear {
		return hazard.Clear{Result: "pass", Document: "泗安委销〔2026〕1号", Signed: "周某", Opinion: "同意摘牌", Attachments: b.evidence(t, by)}
	}
	leader := b.As(process.Leader)
	b.refused(t, process.NotAllowed, b.order(t, leader, id, hazard.ClearName, clear(leader)))
	b.refused(t, process.WrongState, b.order(t, leader, id, hazard.WithdrawName, hazard.Withdraw{Reason: "x"}))
	b.do(t, officer, id, hazard.ClearName, clear(officer))
	require.True(t, standing().Done)
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Equal(t, []hazard.Missed{{On: clock.DateOf(start).AddDays(7)}}, h.Rhythms[0].Missed)
	require.Equal(t, "重新标定", h.Rounds[0].Points[1].Text)
	require.Equal(t, "专家李工", h.Rounds[0].Joined)
	require.Empty(t, b.verify(t, id).Faults(), "the history alone tells the same case again")
	found := b.searched(t, supervisor, "泗安委督〔2026〕2号")
	require.NotEmpty(t, found, "it is found by the number of its listing")
	shown, err := b.Store.Hazard(t.Context(), b.Contact, id)
	require.NoError(t, err)
	require.Empty(t, shown.Stops[0].Reviewers[0].ID)
}

// TestDutiesAreKeptApartAtTheDoor by the events of the case: whoever handed in for the enterprise judges neither alone nor as the second, nor in bulk; once it was judged a new turn begins.
func TestDutiesAreKeptApartAtTheDoor(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, third, id := b.As(process.SafetySupervisor), b.inUnit(t, process.SafetySupervisor, b.Section), b.recordHazard(t)
	notice := hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}}
	b.do(t, supervisor, id, hazard.IssueNoticeName, notice)
	b.do(t, b.Second, id, hazard.HandInName, hazard.HandIn{Measures: "代交", Attachments: b.evidence(t, b.Second)})
	verdict := func(result, beside string) hazard.Reinspect {
		return hazard.Reinspect{Result: result, Opinion: "见现场", InspectorIDs: []string{beside}, Requirement: "继续", DueOn: clock.DateOf(b.now).AddDays(9)}
	}
	b.refused(t, process.SamePerson, b.order(t, b.Second, id, hazard.ReinspectName, verdict("pass", supervisor.ID)))
	require.Equal(t, "inspector_ids[0]", b.refused(t, process.SamePerson, b.order(t, supervisor, id, hazard.ReinspectName, verdict("pass", b.Second.ID))).Fields[0].Name)
	batch := b.Second
	batch.Through = process.TheBatch
	b.refused(t, process.SamePerson, b.order(t, batch, id, hazard.ReinspectName, verdict("pass", supervisor.ID)))
	offered := func(who process.Actor) process.Fit {
		v, err := b.Store.Case(t.Context(), who, id)
		require.NoError(t, err)
		return v.Fits(hazard.ReinspectName, v.Subject, who, v.Env)
	}
	require.Equal(t, process.Not, offered(b.Second), "nor is it offered")
	require.Equal(t, process.Leads, offered(supervisor))
	b.do(t, supervisor, id, hazard.ReinspectName, verdict("fail", third.ID))
	b.do(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "整改", Attachments: b.evidence(t, b.Contact)})
	require.Equal(t, process.Leads, offered(b.Second), "this round's work is not theirs")
	b.do(t, b.Second, id, hazard.ReinspectName, verdict("pass", third.ID))
}
