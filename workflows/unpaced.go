package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// unpacedFire passes the clock's command through the door until the door has answered. It serves runs that began before the clock was paced:
// their recorded histories replay only with it. It lives until the run continues as new, is started anew, or ends with its case. Its wakes are
// named as everywhere, so that none is taken for another and it no longer goes round; and the watchdog starts a run anew that was woken in vain.
func (d *driver) unpacedFire(ctx workflow.Context, wake time.Time) {
	for {
		err := d.wake(ctx)
		if err == nil {
			return
		}
		d.firing = true // as it was recorded: the run does not continue as new meanwhile
		if refused(err) {
			d.catchUp(ctx)
			if again := d.standing.NextWake; again != nil && again.Equal(wake) {
				_ = workflow.Sleep(ctx, time.Minute) // cancelled: the loop sees it too
			}
			d.firing = false
			return
		}
		workflow.GetLogger(ctx).Warn("clock command failed", "case_id", d.in.CaseID, "error", err)
		err = workflow.Sleep(ctx, 5*time.Second)
		d.firing = false
		if err != nil {
			return
		}
	}
}
