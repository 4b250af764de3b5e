package store_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestALatePlanIsHeardOf: the inspectors of a template and the head of its section hear each morning what is late, on the first of a week also what comes within the month, once a
// day, and nobody else; the same figure stands on their first page. A status that a visit proposes is counted for leaders each morning until it is decided.
func TestALatePlanIsHeardOf(t *testing.T) {
	t.Parallel()
	b, plan := planning(t, clock.DateOf(setup(t).now).AddDays(1)) // the zone's morning is a Monday
	first, leader := b.As(process.SafetySupervisor), b.As(process.Leader)
	about := func(who process.Actor, kind string) map[string]any {
		got := map[string]any{}
		for _, row := range b.rows(t, "SELECT about::text FROM notices WHERE user_id = '"+who.ID+"' AND kind = '"+kind+"' ORDER BY created_at DESC LIMIT 1") {
			require.NoError(t, json.Unmarshal([]byte(row), &got))
		}
		return got
	}
	tell := func() {
		_, err := b.Store.TellMorning(t.Context(), b.now)
		require.NoError(t, err)
	}
	tell()
	require.Equal(t, []any{0.0, 1.0}, []any{about(first, process.NoticeVisitsDue)["late"], about(first, process.NoticeVisitsDue)["soon"]}, "the week begins")
	require.NotEmpty(t, about(b.Second, process.NoticeVisitsDue))
	require.Empty(t, about(leader, process.NoticeVisitsDue))
	b.now = b.now.AddDate(0, 0, 1)
	tell()
	require.Len(t, b.rows(t, "SELECT id::text FROM notices WHERE kind = 'visits_due' AND user_id = '"+first.ID+"'"), 1, "not each morning of what is to come")
	b.now = b.now.AddDate(0, 0, 2)
	tell()
	tell()
	require.Equal(t, 1.0, about(first, process.NoticeVisitsDue)["late"])
	require.Len(t, b.rows(t, "SELECT id::text FROM notices WHERE kind = 'visits_due' AND user_id = '"+first.ID+"'"), 2, "once a day")
	due, err := b.Store.VisitsDue(t.Context(), first, clock.DateOf(b.now))
	require.NoError(t, err)
	require.Equal(t, store.VisitsDue{Late: 1}, due)
	none, err := b.Store.VisitsDue(t.Context(), leader, clock.DateOf(b.now))
	require.NoError(t, err)
	require.Zero(t, none)

	id := b.arrange(t, b.Enterprise, plan, clock.DateOf(b.now))
	b.do(t, first, id, inspection.FindNobodyName, inspection.FindNobody{Outcome: "moved", Note: "大门紧锁，已搬离", Attachments: b.evidence(t, first)})
	for range 2 {
		b.now = b.now.AddDate(0, 0, 1)
		if tell(); clock.DateOf(b.now).Start().Weekday() < 6 {
			require.Equal(t, 1.0, about(leader, process.NoticeDigest)["proposed"])
		}
	}
	b.do(t, leader, id, inspection.SettleStatusName, inspection.SettleStatus{Verdict: "refused", Reason: "仍在生产"})
	twice := b.refused(t, process.WrongState, b.order(t, b.As(process.Administrator), id, inspection.SettleStatusName, inspection.SettleStatus{Verdict: "confirmed"}))
	require.Contains(t, twice.Chinese, "最近一步由"+leader.Name, "whoever decided it is named, not who was there")
	b.now = b.now.AddDate(0, 0, 2)
	tell()
	require.Equal(t, 0.0, about(leader, process.NoticeDigest)["proposed"])
}
