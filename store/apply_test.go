package store_test

import (
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
)

func TestApplyRecordsTheDeedAndShowsItAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	b.do(t, b.As(process.ProjectManager), id, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
	outcome := b.do(t, b.As(process.ProjectManager), id, project.AdvanceName, project.Advance{From: "lead"})
	require.Equal(t, "negotiation", outcome.Standing.Stage)
	require.EqualValues(t, 3, outcome.Standing.Version)

	p, err := b.Store.Project(t.Context(), b.As(process.Auditor), id, clock.DateOf(b.now))
	require.NoError(t, err)
	require.Equal(t, "XM-2026-0001", p.Number)
	require.Equal(t, lifecycle.Passed, p.Passages[0].Outcome)
	require.Equal(t, "first_contact", p.Passages[0].Seal.Items[0].ID)
	require.Len(t, p.Gate, 3)

	events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 10)
	require.NoError(t, err)
	require.Len(t, events, 3)
	require.Contains(t, paths(events[0].Changes), "stage")
	require.Equal(t, events[1].Hash, events[0].PrevHash)
}

func paths(changes []process.Change) []string {
	all := []string{}
	for _, c := range changes {
		all = append(all, c.Path)
	}
	return all
}

func TestApplyAnswersARepeatedKeyOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	order := b.order(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "企业已到场"})
	first, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err)
	b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "later"})

	again, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err)
	require.True(t, again.Replayed)
	require.Equal(t, first.Event.Hash, again.Event.Hash)
	require.EqualValues(t, 3, again.Standing.Version, "the standing is the present one")

	t.Run("RefusesAnotherBody", func(t *testing.T) {
		other := b.order(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "something else"})
		other.Call.Key = order.Call.Key
		b.refused(t, process.KeyReused, other)
	})
	t.Run("RefusesAnotherCommand", func(t *testing.T) {
		other := b.order(t, b.As(process.ProjectManager), id, project.SuspendName, project.Suspend{Reason: "x", Category: "other"})
		other.Call.Key = order.Call.Key
		b.refused(t, process.KeyReused, other)
	})
}

func TestApplyOpensOnceUnderConcurrency(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := uuid.NewString()
	order := b.order(t, b.As(process.ProjectManager), id, project.OpenName, b.project("lead"))
	var wait sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wait.Go(func() { _, errs[i] = b.Store.Apply(t.Context(), order) })
	}
	wait.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 10)
	require.NoError(t, err)
	require.Len(t, events, 1)
}

func TestApplyLetsOneOfTwoAdvanceAndTellsTheOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	b.do(t, b.As(process.ProjectManager), id, project.ContactName, project.RecordContact{Way: "visit", Said: "看过对方车间"})
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for i, actor := range []process.Actor{b.As(process.ProjectManager), b.As(process.Leader)} {
		order := b.order(t, actor, id, project.AdvanceName, project.Advance{From: "lead"})
		wait.Go(func() { _, errs[i] = b.Store.Apply(t.Context(), order) })
	}
	wait.Wait()
	if errs[0] != nil {
		errs[0], errs[1] = errs[1], errs[0]
	}
	require.NoError(t, errs[0])
	var refusal *process.Refusal
	require.ErrorAs(t, errs[1], &refusal)
	require.Equal(t, process.StageMoved, refusal.Code)
	require.Equal(t, project.AdvanceName, refusal.Since.Event.Command)
	require.NotEmpty(t, refusal.Since.Event.Actor.Name)
}

func TestApplyRefusesAStaleVersion(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	b.do(t, b.As(process.Leader), id, project.EditName, project.Edit{Facts: project.Given{Note: ptr("重点调度")}, Reason: "补充"})
	seen := int64(1)
	order := b.order(t, b.As(process.ProjectManager), id, project.SuspendName, project.Suspend{Reason: "资金未到位", Category: "funds"})
	order.Call.IfVersion = &seen
	refusal := b.refused(t, process.StaleVersion, order)
	require.EqualValues(t, 2, refusal.Since.Version)
}

func TestApplyHidesWhatIsNotOnesBusiness(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	b.refused(t, process.NotFound, b.order(t, b.RivalOne, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))
	b.refused(t, process.NotFound, b.order(t, b.As(process.Department), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))
	b.refused(t, process.NotAllowed, b.order(t, b.As(process.Auditor), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))
	b.refused(t, process.NotFound, b.order(t, b.As(process.Leader), uuid.NewString(), project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))
	b.refused(t, process.NotFound, b.order(t, b.As(process.Leader), "nonsense", project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "x"}))

	b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByUnit, ToID: b.Bureau, Reason: "请办理施工许可"})
	b.do(t, b.As(process.Department), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "已受理"})
	rows, _, err := b.Store.Inbox(t.Context(), b.As(process.Department), "", 10)
	require.NoError(t, err)
	require.Len(t, rows, 1)
}

func TestHazardGoesThroughTwoRounds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.recordHazard(t)
	supervisor, day := b.As(process.SafetySupervisor), clock.DateOf(b.now)
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: day.AddDays(7), InspectorIDs: []string{b.Second.ID}})
	hand := hazard.HandIn{Measures: "已清理", Attachments: []process.Evidence{{UploadID: b.Upload(t.Context(), t, b.Contact)}}}
	b.do(t, b.Contact, id, hazard.HandInName, hand)
	b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Fail, Opinion: "应急照明不亮", InspectorIDs: []string{b.Second.ID},
		Requirement: "恢复供电", DueOn: day.AddDays(10)})
	hand.Attachments[0].UploadID = b.Upload(t.Context(), t, b.Contact)
	b.do(t, b.Contact, id, hazard.HandInName, hand)
	outcome := b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Pass, Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
	require.True(t, outcome.Standing.Done)

	h, err := b.Store.Hazard(t.Context(), supervisor, id)
	require.NoError(t, err)
	require.Len(t, h.Rounds, 2)
	require.Equal(t, "测开安监整改〔2026〕1号", h.Rounds[0].NoticeNumber)
	require.Equal(t, "测开安监整改〔2026〕2号", h.Rounds[1].NoticeNumber)
	require.Equal(t, hazard.Passed, h.Result)
	require.Len(t, h.Attachments, 2)
	require.Len(t, h.Clocks, 5)
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Findings)
	require.Equal(t, 6, v.Events)
}

func TestHistoryCannotBeRewritten(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "lead")
	b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "原话"})
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, statement := range []string{"UPDATE events SET reason = 'x'", "DELETE FROM events", "TRUNCATE events CASCADE"} {
		_, err = conn.Exec(t.Context(), statement)
		require.ErrorContains(t, err, "append-only", statement)
	}
	t.Run("TheApplicationsRoleMayNotEvenTry", func(t *testing.T) {
		app, err := pgx.Connect(t.Context(), b.app)
		require.NoError(t, err)
		defer app.Close(t.Context())
		for _, statement := range []string{"UPDATE events SET reason = 'x'", "DELETE FROM events", "TRUNCATE events", "UPDATE attachments SET name = 'x'", "DELETE FROM cases", "ALTER TABLE events DISABLE TRIGGER ALL"} {
			_, err = app.Exec(t.Context(), statement)
			require.Error(t, err, statement)
			require.NotContains(t, err.Error(), "append-only", "%s is refused before the trigger", statement)
		}
	})
	t.Run("VerifyFindsWhatTheOwnerForced", func(t *testing.T) {
		_, err = conn.Exec(t.Context(), "ALTER TABLE events DISABLE TRIGGER events_append_only; UPDATE events SET reason = '改过的话' WHERE version = 2")
		require.NoError(t, err)
		v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
		require.NoError(t, err)
		require.Len(t, v.Findings, 1)
		require.Equal(t, process.EventChanged, v.Findings[0].Sort)
		require.EqualValues(t, 2, v.Findings[0].Version)
	})
}

func TestOverdueIsMarkedOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.recordHazard(t)
	day := clock.DateOf(b.now)
	b.do(t, b.As(process.SafetySupervisor), id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: day.AddDays(1), InspectorIDs: []string{b.Second.ID}})
	b.refused(t, process.NothingChanged, b.order(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{}))
	b.now = day.AddDays(1).End()
	b.do(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{})
	b.refused(t, process.NothingChanged, b.order(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{}))
	b.refused(t, process.NotAllowed, b.order(t, b.As(process.SafetySupervisor), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{}))
	n, err := b.Store.UnreadNotices(t.Context(), b.Contact.ID)
	require.NoError(t, err)
	require.Equal(t, 2, n, "handed to the enterprise, and overdue")
}
