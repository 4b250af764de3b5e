package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
)

// TestADeputyIsToldWhatTheAbsentPersonWouldBe: while somebody is away the deputy gets the same notice, marked whom it stands for; somebody who
// is meant themselves is told once, however many ways lead to them.
func TestADeputyIsToldWhatTheAbsentPersonWouldBe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	today := clock.DateOf(b.now)
	supervisor, deputy := b.As(process.SafetySupervisor), b.As(process.LiaisonOfficer)
	require.Error(t, b.Store.AddAbsence(t.Context(), supervisor.ID, supervisor.ID, "", today, today.AddDays(3), today), "nobody stands in for themselves")
	require.Error(t, b.Store.AddAbsence(t.Context(), supervisor.ID, deputy.ID, "", today.AddDays(3), today, today))
	require.NoError(t, b.Store.AddAbsence(t.Context(), supervisor.ID, deputy.ID, "出差", today, today.AddDays(3), today))
	id := b.recordHazard(t)
	b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{Text: "请尽快"})
	told := func(who process.Actor, kind string) (n int, behalf string) {
		rows, _, err := b.Store.Notices(t.Context(), who.ID, 0, 50)
		require.NoError(t, err)
		for _, r := range rows {
			if r.Kind == kind {
				n, behalf = n+1, r.Behalf
			}
		}
		return n, behalf
	}
	n, behalf := told(supervisor, process.NoticeNudge)
	require.Equal(t, 1, n)
	require.Empty(t, behalf)
	n, behalf = told(deputy, process.NoticeNudge)
	require.Equal(t, 1, n)
	require.Equal(t, supervisor.Name, behalf)
	b.now = b.now.AddDate(0, 0, 10)
	b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{})
	n, _ = told(deputy, process.NoticeNudge)
	require.Equal(t, 1, n, "back at work")
	// Copied in and responsible at once: one notice of one event.
	b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.CommentVerb), casework.Comment{Text: "抄送", CopyTo: []string{supervisor.ID}})
	n, _ = told(supervisor, process.NoticeCopied)
	require.Equal(t, 1, n)
	n, _ = told(supervisor, process.NoticeComment)
	require.Zero(t, n)
}
