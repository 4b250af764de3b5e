package systemtest

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// nothingFallsSilent imports a hazard whose deadline passed without any workflow knowing, and lets the watchdog look: the workflow starts, the
// clock's command is recorded, and the enterprise and the supervisor are told.
func nothingFallsSilent(t *testing.T, w *world, enterprise string) {
	id, supervisor := uuid.NewString(), userID(t, w, "mengqinglan")
	found := clock.DateOf(time.Now()).AddDays(-30)
	both := []string{supervisor, userID(t, w, "dingwensheng")}
	for _, c := range []struct {
		name  process.Name
		input any
	}{
		{hazard.RecordName, hazard.Record{EnterpriseID: enterprise, Location: "动力站", Description: "气瓶未固定", Level: hazard.General, InspectorIDs: both, SupervisorID: supervisor}},
		{hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "固定气瓶", DueOn: found.AddDays(10), InspectorIDs: both}},
	} {
		input, err := json.Marshal(c.input)
		require.NoError(t, err)
		_, err = w.store.Apply(t.Context(), process.Order{CaseID: id, Command: c.name, Input: input, Call: process.Call{Key: string(c.name),
			Actor: process.Actor{Type: process.Import, Name: "import"}, OccurredAt: found.Start(), RecordedAt: time.Now()}})
		require.NoError(t, err)
	}
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: taskQueue}, workflows.WatchdogType)
	require.NoError(t, err)
	var late int
	require.NoError(t, run.Get(t.Context(), &late))
	require.Positive(t, late, "the imported one, and what else the demo zone left lying")
	require.Eventually(t, func() bool {
		s, err := w.store.Standing(t.Context(), id)
		return err == nil && s.Version == 3
	}, 20*time.Second, 50*time.Millisecond)
	var history struct{ Events []process.Event }
	w.call(t, "mengqinglan", http.MethodGet, "/cases/"+id+"/history", nil).read(t, &history)
	require.Equal(t, hazard.RemindName, history.Events[0].Command)
	require.Equal(t, process.Clock, history.Events[0].Actor.Type)
	var notices struct{ Unread int }
	for _, who := range []string{"qiye", "mengqinglan"} {
		w.call(t, who, http.MethodGet, "/notices", nil).read(t, &notices)
		require.Positive(t, notices.Unread, who)
	}
	next := heard(t, w, id).NextWake
	require.NotNil(t, next, "the floor rhythm goes on")
	require.True(t, next.After(time.Now()))
}
