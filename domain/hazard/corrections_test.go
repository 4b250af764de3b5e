package hazard_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/letter"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

const boss = "boss"

// sought decides what asks for a change, and returns what it asks for.
func sought(t testing.TB, h hazard.Hazard, c hazard.Command, at process.Call) (hazard.Hazard, process.Sought) {
	t.Helper()
	e := env(t)
	e.Directory[boss] = process.Party{Kind: process.HeldByPerson, ID: boss, Name: "周副主任", Roles: []process.Role{process.Leader}}
	d, err := c.Decide(h, at, e)
	require.NoError(t, err)
	require.Len(t, d.Follow, 1)
	s, ok := d.Follow[0].Input.(process.Sought)
	require.True(t, ok)
	require.Equal(t, process.OpenRequest, d.Follow[0].Command)
	d.After.Version++
	return d.After, s
}

func agreed() process.Agreed {
	return process.Agreed{Request: "SQ-2026-0001", AskedBy: "孟庆岚", AgreedBy: "周副主任", Why: "写错了"}
}

// closed is a hazard that was rectified in one round.
func closed(t testing.TB) hazard.Hazard {
	t.Helper()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	h = then(t, h, handIn(), call(contact, 2))
	return then(t, h, hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{second}}, call(finder, 3))
}

// TestWhatIsSealedIsPutRightBesideWhatStandsThere: nothing changes when it is asked for; agreed to, a fact of the finding changes and a sealed round stays, and both show
// what was there and what is right.
func TestWhatIsSealedIsPutRightBesideWhatStandsThere(t *testing.T) {
	t.Parallel()
	h := closed(t)
	asked, s := sought(t, h, hazard.AskCorrection{What: "location", To: "原料库", Reason: "写错了", Decider: boss}, call(finder, 4))
	require.Equal(t, "成品库", asked.Location, "nothing has changed yet")
	require.Equal(t, []any{"成品库", "原料库", finder, hazard.CorrectName}, []any{s.Was, s.Becomes, s.ByID, s.Does})
	right := hazard.Correct{}
	require.NoError(t, json.Unmarshal([]byte(s.With), &right))
	right.Agreed = agreed()
	d, err := right.Decide(asked, call("", 5), env(t))
	require.NoError(t, err)
	require.Equal(t, firm, d.Notices[0].ToID, "the enterprise holds a notice that says otherwise")
	h = then(t, asked, right, call("", 5))
	require.Equal(t, "原料库", h.Location)
	require.Equal(t, []string{"成品库", "原料库", "孟庆岚", "周副主任"}, []string{h.Corrections[0].Was, h.Corrections[0].Becomes, h.Corrections[0].AskedBy, h.Corrections[0].AgreedBy})
	require.Equal(t, process.NothingChanged, code(t, h, right, call("", 5)), "it says so already")

	h = then(t, h, hazard.Correct{Agreed: agreed(), What: "round_1_completed", Was: call("", 2).Day().String(), Becomes: call("", 1).Day().String()}, call("", 5))
	require.Equal(t, call("", 2).Day(), h.Rounds[0].CompletedOn, "a sealed round stays as it is")
	require.Equal(t, call("", 1).Day().String(), h.RoundSays(1)[0].Becomes)
	require.Equal(t, process.WrongState, code(t, h, hazard.Correct{Agreed: agreed(), What: "round_1_measures", Was: "别的", Becomes: "x"}, call("", 5)), "whoever agreed read something else")

	require.Equal(t, process.SamePerson, code(t, h, hazard.AskCorrection{What: "location", To: "x", Reason: "x", Decider: finder}, call(finder, 4)))
	require.Equal(t, process.InvalidInput, code(t, h, hazard.AskCorrection{What: "location", To: "x", Reason: "x", Decider: second}, call(finder, 4)), "no leader")
	require.Equal(t, process.InvalidInput, code(t, h, hazard.AskCorrection{What: "round_1_completed", To: "昨天", Reason: "x", Decider: boss}, call(finder, 4)))
	require.Equal(t, process.InvalidInput, code(t, recorded(t, hazard.General), hazard.AskCorrection{What: "location", To: "x", Reason: "x", Decider: boss}, call(finder, 4)), "nothing is sealed yet")
}

// TestALookBackOpensAnotherRound with a notice and a whole ladder of its own; the former rounds stay. A deadline that is past is refused when it is asked for.
func TestALookBackOpensAnotherRound(t *testing.T) {
	t.Parallel()
	h := closed(t)
	require.Equal(t, process.ImpossibleDate, code(t, h, hazard.AskReopening{Found: "又堆高", Requirement: "降低", DueOn: call(finder, 3).Day(), Decider: boss}, call(finder, 30)))
	asked, s := sought(t, h, hazard.AskReopening{Found: "又堆高", Requirement: "降低", DueOn: call(finder, 60).Day(), Decider: boss}, call(finder, 30))
	require.True(t, asked.Done)
	opened := hazard.Reopen{}
	require.NoError(t, json.Unmarshal([]byte(s.With), &opened))
	opened.Agreed = agreed()
	opened.Why = "又堆高"
	open := then(t, asked, opened, call("", 31))
	require.Equal(t, []any{false, rectification.Rectifying, 2, "", firm}, []any{open.Done, open.State, open.Round, open.Result, open.Holder.ID})
	require.Nil(t, open.ClosedAt)
	require.Zero(t, open.DeadlineChanges, "its deadline is a new one")
	listed := asked
	listed.Level, listed.Listing, listed.DeadlineChanges = hazard.Major, &hazard.Listing{UnitID: "bureau", Body: "县应急管理局", ClearedOn: call("", 3).Day()}, 2
	again, err := opened.Decide(listed, call("", 31), env(t))
	require.NoError(t, err)
	require.Contains(t, again.Notices, process.Notice{Kind: process.NoticeReopened, ToKind: process.HeldByUnit, ToID: "bureau"}, "the body that had cleared it hears of it")
	require.Zero(t, again.After.DeadlineChanges)
	require.True(t, open.ClosedOn.IsZero())
	require.Equal(t, asked.Rounds[0], open.Rounds[0], "what was sealed stays")
	k := open.Clocks[len(open.Clocks)-1]
	require.Equal(t, []any{2, call("", 60).Day(), 0}, []any{k.Round, k.DueOn, len(k.Fired)})
	require.NotNil(t, open.NextWake, "its ladder is armed")
	says := open.Says(2)
	require.Equal(t, []string{call("", 31).Day().Chinese(), "又堆高", "又堆高"}, []string{says.Texts["检查日期"], says.Texts["隐患描述"], says.Lists["问题"][0]["描述"]}, "its notice says the look-back, not the re-inspection that passed")
	require.Equal(t, "堆垛过高。遮挡喷淋", open.Says(1).Texts["隐患描述"])
	require.Equal(t, process.WrongState, code(t, open, opened, call("", 31)))
	withdrawn := then(t, recorded(t, hazard.General), hazard.Withdraw{Reason: "重复"}, call(finder, 1))
	require.Equal(t, process.WrongState, code(t, withdrawn, hazard.AskReopening{Found: "x", Requirement: "x", DueOn: call(finder, 60).Day(), Decider: boss}, call(finder, 30)))
}

// TestAMajorHazardIsHeldForGeneralOnlyOnceAgreed: its plan is awaited no longer, its progress is asked for no longer; what is listed or stopped is not lowered.
func TestAMajorHazardIsHeldForGeneralOnlyOnceAgreed(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.Major), notice(), call(finder, 0))
	asked, s := sought(t, h, hazard.AskDowngrade{Reason: "储量低于临界量", Decider: boss}, call(finder, 1))
	require.Equal(t, []any{hazard.Major, hazard.RegradeName}, []any{asked.Level, s.Does})
	lower := then(t, asked, hazard.Regrade{Agreed: agreed()}, call("", 2))
	d, err := hazard.Regrade{Agreed: agreed()}.Decide(asked, call("", 2), env(t))
	require.NoError(t, err)
	require.Equal(t, []process.HolderKind{process.HeldByEnterprise, process.HeldByPerson, process.ToRole, process.ToRegulator}, told(d.Notices), "leaders and department were told of a major one")
	require.Equal(t, []any{hazard.General, rectification.Rectifying}, []any{lower.Level, lower.State})
	_, name := lower.Wakes()
	require.Empty(t, name, "its progress is asked for no longer")
	require.Equal(t, process.WrongState, code(t, lower, hazard.Regrade{Agreed: agreed()}, call("", 2)))
	stopped := then(t, h, hazard.OrderStop{Scope: hazard.Partial, What: "罐区", Body: "县应急管理局", Document: "应急现决〔2026〕3号", Reason: "x"}, call(finder, 1))
	require.Equal(t, process.WrongState, code(t, stopped, hazard.AskDowngrade{Reason: "x", Decider: boss}, call(finder, 1)))
}

// TestOneHazardOfANoticeIsTakenBackAlone: by nobody alone once the notice is out.
func TestOneHazardOfANoticeIsTakenBackAlone(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	require.Equal(t, process.WrongState, code(t, h, hazard.Withdraw{Reason: "重复登记"}, call(finder, 1)))
	_, s := sought(t, h, hazard.AskWithdrawal{Reason: "重复登记", Decider: boss}, call(finder, 1))
	require.Equal(t, hazard.VoidName, s.Does)
	void := then(t, h, hazard.Void{Agreed: agreed()}, call("", 2))
	require.Equal(t, []any{true, hazard.Withdrawn}, []any{void.Done, void.Result})
	require.Equal(t, process.Closed, code(t, void, hazard.AskWithdrawal{Reason: "x", Decider: boss}, call(finder, 3)))
	require.Equal(t, process.WrongState, code(t, recorded(t, hazard.General), hazard.AskWithdrawal{Reason: "x", Decider: boss}, call(finder, 1)), "nobody was told of it")

	major := recorded(t, hazard.Major)
	require.Equal(t, process.WrongState, code(t, major, hazard.Withdraw{Reason: "重复登记"}, call(finder, 1)), "leader and department were told when it was found")
	asked, _ := sought(t, major, hazard.AskWithdrawal{Reason: "重复登记", Decider: boss}, call(finder, 1))
	d, err := hazard.Void{Agreed: agreed()}.Decide(asked, call("", 2), env(t))
	require.NoError(t, err)
	require.True(t, d.After.Done)
	require.Equal(t, []process.HolderKind{process.HeldByPerson, process.ToRole, process.ToRegulator}, told(d.Notices), "the enterprise never heard of it: no notice was out")
	noticed := then(t, recorded(t, hazard.Major), notice(), call(finder, 0))
	asked, _ = sought(t, noticed, hazard.AskWithdrawal{Reason: "重复登记", Decider: boss}, call(finder, 1))
	d, err = hazard.Void{Agreed: agreed()}.Decide(asked, call("", 2), env(t))
	require.NoError(t, err)
	require.Equal(t, []process.HolderKind{process.HeldByEnterprise, process.HeldByPerson, process.ToRole, process.ToRegulator}, told(d.Notices))
}

// told are the sorts of those who are told, in their order.
func told(all []process.Notice) []process.HolderKind {
	var kinds []process.HolderKind
	for _, n := range all {
		kinds = append(kinds, n.ToKind)
	}
	return kinds
}

// TestASupplementaryNoticeAddsPoints: what was asked for stays the first point, what is added is judged with it, and the deadline stays.
func TestASupplementaryNoticeAddsPoints(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	due := h.DueOn
	h = then(t, h, hazard.Supplement{Points: "补应急照明\n清通道", Reason: "复核时发现"}, call(finder, 1))
	r := h.Rounds[0]
	require.Equal(t, []rectification.Point{{Point: 1, Text: "降低堆垛"}, {Point: 2, Text: "补应急照明"}, {Point: 3, Text: "清通道"}}, r.Points)
	require.Equal(t, []any{"降低堆垛", due, 2, 3}, []any{r.Requirement, h.DueOn, r.Supplements[0].From, r.Supplements[0].Until})
	require.Equal(t, "补应急照明", h.Says(1).Lists["补充"][0]["要求"])
	late := then(t, h, handIn(), call(contact, 2))
	require.Equal(t, process.WrongState, code(t, late, hazard.Supplement{Points: "x", Reason: "x"}, call(finder, 3)))
	require.Equal(t, process.ImpossibleDate, code(t, h, hazard.Supplement{Points: "x", Reason: "x"}, call(finder, -1)))
}

// TestALetterSaysEverySupplementThatItServes: those that no letter that stands says yet, and none that one says; void, they are said anew.
func TestALetterSaysEverySupplementThatItServes(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	points := func() (said []string) {
		for _, row := range h.Says(1).Lists["补充"] {
			said = append(said, row["序号"])
		}
		return said
	}
	letterOut := func(number string) {
		one := letter.Letter{Seq: len(h.Issued) + 1, Deed: "supplement", Of: 1, Number: number}
		h.Issued = append(h.Issued, one)
		h.Numbered(one)
	}
	h = then(t, h, hazard.Supplement{Points: "补应急照明\n清通道", Reason: "复核时发现"}, call(finder, 1))
	h = then(t, h, hazard.Supplement{Points: "换门", Reason: "中午又发现"}, call(finder, 1))
	require.Equal(t, []string{"2", "3", "4"}, points())
	require.Equal(t, []string{"第 2 至 3 项、第 4 项", "复核时发现；中午又发现"}, []string{h.Says(1).Texts["补充项"], h.Says(1).Texts["补充原因"]})
	letterOut("补1")
	require.Equal(t, []string{"2", "3", "4"}, points(), "what it said")
	h = then(t, h, hazard.Supplement{Points: "配灭火器", Reason: "再次复核"}, call(finder, 2))
	require.Equal(t, []string{"5"}, points())
	letterOut("补2")
	h.Issued[0].Void = &letter.Voided{}
	require.Equal(t, []string{"2", "3", "4"}, points(), "its letter stands no more")
	letterOut("补3")
	numbers := []string{}
	for _, s := range h.Rounds[0].Supplements {
		numbers = append(numbers, s.Number)
	}
	require.Equal(t, []string{"补3", "补3", "补2"}, numbers)
}

// TestClosingRecordsWhatItMadeVoid: the rungs that lay ahead are on the clock that stopped, whatever closed the case, and none of them is among those that fired.
func TestClosingRecordsWhatItMadeVoid(t *testing.T) {
	t.Parallel()
	h := then(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), handIn(), call(contact, 2))
	act, err := hazard.Entry().Read(hazard.ReinspectName, json.RawMessage(`{"result":"pass","opinion":"合格","inspector_ids":["`+second+`"]}`))
	if err != nil { // the ids of this test are no ids: what is understood is enough
		act.Input = hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{second}}
	}
	e := env(t)
	result, err := act.Decide(&h, call(finder, 3), process.Env{Rules: e.Definition, Directory: e.Directory, Uploads: e.Uploads, Calendar: e.Calendar})
	require.NoError(t, err)
	k := (*result.After.Timed())[2]
	rungs := []string{}
	for _, c := range k.Cancelled {
		rungs = append(rungs, c.Rung)
		require.Equal(t, call(finder, 3).RecordedAt, c.At)
	}
	require.Equal(t, []string{"two_before", "due", "three_after"}, rungs)
	require.Empty(t, k.Fired)
	require.Empty(t, (*result.After.Timed())[1].Cancelled, "what was handed in in time was not closed by that")
}
