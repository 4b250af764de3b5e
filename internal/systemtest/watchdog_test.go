package systemtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// nothingFallsSilent imports a hazard whose deadline passed without any workflow knowing, and lets the watchdog look: the workflow starts, the
// clock's command is recorded, and the enterprise and the supervisor are told.
func nothingFallsSilent(t *testing.T, w *world, enterprise string) {
	id, supervisor := uuid.NewString(), userID(t, w, "mengqinglan")
	found := w.today().AddDays(-30)
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
			Actor: process.Actor{Type: process.Import, Name: "import"}, OccurredAt: found.Start(), RecordedAt: w.time()}})
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
	}, time.Minute, 50*time.Millisecond)
	var history struct{ Events []process.Event }
	w.call(t, "mengqinglan", http.MethodGet, "/cases/"+id+"/history", nil).read(t, &history)
	require.Equal(t, hazard.Kind.Does(casework.RemindVerb), history.Events[0].Command)
	require.Equal(t, process.Clock, history.Events[0].Actor.Type)
	var notices struct{ Unread int }
	for _, who := range []string{"qiye", "mengqinglan"} {
		w.call(t, who, http.MethodGet, "/notices", nil).read(t, &notices)
		require.Positive(t, notices.Unread, who)
	}
	next := heard(t, w, id).NextWake
	require.NotNil(t, next, "the floor rhythm goes on")
	require.True(t, next.After(w.time()))
}

// TestLeadersAreToldInTheMorning holds the engine's own schedule against the promise: 08:30 in the zone, not caught up later than two hours;
// and lets it fire, with a worker that lives in the machine's time as that of a real zone does: on a working day each leader gets the morning's digest,
// once however often it fires, and on a day off nobody does.
func TestLeadersAreToldInTheMorning(t *testing.T) {
	t.Parallel()
	w := newWorldAt(t, func(w *world) { w.clock = nil })
	morning := w.client.ScheduleClient().GetHandle(t.Context(), "leader-digest")
	described, err := morning.Describe(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2*time.Hour, described.Schedule.Policy.CatchupWindow)
	require.NotEmpty(t, described.Info.NextActionTimes)
	for _, at := range described.Info.NextActionTimes {
		require.Equal(t, "08:30:00", at.In(clock.Zone()).Format(time.TimeOnly))
	}
	before := digests(t, w)
	want := before + 1
	if calendar, err := definitions.Calendar(); err != nil || !calendar.Works(clock.DateOf(time.Now())) {
		require.NoError(t, err)
		want = before // nobody is disturbed on a day off
	}
	for fired := range 2 {
		require.NoError(t, morning.Trigger(t.Context(), client.ScheduleTriggerOptions{Overlap: enums.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL}))
		require.Eventually(t, func() bool {
			d, err := morning.Describe(t.Context())
			return err == nil && d.Info.NumActions > fired && len(d.Info.RunningWorkflows) == 0
		}, time.Minute, 50*time.Millisecond)
		require.Eventually(t, func() bool { return digests(t, w) == want }, time.Minute, 50*time.Millisecond)
	}
}

// digests is how many morning digests the leader has been told.
func digests(t *testing.T, w *world) int {
	t.Helper()
	var notices struct{ Items []struct{ Kind string } }
	w.call(t, "shaojinghe", http.MethodGet, "/notices", nil).read(t, &notices)
	n := 0
	for _, notice := range notices.Items {
		if notice.Kind == process.NoticeDigest {
			n++
		}
	}
	return n
}

// TestADemoHasItsOwnMornings: the digest of a demo zone comes on the demo's mornings, which the watchdog sees, and not on the machine's.
func TestADemoHasItsOwnMornings(t *testing.T) {
	t.Parallel()
	w := newWorldAt(t, func(w *world) {
		tuesday := clock.DateOf(seed.Begin()).AddDays(1).Start().Add(8*time.Hour + 31*time.Minute)
		require.NoError(t, w.store.SetDemoClock(t.Context(), time.Until(tuesday)))
		w.tell(t)
	})
	for range 2 {
		run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: taskQueue}, workflows.WatchdogType)
		require.NoError(t, err)
		require.NoError(t, run.Get(t.Context(), nil))
		require.Equal(t, 2, digests(t, w), "Monday's, which the demo came with, and Tuesday's")
	}
	run, err := w.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: taskQueue}, workflows.DigestType)
	require.NoError(t, err)
	require.NoError(t, run.Get(t.Context(), nil))
	require.Equal(t, 2, digests(t, w), "the machine's morning is none of the demo's")
	require.Eventually(t, func() bool {
		sent, err := w.store.Messages(t.Context(), "delivered", 0, 20)
		return err == nil && slices.ContainsFunc(sent, func(m store.MessageRow) bool {
			return m.Channel == "演示收件箱" && m.UserName == "邵景和" && strings.Contains(string(m.Said), "晨报")
		})
	}, time.Minute, 100*time.Millisecond, "it is delivered over the demo's own channel, and what it said stays there to be read")
}
