package inspection_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
)

func visits(all ...process.Visit) []process.Visit { return all }

// TestATemplateIsNotFollowedTwice: the second who opens what a template asks for is told of the first; once it was made the next is due months later; a visit that
// found nobody was none.
func TestATemplateIsNotFollowedTwice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	planned := arranged(func(c *inspection.Arrange) { c.PlanID, c.Why = "plan", "按年度计划" })
	b.refuses(0, planned, process.InvalidInput, "plan_id")
	b.env.Found.VisitPlan = &process.VisitPlan{ID: "plan", Name: "季度检查", EveryMonths: 3, From: call(10).Day()}
	b.refuses(0, planned, process.InvalidInput, "plan_id") // it does not mean this enterprise
	b.env.Found.VisitPlan.Covers = true
	for name, had := range map[string][]process.Visit{
		"planned already": visits(process.Visit{CaseID: "x", Number: "JC-1", On: call(20).Day(), PlanID: "plan"}),
		"made lately":     visits(process.Visit{CaseID: "x", Number: "JC-1", On: call(-20).Day(), PlanID: "plan", Done: true}),
	} {
		b.env.Found.Visited.Visits = had
		refusal := b.refuses(0, planned, process.InvalidInput, "plan_id")
		require.Contains(t, refusal.Fields[0].Chinese, "季度检查", name)
	}
	b.env.Found.Visited.Visits = visits(
		process.Visit{CaseID: "x", On: call(-1).Day(), PlanID: "plan", Done: true, Outcome: "locked"},
		process.Visit{CaseID: "y", On: call(-1).Day(), PlanID: "another", Done: true},
		process.Visit{CaseID: "z", On: call(-120).Day(), PlanID: "plan", Done: true})
	b.does(0, planned)
	require.Equal(t, []string{"plan", "季度检查"}, []string{b.i.PlanID, b.i.PlanName})
	require.Empty(t, b.i.Outside().(*inspection.Inspection).PlanName, "which template it follows from stays inside")
}

// TestDueFollowsWhatWasMade: whatever was made last, the next is due so many months after it, and with every visit that is made on its day the plan goes on.
func TestDueFollowsWhatWasMade(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := clock.NewDate(2026, time.January, 1).AddDays(rapid.IntRange(0, 800).Draw(t, "first"))
		months, last := rapid.IntRange(1, 24).Draw(t, "months"), clock.Date{}
		for range rapid.IntRange(0, 6).Draw(t, "made") {
			due := inspection.DueOn(first, months, last)
			require.True(t, last.IsZero() || due.After(last))
			last = due.AddDays(rapid.IntRange(-inspection.Early/2, 40).Draw(t, "late"))
			next := inspection.DueOn(first, months, last)
			require.True(t, next.After(last), "what was made is not due again that day")
			require.LessOrEqual(t, last.DaysUntil(next), 31*months)
		}
	})
}

// TestTheZoneSaysHowSoon: the days between two visits are the zone's where it has set them; a visit by another body counts, and the reason is kept.
func TestTheZoneSaysHowSoon(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.env.Found.Visited.Visits = visits(process.Visit{On: call(-40).Day(), For: "消防抽查", By: "县消防救援大队", Done: true})
	days := 90
	b.env.Found.VisitGap = &days
	refusal := b.refuses(0, arranged(nil), process.InvalidInput, "why")
	require.Contains(t, refusal.Fields[0].Chinese, "县消防救援大队")
	require.Contains(t, refusal.Fields[0].Chinese, "90 天")
	field, asked := inspection.Arrange{}.Ask(process.Question{Path: "why"}, b.i, b.env)
	require.True(t, asked)
	require.Contains(t, field.Hint.Chinese, "90 天")
	kept := b.does(0, arranged(func(c *inspection.Arrange) { c.Why = "群众举报" }))
	require.Equal(t, "群众举报", kept.Reason)
	none := 0
	b = setup(t)
	b.env.Found.Visited.Visits = visits(process.Visit{CaseID: "x", On: call(2).Day(), Done: true})
	b.env.Found.VisitGap = &none
	b.does(0, arranged(nil))
}

// TestAProposedStatusIsDecidedOnce: by a leader or an administrator with its reason; confirmed it is told to the register, and nobody is reminded of a visit that
// found nobody.
func TestAProposedStatusIsDecidedOnce(t *testing.T) {
	t.Parallel()
	missed := func() *bench {
		b := setup(t)
		b.does(0, arranged(nil))
		d := b.does(3, inspection.FindNobody{Outcome: "moved", Note: "厂房已经搬空", Attachments: []process.Evidence{{UploadID: "file"}}})
		kinds := []string{}
		for _, n := range d.Notices {
			kinds = append(kinds, n.Kind)
		}
		require.Contains(t, kinds, process.NoticeProposed, "whoever may decide is told")
		require.Nil(t, b.i.NextWake, "reminders stop")
		return b
	}
	b := setup(t)
	b.refuses(0, inspection.SettleStatus{Verdict: inspection.Confirmed}, process.WrongState, "")
	b = missed()
	b.refuses(4, inspection.SettleStatus{Verdict: "maybe"}, process.InvalidInput, "verdict")
	b.refuses(4, inspection.SettleStatus{Verdict: inspection.NotConfirmed}, process.InvalidInput, "reason")
	require.Equal(t, []string{"ding", "chen"}, b.i.Took(process.Asks), "whoever was there proposed it, and does not decide")
	d := b.does(4, inspection.SettleStatus{Verdict: inspection.Confirmed})
	require.Equal(t, &process.Known{EnterpriseID: "firm", Status: "moved", Note: b.i.Number}, d.Known)
	b.refuses(5, inspection.SettleStatus{Verdict: inspection.NotConfirmed, Reason: "只是放假"}, process.WrongState, "")
	b = missed()
	b.env.Found.Visited.Visits = []process.Visit{{CaseID: "later", Number: "JC-2026-0009", On: b.i.HeldOn.AddDays(20), Done: true}}
	b.refuses(30, inspection.SettleStatus{Verdict: inspection.Confirmed}, process.InvalidInput, "verdict") // people were met since
	b.env.Found.Visited.Visits[0].Outcome = "locked"
	b.env.Found.Visited.ID = "successor"
	b.refuses(30, inspection.SettleStatus{Verdict: inspection.Confirmed}, process.InvalidInput, "verdict") // it has become part of another
	b = missed()
	d = b.does(4, inspection.SettleStatus{Verdict: inspection.NotConfirmed, Reason: "只是放假"})
	require.Nil(t, d.Known)
	require.Equal(t, "只是放假", d.Reason)
	require.Equal(t, []string{inspection.NotConfirmed, "ding", "只是放假"}, []string{b.i.StatusVerdict, b.i.StatusBy, b.i.StatusWhy})
}
