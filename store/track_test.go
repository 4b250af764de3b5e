package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/request"
	"github.com/parkway-zone/parkway/domain/track"
	"github.com/parkway-zone/parkway/domain/tracking"
)

// tracks are the tracks that belong to a case, in their order, once what follows was carried out.
func (b *bundle) tracks(t *testing.T, id string) []track.Track {
	t.Helper()
	b.carry(t)
	all := []track.Track{}
	for _, row := range b.rows(t, "SELECT id::text FROM cases WHERE kind = 'track' AND parent_id = '"+id+"' ORDER BY number") {
		v, err := b.Store.Case(t.Context(), b.As(process.Administrator), row)
		require.NoError(t, err)
		one, ok := v.Subject.(*track.Track)
		require.True(t, ok)
		all = append(all, *one)
	}
	return all
}

// TestACopyNoticeIsAnsweredByTheDepartment: it opens what it was sent, says whether it takes it, and later what came of it; nobody else answers for it, its number is the
// letter's, and what is late is counted by who owes it.
func TestACopyNoticeIsAnsweredByTheDepartment(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, officer, id := b.As(process.SafetySupervisor), b.As(process.Department), b.noticed(t)
	_, err := b.Store.Hazard(t.Context(), officer, id)
	require.Error(t, err, "the department knows nothing of it yet")
	send := tracking.SendCopy{UnitID: b.Bureau, Tells: "涉及消防设施，请依法处理。"}
	require.Equal(t, "unit_id", b.refused(t, process.InvalidInput, b.order(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{UnitID: b.Section, Tells: "x"})).Fields[0].Name, "no department")
	require.Equal(t, "body", b.refused(t, process.InvalidInput, b.order(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{Tells: "x"})).Fields[0].Name)
	b.do(t, supervisor, id, "hazard.send_copy", send)
	sent := b.tracks(t, id)[0]
	require.Equal(t, []any{"copy_out", track.Reply, b.Bureau, supervisor.ID}, []any{sent.Stage, sent.State, sent.Holder.ID, sent.ManagerID})
	require.Equal(t, 10, *sent.Clocks[0].Amount)
	require.Equal(t, clock.WorkingDay, sent.Clocks[0].Unit)
	_, err = b.Store.Hazard(t.Context(), officer, id)
	require.NoError(t, err, "it opens what it was sent")
	_, err = b.Store.Case(t.Context(), b.Contact, sent.ID)
	require.Error(t, err, "what goes between offices is not the enterprise's")

	b.refused(t, process.NotAllowed, b.order(t, supervisor, sent.ID, track.AnsweringName, track.Answering{Result: track.Taken}))
	require.Equal(t, "says", b.refused(t, process.InvalidInput, b.order(t, officer, sent.ID, track.AnsweringName, track.Answering{Result: track.Refused})).Fields[0].Name)
	b.do(t, supervisor, sent.ID, "track.issue_letter", lettering.Issue{Letter: "copy_notice"})
	sent = b.tracks(t, id)[0]
	require.Equal(t, sent.Issued[0].Number, sent.Paper, "its number is the letter's")
	require.Equal(t, sent.Other.Name, sent.Issued[0].ToName)

	start := b.now
	b.now = start.AddDate(0, 0, 40)
	owed, err := b.Store.TracksOwed(t.Context(), supervisor, b.now)
	require.NoError(t, err)
	require.Equal(t, []track.Owed{{Party: sent.Other.Name, Reply: 1, ReplyLate: 1}}, owed)
	b.now = start.AddDate(0, 0, 1)
	b.do(t, officer, sent.ID, track.AnsweringName, track.Answering{Result: track.Taken, Person: "王某"})
	require.Contains(t, b.told(t, supervisor, sent.ID), process.NoticeReplied)
	sent = b.tracks(t, id)[0]
	require.Equal(t, []any{track.Feedback, b.Bureau}, []any{sent.State, sent.Holder.ID})
	owed, err = b.Store.TracksOwed(t.Context(), officer, start.AddDate(0, 3, 0))
	require.NoError(t, err)
	require.Equal(t, []track.Owed{{Party: sent.Other.Name, Feedback: 1, FeedbackLate: 1}}, owed)
	b.do(t, officer, sent.ID, track.ReportName, track.Report{Result: track.Interim, Says: "正在处理"})
	require.Equal(t, track.Feedback, b.tracks(t, id)[0].State, "a word on the way leaves it where it is")
	b.do(t, officer, sent.ID, track.ReportName, track.Report{Result: track.Result, Says: "已责令恢复"})
	sent = b.tracks(t, id)[0]
	require.Equal(t, []any{track.Finished, true}, []any{sent.State, sent.Done})
	require.Empty(t, b.verify(t, sent.ID).Faults())
	require.Empty(t, b.verify(t, id).Faults())

	b.do(t, supervisor, id, "hazard.refer", tracking.Refer{Body: "县市场监管局", Reason: "属于特种设备"})
	referred := b.tracks(t, id)[1]
	require.Equal(t, supervisor.ID, referred.Holder.ID, "of a body outside the zone records the letter")
	require.Equal(t, "attachments", b.refused(t, process.InvalidInput, b.order(t, supervisor, referred.ID, track.AnsweringName, track.Answering{Result: track.Taken})).Fields[0].Name)
	b.do(t, supervisor, referred.ID, track.AnsweringName, track.Answering{Result: track.Refused, Says: "不属于本局", Files: b.evidence(t, supervisor)})
	require.Equal(t, track.Declined, b.tracks(t, id)[1].State)
}

// TestWhatADepartmentTellsTheZone: it is put on file by the department itself, or from its letter; the zone answers within ten working days and later with the result, which the department reads.
func TestWhatADepartmentTellsTheZone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, officer := b.As(process.SafetySupervisor), b.As(process.Department)
	came := track.Receive{Paper: "泗消抄〔2026〕12号", Subject: "疏散通道被占用", Tells: "请贵委督促整改", Enterprise: b.Enterprise, Handler: supervisor.ID}
	id := uuid.NewString()
	wrong := came
	wrong.UnitID = b.Section
	require.Equal(t, "unit_id", b.refused(t, process.InvalidInput, b.order(t, officer, uuid.NewString(), track.ReceiveName, wrong)).Fields[0].Name, "for no other body")
	b.do(t, officer, id, track.ReceiveName, came)
	s, err := b.Store.Standing(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, []any{track.Reply, supervisor.ID}, []any{s.State, s.Holder.ID})
	owed, err := b.Store.TracksOwed(t.Context(), supervisor, b.now.AddDate(0, 2, 0))
	require.NoError(t, err)
	require.Equal(t, []any{true, 1}, []any{owed[0].Inward, owed[0].ReplyLate})
	b.refused(t, process.WrongState, b.order(t, supervisor, id, track.WithdrawName, track.Withdraw{Reason: "x"}))
	b.refused(t, process.NotAllowed, b.order(t, officer, id, track.AnsweringName, track.Answering{Result: track.Taken}))
	b.do(t, supervisor, id, track.AnsweringName, track.Answering{Result: track.Taken})
	require.Contains(t, b.told(t, officer, id), process.NoticeReplied)
	b.refused(t, process.NotAllowed, b.order(t, officer, id, track.ReportName, track.Report{Result: track.Result, Says: "x"}))
	b.do(t, supervisor, id, track.ReportName, track.Report{Result: track.Result, Says: "已清理"})
	s, err = b.Store.Standing(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, []any{track.Finished, true}, []any{s.State, s.Done})
	_, err = b.Store.Case(t.Context(), officer, id)
	require.NoError(t, err)
	found := b.searched(t, supervisor, "泗消抄〔2026〕12号")
	require.NotEmpty(t, found, "it is found by the number of the letter")
	require.Empty(t, b.verify(t, id).Faults())
}

// TestAnInterviewIsHeldWithWhoeverWasCalled: who did not come is told to the leaders and the deadline runs on; held, the record is a letter of its own and the enterprise
// reports within five working days. A supervision order is answered by whoever received it.
func TestAnInterviewIsHeldWithWhoeverWasCalled(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.noticed(t)
	call := tracking.Summon{Reason: "逾期未整改", Who: "主要负责人 张三", By: "安监科", On: clock.DateOf(b.now).AddDays(3), At: "上午9时", Where: "二楼会议室"}
	for _, days := range []int{-1, 8} { // past, and beyond the week within which it is held
		wrong := call
		wrong.On = clock.DateOf(b.now).AddDays(days)
		require.Equal(t, "on", b.refused(t, process.ImpossibleDate, b.order(t, supervisor, id, "hazard.summon", wrong)).Fields[0].Name)
	}
	b.do(t, supervisor, id, "hazard.summon", call)
	called := b.tracks(t, id)[0]
	require.Equal(t, []any{track.Attend, supervisor.ID, b.Enterprise}, []any{called.State, called.Holder.ID, called.EnterpriseID})
	require.Contains(t, b.told(t, b.Contact, called.ID), process.NoticeSent)
	owed, err := b.Store.TracksOwed(t.Context(), supervisor, b.now.AddDate(0, 2, 0))
	require.NoError(t, err)
	require.Empty(t, owed, "the zone has to hold it: the enterprise owes nothing yet")
	b.do(t, leader, called.ID, "track.assign", casework.Assign{Role: "manager", UserID: b.Second.ID, Reason: "分工调整"})
	require.Equal(t, b.Second.ID, b.tracks(t, id)[0].Holder.ID, "whoever answers for it has it in hand")
	b.do(t, leader, called.ID, "track.assign", casework.Assign{Role: "manager", UserID: supervisor.ID, Reason: "分工调整"})
	b.do(t, supervisor, called.ID, "track.issue_letter", lettering.Issue{Letter: "interview_notice"})
	require.Equal(t, "letter", b.refused(t, process.WrongState, b.order(t, supervisor, called.ID, "track.issue_letter", lettering.Issue{Letter: "interview_record"})).Fields[0].Name, "it was not held yet")
	again := call
	again.Who = "厂长 张三"
	require.Contains(t, b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.summon", again)).Chinese, called.Number, "the same enterprise is called already")
	held := track.Meet{Result: track.Held, Person: "厂长 张三", Says: "说明了进展", Wants: "月底前完成", Vowed: "按期完成"}
	require.Equal(t, "all_the_same", b.refused(t, process.ImpossibleDate, b.order(t, supervisor, called.ID, track.MeetName, held)).Fields[0].Name, "its day has not come")
	require.Equal(t, "result", b.refused(t, process.ImpossibleDate, b.order(t, supervisor, called.ID, track.MeetName, track.Meet{Result: track.Absent, Says: "x"})).Fields[0].Name)
	b.now = call.On.Start().Add(9 * time.Hour)
	substitute := held
	substitute.Person = "代办员"
	require.Equal(t, "person", b.refused(t, process.InvalidInput, b.order(t, supervisor, called.ID, track.MeetName, substitute)).Fields[0].Name, "nobody is sent instead")
	b.do(t, supervisor, called.ID, track.MeetName, track.Meet{Result: track.Absent, Says: "派办公室主任代为参加，未予约谈"})
	require.Equal(t, track.Attend, b.tracks(t, id)[0].State, "a substitute is nobody")
	require.Contains(t, b.told(t, leader, called.ID), process.NoticeAbsent)
	require.Equal(t, "person", b.refused(t, process.InvalidInput, b.order(t, supervisor, called.ID, track.MeetName, track.Meet{Result: track.Held, Says: "x", Wants: "x"})).Fields[0].Name)
	b.do(t, supervisor, called.ID, track.MeetName, held)
	called = b.tracks(t, id)[0]
	require.Equal(t, []any{track.Feedback, b.Enterprise, 5}, []any{called.State, called.Holder.ID, *called.Clocks[1].Amount})
	b.do(t, supervisor, called.ID, "track.issue_letter", lettering.Issue{Letter: "interview_record"})
	numbers := []string{}
	for _, l := range b.tracks(t, id)[0].Issued {
		numbers = append(numbers, l.Sort)
	}
	require.Equal(t, []string{"interview_notice", "interview_record"}, numbers)
	shown, err := b.Store.Case(t.Context(), b.Contact, called.ID)
	require.NoError(t, err)
	read, ok := shown.Subject.(*track.Track)
	require.True(t, ok)
	require.Equal(t, []string{"逾期未整改", "", ""}, []string{read.Tells, read.ManagerName, read.Answers[1].ByName}, "the enterprise reads what it was told, not by whom")
	require.Equal(t, "attachments", b.refused(t, process.InvalidInput, b.order(t, supervisor, called.ID, track.ReportName, track.Report{Result: track.Result, Says: "已完成整改"})).Fields[0].Name,
		"whoever demanded it does not keep its limit without the enterprise's paper")
	b.do(t, supervisor, called.ID, track.ReportName, track.Report{Result: track.Interim, Says: "已停用设备", Files: b.evidence(t, supervisor)})
	b.do(t, b.Contact, called.ID, track.ReportName, track.Report{Result: track.Result, Says: "已完成整改"})
	require.True(t, b.tracks(t, id)[0].Done)

	order := tracking.Supervise{To: b.Second.ID, Wants: "督促 3 日内完成", Why: "逾期", On: clock.DateOf(b.now).AddDays(5)}
	own := order
	own.To = supervisor.ID
	b.refused(t, process.SamePerson, b.order(t, supervisor, id, "hazard.supervise", own))
	b.do(t, supervisor, id, "hazard.supervise", order)
	ordered := b.tracks(t, id)[1]
	require.Equal(t, b.Second.ID, ordered.Holder.ID)
	b.refused(t, process.NotAllowed, b.order(t, supervisor, ordered.ID, track.AnsweringName, track.Answering{Result: track.Taken}))
	b.do(t, b.Second, ordered.ID, track.AnsweringName, track.Answering{Result: track.Taken})
	require.Equal(t, order.On, b.tracks(t, id)[1].DueOn, "until the day that the order names")
	b.do(t, supervisor, ordered.ID, "track.issue_letter", lettering.Issue{Letter: "supervision_order"})
	require.Equal(t, b.Second.Name, b.tracks(t, id)[1].Issued[0].ToName)
}

// TestAListingIsTiedToItsLetter: the notice with which a listing is passed on is called for by it, and the listing says its number.
func TestAListingIsTiedToItsLetter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.majorHazard(t)
	issue := lettering.Issue{Letter: "listing_notice", Said: map[string]string{"治理方案期限": "2026-12-03"}}
	b.refused(t, process.WrongState, b.order(t, supervisor, id, "hazard.issue_letter", issue))
	b.do(t, supervisor, id, hazard.ListMajorName, hazard.ListMajor{UnitID: b.Bureau, Document: "泗安委督〔2026〕2号", Attachments: b.evidence(t, supervisor)})
	b.do(t, supervisor, id, "hazard.issue_letter", issue)
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Equal(t, h.Issued[0].Number, h.Listing.Notice)
	require.NotEmpty(t, b.searched(t, supervisor, h.Listing.Notice), "it is found by it")
	require.Empty(t, b.verify(t, id).Faults())
}

// TestAnOrderIsAnsweredByWhoHasItNow: handed over, the one who received it is asked for nothing, and whoever has it answers under their own name; who sent it answers nothing of theirs.
func TestAnOrderIsAnsweredByWhoHasItNow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.noticed(t)
	next := b.inUnit(t, process.SafetySupervisor, b.Section)
	b.do(t, supervisor, id, "hazard.supervise", tracking.Supervise{To: b.Second.ID, Wants: "督促 3 日内完成", Why: "逾期", On: clock.DateOf(b.now).AddDays(5)})
	order, taken := b.tracks(t, id)[0].ID, track.Answering{Result: track.Taken}
	give := func(to process.Actor) {
		t.Helper()
		b.do(t, leader, order, "track.hand_over", casework.HandOver{ToKind: process.HeldByPerson, ToID: to.ID, Reason: "请办理"})
	}
	give(supervisor)
	b.refused(t, process.NotAllowed, b.order(t, supervisor, order, track.AnsweringName, taken))
	give(next)
	b.do(t, next, order, track.AnsweringName, taken)
	now := b.tracks(t, id)[0]
	require.Equal(t, []string{next.ID, next.Name}, []string{now.Holder.ID, now.Answers[0].ByName})
	b.do(t, next, order, track.ReportName, track.Report{Result: track.Result, Says: "已完成"})
	require.True(t, b.tracks(t, id)[0].Done)
	require.Empty(t, b.verify(t, order).Faults())
}

// TestTheDayOnThePaperIsTheDeadline: of the result, whenever the reply comes; a reply is due no later, and who replies after it is late at once.
func TestTheDayOnThePaperIsTheDeadline(t *testing.T) {
	t.Parallel()
	for name, days := range map[string]int{"Early": 1, "OnTheDay": 3, "After": 6} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			supervisor, officer, id := b.As(process.SafetySupervisor), b.As(process.Department), b.noticed(t)
			named := clock.DateOf(b.now).AddDays(3)
			b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{UnitID: b.Bureau, Tells: "请依法处理", FeedbackOn: named})
			sent := b.tracks(t, id)[0]
			require.Equal(t, named, sent.DueOn)
			b.now = b.now.AddDate(0, 0, days)
			b.do(t, officer, sent.ID, track.AnsweringName, track.Answering{Result: track.Taken})
			sent = b.tracks(t, id)[0]
			require.Equal(t, []any{track.Feedback, named}, []any{sent.State, sent.DueOn})
			if days > 3 {
				require.False(t, sent.NextWake.After(b.now), "it is late at once")
				b.do(t, process.TheClock(), sent.ID, "track.remind", struct{}{})
				require.Equal(t, "due", b.tracks(t, id)[0].Clocks[1].Fired[0].Rung)
			}
			require.Empty(t, b.verify(t, sent.ID).Faults())
		})
	}
}

// TestWhatWasDemandedFallsWithAHazardThatDoesNotStand: the enterprise is called no more and the order is over, both are told; another body decides itself on what it was told of.
func TestWhatWasDemandedFallsWithAHazardThatDoesNotStand(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, id := b.As(process.SafetySupervisor), b.As(process.Leader), b.noticed(t)
	b.do(t, supervisor, id, "hazard.summon", tracking.Summon{Reason: "逾期未整改", Who: "主要负责人", By: "安监科", On: clock.DateOf(b.now).AddDays(3), Where: "二楼会议室"})
	b.do(t, supervisor, id, "hazard.supervise", tracking.Supervise{To: b.Second.ID, Wants: "督促 3 日内完成", Why: "逾期", On: clock.DateOf(b.now).AddDays(5)})
	b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{UnitID: b.Bureau, Tells: "请依法处理"})
	b.do(t, supervisor, id, hazard.AskWithdrawalName, hazard.AskWithdrawal{Reason: "重复登记", Decider: leader.ID})
	b.do(t, leader, b.requested(t, leader), request.AgreeName, request.Agree{})
	b.carry(t)
	all := b.tracks(t, id)
	require.Equal(t, []string{track.Withdrawn, track.Withdrawn, track.Reply}, []string{all[0].State, all[1].State, all[2].State})
	for i, who := range []process.Actor{b.Contact, b.Second} {
		require.Contains(t, b.told(t, who, all[i].ID), process.NoticeClosed)
		require.Empty(t, b.verify(t, all[i].ID).Faults())
	}
}

// TestTheSamePaperIsNotSentTwice: what waits for its answer is named, also while it is being put on file; who says why sends another one. What comes in twice under one
// number from one body is asked back too, and from another body it is another paper.
func TestTheSamePaperIsNotSentTwice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, id := b.As(process.SafetySupervisor), b.noticed(t)
	send := tracking.SendCopy{UnitID: b.Bureau, Tells: "请处理"}
	b.do(t, supervisor, id, "hazard.send_copy", send)
	refusal := b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.send_copy", send))
	require.Equal(t, "all_the_same", refusal.Fields[0].Name)
	first := b.tracks(t, id)[0]
	require.Contains(t, b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.send_copy", send)).Chinese, first.Number)
	b.do(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{Body: "县消防救援大队", Tells: "请处理"})
	b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.send_copy", tracking.SendCopy{Body: "县消防 救援大队", Tells: "请处理"}))
	b.do(t, supervisor, id, "hazard.refer", tracking.Refer{UnitID: b.Bureau, Reason: "属于贵局"})
	meant := send
	meant.AllTheSame = "前一份写错了"
	b.do(t, supervisor, id, "hazard.send_copy", meant)
	require.Len(t, b.tracks(t, id), 4)
	b.refused(t, process.MayBeKnown, b.order(t, supervisor, id, "hazard.send_copy", send))

	came := track.Receive{Body: "大队", Paper: "消抄1号", Subject: "三虎", Tells: "x"}
	number := b.do(t, supervisor, uuid.NewString(), track.ReceiveName, came).Standing.Number
	refusal = b.refused(t, process.MayBeKnown, b.order(t, supervisor, uuid.NewString(), track.ReceiveName, came))
	require.Contains(t, refusal.Chinese, number)
	require.Equal(t, "all_the_same", refusal.Fields[0].Name)
	other := came
	other.Body = "县应急局"
	b.do(t, supervisor, uuid.NewString(), track.ReceiveName, other)
	came.AllTheSame = "同一文号的补充材料"
	b.do(t, supervisor, uuid.NewString(), track.ReceiveName, came)
}
