package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/meeting"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// hazardsAt is what a gate of the project would find.
func (b *bundle) hazardsAt(t *testing.T, projectID string) process.Hazards {
	t.Helper()
	v, err := b.Store.Case(t.Context(), b.As(process.Auditor), projectID)
	require.NoError(t, err)
	return v.Env.Found.Hazards
}

// TestAHazardFollowsItsProject: it says by what name the project goes now, and stands at the gates of the one that it went on within; a major one that is said to be
// elsewhere stands at those of old versions alone.
func TestAHazardFollowsItsProject(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, supervisor := b.As(process.ProjectManager), b.As(process.SafetySupervisor)
	from, into := b.openProject(t, "construction"), b.openProject(t, "construction")
	id := uuid.NewString()
	b.do(t, supervisor, id, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "1# 厂房", Description: "脚手架没有验收", Level: hazard.General, Project: from})
	on := func() hazard.Hazard {
		t.Helper()
		v, err := b.Store.Case(t.Context(), supervisor, id)
		require.NoError(t, err)
		h, _ := v.Subject.(*hazard.Hazard)
		return *h
	}
	b.do(t, manager, from, project.RenameName, project.Rename{Title: "莱卡织造一期", Reason: "备案名称变更"})
	b.carry(t)
	require.Equal(t, "莱卡织造一期", on().ProjectTitle)
	require.Zero(t, b.hazardsAt(t, into).Open())

	b.do(t, manager, from, project.MergeName, project.Merge{Into: into, Reason: "同一个项目"})
	b.carry(t)
	require.Equal(t, into, on().ProjectID)
	require.Equal(t, process.Hazards{General: 1}, b.hazardsAt(t, into))
	found, err := b.Store.Verify(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Empty(t, found.Faults(), "it follows by a deed")

	major := uuid.NewString()
	b.do(t, supervisor, major, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "老厂区", Description: "危化品库没有防爆", Level: hazard.Major, Clause: "GB 15603 第 4.2 条"})
	require.Equal(t, process.Hazards{General: 1, Major: 1, Unsaid: 1, Anywhere: 1}, b.hazardsAt(t, into))
	b.do(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "elsewhere", Reason: "在老厂区"})
	require.Equal(t, process.Hazards{General: 1, Anywhere: 1}, b.hazardsAt(t, into))
}

// TestAMergedProjectBringsItsEnterprisesHazards: a major hazard of which nobody has said where it is may be on the site of the project that went on within another enterprise's: it stands at
// its gates until somebody says that it is elsewhere.
func TestAMergedProjectBringsItsEnterprisesHazards(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager, supervisor := b.As(process.ProjectManager), b.As(process.SafetySupervisor)
	from, into := b.openProject(t, "construction"), uuid.NewString()
	other := b.project("construction")
	other.EnterpriseID = b.Rival
	b.do(t, manager, into, project.OpenName, other)
	major := uuid.NewString()
	b.do(t, supervisor, major, hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "危化品库", Description: "没有防爆", Level: hazard.Major, Clause: "GB 15603 第 4.2 条"})
	require.Zero(t, b.hazardsAt(t, into).Open())
	b.do(t, manager, from, project.MergeName, project.Merge{Into: into, Reason: "同一个项目"})
	b.carry(t)
	require.Equal(t, process.Hazards{Major: 1, Unsaid: 1, Anywhere: 1}, b.hazardsAt(t, into))
	v, err := b.Store.Case(t.Context(), supervisor, major)
	require.NoError(t, err)
	number := b.rows(t, "SELECT number FROM cases WHERE id = '"+into+"'")[0]
	require.True(t, slices.ContainsFunc(v.Env.Found.Projects, func(p process.Parent) bool { return p.Number == number }), "the form offers where it goes on")
	b.do(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "project", Project: number, Reason: "在并入后的工地上"})
	require.Equal(t, process.Hazards{Major: 1, Anywhere: 1}, b.hazardsAt(t, into), "it is said where it is")
	stranger, err := b.Store.AddEnterprise(t.Context(), store.Enterprise{Name: "泗县恒达实业有限公司", ShortName: "恒达实业"})
	require.NoError(t, err)
	theirs := at(stranger)
	theirs.Project = number
	b.refused(t, process.InvalidInput, b.order(t, supervisor, uuid.NewString(), hazard.RecordName, theirs))
	b.do(t, supervisor, major, hazard.PlaceName, hazard.Place{Where: "elsewhere", Reason: "在老厂区"})
	require.Zero(t, b.hazardsAt(t, into).Open())
}

// TestWhatADeedDecidedIsNotPassedOver: a meeting's result on a project that has ended meanwhile comes too late: whoever is responsible for the case of the deed and for
// the project reads what was decided, with its conditions, once; it is not tried again.
func TestWhatADeedDecidedIsNotPassedOver(t *testing.T) {
	t.Parallel()
	b := setup(t)
	because, about := b.openProject(t, "joint_review"), b.openProject(t, "joint_review")
	b.do(t, b.As(process.ProjectManager), about, project.TerminateName, project.Terminate{Cause: "funds", Reason: "资金不到位"})
	b.carry(t)
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), `INSERT INTO follow_ups (because, version, case_id, kind, command, input, created_at) VALUES ($1, 1, $2, 'project', 'project.review', $3, $4)`,
		because, about, meeting.Decided{Meeting: "HY-2026-0001", MeetingID: because, Title: "第 8 次联审会议", On: clock.DateOf(b.now), Minutes: "纪要〔2026〕8号", Result: meeting.Conditional,
			Conditions: []meeting.ConditionGiven{{Condition: "落实用能指标", Stage: "signed", OwedBy: "县发改委"}}}, b.now)
	require.NoError(t, err)
	b.carry(t)
	b.carry(t)
	for _, id := range []string{because, about} {
		events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 50)
		require.NoError(t, err)
		told := 0
		for _, e := range events {
			if e.Command == "project.report_unmet" {
				told++
				require.Contains(t, e.Reason, "落实用能指标")
				require.Contains(t, e.Reason, "项目已经结束")
				require.False(t, strings.Contains(e.Reason, "系统会再试"), "it came too late for that")
				require.NotEmpty(t, e.Told)
			}
		}
		require.Equal(t, 1, told)
	}
	unmet, err := b.Store.UnmetOf(t.Context(), b.As(process.ProjectManager), because)
	require.NoError(t, err)
	require.Empty(t, unmet, "there is nothing left to do")
}

// TestFiguresByTheRecognisedDay: a project is counted by the day that departments recognised beside the day on which it happened; not while the last verdict does not count it.
func TestFiguresByTheRecognisedDay(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	id := b.openProject(t, "construction")
	today := clock.DateOf(b.now)
	listed := func() []store.ListRow {
		t.Helper()
		asked := store.Conditions{Days: map[string]store.Days{}}
		asked.During("started_recognised_on", today.Year())
		rows, _, err := b.Store.List(t.Context(), manager, project.Kind, asked, "started_recognised_on", "", 10, b.now)
		require.NoError(t, err)
		totals, err := b.Store.ListTotals(t.Context(), manager, project.Kind, asked, b.now)
		require.NoError(t, err)
		require.Equal(t, len(rows), totals.Count)
		return rows
	}
	require.Empty(t, listed(), "it has begun, and nobody has recognised it")
	b.do(t, manager, id, project.RecogniseName, project.Recognise{What: "started", Verdict: project.Counted, On: today, By: "县发改委"})
	require.Equal(t, today, listed()[0].StartedRecognisedOn)
	b.rows(t, "SELECT 'written' FROM rebuild_lists()")
	require.Equal(t, today, listed()[0].StartedRecognisedOn, "also when the cards are written anew")
	b.do(t, manager, id, project.RecogniseName, project.Recognise{What: "started", Verdict: project.NotCounted, On: today, By: "县统计局", Note: "不足 500 万元"})
	require.Empty(t, listed())
}
