package store_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/domain/request"
	"github.com/parkway-zone/parkway/store"
)

// rectified is a hazard that was closed in one round.
func (b *bundle) rectified(t *testing.T) string {
	t.Helper()
	id, supervisor := b.recordHazard(t), b.As(process.SafetySupervisor)
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: clock.DateOf(b.now).AddDays(7), InspectorIDs: []string{b.Second.ID}})
	b.do(t, b.Contact, id, hazard.HandInName, hazard.HandIn{Measures: "已清理", Attachments: b.evidence(t, b.Contact)})
	b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
	return id
}

// requested is the open request in somebody's work, once what follows was carried out.
func (b *bundle) requested(t *testing.T, who process.Actor) string {
	t.Helper()
	b.carry(t)
	work, _, err := b.Store.WorkTab(t.Context(), who, "todo", "", 50)
	require.NoError(t, err)
	if i := slices.IndexFunc(work, func(r store.WorkRow) bool { return r.Kind == string(request.Kind) }); i >= 0 {
		return work[i].ID
	}
	return ""
}

// TestASecondPersonAgrees: what is closed is put right, and opened again, only by somebody else's word: not by whoever asked, be they a leader, in bulk or named; what
// nobody decided goes back by itself, and nothing has changed.
func TestASecondPersonAgrees(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, other := b.As(process.SafetySupervisor), b.As(process.Leader), b.inUnit(t, process.Leader, b.Section)
	id := b.rectified(t)
	read := func() store.Hazard {
		t.Helper()
		b.carry(t)
		h, err := b.Store.Hazard(t.Context(), supervisor, id)
		require.NoError(t, err)
		return h
	}
	was := read().Location
	ask := hazard.AskCorrection{What: "location", To: "原料库", Reason: "写错了", Decider: leader.ID}
	b.refused(t, process.SamePerson, b.order(t, leader, id, hazard.AskCorrectionName, ask))
	own := ask
	own.Decider = other.ID
	b.do(t, leader, id, hazard.AskCorrectionName, own)
	first := b.requested(t, other)
	require.NotEmpty(t, first, "it is in the other leader's work")
	b.refused(t, process.SamePerson, b.order(t, leader, first, request.AgreeName, request.Agree{}))
	batch := leader
	batch.Through = process.TheBatch
	b.refused(t, process.SamePerson, b.order(t, batch, first, request.AgreeName, request.Agree{}))
	b.refused(t, process.NotAllowed, b.order(t, supervisor, first, request.AgreeName, request.Agree{}))
	require.Equal(t, was, read().Location)
	b.do(t, other, first, request.RefuseName, request.Refuse{Reason: "与现场记录一致"})
	require.Equal(t, was, read().Location)
	require.Contains(t, b.told(t, leader, first), process.NoticeRefused)

	b.do(t, supervisor, id, hazard.AskCorrectionName, ask)
	second := b.requested(t, leader)
	b.do(t, leader, second, request.AgreeName, request.Agree{Opinion: "同意"})
	h := read()
	require.Equal(t, []string{"原料库", was, "原料库", supervisor.Name, leader.Name}, []string{h.Location, h.Corrections[0].Was, h.Corrections[0].Becomes, h.Corrections[0].AskedBy, h.Corrections[0].AgreedBy})
	require.Contains(t, b.told(t, supervisor, second), process.NoticeAgreed)

	due := clock.DateOf(b.now).AddDays(20)
	b.do(t, supervisor, id, hazard.AskReopeningName, hazard.AskReopening{Found: "又堆高", Requirement: "降低", DueOn: due, Decider: leader.ID})
	third := b.requested(t, leader)
	b.do(t, leader, third, request.AgreeName, request.Agree{})
	h = read()
	require.Equal(t, []any{false, rectification.Rectifying, 2, due, "又堆高"}, []any{h.Done, h.State, h.Round, h.DueOn, h.Rounds[1].LookedBack})
	require.NotEmpty(t, h.Rounds[1].NoticeNumber)
	require.NotEqual(t, h.Rounds[0].NoticeNumber, h.Rounds[1].NoticeNumber)
	require.NotEmpty(t, h.Clocks[2].Cancelled, "the first closing made the rest of that ladder void")
	require.Contains(t, b.told(t, supervisor, id), process.NoticeReopened)
	require.Equal(t, b.Enterprise, h.Holder.ID, "the enterprise has it in hand again")

	b.do(t, supervisor, id, hazard.SupplementName, hazard.Supplement{Points: "补应急照明", Reason: "复核时发现"})
	added := b.letterOf(t, id, "supplementary_notice", nil)
	require.Equal(t, added.Number, read().Rounds[1].Supplements[0].Number)
	b.do(t, supervisor, id, hazard.SupplementName, hazard.Supplement{Points: "清通道", Reason: "再次复核"})
	more := b.letterOf(t, id, "supplementary_notice", nil)
	require.NotEqual(t, added.Number, more.Number)
	require.Equal(t, []string{added.Number, more.Number}, []string{read().Rounds[1].Supplements[0].Number, read().Rounds[1].Supplements[1].Number})

	b.do(t, supervisor, id, hazard.AskWithdrawalName, hazard.AskWithdrawal{Reason: "重复登记", Decider: leader.ID})
	fourth := b.requested(t, leader)
	for range 6 {
		s, err := b.Store.Standing(t.Context(), fourth)
		require.NoError(t, err)
		if s.NextWake == nil {
			break
		}
		b.now = *s.NextWake
		b.do(t, process.TheClock(), fourth, request.Kind.Does("remind"), struct{}{})
	}
	s, err := b.Store.Standing(t.Context(), fourth)
	require.NoError(t, err)
	require.Equal(t, []any{request.Returned, true}, []any{s.State, s.Done}, "silence agrees to nothing")
	b.refused(t, process.Closed, b.order(t, leader, fourth, request.AgreeName, request.Agree{}))
	require.False(t, read().Done)
	for _, each := range []string{id, first, second, third, fourth} {
		require.Empty(t, b.verify(t, each).Faults(), "the history alone tells the same case again")
	}
}

// TestALowerLevelIsMootOnceTheHazardIsClosed: the request ends with what it was about.
func TestALowerLevelIsMootOnceTheHazardIsClosed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader := b.As(process.SafetySupervisor), b.As(process.Leader)
	id := b.majorHazard(t)
	b.do(t, supervisor, id, hazard.AskDowngradeName, hazard.AskDowngrade{Reason: "低于临界量", Decider: leader.ID})
	lower := b.requested(t, leader)
	b.do(t, supervisor, id, hazard.AskWithdrawalName, hazard.AskWithdrawal{Reason: "重复登记", Decider: leader.ID})
	b.carry(t)
	work, _, err := b.Store.WorkTab(t.Context(), leader, "todo", "", 50)
	require.NoError(t, err)
	i := slices.IndexFunc(work, func(r store.WorkRow) bool { return r.Kind == string(request.Kind) && r.ID != lower })
	require.GreaterOrEqual(t, i, 0)
	b.do(t, leader, work[i].ID, request.AgreeName, request.Agree{})
	b.carry(t)
	b.carry(t) // what follows from what followed
	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Equal(t, []any{true, hazard.Withdrawn, hazard.Major}, []any{h.Done, h.Result, h.Level})
	s, err := b.Store.Standing(t.Context(), lower)
	require.NoError(t, err)
	require.Equal(t, request.Moot, s.State)
}

// TestTheSameIsNotAskedOfTwoLeaders: else one agrees to what the other refuses. The second one is refused where it is asked, by the number of the first, also before that has one:
// nothing is acknowledged and dropped. Two facts can be put right at once, one fact not; whoever decides is reminded before it lapses.
func TestTheSameIsNotAskedOfTwoLeaders(t *testing.T) {
	t.Parallel()
	b := setup(t)
	supervisor, leader, other := b.As(process.SafetySupervisor), b.As(process.Leader), b.inUnit(t, process.Leader, b.Section)
	waiting := func(id string) int {
		t.Helper()
		b.carry(t)
		return len(b.rows(t, "SELECT id::text FROM cases WHERE kind = 'request' AND NOT done AND parent_id = '"+id+"'"))
	}
	asks := func(who process.Actor, id string, name process.Name, ask any, expected string) {
		t.Helper()
		refusal := b.refused(t, process.WrongState, b.order(t, who, id, name, ask))
		require.Contains(t, refusal.Chinese, expected)
	}
	major := b.majorHazard(t)
	b.do(t, supervisor, major, hazard.AskDowngradeName, hazard.AskDowngrade{Reason: "低于临界量", Decider: leader.ID})
	asks(supervisor, major, hazard.AskDowngradeName, hazard.AskDowngrade{Reason: "低于临界量", Decider: other.ID}, "刚刚提出")
	require.Equal(t, 1, waiting(major))
	asks(other, major, hazard.AskDowngradeName, hazard.AskDowngrade{Reason: "不是重大", Decider: leader.ID}, b.rows(t, "SELECT number FROM cases WHERE kind = 'request' AND parent_id = '"+major+"'")[0])
	closed := b.rectified(t)
	correct := func(what, to string) hazard.AskCorrection {
		return hazard.AskCorrection{What: what, To: to, Reason: "写错了", Decider: leader.ID}
	}
	b.do(t, supervisor, closed, hazard.AskCorrectionName, correct("location", "原料库"))
	asks(supervisor, closed, hazard.AskCorrectionName, correct("location", "成品库东侧"), "刚刚提出")
	b.do(t, supervisor, closed, hazard.AskCorrectionName, correct("clause", "第 3 条"))
	require.Equal(t, 2, waiting(closed))
	asks(other, closed, hazard.AskCorrectionName, correct("location", "成品库东侧"), "SQ-")
	withdrawn := b.rows(t, "SELECT id::text FROM cases WHERE kind = 'request' AND NOT done AND parent_id = '"+closed+"' ORDER BY number")
	for _, one := range withdrawn { // once nothing waits it can be asked for again
		b.do(t, supervisor, one, request.WithdrawName, request.Withdraw{Reason: "写错了"})
	}
	b.do(t, supervisor, closed, hazard.AskCorrectionName, correct("location", "成品库东侧"))
	require.Equal(t, 1, waiting(closed))
	b.do(t, supervisor, closed, hazard.AskReopeningName, hazard.AskReopening{Found: "又堆高", Requirement: "降低", DueOn: clock.DateOf(b.now).AddDays(20), Decider: leader.ID})
	b.carry(t)
	urgent := b.rows(t, "SELECT id::text FROM cases WHERE kind = 'request' AND NOT done AND stage = 'reopen'")[0]
	s, err := b.Store.Standing(t.Context(), urgent)
	require.NoError(t, err)
	require.True(t, s.NextWake.Before(s.DueOn.AddDays(1).Start()), "whoever decides hears of it before it lapses")
	b.now = *s.NextWake
	b.do(t, process.TheClock(), urgent, request.Kind.Does("remind"), struct{}{})
	require.Contains(t, b.told(t, leader, urgent), process.NoticeReminder)
}
