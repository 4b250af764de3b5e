package permit_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

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
	require.Equal(t, permit.IsOver, is("own_land", true)["planning_conditions"], "of a project that has ended nothing is next, and nobody has said that it was not needed")
	require.Equal(t, permit.IsDone, is("own_land", true)["filing"])
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

// TestTheOrderOfTheWay: within a phase what is there stands first, then what runs, what is next, and what has to wait. What comes before a permit that is there is not next any more, and
// nothing is accepted or produced before it may be built.
func TestTheOrderOfTheWay(t *testing.T) {
	t.Parallel()
	shipped, err := definitions.Shipped(permit.Entry())
	require.NoError(t, err)
	d, ok := shipped[0].(permit.Definition)
	require.True(t, ok)
	today := clock.NewDate(2026, time.March, 20)
	order := []permit.Progress{permit.IsDone, permit.IsPast, permit.IsOver, permit.IsNow, permit.IsNext, permit.IsLater, permit.IsMaybe, permit.IsSpared}
	rapid.Check(t, func(r *rapid.T) {
		known, left := []permit.Known{}, map[string]bool{}
		for _, x := range d.Items {
			if state := rapid.SampledFrom(append(permit.States(), "")).Draw(r, x.ID); state != "" {
				known = append(known, permit.Known{Item: x.ID, State: state})
			}
		}
		if rapid.Bool().Draw(r, "left") {
			left["land_supply"] = true
		}
		site := rapid.SampledFrom([]string{"own_land", "leased_plant", "bought_plant", "existing_land"}).Draw(r, "site")
		way := d.WayOf(site, rapid.Bool().Draw(r, "ended"), left, known, today)
		is := map[string]permit.Progress{}
		for _, s := range way.Stretches {
			last := 0
			for _, step := range s.Steps {
				is[step.Item.ID] = step.Is
				at := slices.Index(order, step.Is)
				require.GreaterOrEqual(r, at, last, "%s of %s", step.Item.ID, s.Phase.ID)
				last = at
			}
		}
		for _, x := range d.Items {
			for _, before := range x.After {
				if is[x.ID] == permit.IsDone && !slices.ContainsFunc(known, func(k permit.Known) bool { return k.Item == before || k.Item == x.ID && k.State != permit.Issued }) {
					require.NotContains(r, []permit.Progress{permit.IsNext, permit.IsLater}, is[before], "%s is there, and %s came before it", x.ID, before)
				}
			}
		}
	})
	deferred := d.WayOf("own_land", false, map[string]bool{"land_supply": true}, []permit.Known{{Item: "works_planning_permit", State: permit.Issued}, {Item: "eia", State: permit.Issued},
		{Item: "construction_permit", State: permit.Deferred}}, today)
	require.Equal(t, permit.IsNow, stepOf(deferred, "construction_permit"))
	require.Equal(t, permit.IsLater, stepOf(deferred, "planning_verification"), "nothing may be built yet")
	require.Equal(t, permit.IsLater, stepOf(deferred, "discharge_permit"))
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
		h := permit.Held(parts, "construction_permit", on)
		require.False(t, h.Held || h.Deferred)
		require.Equal(t, "不予许可", h.Says.Chinese)
	}
	h := permit.Held([]process.Child{part(permit.Issued), part(permit.Deferred)}, "construction_permit", on)
	require.Equal(t, []bool{false, true}, []bool{h.Held, h.Deferred})
}

// TestABrokenPromiseMeetsNoGate: papers that were missing are still promised on the day promised, and not on the day after.
func TestABrokenPromiseMeetsNoGate(t *testing.T) {
	t.Parallel()
	promised := clock.NewDate(2026, time.March, 20)
	child := []process.Child{{Kind: permit.Kind, Slot: "construction_permit", State: permit.Deferred, Days: process.Days{AcceptedOn: promised.AddDays(-9), PromisedOn: promised}}}
	require.True(t, permit.Held(child, "construction_permit", promised).Deferred)
	h := permit.Held(child, "construction_permit", promised.AddDays(1))
	require.False(t, h.Deferred)
	require.Contains(t, h.Says.Chinese, "没有补齐")
	h = permit.Held(child, "construction_permit", promised.AddDays(-10))
	require.False(t, h.Deferred)
	require.Contains(t, h.Says.Chinese, "才容缺受理")
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
