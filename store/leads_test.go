package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// TestLeads opens a lead that may be known, lets it go back to the pool by the clock alone and be taken, notes contacts and steps, loses one and merges
// another, and looks at lists, funnel and search after each.
func TestLeads(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm, boss := b.As(process.ProjectManager), b.As(process.Leader)
	phone := "139-0000-1234"
	first := b.project("lead")
	first.Title, first.Facts.ContactPhone, first.AllTheSame = "热系统总成工厂", &phone, ""
	a := uuid.NewString()
	b.do(t, pm, a, project.OpenName, first)

	// By name, by telephone however it is written, by enterprise; not by nothing.
	plain := "13900001234"
	for by, like := range map[string]process.Likeness{"name": {Title: " 热系统总成工厂"}, "phone": {Title: "别的", Phone: plain}, "company": {EnterpriseID: b.Enterprise}} {
		found, err := b.Store.Alike(t.Context(), pm, like)
		require.NoError(t, err)
		require.Len(t, found, 1, by)
		require.Equal(t, by, found[0].By)
	}
	none, err := b.Store.Alike(t.Context(), pm, process.Likeness{Title: "毫不相干", Phone: "13911112222", EnterpriseID: b.Rival})
	require.NoError(t, err)
	require.Empty(t, none)
	second := b.project("lead")
	second.Title, second.EnterpriseID, second.Facts.ContactPhone, second.AllTheSame = "另一条线索", b.Rival, &plain, ""
	refused := b.refused(t, process.MayBeKnown, b.order(t, pm, uuid.NewString(), project.OpenName, second))
	require.Contains(t, refused.Chinese, "热系统总成工厂")
	second.AllTheSame = "联系人同时代理两家企业"
	other := uuid.NewString()
	b.do(t, pm, other, project.OpenName, second)

	// A next contact shows when it has come, and not before.
	b.do(t, pm, a, project.ContactName, project.RecordContact{Way: "call", Said: "约下周", NextOn: clock.DateOf(b.now).AddDays(7)})
	due := func(days int) int {
		rows, err := b.Store.ToContact(t.Context(), pm, clock.DateOf(b.now).AddDays(days), 10)
		require.NoError(t, err)
		return len(rows)
	}
	require.Equal(t, []int{0, 1}, []int{due(6), due(7)})

	// By itself into the pool: the watchdog's list has it, the clock does it once.
	listed := func(c store.Conditions) []string {
		rows, _, err := b.Store.Projects(t.Context(), pm, c, "", 50, b.now)
		require.NoError(t, err)
		ids := []string{}
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		return ids
	}
	in := func(name, value string) store.Conditions {
		return store.Conditions{In: map[string][]string{name: {value}}}
	}
	require.Empty(t, listed(in("state", lifecycle.Pooled)))
	for range 5 {
		subject, err := b.Store.Standing(t.Context(), a)
		require.NoError(t, err)
		if subject.NextWake == nil {
			break
		}
		at := subject.NextWake.Add(time.Second)
		order := process.Order{CaseID: a, Command: project.Kind.Does("remind"), Call: process.Call{Key: "wake/" + subject.Wake, Actor: process.TheClock(), OccurredAt: at, RecordedAt: at}, Input: []byte(`{}`)}
		_, err = b.Store.Apply(t.Context(), order)
		require.NoError(t, err)
		again, err := b.Store.Apply(t.Context(), order) // whoever died after it tries again
		require.NoError(t, err)
		require.True(t, again.Replayed)
	}
	require.Equal(t, []string{a}, listed(in("state", lifecycle.Pooled)))
	funnel, err := b.Store.Funnel(t.Context(), pm, 0)
	require.NoError(t, err)
	require.Equal(t, []int{2, 1}, []int{funnel.Stages[0].Count, funnel.Stages[0].Pooled})
	b.do(t, pm, a, project.TakeName, project.Take{})
	require.Empty(t, listed(in("state", lifecycle.Pooled)))
	require.Empty(t, b.verify(t, a).Findings)

	// Steps and reasons are counted and filtered.
	talks := b.project("negotiation")
	talks.Title = "洽谈项目"
	n := uuid.NewString()
	b.do(t, pm, n, project.OpenName, talks)
	b.do(t, pm, n, project.NoteStepName, project.NoteStep{Step: "intent"})
	require.Equal(t, []string{n}, listed(in("step", "intent")))
	b.do(t, pm, other, project.TerminateName, project.Terminate{Cause: "elsewhere", Reason: "落户邻县"})
	require.Equal(t, []string{other}, listed(in("ending", "elsewhere")))
	funnel, err = b.Store.Funnel(t.Context(), pm, 0)
	require.NoError(t, err)
	require.Contains(t, funnel.Stages[1].Steps, store.FunnelStep{Step: "intent", Count: 1})
	require.Equal(t, []store.FunnelCause{{Cause: "elsewhere", Count: 1}}, funnel.Lost)

	// Merged: both know, and the other is found by the old number and name.
	number := b.rows(t, "SELECT number FROM cases WHERE id = '"+a+"'")[0]
	into := b.rows(t, "SELECT number FROM cases WHERE id = '"+n+"'")[0]
	outcome := b.do(t, boss, a, project.MergeName, project.Merge{Into: into, Reason: "同一个项目"})
	require.True(t, outcome.Follows)
	b.carry(t)
	for _, words := range []string{number, "热系统总成工厂"} {
		hits, err := b.Store.Search(t.Context(), pm, words, 10)
		require.NoError(t, err)
		ids := []string{}
		for _, h := range hits.Cases {
			ids = append(ids, h.ID)
		}
		require.Contains(t, ids, n, "found by what the other was called: %s", words)
	}
	for _, id := range []string{a, n, other} {
		require.Empty(t, b.verify(t, id).Findings)
	}
}
