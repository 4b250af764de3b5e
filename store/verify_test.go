package store_test

import (
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/rectification"
	"github.com/parkway-zone/parkway/store"
)

// livedHazard goes through two rounds, with two photos in each hand-in and a deadline that passes.
func (b *bundle) livedHazard(t *testing.T) string {
	t.Helper()
	id := b.recordHazard(t)
	supervisor, day := b.As(process.SafetySupervisor), clock.DateOf(b.now)
	handIn := func() hazard.HandIn {
		return hazard.HandIn{Measures: "已清理 <&>", Attachments: []process.Evidence{{UploadID: b.Upload(t.Context(), t, b.Contact)}, {UploadID: b.Upload(t.Context(), t, b.Contact)}}}
	}
	b.do(t, supervisor, id, hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理通道", DueOn: day.AddDays(1), InspectorIDs: []string{b.Second.ID}})
	b.now = day.AddDays(2).Start().Add(9 * time.Hour)
	b.do(t, process.TheClock(), id, hazard.Kind.Does(casework.RemindVerb), casework.Remind{})
	b.do(t, b.Contact, id, hazard.HandInName, handIn())
	b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Fail, Opinion: "应急照明不亮", InspectorIDs: []string{b.Second.ID},
		Requirement: "恢复供电", DueOn: day.AddDays(10)})
	b.do(t, b.Contact, id, hazard.HandInName, handIn())
	b.do(t, supervisor, id, hazard.ReinspectName, hazard.Reinspect{Result: rectification.Pass, Opinion: "合格", InspectorIDs: []string{b.Second.ID}})
	return id
}

// livedProject answers gates with papers, passes them, is sent back, suspended and edited.
func (b *bundle) livedProject(t *testing.T) string {
	t.Helper()
	id := b.openProject(t, "lead")
	manager := b.As(process.ProjectManager)
	paper := func() process.Evidence { return process.Evidence{UploadID: b.Upload(t.Context(), t, manager)} }
	b.do(t, manager, id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "yes", Note: "考察报告", Attachments: []process.Evidence{paper(), paper()}})
	b.do(t, manager, id, project.AdvanceName, project.Advance{From: "lead"})
	b.do(t, manager, id, project.SendBackName, project.SendBack{ToStage: "lead", Reason: "材料要补"})
	b.do(t, manager, id, project.AnswerName, project.Answer{Requirement: "first_contact", Answer: "yes", Note: "补齐", Attachments: []process.Evidence{paper()}})
	b.do(t, manager, id, project.SuspendName, project.Suspend{Reason: "资金未到位", Category: "funds"})
	b.do(t, manager, id, project.ResumeName, project.Resume{Reason: "资金到位"})
	note := "备注"
	b.do(t, manager, id, project.EditName, project.Edit{Facts: project.Given{Note: &note}, Reason: "补充",
		Buildings: []project.BuildingGiven{{Code: "厂房(东)", Progress: "基础"}, {Code: "厂房", Progress: "封顶"}}})
	return id
}

func (b *bundle) verify(t *testing.T, id string) store.Verification {
	t.Helper()
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	return v
}

// superuser is somebody who can do what nobody may.
func (b *bundle) superuser(t *testing.T, statements ...string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close(t.Context()) })
	for _, table := range []string{"events", "attachments", "clocks", "rounds", "passages"} {
		statements = append([]string{"ALTER TABLE " + table + " DISABLE TRIGGER USER"}, statements...)
	}
	for _, s := range statements {
		_, err = conn.Exec(t.Context(), s)
		require.NoError(t, err, s)
	}
	return conn
}

func TestACaseIsToldByItsEventsAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, id := range map[string]string{"project": b.livedProject(t), "hazard": b.livedHazard(t)} {
		v := b.verify(t, id)
		require.Empty(t, v.Findings, name)
		require.Greater(t, v.Facts, 100, name)
		require.Len(t, v.Files, map[string]int{"project": 3, "hazard": 4}[name])

		events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 100)
		require.NoError(t, err)
		slices.Reverse(events)
		var rebuild process.Rebuild
		for _, e := range events {
			require.Empty(t, rebuild.Add(e))
		}
		doc, err := rebuild.Facts().Document()
		require.NoError(t, err)
		if name == "project" {
			requireRebuilt(t, doc, func() (project.Project, error) {
				p, err := b.Store.Project(t.Context(), b.As(process.Auditor), id, clock.DateOf(b.now))
				return p.Project, err
			})
		} else {
			requireRebuilt(t, doc, func() (hazard.Hazard, error) {
				h, err := b.Store.Hazard(t.Context(), b.As(process.Auditor), id)
				return h.Hazard, err
			})
		}
	}
}

func requireRebuilt[S any](t *testing.T, doc json.RawMessage, stored func() (S, error)) {
	t.Helper()
	var told S
	require.NoError(t, json.Unmarshal(doc, &told))
	row, err := stored()
	require.NoError(t, err)
	compared(t, told, row)
}

func TestTwoFilesOfOneDeedAreBothInItsEvent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.livedHazard(t)
	events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 100)
	require.NoError(t, err)
	i := slices.IndexFunc(events, func(e process.Event) bool { return e.Command == hazard.HandInName })
	require.Contains(t, paths(events[i].Changes), "attachments[3.1].sha256")
	require.Contains(t, paths(events[i].Changes), "attachments[4.1].sha256")
	require.Contains(t, paths(events[i].Changes), "clocks[4].verdict", "the clock that stopped and the one that started, of one round")
	require.Contains(t, paths(events[i].Changes), "clocks[5].name")
}

func TestAnEventSaysWhomItTold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.livedHazard(t)
	events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 100)
	require.NoError(t, err)
	i := slices.IndexFunc(events, func(e process.Event) bool { return e.Command == hazard.Kind.Does(casework.RemindVerb) })
	require.NotEmpty(t, events[i].Told)
	require.True(t, slices.ContainsFunc(events[i].Told, func(p process.Told) bool {
		return p.ID == b.As(process.SafetySupervisor).ID && p.Rung == "due" && p.Act == "flag_overdue" && p.Name != ""
	}), "%+v", events[i].Told)
	b.superuser(t, `UPDATE events SET told = '[]' WHERE command = 'hazard.remind'`)
	require.Equal(t, process.EventChanged, b.verify(t, id).Findings[0].Sort, "whom it told is part of the fingerprint")
}

func TestVerificationNamesEverythingThatWasChanged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	projectID, openID, hazardID := b.livedProject(t), b.recordHazard(t), b.livedHazard(t)
	b.superuser(t,
		`UPDATE cases SET title = '改名', holder_name = '别人' WHERE kind = 'project'`,
		`UPDATE cases SET updated_at = updated_at + interval '1 second' WHERE kind = 'hazard'`,
		`UPDATE cases SET next_wake = NULL WHERE id = '`+openID+`'`,
		`UPDATE projects SET note = '', is_key = true`,
		`UPDATE passages SET seal = jsonb_set(seal, '{items,0,given,note}', '"后加的话"') WHERE seq = 1`,
		`UPDATE gate_answers SET by_name = '别人'`,
		`UPDATE buildings SET progress = '竣工' WHERE code = '厂房(东)'`,
		`UPDATE clocks SET due_on = due_on + 30, due_at = NULL WHERE seq = 2`,
		`UPDATE attachments SET sha256 = repeat('f', 64) WHERE number = 2`,
		`UPDATE uploads SET name = '另一个.jpg' WHERE id = (SELECT upload_id FROM attachments AS a JOIN cases AS c ON c.id = a.case_id WHERE c.kind = 'hazard' AND a.number = 4)`,
		`DELETE FROM attachments WHERE number = 3`,
		`UPDATE rounds SET opinion = '合格' WHERE round = 1`)
	expect := func(id string, paths ...string) {
		found := []string{}
		v := b.verify(t, id)
		for _, f := range v.Findings {
			require.Contains(t, []process.FindingSort{process.FactDiffers, process.ReceiptDiffers}, f.Sort, f)
			require.NotEmpty(t, f.Says.Chinese)
			found = append(found, f.Path)
		}
		for _, path := range paths {
			require.Contains(t, found, path)
		}
	}
	expect(projectID, "title", "holder.name", "note", "is_key", "passages[1].seal.items[first_contact].given.note", "gate_answers[first_contact].by_name",
		`buildings[厂房(东)].progress`, "attachments[2.1].sha256", "attachments[3.1].name")
	expect(openID, "next_wake")
	expect(hazardID, "updated_at", "clocks[2].due_on", "attachments[2.1].sha256", "attachments[3.1].sha256", "attachments[4.1].name", "rounds[1].opinion")
}

func TestVerificationNamesEveryEventThatWasChanged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.livedHazard(t)
	b.superuser(t,
		`UPDATE events SET changes = '[]' WHERE version = 2`,
		`UPDATE events SET reason = 'x' WHERE version = 4`,
		`ALTER TABLE notices DROP CONSTRAINT notices_case_id_version_fkey`,
		`DELETE FROM events WHERE version IN (5, 6)`)
	v := b.verify(t, id)
	type at struct {
		Sort    process.FindingSort
		Version int64
	}
	found := []at{}
	for _, f := range v.Findings {
		found = append(found, at{f.Sort, f.Version})
	}
	for _, expected := range []at{{process.EventChanged, 2}, {process.EventContradicts, 3}, {process.EventChanged, 4}, {process.EventMissing, 5}, {process.FactDiffers, 0}} {
		require.Contains(t, found, expected)
	}
	require.False(t, v.Intact())

	other := b.livedHazard(t)
	b.superuser(t, `DELETE FROM events WHERE version = 7 AND case_id = '`+other+`'`)
	require.Equal(t, process.EventMissing, b.verify(t, other).Findings[0].Sort, "the end was cut off")
	third := b.livedHazard(t)
	b.superuser(t, `UPDATE cases SET head_hash = sha256('x') WHERE id = '`+third+`'`)
	require.Equal(t, process.HeadDiffers, b.verify(t, third).Findings[0].Sort)
}

// Events recorded before they held every fact are no sign of tampering; the next event states the case in full, and from then on it is compared.
func TestOldHistoriesAreCompletedByTheirNextEvent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.livedProject(t)
	owner := b.superuser(t)
	require.NoError(t, store.AgeEvents(t.Context(), owner, id))
	v := b.verify(t, id)
	require.True(t, v.Intact())
	require.Zero(t, v.Facts)
	require.Len(t, v.Findings, 1)
	require.Equal(t, process.NotInEvents, v.Findings[0].Sort)

	b.superuser(t, `UPDATE cases SET title = title || '改'`)
	require.Equal(t, "title", b.verify(t, id).Faults()[0].Path, "where the case stands is in old events as well")
	b.superuser(t, `UPDATE cases SET title = left(title, -1)`)

	b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "更新以后的第一条"})
	b.do(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: "第二条"})
	events, err := b.Store.History(t.Context(), b.As(process.Auditor), id, 0, 2)
	require.NoError(t, err)
	require.NotEmpty(t, events[1].Restated)
	require.Nil(t, events[0].Restated, "once is enough")
	v = b.verify(t, id)
	require.Empty(t, v.Findings)
	require.Greater(t, v.Facts, 100)
	b.superuser(t, `UPDATE attachments SET sha256 = repeat('f', 64) WHERE number = 2`)
	require.Equal(t, "attachments[2.1].sha256", b.verify(t, id).Findings[0].Path)
}

func TestVerifyingWhilePeopleWorkFindsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.openProject(t, "construction")
	manager := b.As(process.ProjectManager)
	done := make(chan struct{})
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			for i := range 40 {
				note := time.Duration(i).String() + " " + time.Now().String()
				order := b.order(t, manager, id, project.EditName, project.Edit{Facts: project.Given{Note: &note}, Reason: "x"})
				if i%2 == 0 {
					order = b.order(t, manager, id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: note})
				}
				if _, err := b.Store.Apply(t.Context(), order); err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() { workers.Wait(); close(done) }()
	for looks := 0; ; looks++ {
		v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
		require.NoError(t, err)
		require.Empty(t, v.Findings)
		require.EqualValues(t, v.Head.Version, v.Events)
		select {
		case <-done:
			require.Greater(t, looks, 3)
			return
		default:
		}
	}
}

func TestSealedPartsCannotBeChangedInTheTables(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.livedProject(t)
	b.livedHazard(t)
	conn, err := pgx.Connect(t.Context(), b.app)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, statement := range []string{"UPDATE clocks SET verdict = 'on_time' WHERE stopped_on IS NOT NULL", "UPDATE rounds SET opinion = 'x' WHERE verdict <> ''",
		"UPDATE passages SET seal = NULL WHERE outcome <> 'current'"} {
		_, err := conn.Exec(t.Context(), statement)
		require.ErrorContains(t, err, "append-only", statement)
	}
}
