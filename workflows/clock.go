package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/process"
)

// clock sleeps until the case's next wake and then issues the clock's command through the door. There is one timer at a time; it is armed
// anew whenever the standing changes.
func (d *driver) clock(ctx workflow.Context) {
	for !d.over() {
		seen := d.changed
		if d.standing.NextWake == nil {
			if workflow.Await(ctx, func() bool { return d.changed != seen || d.over() }) != nil {
				return
			}
			continue
		}
		wake := *d.standing.NextWake
		timing, stop := workflow.WithCancel(ctx)
		timer := workflow.NewTimerWithOptions(timing, max(wake.Sub(d.now(ctx)), 0), workflow.TimerOptions{Summary: "下一次提醒，期限 " + d.standing.DueOn.String()})
		err := workflow.Await(ctx, func() bool { return timer.IsReady() || d.changed != seen || d.over() })
		fired := timer.IsReady()
		stop()
		if err != nil {
			return
		}
		if fired {
			d.fire(ctx, wake)
		}
	}
}

// fire passes the clock's command through the door until the door has answered; the database being away only delays it.
func (d *driver) fire(ctx workflow.Context, wake time.Time) {
	d.firing = true
	defer func() { d.firing = false }()
	for {
		now := d.now(ctx)
		_, err := d.apply(ctx, process.Order{Command: d.remind, Input: []byte("{}"), Call: process.Call{
			Key: fmt.Sprintf("clock/%s/%d", d.remind, wake.Unix()), Actor: process.TheClock(), OccurredAt: now, RecordedAt: now}})
		if err == nil {
			return
		}
		if refused(err) { // somebody was faster: hear where the case stands now
			d.catchUp(ctx)
			if again := d.standing.NextWake; again != nil && again.Equal(wake) && workflow.Sleep(ctx, time.Minute) != nil { // never spin
				return
			}
			return
		}
		workflow.GetLogger(ctx).Warn("clock command failed", "case_id", d.in.CaseID, "error", err)
		if workflow.Sleep(ctx, 5*time.Second) != nil {
			return
		}
	}
}

// now is the zone's time: the engine's, except in a demo whose clock was turned forward.
func (d *driver) now(ctx workflow.Context) time.Time { return workflow.Now(ctx).Add(d.standing.Ahead) }

// listen looks at the case again whenever somebody pokes.
func (d *driver) listen(ctx workflow.Context) {
	pokes := workflow.GetSignalChannel(ctx, PokeSignal)
	for {
		if !pokes.Receive(ctx, nil) {
			return
		}
		d.catchUp(ctx)
	}
}

// catchUp asks where the case stands. A case that does not exist yet leaves everything as it is.
func (d *driver) catchUp(ctx workflow.Context) {
	if d.mutex.Lock(ctx) != nil {
		return
	}
	defer d.mutex.Unlock()
	var standing process.Standing
	if err := workflow.ExecuteLocalActivity(patience(ctx, "standing"), StandingActivity, d.in.CaseID).Get(ctx, &standing); err != nil {
		workflow.GetLogger(ctx).Warn("standing not read", "case_id", d.in.CaseID, "error", err)
		d.changed++
		return
	}
	d.hear(ctx, standing)
}
