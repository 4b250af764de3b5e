package hazard_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

func fivePoints() hazard.Plan {
	return hazard.Plan{Responsible: "厂长", Measures: "换阀", Funds: "30 万元", TimeLimit: "三个月", Contingency: "停用罐区"}
}

func planned(t testing.TB) hazard.Hazard {
	t.Helper()
	n := notice()
	n.DueOn = call(finder, 90).Day()
	return then(t, recorded(t, hazard.Major), n, call(finder, 0))
}

func treated(t testing.TB) hazard.Hazard {
	t.Helper()
	return then(t, planned(t), hazard.FilePlan{Plan: fivePoints()}, call(contact, 3))
}

func listed(t testing.TB) hazard.Hazard {
	t.Helper()
	return then(t, treated(t), hazard.ListMajor{Body: "泗县安委会", Document: "泗安委督〔2026〕2号"}, call(finder, 4))
}

func paper(id string) []process.Evidence { return []process.Evidence{{UploadID: id}} }

// TestAMajorHazardIsUnderRectificationOnceItsPlanIsComplete: 五落实. Until then nothing can be handed in, and the plan has a deadline of its own.
func TestAMajorHazardIsUnderRectificationOnceItsPlanIsComplete(t *testing.T) {
	t.Parallel()
	h := planned(t)
	require.Equal(t, rectification.Planned, h.State)
	require.Equal(t, rectification.Planning, h.Clocks[1].Name)
	require.Equal(t, "2026-03-16", h.DueOn.String(), "ten working days for the plan")
	require.Equal(t, firm, h.Holder.ID)
	require.Equal(t, process.WrongState, code(t, h, handIn(), call(contact, 1)), "nothing is handed in before the plan")
	for _, missing := range []func(*hazard.Plan){func(p *hazard.Plan) { p.Responsible = "" }, func(p *hazard.Plan) { p.Measures = " " }, func(p *hazard.Plan) { p.Funds = "" },
		func(p *hazard.Plan) { p.TimeLimit = "" }, func(p *hazard.Plan) { p.Contingency = "" }} {
		half := fivePoints()
		missing(&half)
		require.Equal(t, process.InvalidInput, code(t, h, hazard.FilePlan{Plan: half}, call(contact, 2)))
	}
	h = then(t, h, hazard.FilePlan{Plan: fivePoints()}, call(contact, 3))
	require.Equal(t, rectification.Rectifying, h.State)
	require.Equal(t, call(finder, 90).Day(), h.DueOn, "the day on the notice stays")
	require.Equal(t, clock.OnTime, h.Clocks[1].Verdict)
	require.Equal(t, process.WrongState, code(t, h, hazard.FilePlan{Plan: fivePoints()}, call(contact, 4)))
	require.Equal(t, rectification.Rectifying, then(t, recorded(t, hazard.General), notice(), call(finder, 0)).State, "a general one needs none")
}

// TestWeeklyProgressIsAskedForAndWhatIsMissingListed: on the day, once; a day later it is missing for good, and the next week begins.
func TestWeeklyProgressIsAskedForAndWhatIsMissingListed(t *testing.T) {
	t.Parallel()
	h := treated(t)
	wake := func() process.Decision[hazard.Hazard] {
		require.NotNil(t, h.NextWake)
		d, err := hazard.On(casework.Remind{}).Decide(h, process.Call{Key: "k", Actor: process.TheClock(), OccurredAt: *h.NextWake, RecordedAt: *h.NextWake}, env(t))
		require.NoError(t, err)
		require.True(t, d.After.NextWake.After(*h.NextWake), "the clock never spins")
		d.After.Version++
		h = d.After
		return d
	}
	until := func(kind string) clock.Date {
		for range 20 {
			at := *h.NextWake
			if d := wake(); slices.ContainsFunc(d.Notices, func(n process.Notice) bool { return n.Kind == kind }) {
				return clock.DateOf(at)
			}
		}
		t.Fatalf("nobody is told of %s", kind)
		return clock.Date{}
	}
	require.Equal(t, "2026-03-09", until(process.NoticeProgress).String(), "a week after the notice")
	require.Equal(t, "2026-03-10", until(process.NoticeMissed).String())
	require.Equal(t, []hazard.Missed{{On: clock.NewDate(2026, 3, 9)}}, h.Rhythms[0].Missed)
	h = then(t, h, hazard.TellProgress{Done: "阀门已到货"}, call(contact, 9))
	require.Equal(t, "2026-03-23", h.Rhythms[0].DueOn.String(), "what was told early counts for its week")
	require.Equal(t, "2026-03-23", until(process.NoticeProgress).String(), "and nobody is reminded of it")
	h = then(t, h, handIn(), call(contact, 21))
	_, name := h.Wakes()
	require.Empty(t, name, "what is handed in waits for the zone: nobody owes progress")
	require.Equal(t, process.WrongState, code(t, h, hazard.TellProgress{Done: "x"}, call(contact, 22)))
	require.Len(t, h.Rhythms[0].Missed, 1)
}

// TestALateReinspectionThatFailsOpensTheNextRound: on a clock that has turned past the day, the case goes on, with a full ladder, and the enterprise is told.
func TestALateReinspectionThatFailsOpensTheNextRound(t *testing.T) {
	t.Parallel()
	h := then(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), handIn(), call(contact, 5))
	for range 2 { // the reminder before the day, and the flag on it
		at := *h.NextWake
		h = then(t, h, hazard.On(casework.Remind{}), process.Call{Key: "k", Actor: process.TheClock(), OccurredAt: at, RecordedAt: at})
	}
	require.NotNil(t, h.OverdueSince)
	require.Equal(t, rectification.Reported, h.State, "late, and still where it stands")
	fail := hazard.Reinspect{Result: "fail", Opinion: "不彻底", InspectorIDs: []string{second}, Requirement: "继续", DueOn: call(finder, 40).Day()}
	d, err := fail.Decide(h, call(finder, 16), env(t))
	require.NoError(t, err)
	h = d.After
	require.False(t, h.Done)
	require.Equal(t, rectification.Rectifying, h.State)
	require.Nil(t, h.OverdueSince, "the new round is not late")
	require.Equal(t, clock.Late, h.Clocks[2].Verdict, "the re-inspection was")
	require.Contains(t, d.Notices, process.Notice{Kind: process.NoticeFailed, ToKind: process.HeldByEnterprise, ToID: firm, As: []process.Function{process.AsContact}})
	var said []string
	for h.NextWake.Before(call(finder, 70).OccurredAt) {
		at := *h.NextWake
		h = then(t, h, hazard.On(casework.Remind{}), process.Call{Key: "k", Actor: process.TheClock(), OccurredAt: at, RecordedAt: at})
	}
	for _, f := range h.Clocks[3].Fired {
		said = append(said, f.Rung)
	}
	require.Equal(t, []string{"three_before", "due", "one_after", "order", "interview", "refer"}, said[:6])
}

// TestHowTheDaysOfAnotherRoundAreReckoned: afresh, those that were left, or fewer than before.
func TestHowTheDaysOfAnotherRoundAreReckoned(t *testing.T) {
	t.Parallel()
	reported := then(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), handIn(), call(contact, 5)) // two of seven days were left
	fail := func(policy string, due clock.Date) hazard.Reinspect {
		return hazard.Reinspect{Result: "fail", Opinion: "不彻底", InspectorIDs: []string{second}, Requirement: "继续", Policy: policy, DueOn: due}
	}
	day := func(n int) clock.Date { return call(finder, n).Day() }
	require.Equal(t, day(8), then(t, reported, fail("remaining", clock.Date{}), call(finder, 6)).DueOn)
	require.Equal(t, process.InvalidInput, code(t, reported, fail("remaining", day(30)), call(finder, 6)), "where they are reckoned no day is named")
	require.Equal(t, day(10), then(t, reported, fail("shortened", day(10)), call(finder, 6)).DueOn)
	require.Equal(t, process.InvalidInput, code(t, reported, fail("shortened", day(13)), call(finder, 6)), "seven days are not fewer than seven")
	h := then(t, reported, fail("", day(30)), call(finder, 6))
	require.Equal(t, rectification.Fresh, h.Rounds[1].Policy)
	require.Equal(t, hazard.Advice, h.Rounds[1].Series)
	late := then(t, then(t, recorded(t, hazard.General), notice(), call(finder, 0)), handIn(), call(contact, 9))
	require.Equal(t, process.InvalidInput, code(t, late, fail("remaining", clock.Date{}), call(finder, 10)), "none were left")
}

// TestEachPointIsJudged: all passed, or the round has failed and the next is about the others.
func TestEachPointIsJudged(t *testing.T) {
	t.Parallel()
	n := notice()
	n.Points = "降低堆垛\n\n清理通道\n补贴标识"
	h := then(t, then(t, recorded(t, hazard.General), n, call(finder, 0)), handIn(), call(contact, 5))
	verdict := func(result string, points map[string]string) hazard.Reinspect {
		return hazard.Reinspect{Result: result, Opinion: "见各项", InspectorIDs: []string{second}, Requirement: "继续", DueOn: call(finder, 30).Day(), Points: points}
	}
	require.Equal(t, process.InvalidInput, code(t, h, verdict("", map[string]string{"1": "pass", "2": "pass"}), call(finder, 6)), "the third was not judged")
	require.Equal(t, process.InvalidInput, code(t, h, verdict("pass", map[string]string{"1": "pass", "2": "fail", "3": "pass"}), call(finder, 6)), "not all of them have passed")
	require.Equal(t, process.InvalidInput, code(t, h, verdict("", map[string]string{"1": "pass", "2": "pass", "3": "pass", "4": "pass"}), call(finder, 6)), "there is no fourth")
	failed := then(t, h, verdict("", map[string]string{"1": "pass", "2": "fail", "3": "pass"}), call(finder, 6))
	require.Equal(t, []rectification.Point{{Point: 1, Text: "清理通道"}}, failed.Rounds[1].Points)
	require.Equal(t, "pass", failed.Rounds[0].Points[0].Verdict)
	require.True(t, then(t, h, verdict("", map[string]string{"1": "pass", "2": "pass", "3": "pass"}), call(finder, 6)).Done)
}

// TestAStopIsLiftedOnlyAfterAReview: partial is not full, nothing closes under it, and the zone orders only what was delegated to it.
func TestAStopIsLiftedOnlyAfterAReview(t *testing.T) {
	t.Parallel()
	order := hazard.OrderStop{Scope: hazard.Partial, What: "喷涂车间", Body: "泗县应急管理局", Document: "（泗）应急现决〔2026〕3号", Reason: "报警失效"}
	all := order
	all.What, all.Scope = "", hazard.Partial
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0))
	require.Equal(t, process.InvalidInput, code(t, h, all, call(finder, 1)), "a partial one says of what")
	own := order
	own.Body = ""
	require.Equal(t, process.InvalidInput, code(t, h, own, call(finder, 1)), "no enforcement was delegated")
	delegated := env(t)
	delegated.Enforces = true
	_, err := own.Decide(h, call(finder, 1), delegated)
	require.NoError(t, err)
	h = then(t, h, order, call(finder, 1))
	require.Equal(t, process.WrongState, code(t, h, order, call(finder, 1)), "one at a time")
	lift := hazard.LiftStop{Review: "隐患已消除", InspectorIDs: []string{second}}
	require.Equal(t, process.WrongState, code(t, h, lift, call(finder, 2)), "there is nothing to review")
	h = then(t, h, handIn(), call(contact, 3))
	pass := hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{second}}
	require.Equal(t, process.WrongState, code(t, h, pass, call(finder, 4)), "not closed under an order to stop")
	require.Equal(t, process.WrongState, code(t, h, hazard.Withdraw{Reason: "x"}, call(finder, 4)))
	alone := lift
	alone.InspectorIDs = nil
	require.Equal(t, process.SamePerson, code(t, h, alone, call(finder, 4)), "a review needs two")
	h = then(t, h, lift, call(finder, 4))
	require.Equal(t, call(finder, 4).Day(), h.Stops[0].LiftedOn)
	require.True(t, then(t, h, pass, call(finder, 5)).Done)
}

// TestOnlyTheBodyThatListedAHazardClearsIt: whatever the zone does, it is not closed; three steps, then the body's word.
func TestOnlyTheBodyThatListedAHazardClearsIt(t *testing.T) {
	t.Parallel()
	h := listed(t)
	require.Equal(t, process.WrongState, code(t, recorded(t, hazard.General), hazard.ListMajor{Body: "x", Document: "y"}, call(finder, 1)), "only a major one is listed")
	require.Equal(t, process.WrongState, code(t, h, hazard.ListMajor{Body: "x", Document: "y"}, call(finder, 5)))
	require.Equal(t, process.WrongState, code(t, h, hazard.Withdraw{Reason: "x"}, call(finder, 5)))
	require.Equal(t, []string{hazard.Weekly, hazard.ByMonth}, []string{h.Rhythms[0].Rhythm, h.Rhythms[1].Rhythm})
	accept := func(step string) hazard.Accept {
		return hazard.Accept{Step: step, Result: "pass", People: "王工（省化工学会）", Opinion: "符合要求", Attachments: paper("file")}
	}
	require.Equal(t, process.WrongState, code(t, h, accept("own"), call(finder, 5)), "nothing was handed in")
	h = then(t, h, handIn(), call(contact, 30))
	pass := hazard.Reinspect{Result: "pass", Opinion: "合格", InspectorIDs: []string{second}}
	require.Equal(t, process.InvalidInput, code(t, h, pass, call(finder, 31)), "the third step before the first")
	require.Equal(t, process.InvalidInput, code(t, h, accept("expert"), call(finder, 31)), "the second before the first")
	h = then(t, h, accept("own"), call(finder, 31))
	h = then(t, h, accept("expert"), call(finder, 31))
	h = then(t, h, pass, call(finder, 32))
	require.False(t, h.Done, "passed is not cleared")
	require.Equal(t, rectification.Clearing, h.State)
	require.Equal(t, process.WrongState, code(t, h, hazard.Withdraw{Reason: "x"}, call(finder, 33)))
	clear := hazard.Clear{Result: "pass", Document: "泗安委督〔2026〕2号-销", Signed: "周某", Opinion: "同意摘牌", Attachments: paper("file")}
	require.Equal(t, process.NotAllowed, code(t, h, clear, call(finder, 33)), "a supervisor is not the body")
	boss := call(finder, 33)
	boss.Actor.Roles = process.Of(process.Leader)
	again := clear
	again.Result, again.Requirement, again.DueOn = "fail", "补做试压", call(finder, 60).Day()
	require.Equal(t, 2, then(t, h, again, boss).Round, "not cleared: another round")
	done := then(t, h, clear, boss)
	require.True(t, done.Done)
	require.Equal(t, call(finder, 33).Day(), done.Listing.ClearedOn)
}

// TestMoreTimeForAListedHazardIsAskedForInTime: 15 working days before the end.
func TestMoreTimeForAListedHazardIsAskedForInTime(t *testing.T) {
	t.Parallel()
	h := listed(t) // due on 2026-05-31
	e := process.Env{Rules: env(t).Definition}
	require.NoError(t, h.Petition(call(contact, 60), e))
	require.Error(t, h.Petition(call(contact, 75), e))
	free := treated(t)
	require.NoError(t, free.Petition(call(contact, 75), e), "one that nobody listed has no such day")
}

// TestADeadlineIsNeverMovedIntoThePast: in every form that moves one.
func TestADeadlineIsNeverMovedIntoThePast(t *testing.T) {
	t.Parallel()
	h := then(t, recorded(t, hazard.General), notice(), call(finder, 0)) // due on day 7
	require.Equal(t, process.ImpossibleDate, code(t, h, hazard.ChangeDeadline{DueOn: call(finder, 9).Day(), Reason: "x"}, call(finder, 10)))
	require.Equal(t, process.ImpossibleDate, code(t, h, hazard.On(casework.Extend{Amount: 2, Reason: "x"}), call(finder, 10)))
	grant := casework.GrantExtension{Request: "YQ-1", Clock: 2, Until: call(finder, 9).Day(), Reason: "x", By: "y"}
	require.Equal(t, process.ImpossibleDate, code(t, h, hazard.On(grant), call(finder, 10)))
	h = then(t, h, handIn(), call(contact, 5))
	past := hazard.Reinspect{Result: "fail", Opinion: "x", InspectorIDs: []string{second}, Requirement: "y", DueOn: call(finder, 9).Day()}
	require.Equal(t, process.ImpossibleDate, code(t, h, past, call(finder, 10)))
}

// TestAnOfficesOwnLevelIsOneOfTheStatutoryTwo: the legal level follows from it.
func TestAnOfficesOwnLevelIsOneOfTheStatutoryTwo(t *testing.T) {
	t.Parallel()
	e := env(t)
	e.Levels = []process.OwnLevel{{Code: "A", Name: "重点", Statutory: "major"}, {Code: "B", Name: "较大", Statutory: "general"}}
	record := hazard.Record{EnterpriseID: firm, Location: "x", Description: "x", OwnLevel: "A", Clause: "部令10号 第4条"}
	d, err := record.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.NoError(t, err)
	require.Equal(t, hazard.Major, d.After.Level)
	require.Equal(t, "重点", d.After.OwnLevel)
	record.Clause = ""
	_, err = record.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.ErrorContains(t, err, string(process.InvalidInput), "a major one needs the standard and clause, whatever it is called")
	record.OwnLevel, record.Level = "B", hazard.Major
	_, err = record.Decide(hazard.Hazard{}, call(finder, 0), e)
	require.Error(t, err, "B is no major one")
}

// TestCasesOfAnEarlierVersionGoOnUnderIt, and begin what the present one asks for once they are moved.
func TestCasesOfAnEarlierVersionGoOnUnderIt(t *testing.T) {
	t.Parallel()
	e := env(t)
	present := e.Definition
	e.Definition = earlier(t)
	n := notice()
	n.DueOn = call(finder, 90).Day()
	_, err := n.Decide(recorded(t, hazard.Major), call(finder, 0), e)
	require.Error(t, err, "its five points come with the notice")
	five := fivePoints()
	n.Plan = &five
	d, err := n.Decide(recorded(t, hazard.Major), call(finder, 0), e)
	require.NoError(t, err)
	require.Empty(t, d.After.Rhythms)
	d.After.DefinitionVersion = e.Definition.Version
	_, err = hazard.ListMajor{Body: "x", Document: "y"}.Decide(d.After, call(finder, 1), e)
	require.Error(t, err)
	moved := d.After
	at := call(finder, 10)
	_, err = casework.Adopt{Version: present.Version, Reason: "新版"}.Act(&moved, at, process.Env{Rules: present})
	require.NoError(t, err)
	require.Equal(t, at.Day().AddDays(7), moved.Rhythms[0].DueOn)
	require.WithinDuration(t, at.Day().AddDays(7).Start().Add(9*time.Hour), *moved.NextWake, 10*24*time.Hour)
	require.Error(t, earlier(t).Covers(planned(t).Case), "an earlier version knows no plan that is waited for")
}
