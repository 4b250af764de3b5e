package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// reminded counts on which mornings a manager hears of an agreed contact until a day.
func reminded(t *testing.T, p project.Project, until int) (project.Project, []clock.Date) {
	t.Helper()
	days := []clock.Date{}
	for p.NextWake != nil && p.NextWake.Before(call(until).RecordedAt) {
		before := p.ContactToldOn
		at := clock.DateOf(*p.NextWake)
		for day := 0; day <= until; day++ {
			if call(day).Day() == at {
				p, _ = passing(t, p, day+1)
				break
			}
		}
		if p.ContactToldOn != before {
			days = append(days, at)
		}
	}
	return p, days
}

// TestWhatWasAgreedIsRemindedOf: on the morning of the agreed day, once, also where the days of a lead or the limit of a stage run longer; and it comes first on the page.
func TestWhatWasAgreedIsRemindedOf(t *testing.T) {
	t.Parallel()
	lead := then(t, opened(t, "lead", project.OwnLand), 1, project.RecordContact{Way: "visit", Said: "看过", NextOn: call(8).Day()})
	require.Equal(t, call(31).Day(), lead.DueOn, "the days until the pool run on")
	require.Equal(t, call(8).Day(), lead.AgreedFirst())
	require.True(t, lead.Pools(env(t).Definition))
	lead, days := reminded(t, lead, 20)
	require.Equal(t, []clock.Date{call(8).Day()}, days, "once")
	lead = then(t, lead, 20, project.RecordContact{Way: "call", Said: "再约", NextOn: call(22).Day()})
	_, days = reminded(t, lead, 40)
	require.Equal(t, []clock.Date{call(22).Day()}, days, "and of the next one again")
	far := then(t, opened(t, "lead", project.OwnLand), 1, project.RecordContact{Way: "visit", Said: "看过", NextOn: call(60).Day()})
	require.Equal(t, call(60).Day(), far.DueOn)
	require.True(t, far.AgreedFirst().IsZero(), "the deadline is that day")

	planned := call(90).Day()
	building := then(t, opened(t, "construction", project.OwnLand), 1, project.Edit{Facts: project.Given{PlannedCompletionOn: &planned}, Reason: "补填"},
		project.RecordContact{Way: "call", Said: "到场", NextOn: call(5).Day()})
	require.Equal(t, planned, building.DueOn, "the stage has a limit of its own")
	require.Equal(t, call(5).Day(), building.AgreedFirst())
	require.False(t, building.Pools(env(t).Definition))
	still := then(t, building, 2, project.Suspend{Reason: "x", Category: "funds"})
	_, days = reminded(t, still, 10)
	require.Empty(t, days, "what stands still is not reminded of")
	_, days = reminded(t, building, 10)
	require.Equal(t, []clock.Date{call(5).Day()}, days)

	plain := then(t, opened(t, "construction", project.OwnLand), 1, project.RecordContact{Way: "call", Said: "x", NextOn: call(5).Day()})
	require.Equal(t, lifecycle.Promised, plain.Journey.Running().Basis)
	_, name := plain.Wakes()
	require.Empty(t, name, "its ladder reminds of it")
	require.Contains(t, building.Wake(call(5), process.Env{}).Notices, process.Notice{Kind: process.NoticeContact, ToKind: process.HeldByPerson, ToID: manager, As: []process.Function{process.AsManager}})
	late := building
	require.NotEmpty(t, late.Wake(call(12), process.Env{}).Notices, "a week late it is caught up on")
	late = building
	require.Empty(t, late.Wake(call(13), process.Env{}).Notices, "what was agreed long ago is no news")
	_, name = late.Wakes()
	require.Empty(t, name, "and does not come again")
}
