package store_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
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

// TestADeputysDeputyIsTold: while the deputy is away too, whoever stands in for them is told, and reads for whom; a circle of deputies ends.
func TestADeputysDeputyIsTold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	today := clock.DateOf(b.now)
	supervisor, deputy, next := b.As(process.SafetySupervisor), b.As(process.LiaisonOfficer), b.As(process.ProjectManager)
	for _, away := range [][2]process.Actor{{supervisor, deputy}, {deputy, next}} {
		require.NoError(t, b.Store.AddAbsence(t.Context(), away[0].ID, away[1].ID, "出差", today, today.AddDays(3), today))
	}
	b.sql(t, "INSERT INTO absences (user_id, deputy_id, from_on, to_on, reason) VALUES ($1, $2, $3, $4, '出差')", next.ID, supervisor.ID, today.String(), today.AddDays(3).String()) // as it could be put on record before
	id := b.recordHazard(t)
	b.do(t, b.As(process.Leader), id, hazard.Kind.Does(casework.NudgeVerb), casework.Nudge{Text: "请尽快"})
	for _, who := range []process.Actor{supervisor, deputy, next} {
		require.Contains(t, b.told(t, who, id), process.NoticeNudge, who.Name)
	}
	events, err := b.Store.History(t.Context(), supervisor, id, 0, 1)
	require.NoError(t, err)
	holder := process.Part{As: process.AsHolder, Behalf: supervisor.Name}
	for _, told := range events[0].Told {
		switch told.ID {
		case supervisor.ID:
			require.Equal(t, []process.Part{{As: process.AsHolder}}, told.Parts, "themselves, and not for themselves")
		case deputy.ID, next.ID:
			require.Equal(t, []process.Part{holder}, told.Parts, told.Name)
		}
	}
	require.Len(t, events[0].Told, 3)
}

// TestEveryFunctionIsNamed: somebody who is meant in several functions, and as somebody's deputy, is told once; notice and event name them all.
func TestEveryFunctionIsNamed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	today := clock.DateOf(b.now)
	manager, leader := b.As(process.ProjectManager), b.As(process.Leader)
	id := b.openProject(t, "construction")
	require.NoError(t, b.Store.AddAbsence(t.Context(), leader.ID, manager.ID, "出差", today, today.AddDays(3), today))
	b.do(t, b.As(process.SafetySupervisor), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "请看", CopyTo: []string{leader.ID, manager.ID}})
	events, err := b.Store.History(t.Context(), leader, id, 0, 1)
	require.NoError(t, err)
	i := slices.IndexFunc(events[0].Told, func(p process.Told) bool { return p.ID == manager.ID })
	require.GreaterOrEqual(t, i, 0)
	require.Equal(t, []process.Part{{Behalf: leader.Name}}, events[0].Told[i].Parts, "meant by name, and standing in")
	require.Empty(t, events[0].Told[i].OnBehalf)
	rows, _, err := b.Store.Notices(t.Context(), manager.ID, 0, 10)
	require.NoError(t, err)
	require.JSONEq(t, `[{"as":"","behalf":"`+leader.Name+`"}]`, string(rows[0].Parts))

	for _, post := range []string{"leader", "liaison"} {
		b.do(t, leader, id, project.Kind.Does(casework.AssignVerb), casework.Assign{Role: post, UserID: manager.ID, Reason: "一人多岗"})
	}
	b.do(t, leader, id, project.WithdrawName, project.Withdraw{Way: "left", Cause: "other", Reason: "退出"})
	events, err = b.Store.History(t.Context(), leader, id, 0, 1)
	require.NoError(t, err)
	require.Len(t, events[0].Told, 1, "one notice")
	require.Equal(t, []process.Part{{As: process.AsManager}, {As: "leader"}, {As: "liaison"}}, events[0].Told[0].Parts)
	rows, _, err = b.Store.Notices(t.Context(), manager.ID, 0, 1)
	require.NoError(t, err)
	require.JSONEq(t, `[{"as":"manager","behalf":""},{"as":"leader","behalf":""},{"as":"liaison","behalf":""}]`, string(rows[0].Parts))
}

// TestAbsencesAreHeldAgainstEachOther: one deputy stands in once on a day, nobody for a deputy who in the end waits for them on those days, and no absence is for years.
func TestAbsencesAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	today := clock.DateOf(b.now)
	one, two, three := b.As(process.SafetySupervisor), b.As(process.LiaisonOfficer), b.As(process.ProjectManager)
	add := func(who, deputy process.Actor, from, to int) string {
		err := b.Store.AddAbsence(t.Context(), who.ID, deputy.ID, "出差", today.AddDays(from), today.AddDays(to), today)
		if err == nil {
			return ""
		}
		return process.RefusalOf(err).Fields[0].Name
	}
	require.Equal(t, "to_on", add(one, two, 0, 400))
	require.Empty(t, add(one, two, 0, 10))
	require.Equal(t, "deputy_id", add(one, two, 0, 10), "once more")
	require.Equal(t, "deputy_id", add(one, two, 10, 12), "on its last day")
	require.Empty(t, add(one, two, 11, 12))
	require.Empty(t, add(one, three, 5, 6), "two may share")
	require.Equal(t, "deputy_id", add(two, one, 3, 4), "a circle of two")
	require.Empty(t, add(two, three, 3, 8))
	require.Equal(t, "deputy_id", add(three, one, 8, 20), "a circle of three on its one common day")
	require.Empty(t, add(three, one, 13, 20), "when nobody else is away")
}
