package systemtest

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/workflows"
)

// TestAnOrdinaryLifeGoesOn: a major hazard is handed in, its re-inspection is a day late, it fails with a new date, and everything goes on: the
// midnight at which the old clock was flagged is also the start of the new one.
func TestAnOrdinaryLifeGoesOn(t *testing.T) {
	t.Parallel()
	w := timed(t)
	second := userID(t, w, "dingwensheng")
	id := w.do(t, "mengqinglan", "/hazards", object{"enterprise_id": enterpriseOf(t, w), "location": "喷漆房", "description": "无防爆电气", "level": "major", "clause": "部令10号 第4条"}).Standing.CaseID
	h := "/hazards/" + id
	day := func() clock.Date { return clock.DateOf(w.clock.Now()) }
	plan := object{"responsible": "厂长", "measures": "更换", "funds": "10 万元", "time_limit": "一个月", "contingency": "停用"}
	w.do(t, "mengqinglan", h+"/issue-notice", object{"requirement": "更换防爆电气", "due_on": day().AddDays(20).String(), "inspector_ids": []string{second}, "plan": plan})
	w.do(t, "qiye", h+"/hand-in", object{"measures": "已更换", "attachments": w.evidence(t, "qiye")})
	standing, err := w.store.Standing(t.Context(), id)
	require.NoError(t, err)
	w.turnTo(t, standing.DueOn.AddDays(1).Start().Add(10*time.Hour))
	w.do(t, "mengqinglan", h+"/reinspect", object{"result": "fail", "opinion": "两台未换", "inspector_ids": []string{second}, "requirement": "全部更换", "due_on": day().AddDays(10).String()})
	for range 3 {
		w.do(t, "mengqinglan", h+"/comment", object{"text": "已催"})
	}
	w.turnTo(t, day().AddDays(11).Start().Add(10*time.Hour))
	now, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
	require.NoError(t, err)
	require.NotNil(t, now.OverdueSince)
	last := now.Clocks[len(now.Clocks)-1]
	fired := map[string]int{}
	for _, f := range last.Fired {
		fired[f.Rung]++
	}
	require.Equal(t, 1, fired["start:major_under_way"])
	require.Equal(t, 1, fired["due"])
	info, err := w.client.DescribeWorkflowExecution(t.Context(), workflows.ID(hazard.Kind, id), "")
	require.NoError(t, err)
	require.Less(t, info.GetWorkflowExecutionInfo().GetHistoryLength(), int64(300), "it does not spin")
}

// TestNobodyCanUseUpTheClocksKeys: an enterprise that comments under every key the clock might use is reminded all the same.
func TestNobodyCanUseUpTheClocksKeys(t *testing.T) {
	t.Parallel()
	w := timed(t)
	id := openHazard(t, w)
	h := "/hazards/" + id
	w.do(t, "mengqinglan", h+"/issue-notice", object{"requirement": "清理", "due_on": clock.DateOf(w.clock.Now()).AddDays(5).String(), "inspector_ids": []string{userID(t, w, "dingwensheng")}})
	s, err := w.store.Standing(t.Context(), id)
	require.NoError(t, err)
	for i, key := range []string{fmt.Sprintf("clock/hazard.remind/%d", s.NextWake.Unix()), fmt.Sprintf("clock/v%d/%s", s.Version+2, s.Wake), "batch/calendar-2"} {
		w.do(t, "qiye", h+"/comment", object{"text": fmt.Sprint("第", i)}, "Idempotency-Key", key)
	}
	w.turnTo(t, clock.DateOf(w.clock.Now()).AddDays(14).Start().Add(10*time.Hour))
	now, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
	require.NoError(t, err)
	require.NotNil(t, now.OverdueSince)
	require.Contains(t, []string{"supervision_order", "interview"}, string(now.Escalation))
}

// TestOnlyAnOpeningStartsAWorkflow: a refused opening leaves none, and a command on a case that is not there starts none.
func TestOnlyAnOpeningStartsAWorkflow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	key := uuid.NewString()
	a := w.call(t, "mengqinglan", http.MethodPost, "/hazards", object{"enterprise_id": uuid.NewString(), "location": "x", "description": "y", "level": "general"}, "Idempotency-Key", key)
	require.Less(t, a.Status, 500, "%s", a.Body)
	actor := process.Actor{Type: process.Person, ID: userID(t, w, "mengqinglan")}
	refused := workflows.ID(hazard.Kind, app.NewCaseID(hazard.RecordName, actor, key))
	require.Eventually(t, func() bool {
		info, err := w.client.DescribeWorkflowExecution(t.Context(), refused, "")
		return err == nil && info.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_COMPLETED
	}, time.Minute, 50*time.Millisecond, "the workflow of a refused opening ends")
	nowhere := uuid.NewString()
	a = w.call(t, "mengqinglan", http.MethodPost, "/hazards/"+nowhere+"/comment", object{"text": "x"})
	require.Equal(t, http.StatusNotFound, a.Status)
	_, err := w.client.DescribeWorkflowExecution(t.Context(), workflows.ID(hazard.Kind, nowhere), "")
	require.ErrorContains(t, err, "not found")
	require.Eventually(t, func() bool { // visibility follows after a moment
		page, err := w.client.ListWorkflow(t.Context(), &workflowservice.ListWorkflowExecutionsRequest{Query: "WorkflowId = '" + refused + "' AND ExecutionStatus = 'Completed'"})
		return err == nil && len(page.GetExecutions()) == 1
	}, time.Minute, 50*time.Millisecond)
}

// TestABatchPassesOverWhatRefuses: a version that does not exist is refused at once; one that a case cannot follow is recorded for that case,
// and the rest goes on.
func TestABatchPassesOverWhatRefuses(t *testing.T) {
	t.Parallel()
	w := timed(t)
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	require.ErrorContains(t, w.app.AdoptDefinition(t.Context(), admin, project.Kind, 99, "试用", false), string(process.InvalidInput))
	all, err := definitions.Projects()
	require.NoError(t, err)
	next := all[len(all)-1]
	next.Version++
	stages := next.Stages[:0:0]
	for _, s := range next.Stages {
		if s.ID == "construction" {
			s.ID = "building"
		}
		stages = append(stages, s)
	}
	next.Stages = stages
	require.NoError(t, next.Valid())
	require.NoError(t, w.store.Publish(t.Context(), project.Kind, next.Version, next))
	require.NoError(t, w.app.AdoptDefinition(t.Context(), admin, project.Kind, next.Version, "阶段改名", false))
	require.Eventually(t, func() bool {
		batches, err := w.store.Batches(t.Context(), 1)
		return err == nil && len(batches) == 1 && batches[0].EndedAt != nil
	}, time.Minute, 50*time.Millisecond)
	batches, err := w.store.Batches(t.Context(), 1)
	require.NoError(t, err)
	passed, err := w.store.PassedOver(t.Context(), batches[0].ID, 1000)
	require.NoError(t, err)
	require.NotEmpty(t, passed)
	require.Positive(t, batches[0].Touched, "the rest went on")
	back := w.app.AdoptDefinition(t.Context(), admin, project.Kind, next.Version-1, "退回", false)
	require.ErrorContains(t, back, string(process.InvalidInput), "nobody goes back to an older version without meaning it")
	for _, p := range passed {
		require.Equal(t, string(process.UnknownStage), p.Code)
		require.NotEmpty(t, p.Number)
	}
}

// TestACaseThatCannotGetOnHoldsUpNobody: cases whose record is damaged are named with the reason, and the clock, the watchdog, batches, forecasts
// and everybody else's reminders go on. Mended, they get on by themselves.
func TestACaseThatCannotGetOnHoldsUpNobody(t *testing.T) {
	t.Parallel()
	w := timed(t)
	second := userID(t, w, "dingwensheng")
	damaged, sound := []string{openHazard(t, w), openHazard(t, w)}, openHazard(t, w)
	for _, id := range append([]string{sound}, damaged...) {
		w.do(t, "mengqinglan", "/hazards/"+id+"/issue-notice", object{"requirement": "清理", "due_on": clock.DateOf(w.clock.Now()).AddDays(2).String(), "inspector_ids": []string{second}})
	}
	owner, err := pgx.Connect(t.Context(), w.machine.OwnerURL())
	require.NoError(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), `UPDATE clocks SET fired = '"broken"' WHERE case_id = ANY ($1) AND seq = 2`, damaged)
	require.NoError(t, err)
	began := time.Now()
	w.clock.Patience = 4 * time.Second
	w.turnTo(t, clock.DateOf(w.clock.Now()).AddDays(14).Start().Add(10*time.Hour))
	require.Less(t, time.Since(began), 3*time.Minute, "turning waits for them once")
	now, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, sound)
	require.NoError(t, err)
	require.Contains(t, []string{"supervision_order", "interview"}, string(now.Escalation))
	require.Eventually(t, func() bool {
		stuck, err := w.store.StuckCases(t.Context(), w.clock.Now(), 10)
		return err == nil && len(stuck) == 2 && stuck[0].Reason != "" && stuck[1].Reason != ""
	}, 2*time.Minute, 100*time.Millisecond)

	batchEnds(t, w, damaged)
	_, err = owner.Exec(t.Context(), `UPDATE clocks SET fired = '[]' WHERE case_id = ANY ($1) AND seq = 2`, damaged)
	require.NoError(t, err)
	for _, id := range damaged {
		require.NoError(t, w.app.Engine.Renew(t.Context(), hazard.Kind, id), "as the watchdog does with what was woken in vain")
		require.Eventually(t, func() bool {
			now, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
			return err == nil && now.OverdueSince != nil
		}, time.Minute, 100*time.Millisecond)
	}
}

// batchEnds changes the calendar while cases are damaged: the preview and the forecast speak of the others, and the batch ends with the damaged
// ones on record.
func batchEnds(t *testing.T, w *world, damaged []string) {
	t.Helper()
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	day := cal.NextWorkday(clock.DateOf(w.clock.Now()).AddDays(5))
	y := cal.Year(day.Year())
	y.Paper, y.Days[day] = "县政府通知", clock.Special{Kind: clock.Holiday, Name: "临时放假"}
	_, err = w.store.PreviewCalendar(t.Context(), cal.With(y), clock.DateOf(w.clock.Now()))
	require.NoError(t, err)
	_, _, err = w.store.Outlook(t.Context(), process.Actor{Type: process.Import}, w.clock.Now(), w.clock.Now().AddDate(0, 0, 14), "", 1000)
	require.NoError(t, err)
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	_, err = w.app.ChangeCalendar(t.Context(), admin, cal.With(y), cal.Version, "临时放假", 0)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		batches, err := w.store.Batches(t.Context(), 1)
		return err == nil && len(batches) == 1 && batches[0].EndedAt != nil
	}, 4*time.Minute, 100*time.Millisecond, "two cases that cannot be reached do not keep a batch open")
	batches, err := w.store.Batches(t.Context(), 1)
	require.NoError(t, err)
	passed, err := w.store.PassedOver(t.Context(), batches[0].ID, 10)
	require.NoError(t, err)
	names := []string{}
	for _, p := range passed {
		require.Equal(t, string(process.Stuck), p.Code)
		names = append(names, p.CaseID)
	}
	require.ElementsMatch(t, damaged, names)
}
