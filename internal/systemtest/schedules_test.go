package systemtest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/worker"
)

// TestSchedulesFollowTheCode: a schedule that a program before this one made otherwise is changed at the next start, once; what an operator
// paused stays paused.
func TestSchedulesFollowTheCode(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	w := &world{dir: dataFolder(t)}
	w.start(t)
	t.Cleanup(func() { w.stop(t) })
	schedules := w.client.ScheduleClient()
	old := func(id string, spec client.ScheduleSpec) {
		_, err := schedules.Create(t.Context(), client.ScheduleOptions{ID: id, Spec: spec, Overlap: enumspb.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL, CatchupWindow: time.Hour, Paused: true, Note: "停电",
			Action: &client.ScheduleWorkflowAction{ID: "old", Workflow: "Old", TaskQueue: "old"}})
		require.NoError(t, err)
	}
	old("watchdog", client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Hour}}})
	old("leader-digest", client.ScheduleSpec{Calendars: []client.ScheduleCalendarSpec{{Hour: []client.ScheduleRange{{Start: 7}}, DayOfWeek: []client.ScheduleRange{{Start: 1, End: 5}}}}})
	require.NoError(t, worker.EnsureSchedules(t.Context(), w.client, taskQueue))

	described := func(id string) *client.ScheduleDescription {
		d, err := schedules.GetHandle(t.Context(), id).Describe(t.Context())
		require.NoError(t, err)
		return d
	}
	watchdog, digest := described("watchdog"), described("leader-digest")
	require.Equal(t, []client.ScheduleIntervalSpec{{Every: time.Minute}}, watchdog.Schedule.Spec.Intervals)
	require.Equal(t, time.Minute, watchdog.Schedule.Policy.CatchupWindow)
	require.Equal(t, enumspb.SCHEDULE_OVERLAP_POLICY_SKIP, watchdog.Schedule.Policy.Overlap)
	require.Equal(t, "Watchdog", watchdog.Schedule.Action.(*client.ScheduleWorkflowAction).Workflow)
	require.Len(t, digest.Schedule.Spec.Calendars, 1)
	require.Equal(t, []client.ScheduleRange{{Start: 0, End: 0, Step: 1}}, digest.Schedule.Spec.Calendars[0].Hour, "08:30 in the zone is 00:30 in UTC")
	for _, d := range []*client.ScheduleDescription{watchdog, digest} {
		require.True(t, d.Schedule.State.Paused)
		require.Equal(t, "停电", d.Schedule.State.Note)
		require.NotZero(t, d.Info.LastUpdateAt)
	}

	require.NoError(t, worker.EnsureSchedules(t.Context(), w.client, taskQueue))
	require.Equal(t, watchdog.Info.LastUpdateAt, described("watchdog").Info.LastUpdateAt, "what is as wanted is left alone")
	require.Equal(t, digest.Info.LastUpdateAt, described("leader-digest").Info.LastUpdateAt)
}
