package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store"
)

// planning is a zone with inspectors' cards, and a template of the one enterprise.
func planning(t *testing.T, first clock.Date) (*bundle, string) {
	t.Helper()
	b := setup(t)
	b.rows(t, "UPDATE users SET card_number = 'C-' || username WHERE 'safety_supervisor' = ANY (roles) RETURNING name")
	id := uuid.NewString()
	require.NoError(t, b.Store.AddVisitPlan(t.Context(), b.Park.ID, id, register.VisitPlan{Name: "季度检查", EnterpriseID: b.Enterprise, Sort: "regular", EveryMonths: 3, From: first, FirstID: b.As(process.SafetySupervisor).ID, SecondID: b.Second.ID}))
	return b, id
}

// arrange plans an inspection of an enterprise.
func (b *bundle) arrange(t *testing.T, enterprise, plan string, on clock.Date) string {
	t.Helper()
	id := uuid.NewString()
	b.do(t, b.As(process.SafetySupervisor), id, inspection.ArrangeName, inspection.Arrange{EnterpriseID: enterprise, On: on, Sort: "regular", PlanID: plan, InspectorIDs: []string{b.Second.ID}, Why: "按计划"})
	return id
}

func (b *bundle) plan(t *testing.T, year int) []store.DueVisit {
	t.Helper()
	all, err := b.Store.VisitPlan(t.Context(), b.As(process.Leader), year, clock.DateOf(b.now))
	require.NoError(t, err)
	return all
}

// TestThePlanKnowsWhatStandsInItsWay: a visit that another section has planned near the day does, on either side of it, however long ago the last one was made; the door
// asks for a reason on exactly the days on which the plan says so.
func TestThePlanKnowsWhatStandsInItsWay(t *testing.T) {
	t.Parallel()
	today := clock.DateOf(setup(t).now)
	b, _ := planning(t, today.AddDays(10))
	due := b.plan(t, today.Year())[0]
	require.False(t, due.NeedsWhy())
	planned := b.arrange(t, b.Enterprise, "", today.AddDays(12))
	due = b.plan(t, today.Year())[0]
	require.True(t, due.NeedsWhy(), "somebody goes two days later")
	require.Equal(t, []any{planned, false, today.AddDays(12)}, []any{due.Near.CaseID, due.Near.Done, due.Near.On})
	arrange := func(on clock.Date) error {
		_, err := b.Store.Apply(t.Context(), b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), inspection.ArrangeName, inspection.Arrange{EnterpriseID: b.Enterprise, On: on, Sort: "regular", InspectorIDs: []string{b.Second.ID}}))
		return err
	}
	require.Error(t, arrange(due.DueOn))
	require.Error(t, arrange(due.Earliest.AddDays(-1)))
	require.NoError(t, arrange(due.Earliest))
}

// TestAMergedEnterpriseStaysInThePlan: the template of an enterprise that became part of another one means that one, and a visit by it of either counts.
func TestAMergedEnterpriseStaysInThePlan(t *testing.T) {
	t.Parallel()
	today := clock.DateOf(setup(t).now)
	b, plan := planning(t, today.AddDays(5))
	id := b.arrange(t, b.Enterprise, plan, today)
	b.do(t, b.As(process.SafetySupervisor), id, inspection.ConcludeName, inspection.Conclude{From: "08:00", Until: "09:00", Head: "刘启明", Signature: inspection.Signed, Content: "用电"})
	require.NoError(t, b.merge(t.Context(), t, b.Enterprise, b.Rival))
	b.now = b.now.AddDate(0, 0, 1)
	all := b.plan(t, today.Year()+1)
	require.NotEmpty(t, all)
	for _, d := range all {
		require.Equal(t, b.Rival, d.EnterpriseID)
		require.Equal(t, today, d.LastOn, "a visit of what it was counts")
	}
	early := b.order(t, b.As(process.SafetySupervisor), uuid.NewString(), inspection.ArrangeName, inspection.Arrange{EnterpriseID: b.Rival, On: today.AddDays(2), Sort: "regular", PlanID: plan, InspectorIDs: []string{b.Second.ID}, Why: "x"})
	require.Contains(t, b.refused(t, process.InvalidInput, early).Fields[0].Chinese, "最早提前", "the door means it too")
}

// TestAnotherBodysVisitCountsWhenItWasMade: one that has announced itself is not made yet, and one written down in error is taken off everywhere.
func TestAnotherBodysVisitCountsWhenItWasMade(t *testing.T) {
	t.Parallel()
	today := clock.DateOf(setup(t).now)
	b, _ := planning(t, today.AddDays(10))
	visit := register.OtherVisit{EnterpriseID: b.Enterprise, On: today.AddDays(4), Body: "县消防救援大队", Purpose: "消防监督抽查"}
	id := uuid.NewString()
	require.NoError(t, b.Store.AddOtherVisit(t.Context(), b.Park.ID, id, visit))
	known := func() []process.Visit {
		v, err := b.Store.EnterpriseVisits(t.Context(), b.As(process.Leader), b.Enterprise, clock.DateOf(b.now), clock.DateOf(b.now))
		require.NoError(t, err)
		return v.Visits
	}
	require.False(t, known()[0].Done)
	require.False(t, b.plan(t, today.Year())[0].Near.Done)
	b.now = b.now.AddDate(0, 0, 4)
	require.True(t, known()[0].Done)
	require.True(t, b.plan(t, today.Year())[0].Near.Done)
	visit.Withdrawn = "withdrawn"
	require.NoError(t, b.Store.AddOtherVisit(t.Context(), b.Park.ID, id, visit))
	require.Empty(t, known())
	due := b.plan(t, today.Year())[0]
	require.Nil(t, due.Near)
	require.Zero(t, due.Year.Times)
}

// TestTheYearIsSeenWhole: every visit of the year and of the next, those after the first foreseen; January in December; put off past its day it is late.
func TestTheYearIsSeenWhole(t *testing.T) {
	t.Parallel()
	today := clock.NewDate(2026, time.December, 15)
	b, plan := planning(t, clock.NewDate(2027, time.January, 5))
	b.now = today.Start().Add(10 * time.Hour)
	december := b.plan(t, 2026)
	require.Len(t, december, 1)
	require.True(t, december[0].Openable, "January can be arranged in December")
	days, foreseen := []string{}, 0
	for _, d := range b.plan(t, 2027) {
		if days = append(days, d.DueOn.String()); d.Foreseen {
			foreseen++
			require.False(t, d.Openable)
		}
	}
	require.Equal(t, []string{"2027-01-05", "2027-04-05", "2027-07-05", "2027-10-05"}, days)
	require.Equal(t, 3, foreseen)
	require.Len(t, b.plan(t, 2028), 4)
	b.arrange(t, b.Enterprise, plan, clock.NewDate(2027, time.January, 20))
	require.True(t, b.plan(t, 2026)[0].Late, "it is arranged for after its day")
	require.Equal(t, 2027, store.PlanYear(2027, today))
	require.Equal(t, 2026, store.PlanYear(1999, today))
}

// TestWhatAVisitProposesLapsesAlike: the list goes by the rule by which the decision goes: not once people were met, nor once the register says so.
func TestWhatAVisitProposesLapsesAlike(t *testing.T) {
	t.Parallel()
	b, _ := planning(t, clock.DateOf(setup(t).now).AddDays(100))
	today := clock.DateOf(b.now)
	proposed := func() int {
		all, err := b.Store.ProposedStatuses(t.Context(), b.As(process.Leader), clock.DateOf(b.now))
		require.NoError(t, err)
		return len(all)
	}
	id := b.arrange(t, b.Enterprise, "", today)
	found := b.order(t, process.Actor{Type: process.Import, ID: "import", Name: "import"}, id, inspection.FindNobodyName, inspection.FindNobody{Outcome: "moved", Note: "搬空"})
	_, err := b.Store.Apply(t.Context(), found)
	require.NoError(t, err)
	require.Equal(t, 1, proposed())
	met := uuid.NewString()
	require.NoError(t, b.Store.AddOtherVisit(t.Context(), b.Park.ID, met, register.OtherVisit{EnterpriseID: b.Enterprise, On: today.AddDays(2), Body: "县消防", Purpose: "抽查"}))
	require.Equal(t, 1, proposed(), "it lies ahead")
	b.now = b.now.AddDate(0, 0, 3)
	require.Zero(t, proposed(), "people were met since")
	settle := b.order(t, b.As(process.Leader), id, inspection.SettleStatusName, inspection.SettleStatus{Verdict: inspection.Confirmed})
	b.refused(t, process.InvalidInput, settle)
}

// TestAPageKnowsTheDemosDay: whether another body's visit was made is judged by the zone's clock on a case's page too, which in a demo is turned.
func TestAPageKnowsTheDemosDay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ahead := 40 * 24 * time.Hour
	require.NoError(t, b.Store.StartDemoClock(t.Context(), 0))
	today := clock.DateOf(time.Now())
	b.now = time.Now()
	require.NoError(t, b.Store.AddOtherVisit(t.Context(), b.Park.ID, uuid.NewString(), register.OtherVisit{EnterpriseID: b.Enterprise, On: today.AddDays(20), Body: "县消防救援大队", Purpose: "消防监督抽查"}))
	b.rows(t, "UPDATE users SET card_number = 'C-' || username WHERE 'safety_supervisor' = ANY (roles) RETURNING name")
	id := b.arrange(t, b.Enterprise, "", today.AddDays(30))
	made := func() bool {
		v, err := b.Store.Case(t.Context(), b.As(process.Leader), id)
		require.NoError(t, err)
		for _, one := range v.Env.Found.Visited.Visits {
			if one.CaseID == "" {
				return one.Done
			}
		}
		require.Fail(t, "the visit is not among them")
		return false
	}
	require.False(t, made())
	require.NoError(t, b.Store.SetDemoClock(t.Context(), ahead))
	require.True(t, made())
}

// TestNothingIsForeseenInThePast: of a template that nobody has followed for years one visit is late, and what follows it counts from today, when it can be made at the soonest.
func TestNothingIsForeseenInThePast(t *testing.T) {
	t.Parallel()
	b, _ := planning(t, clock.NewDate(2025, time.January, 10))
	b.now = clock.NewDate(2026, time.March, 2).Start().Add(10 * time.Hour)
	days := []string{}
	for i, d := range b.plan(t, 2026) {
		days = append(days, d.DueOn.String())
		require.Equal(t, i > 0, d.Foreseen)
		require.Equal(t, i == 0, d.Late)
	}
	require.Equal(t, []string{"2025-01-10", "2026-06-02", "2026-09-02", "2026-12-02"}, days)
	require.Equal(t, "2027-03-02", b.plan(t, 2027)[0].DueOn.String())
}
