package inspection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestTheFirstFreeDayIsFree: whatever visits there are, on the day that is said to be free none is too near, it is not before the day that was asked for, and where that
// one is free it is that one.
func TestTheFirstFreeDayIsFree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		had, on, days := []process.Visit{}, call(0).Day(), rapid.IntRange(0, 90).Draw(t, "days")
		for range rapid.IntRange(0, 8).Draw(t, "visits") {
			v := process.Visit{CaseID: "x", On: on.AddDays(rapid.IntRange(-200, 400).Draw(t, "on"))}
			if rapid.Bool().Draw(t, "missed") {
				v.Outcome = "locked"
			}
			had = append(had, v)
		}
		free, near := inspection.FreeFrom(had, on, days)
		require.Nil(t, inspection.Nearest(had, free, days, ""))
		require.False(t, free.Before(on))
		require.Equal(t, near == nil, free == on)
	})
}

// TestPuttingOffIsSaidWhy: a visit that a template asks for is arranged, or moved, more than a month past its day for a reason alone.
func TestPuttingOffIsSaidWhy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.env.Found.VisitPlan = &process.VisitPlan{ID: "plan", Name: "季度检查", EveryMonths: 3, From: call(10).Day(), Covers: true}
	far := call(10 + inspection.Early + 1).Day()
	b.refuses(0, arranged(func(c *inspection.Arrange) { c.PlanID, c.On = "plan", far }), process.InvalidInput, "why")
	b.does(0, arranged(func(c *inspection.Arrange) { c.PlanID = "plan" }))
	b.refuses(0, inspection.Rearrange{On: &far}, process.InvalidInput, "why")
	b.does(0, inspection.Rearrange{On: &far, Why: "企业停产检修"})
	b = setup(t) // long overdue it is counted from today: a late one can still be arranged
	b.env.Found.VisitPlan = &process.VisitPlan{ID: "plan", Name: "季度检查", EveryMonths: 3, From: call(-300).Day(), Covers: true}
	b.does(0, arranged(func(c *inspection.Arrange) { c.PlanID = "plan" }))
}

// TestWhatIsOutdatedIsNotOffered: the page offers a decision exactly where one can be confirmed.
func TestWhatIsOutdatedIsNotOffered(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*process.Visited, inspection.Inspection){
		"people were met": func(v *process.Visited, i inspection.Inspection) {
			v.Visits = visits(process.Visit{On: i.HeldOn.AddDays(1), Done: true})
		},
		"it was merged":          func(v *process.Visited, _ inspection.Inspection) { v.ID = "successor" },
		"the register says so":   func(v *process.Visited, _ inspection.Inspection) { v.Status = "moved" },
		"it is still to be said": func(*process.Visited, inspection.Inspection) {},
		"somebody is yet to go": func(v *process.Visited, i inspection.Inspection) {
			v.Visits = visits(process.Visit{On: i.HeldOn.AddDays(1)})
		},
		"nobody was met once more": func(v *process.Visited, i inspection.Inspection) {
			v.Visits = visits(process.Visit{On: i.HeldOn.AddDays(1), Done: true, Outcome: "locked"})
		},
	} {
		b := setup(t)
		b.does(0, arranged(nil))
		b.does(3, inspection.FindNobody{Outcome: "moved", Note: "搬空", Attachments: []process.Evidence{{UploadID: "file"}}})
		change(b.env.Found.Visited, b.i)
		offered := inspection.SettleStatus{}.Fits(b.i, call(4).Actor, b.env) == process.Leads
		_, err := inspection.SettleStatus{Verdict: inspection.Confirmed}.Decide(b.i, call(4), b.env)
		require.Equal(t, err == nil, offered, name)
	}
}
