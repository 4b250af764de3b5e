package permit_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestWay: done, now, next and later in the catalogue's order, with the time spent; what a site mode leaves out is not waited for.
func TestWay(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(permit.Entry())
	require.NoError(t, err)
	d, ok := shipped[0].(permit.Definition)
	require.True(t, ok)
	today := clock.NewDate(2026, time.March, 20)
	known := []permit.Known{
		{Item: "filing", State: permit.Issued, Done: true, AppliedOn: clock.NewDate(2026, time.March, 1), IssuedOn: clock.NewDate(2026, time.March, 3)},
		{Item: "eia", State: permit.Accepted, AppliedOn: clock.NewDate(2026, time.March, 10)},
		{Item: "eia", State: permit.Issued, Part: "二期", Done: true, AppliedOn: clock.NewDate(2026, time.March, 10), IssuedOn: today},
		{Item: "energy_review", State: permit.NotNeeded, Done: true},
		{Item: "land_contract", State: permit.Dropped, Done: true},
	}
	is := func(site string, ended bool) map[string]permit.Progress {
		all := map[string]permit.Progress{}
		for _, s := range d.WayOf(site, ended, nil, known, today).Stretches {
			for _, step := range s.Steps {
				all[step.Item.ID] = step.Is
			}
		}
		return all
	}
	own := is("own_land", false)
	for item, want := range map[string]permit.Progress{"filing": permit.IsDone, "eia": permit.IsNow, "energy_review": permit.IsSpared, "planning_conditions": permit.IsNext, "land_notice": permit.IsLater,
		"land_contract": permit.IsLater, "construction_permit": permit.IsLater, "approval": permit.IsMaybe} {
		require.Equal(t, want, own[item], item)
	}
	leased := is("leased_plant", false)
	require.NotContains(t, leased, "land_contract")
	require.Equal(t, permit.IsNext, leased["construction_permit"], "what comes before it is not for a leased plant")
	require.Equal(t, permit.IsSpared, is("own_land", true)["planning_conditions"], "of a project that has ended nothing is next")
	built := d.WayOf("own_land", false, map[string]bool{"land_supply": true, "permitting": true}, known, today)
	require.Equal(t, permit.IsPast, built.Stretches[0].Steps[3].Is, "nothing of a stage that the project has left is next")
	require.Equal(t, permit.IsNow, stepOf(built, "eia"), "what is on file is")
	require.Equal(t, permit.IsNext, stepOf(built, "planning_verification"))
	for _, step := range d.WayOf("own_land", false, nil, known, today).Stretches[1].Steps {
		if step.Item.ID == "eia" {
			require.Equal(t, []int{10, 10}, []int{step.Cases[0].Days, step.Cases[1].Days})
		}
	}
}

// TestCatalogue holds what the catalogue says of each permit, and the limits of the law that the alarms hang on.
func TestCatalogue(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(permit.Entry())
	require.NoError(t, err)
	d, ok := shipped[0].(permit.Definition)
	require.True(t, ok)
	require.Len(t, d.Items, 36)
	for _, x := range d.Items {
		require.NotEmpty(t, x.Bring, x.ID)
		require.NotEmpty(t, x.Basis, x.ID)
		require.NotEmpty(t, x.Where.Chinese, x.ID)
		require.NotEmpty(t, x.Call, x.ID)
	}
	construction, _ := d.Item("construction_permit")
	require.Equal(t, permit.Using{Limit: clock.Limit{Amount: 3, Unit: clock.Month, Basis: "建筑法 第9条：三个月内开工"}, Times: 2, Longest: 3}, *construction.StartBy)
	broken := d
	broken.Items = append(append([]permit.Item{}, d.Items...), d.Items[0])
	require.Error(t, broken.Valid(), "one permit twice")
	broken.Items = append([]permit.Item{}, d.Items...)
	broken.Items[0].After = []string{"construction_permit"}
	require.Error(t, broken.Valid(), "one that comes after what stands behind it")
}

// TestAGateSeesTheWorstPart: a part that is refused is not made up for by one that is accepted with papers missing, whichever stands first.
func TestAGateSeesTheWorstPart(t *testing.T) {
	t.Parallel()
	on := clock.NewDate(2026, time.March, 20)
	part := func(state string) process.Child {
		return process.Child{Kind: permit.Kind, Slot: "construction_permit", State: state}
	}
	for _, parts := range [][]process.Child{{part(permit.Refused), part(permit.Deferred)}, {part(permit.Deferred), part(permit.Refused)}, {part(permit.Deferred), part(permit.Refused), part(permit.Issued)}} {
		held, deferred, state := permit.Held(parts, "construction_permit", on)
		require.False(t, held)
		require.False(t, deferred)
		require.Equal(t, permit.Refused, state)
	}
	held, deferred, _ := permit.Held([]process.Child{part(permit.Issued), part(permit.Deferred)}, "construction_permit", on)
	require.False(t, held)
	require.True(t, deferred)
}

// TestABrokenPromiseMeetsNoGate: papers that were missing are still promised on the day promised, and not on the day after.
func TestABrokenPromiseMeetsNoGate(t *testing.T) {
	t.Parallel()
	promised := clock.NewDate(2026, time.March, 20)
	child := []process.Child{{Kind: permit.Kind, Slot: "construction_permit", State: permit.Deferred, DueOn: promised}}
	_, deferred, _ := permit.Held(child, "construction_permit", promised)
	require.True(t, deferred)
	_, deferred, state := permit.Held(child, "construction_permit", promised.AddDays(1))
	require.False(t, deferred)
	require.Contains(t, permit.Named(state).Chinese, "没有补齐")
}

func stepOf(w permit.Way, item string) permit.Progress {
	for _, s := range w.Stretches {
		for _, step := range s.Steps {
			if step.Item.ID == item {
				return step.Is
			}
		}
	}
	return ""
}

// TestADepartmentHasWhatLiesWithIt: what was applied for and not decided, not what is issued and watched, or not yet applied for.
func TestADepartmentHasWhatLiesWithIt(t *testing.T) {
	t.Parallel()
	d := permit.Definition{Items: []permit.Item{{ID: "eia", Department: process.Text{Chinese: "生态环境分局"}}}}
	figures := []permit.Figure{}
	for _, state := range permit.States() {
		figures = append(figures, permit.Figure{Item: "eia", State: state, Count: 1, Overdue: 1})
	}
	p := d.PortfolioOf(figures)
	require.Equal(t, []int{3, 3, len(permit.States())}, []int{p[0].Open, p[0].Overdue, len(p[0].States)})
}
