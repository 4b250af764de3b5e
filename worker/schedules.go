package worker

import (
	"context"
	"errors"
	"fmt"
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

// EnsureSchedules creates the schedules that are missing and starts the courier. It can be repeated, also by several workers at once.
func EnsureSchedules(ctx context.Context, c client.Client, taskQueue string) error {
	minute := client.ScheduleOptions{
		ID:            watchdogID,
		Spec:          client.ScheduleSpec{Intervals: []client.ScheduleIntervalSpec{{Every: time.Minute}}},
		Action:        &client.ScheduleWorkflowAction{ID: watchdogID, Workflow: workflows.WatchdogType, TaskQueue: taskQueue, WorkflowExecutionTimeout: time.Minute},
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: time.Minute, // a machine that was off needs one look, not one for each minute missed
	}
	// 08:30 in the zone, in UTC: the zone has no daylight saving, and the machine's zone database does not matter.
	at := time.Date(2000, 1, 1, 8, 30, 0, 0, clock.Zone()).UTC()
	morning := client.ScheduleOptions{
		ID:            digestID,
		Spec:          client.ScheduleSpec{Calendars: []client.ScheduleCalendarSpec{{Hour: []client.ScheduleRange{{Start: at.Hour()}}, Minute: []client.ScheduleRange{{Start: at.Minute()}}}}},
		Action:        &client.ScheduleWorkflowAction{ID: digestID, Workflow: workflows.DigestType, TaskQueue: taskQueue, WorkflowExecutionTimeout: time.Hour},
		Overlap:       enumspb.SCHEDULE_OVERLAP_POLICY_SKIP,
		CatchupWindow: 2 * time.Hour, // a digest that is later than that is yesterday's news
	}
	for _, s := range []client.ScheduleOptions{minute, morning} {
		_, err := c.ScheduleClient().Create(ctx, s)
		var exists *serviceerror.AlreadyExists
		if err != nil && !errors.Is(err, temporal.ErrScheduleAlreadyRunning) && !errors.As(err, &exists) {
			return fmt.Errorf("create the schedule %s: %w", s.ID, err)
		}
	}
	return Prompt(ctx, c, taskQueue)
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
