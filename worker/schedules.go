package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/workflows"
)

// The ids of the schedules.
const (
	watchdogID = "watchdog"
	digestID   = "leader-digest"
)

// EnsureSchedules creates the schedules that are missing, changes those that this program wants otherwise, and starts the courier. It can be
// repeated, also by several workers at once. What an operator paused stays paused.
func EnsureSchedules(ctx context.Context, c client.Client, taskQueue string) error {
	for _, s := range schedules(taskQueue) {
		_, err := c.ScheduleClient().Create(ctx, s)
		var exists *serviceerror.AlreadyExists
		if errors.Is(err, temporal.ErrScheduleAlreadyRunning) || errors.As(err, &exists) {
			err = change(ctx, c.ScheduleClient().GetHandle(ctx, s.ID), s)
		}
		if err != nil {
			return fmt.Errorf("make the schedule %s: %w", s.ID, err)
		}
	}
	return Prompt(ctx, c, taskQueue)
}

// schedules are what this program wants to run by the clock. Everything is written out as the engine tells it back, so that it can be compared.
func schedules(taskQueue string) []client.ScheduleOptions {
	minute := client.ScheduleOptions{
		ID:            watchdogID,
		Spec:          client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Minute}}},
		Action:        &client.ScheduleWorkflowAction{ID: watchdogID, Workflow: workflows.WatchdogType, TaskQueue: taskQueue, WorkflowExecutionTimeout: time.Minute},
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: time.Minute, // a machine that was off needs one look, not one for each minute missed
	}
	// 08:30 in the zone, in UTC: the zone has no daylight saving, and the machine's zone database does not matter.
	at := time.Date(2000, 1, 1, 8, 30, 0, 0, clock.Zone()).UTC()
	daily := client.ScheduleCalendarSpec{Second: only(0), Minute: only(at.Minute()), Hour: only(at.Hour()), DayOfMonth: from(1, 31), Month: from(1, 12), DayOfWeek: from(0, 6)}
	morning := client.ScheduleOptions{
		ID:            digestID,
		Spec:          client.ScheduleSpec{Calendars: []client.ScheduleCalendarSpec{daily}},
		Action:        &client.ScheduleWorkflowAction{ID: digestID, Workflow: workflows.DigestType, TaskQueue: taskQueue, WorkflowExecutionTimeout: time.Hour},
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: 2 * time.Hour, // a digest that is later than that is yesterday's news
	}
	return []client.ScheduleOptions{minute, morning}
}

func only(n int) []client.ScheduleRange { return from(n, n) }

func from(first, last int) []client.ScheduleRange {
	return []client.ScheduleRange{{Start: first, End: last, Step: 1}}
}

// change makes a schedule what is wanted, unless it is that already.
func change(ctx context.Context, handle client.ScheduleHandle, wanted client.ScheduleOptions) error {
	return handle.Update(ctx, client.ScheduleUpdateOptions{DoUpdate: func(now client.ScheduleUpdateInput) (*client.ScheduleUpdate, error) {
		s := now.Description.Schedule
		if same(s, wanted) {
			return nil, temporal.ErrSkipScheduleUpdate
		}
		s.Action, s.Spec = wanted.Action, &wanted.Spec
		s.Policy.Overlap, s.Policy.CatchupWindow = wanted.Overlap, wanted.CatchupWindow
		return &client.ScheduleUpdate{Schedule: &s}, nil
	}})
}

// same compares what the engine runs with what is wanted.
func same(s client.Schedule, wanted client.ScheduleOptions) bool {
	runs, ok := s.Action.(*client.ScheduleWorkflowAction)
	want, wantOK := wanted.Action.(*client.ScheduleWorkflowAction)
	return ok && wantOK && runs.ID == want.ID && runs.Workflow == want.Workflow && runs.TaskQueue == want.TaskQueue &&
		runs.WorkflowExecutionTimeout == want.WorkflowExecutionTimeout && len(runs.Args) == len(want.Args) &&
		slices.Equal(s.Spec.Intervals, wanted.Spec.Intervals) && slices.EqualFunc(s.Spec.Calendars, wanted.Spec.Calendars, sameDays) &&
		s.Policy.Overlap == wanted.Overlap && s.Policy.CatchupWindow == wanted.CatchupWindow
}

func sameDays(a, b client.ScheduleCalendarSpec) bool {
	return slices.Equal(a.Second, b.Second) && slices.Equal(a.Minute, b.Minute) && slices.Equal(a.Hour, b.Hour) && slices.Equal(a.DayOfMonth, b.DayOfMonth) &&
		slices.Equal(a.Month, b.Month) && slices.Equal(a.DayOfWeek, b.DayOfWeek) && slices.Equal(a.Year, b.Year)
}

// Prompt wakes the courier, starting it when it is not there.
func Prompt(ctx context.Context, c client.Client, taskQueue string) error {
	_, err := c.SignalWithStartWorkflow(ctx, workflows.CourierID, workflows.PokeSignal, nil, client.StartWorkflowOptions{TaskQueue: taskQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING}, workflows.CourierType)
	if err != nil {
		return fmt.Errorf("wake the courier: %w", err)
	}
	return nil
}
