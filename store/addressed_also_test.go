package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/extension"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
	"github.com/parkway-zone/parkway/store"
)

// TestEitherAddresseeAsksForMoreTime: landlord or tenant asks, the supervisor and where it is a leader's to decide the leaders hear of it, both addressees see the request and the
// answer, neither reads a name of the zone's or of the other's people, only whoever asked takes it back, and how often the deadline moved is the hazard's.
func TestEitherAddresseeAsksForMoreTime(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.shared(t)
	until := clock.DateOf(b.now).AddDays(10)
	for i, asker := range []process.Actor{b.RivalOne, b.Contact} {
		other := []process.Actor{b.Contact, b.RivalOne}[i]
		named := askFor(id, until, leader.ID)
		require.Equal(t, "decider_id", b.refused(t, process.InvalidInput, b.order(t, asker, uuid.NewString(), extension.AskName, named)).Fields[0].Name, "an enterprise names nobody of the zone")
		ask, request := askFor(id, until, ""), uuid.NewString()
		ask.Progress, ask.Interim = "已停电", "专人值守"
		b.do(t, asker, request, extension.AskName, ask)
		require.Contains(t, b.refused(t, process.WrongState, b.order(t, other, uuid.NewString(), extension.AskName, ask)).Chinese, "（YQ-2026-", "one at a time, whoever asks")
		require.NotEmpty(t, b.told(t, supervisor, request), "whoever runs it hears of it")
		for _, reader := range []process.Actor{asker, other} {
			asked, err := b.Store.Requests(t.Context(), reader, id, 5)
			require.NoError(t, err)
			require.Len(t, asked, i+1, reader.Name)
			asked = slices.DeleteFunc(asked, func(a store.Asked) bool { return a.Done })
			require.NotEqual(t, leader.Name, asked[0].Holder.Name)
			v, err := b.Store.Case(t.Context(), reader, request)
			require.NoError(t, err)
			read, ok := v.Subject.(*extension.Request)
			require.True(t, ok)
			require.Equal(t, []any{until, "已停电", "专人值守"}, []any{read.Until, read.Progress, read.Interim})
			want := asker.Name
			if reader.ID == other.ID {
				want = []string{"鸿瑞印务", "莱卡织造"}[i]
			}
			require.Equal(t, []string{want, want}, []string{read.AskedByName, asked[0].AskedByName})
		}
		shown, err := b.Store.Requests(t.Context(), supervisor, id, 5)
		require.NoError(t, err)
		shown = slices.DeleteFunc(shown, func(a store.Asked) bool { return a.Done })
		require.Equal(t, []string{asker.Name, []string{"鸿瑞印务", "莱卡织造"}[i]}, []string{shown[0].AskedByName, shown[0].For})
		b.refused(t, process.NotAllowed, b.order(t, other, request, extension.WithdrawName, extension.Withdraw{Reason: "不是我们的"}))
		b.refused(t, process.NotAllowed, b.order(t, supervisor, request, extension.WithdrawName, extension.Withdraw{Reason: "不是我的"}))
		b.refused(t, process.NotAllowed, b.order(t, asker, request, extension.AgreeName, extension.Agree{}))
		b.do(t, leader, request, extension.AgreeName, extension.Agree{Opinion: "同意"})
		b.carry(t)
		for _, reader := range []process.Actor{asker, other} {
			require.Contains(t, b.told(t, reader, request), process.NoticeAgreed, reader.Name)
			v, err := b.Store.Case(t.Context(), reader, request)
			require.NoError(t, err)
			read, ok := v.Subject.(*extension.Request)
			require.True(t, ok)
			require.Equal(t, []string{extension.Agreed, "同意", ""}, []string{read.State, read.Opinion, read.DecidedName})
		}
		require.True(t, b.verify(t, request).Intact())
		h, err := b.Store.Hazard(t.Context(), supervisor, id)
		require.NoError(t, err)
		require.Equal(t, []any{until, i + 1}, []any{h.DueOn, h.DeadlineChanges}, "one count, whoever asks")
		until = until.AddDays(5)
	}
	late := b.refused(t, process.WrongState, b.order(t, b.RivalOne, uuid.NewString(), extension.AskName, askFor(id, until, "")))
	require.Contains(t, late.Error(), "2", "the limit of two is the hazard's")

	alone := b.noticed(t) // ten days ago: its deadline has passed
	request := uuid.NewString()
	b.do(t, b.Contact, request, extension.AskName, askFor(alone, clock.DateOf(b.now).AddDays(5), ""))
	v, err := b.Store.Case(t.Context(), leader, request)
	require.NoError(t, err)
	require.Equal(t, supervisor.ID, v.Subject.Header().Holder.ID, "with whoever runs it until a leader decides")
	require.Contains(t, b.told(t, leader, request), process.NoticeAsked)
	b.do(t, b.Contact, request, extension.WithdrawName, extension.Withdraw{Reason: "已经完成"})
}

// TestWhoIsCalledToAnInterview: of a hazard that is addressed to two both are proposed; each has an interview, a letter and a report of its own, and reads nothing of the other's.
func TestWhoIsCalledToAnInterview(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.shared(t)
	call := tracking.Summon{Reason: "逾期未整改", Who: "主要负责人", By: "安监科", On: clock.DateOf(b.now).AddDays(3), Where: "二楼会议室"}
	wrong := call
	wrong.FirmIDs = []string{b.Section}
	require.Equal(t, "firm_ids[0]", b.refused(t, process.InvalidInput, b.order(t, supervisor, id, "hazard.summon", wrong)).Fields[0].Name)
	one := call
	one.FirmIDs = []string{b.Rival}
	b.do(t, supervisor, id, "hazard.summon", one)
	b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.summon", call))
	call.AllTheSame = "前一次约谈的事由不同"
	b.do(t, supervisor, id, "hazard.summon", call)
	all := b.tracks(t, id)
	require.Len(t, all, 3)
	firms := []string{}
	for _, one := range all {
		firms = append(firms, one.EnterpriseID)
		own, other := b.Contact, b.RivalOne
		if one.EnterpriseID == b.Rival {
			own, other = other, own
		}
		require.Contains(t, b.told(t, own, one.ID), process.NoticeSent)
		require.Empty(t, b.told(t, other, one.ID))
		_, err := b.Store.Case(t.Context(), other, one.ID)
		require.Error(t, err, "what one is called to is not the other's")
		b.do(t, supervisor, one.ID, "track.issue_letter", lettering.Issue{Letter: "interview_notice"})
		if day := call.On.Start().Add(10 * time.Hour); b.now.Before(day) {
			b.now = day
		}
		b.do(t, supervisor, one.ID, track.MeetName, track.Meet{Result: track.Held, Person: "厂长", Says: "说明了进展", Wants: "月底前完成", Vowed: "按期完成"})
		b.refused(t, process.NotFound, b.order(t, other, one.ID, track.ReportName, track.Report{Result: track.Result, Says: "已完成"}))
		b.do(t, own, one.ID, track.ReportName, track.Report{Result: track.Result, Says: "已完成"})
	}
	require.ElementsMatch(t, []string{b.Rival, b.Enterprise, b.Rival}, firms)
	require.Equal(t, all[0].Other.Name, "鸿瑞印务")
	b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{Body: "县消防救援大队", Tells: "涉及消防设施"})
	all = b.tracks(t, id)
	require.Equal(t, "莱卡织造、鸿瑞印务", all[3].Says(0).Texts["涉及企业"], "what others are told names both")
}

// TestAGateCountsWhatIsAddressedToItsEnterprise: a major hazard that is addressed to the project's enterprise beside another one holds it up as its own does, once, until it is said
// to be elsewhere; and it can be said to be on its project.
func TestAGateCountsWhatIsAddressedToItsEnterprise(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, manager := b.As(process.SafetySupervisor), b.As(process.ProjectManager)
	open := b.project("construction")
	mine, theirs := uuid.NewString(), uuid.NewString()
	b.do(t, manager, mine, project.OpenName, open)
	open.EnterpriseID, open.Title = b.Rival, "鸿瑞印务二期"
	b.do(t, manager, theirs, project.OpenName, open)
	id := uuid.NewString()
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, AlsoIDs: []string{b.Rival}, Location: "罐区", Description: "报警失效", Level: hazard.Major, Clause: "部令10号 第4条"})
	for _, at := range []string{mine, theirs} {
		require.Equal(t, process.Hazards{Major: 1, Unsaid: 1, Anywhere: 1}, b.hazardsAt(t, at))
	}
	b.do(t, supervisor, id, hazard.PlaceName, hazard.Place{Where: "project", Project: theirs, Reason: "在二期厂房内"})
	require.Equal(t, process.Hazards{Major: 1, Anywhere: 1}, b.hazardsAt(t, theirs), "counted once")
	require.Equal(t, process.Hazards{Anywhere: 1}, b.hazardsAt(t, mine))
	b.do(t, supervisor, id, hazard.PlaceName, hazard.Place{Where: "elsewhere", Reason: "在老厂区"})
	for _, at := range []string{mine, theirs} {
		require.Equal(t, process.Hazards{Anywhere: 1}, b.hazardsAt(t, at))
	}
}

// TestWhoRectifiedHearsThatItPassed: also an enterprise that stands alone.
func TestWhoRectifiedHearsThatItPassed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	alone := b.recordHazard(t)
	b.do(t, b.As(process.SafetySupervisor), alone, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	b.do(t, b.Contact, alone, hazard.HandInName, hazard.HandIn{Measures: "已清理", Attachments: b.evidence(t, b.Contact)})
	b.do(t, b.As(process.SafetySupervisor), alone, hazard.ReinspectName, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
	require.Contains(t, b.told(t, b.Contact, alone), process.NoticeClosed)
	require.Empty(t, b.told(t, b.RivalOne, alone))
}

// TestEachSignsForALetter: a letter that is addressed to two is served on each, is served once both have it, and each reads its own receipt alone.
func TestEachSignsForALetter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.shared(t)
	one := b.letterOf(t, id, "rectification_opinion", nil)
	serve := lettering.Serve{Number: one.Number, How: "in_person", On: clock.DateOf(b.now), SignedBy: "张三"}
	field := func(code process.Code, s lettering.Serve) string {
		t.Helper()
		return b.refused(t, code, b.order(t, supervisor, id, "hazard.serve_letter", s)).Fields[0].Name
	}
	require.Equal(t, "to_id", field(process.InvalidInput, serve), "which of them?")
	serve.ToID = b.Section
	require.Equal(t, "to_id", field(process.InvalidInput, serve), "it is not addressed to that one")
	serve.ToID = b.Rival
	b.do(t, supervisor, id, "hazard.serve_letter", serve)
	require.Equal(t, "to_id", field(process.WrongState, serve))
	one = b.lettersOf(t, id)[0]
	require.Nil(t, one.Served, "one of two has it")
	require.Len(t, one.Receipts, 1)
	read := func(who process.Actor) (signed string) {
		t.Helper()
		h, err := b.Store.Hazard(t.Context(), who, id)
		require.NoError(t, err)
		require.Empty(t, h.Issued[0].Receipts)
		if h.Issued[0].Served != nil {
			signed = h.Issued[0].Served.SignedBy
		}
		rows, _, err := b.Store.Letters(t.Context(), who, store.LetterAsk{}, "", 50)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.Equal(t, h.Issued[0].Served != nil, rows[0].Served != nil)
		return signed
	}
	require.Equal(t, []string{"张三", ""}, []string{read(b.RivalOne), read(b.Contact)})
	rows, _, err := b.Store.Letters(t.Context(), supervisor, store.LetterAsk{State: "unserved"}, "", 50)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	serve.ToID, serve.SignedBy = "", "李四" // the only one left
	b.do(t, supervisor, id, "hazard.serve_letter", serve)
	require.Equal(t, []string{"张三", "李四"}, []string{read(b.RivalOne), read(b.Contact)})
	one = b.lettersOf(t, id)[0]
	require.NotNil(t, one.Served)
	require.Equal(t, "泗县莱卡织造有限公司", one.Receipts[1].ToName)
	require.True(t, b.verify(t, id).Intact())
}

// TestLettersFollowAMerger: whoever took an enterprise over opens what was written to it, in the list and on the case; the receipt too.
func TestLettersFollowAMerger(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.noticed(t)
	one := b.letterOf(t, id, "rectification_opinion", nil)
	require.NoError(t, b.merge(t.Context(), t, b.Enterprise, b.Rival))
	order := b.order(t, b.As(process.Administrator), id, hazard.Kind.Does(casework.ReaddressVerb), casework.Readdress{EnterpriseID: b.Rival, Was: b.Enterprise, Reason: "重复登记"})
	order.Call.Actor.Through = process.TheBatch
	_, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err)
	rows, _, err := b.Store.Letters(t.Context(), b.RivalOne, store.LetterAsk{}, "", 50)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	h, err := b.Store.Hazard(t.Context(), b.RivalOne, id)
	require.NoError(t, err)
	require.Len(t, h.Issued, 1)
	require.Equal(t, one.Number, h.Issued[0].Number)
}
