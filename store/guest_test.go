package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// TestHowALeadIsWonStaysWithTheStaff: a department that was handed a project reads it, its history and its sealed gates without what was said to the other side, and by which number; whoever
// runs it reads all of it, and gets its columns.
func TestHowALeadIsWonStaysWithTheStaff(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, officer := b.As(process.ProjectManager), b.As(process.Department)
	id := b.openProject(t, "lead")
	phone, next := "13900009876", clock.DateOf(b.now).AddDays(9)
	b.do(t, manager, id, project.EditName, project.Edit{Facts: project.Given{ContactPhone: &phone}, Reason: "补充"})
	b.do(t, manager, id, project.ContactName, project.RecordContact{Way: "visit", With: "周经理样本", Said: "对方底价样本", NextOn: next})
	b.do(t, manager, id, project.AdvanceName, project.Advance{From: "lead"})
	b.do(t, b.As(process.Leader), id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请出具意见"})

	reads := func(actor process.Actor) string {
		t.Helper()
		p, err := b.Store.Project(t.Context(), actor, id, clock.DateOf(b.now))
		require.NoError(t, err)
		one, err := b.Store.Case(t.Context(), actor, id)
		require.NoError(t, err)
		history, err := b.Store.History(t.Context(), actor, id, 0, 50)
		require.NoError(t, err)
		require.Len(t, history, 5, "that there was a contact is known")
		seal, err := b.Store.Seal(t.Context(), actor, id, 1)
		require.NoError(t, err)
		rows, _, err := b.Store.List(t.Context(), actor, project.Kind, store.Conditions{}, "", "", 10, b.now)
		require.NoError(t, err)
		require.Len(t, rows, 1)
		all, err := json.Marshal([]any{p.Project, p.Gate, one.Subject, history, seal, rows})
		require.NoError(t, err)
		return string(all)
	}
	asked := store.Conditions{Days: map[string]store.Days{"next_contact_on": {From: next, To: next}}}
	for _, words := range []string{phone, "周经理样本", "对方底价样本", process.OwnWake} {
		require.Contains(t, reads(manager), words)
		require.NotContains(t, reads(officer), words)
	}
	rows, _, err := b.Store.List(t.Context(), manager, project.Kind, asked, "next_contact_on", "", 10, b.now)
	require.NoError(t, err)
	require.Equal(t, next, rows[0].NextContactOn)
	_, _, err = b.Store.List(t.Context(), officer, project.Kind, asked, "", "", 10, b.now)
	require.Error(t, err, "what is not theirs to read is no filter")
	_, _, err = b.Store.List(t.Context(), officer, project.Kind, store.Conditions{}, "next_contact_on", "", 10, b.now)
	require.Error(t, err)

	b.do(t, manager, id, project.ContactName, project.RecordContact{Way: "visit", With: "周经理样本", Said: "对方底价样本", NextOn: next})
	seen := int64(1)
	for actor, words := range map[*process.Actor]bool{&manager: true, &officer: false} {
		late := b.order(t, *actor, id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByPerson, ToID: manager.ID, Reason: "x"})
		late.Call.IfVersion = &seen
		since, err := json.Marshal(b.refused(t, process.StaleVersion, late).Since)
		require.NoError(t, err)
		require.Equal(t, words, strings.Contains(string(since), "对方底价样本"), "who was first is said as the history says it")
	}
}

// TestWhatIsInsideIsNoFilter: an enterprise neither reads a column that is the offices' own, nor sorts, narrows or counts by it, in any kind.
func TestWhatIsInsideIsNoFilter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	today := clock.DateOf(b.now)
	b.do(t, b.As(process.ProjectManager), id, project.RecogniseName, project.Recognise{What: "started", Verdict: project.Counted, On: today, By: "县发改委"})
	inside := 0
	for _, kind := range kinds.All() {
		for _, column := range kind.List.Columns {
			if !column.Inside {
				continue
			}
			inside++
			_, _, err := b.Store.List(t.Context(), b.Contact, kind.Kind, store.Conditions{}, column.Name, "", 10, b.now)
			require.Error(t, err, column.Name)
		}
		for _, one := range kind.List.Conditions {
			if column, _ := kind.List.Column(one.Column); !column.Inside {
				continue
			}
			asked := store.Conditions{In: map[string][]string{}, Days: map[string]store.Days{}}
			if column, _ := kind.List.Column(one.Column); len(column.Values) > 0 {
				asked.In[one.Name] = column.Values[:1]
			} else {
				asked.During(one.Name, today.Year())
			}
			_, err := b.Store.ListTotals(t.Context(), b.Contact, kind.Kind, asked, b.now)
			require.Error(t, err, one.Name)
			_, faults, err := b.Store.Understood(t.Context(), b.Contact, kind, map[string][]string{one.Name: {"x"}, one.Name + "_from": {today.String()}})
			require.NoError(t, err)
			require.NotEmpty(t, faults, one.Name)
		}
	}
	require.Positive(t, inside)
	_, faults, err := b.Store.Understood(t.Context(), b.Contact, project.Entry(), map[string][]string{"started_recognised": {"2026"}})
	require.NoError(t, err)
	require.NotEmpty(t, faults)
	rows, _, err := b.Store.List(t.Context(), b.Contact, project.Kind, store.Conditions{}, "", "", 10, b.now)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.True(t, rows[0].StartedRecognisedOn.IsZero())
}
