package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// WatchdogType is the workflow type of the dead man's switch; a schedule runs it every minute.
const WatchdogType = "Watchdog"

// HealActivity is the name of the activity that pokes or restarts the workflows of cases whose wake-up is overdue.
const HealActivity = "heal"

// Watchdog finds open cases whose next wake is more than a minute past and gets their workflows going again. It returns how many.
func Watchdog(ctx workflow.Context) (int, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 50 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 1}, // the next minute tries again
		Summary:             "叫醒迟到的事项",
	})
	var healed int
	err := workflow.ExecuteActivity(ctx, HealActivity).Get(ctx, &healed)
	return healed, err
}
