package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/process"
)

// clock sleeps until the case's next wake and then issues the clock's command through the door. There is one timer at a time. It moves only when
// the wake comes sooner, or a demo's clock jumps; one that rings early finds nothing due by what was last heard, and sleeps on. A run that finds its case
// closed may be there to open it again: as long as the run lasts, so does its clock.
func (d *driver) clock(ctx workflow.Context) {
	for {
		if d.over() && workflow.Await(ctx, func() bool { return !d.over() }) != nil {
			return
		}
		seen := d.changed
		if d.standing.NextWake == nil {
			if workflow.Await(ctx, func() bool { return d.changed != seen || d.over() }) != nil {
				return
			}
			continue
		}
		wake, armed := d.pace.after(*d.standing.NextWake), d.rings()
		timing, stop := workflow.WithCancel(ctx)
		timer := workflow.NewTimerWithOptions(timing, max(armed.Sub(workflow.Now(ctx)), 0), workflow.TimerOptions{Summary: "下一次提醒"})
		err := workflow.Await(ctx, func() bool { return timer.IsReady() || d.rearms(armed, seen) || d.over() })
		fired := timer.IsReady()
		stop()
		if err != nil {
			return
		}
		switch {
		case fired && d.in.Loop < paced:
			d.unpacedFire(ctx, wake)
		case fired && d.fire(ctx) != nil:
			return
		}
	}
}

// rings is when the timer has to ring, by the engine's time.
func (d *driver) rings() time.Time { return d.pace.after(*d.standing.NextWake).Add(-d.standing.Ahead) }

// rearms reports whether the timer has to be armed anew. Runs that began before it could ring early arm it whenever anything was heard: their recorded
// histories replay only so.
func (d *driver) rearms(armed time.Time, seen int) bool {
	if d.in.Loop < steady {
		return d.changed != seen
	}
	return d.standing.NextWake != nil && d.rings().Before(armed)
}

// due reports whether the wake has come.
func (d *driver) due(ctx workflow.Context) bool {
	return d.standing.NextWake != nil && !d.rings().After(workflow.Now(ctx))
}

// peopleFirst is how many commands of people the clock lets through before it takes its own turn.
const peopleFirst = 20

// fire passes the clock's command through the door, once: people's commands go first, and whatever the door answers, the clock makes progress
// or waits. It returns an error only when the run is cancelled.
func (d *driver) fire(ctx workflow.Context) error {
	before := d.served
	if d.in.Loop >= steady && !d.due(ctx) { // it rang early
		return nil
	}
	if err := workflow.Await(ctx, func() bool { return d.waiting == 0 || d.served-before >= peopleFirst || d.over() }); err != nil || d.over() {
		return err
	}
	if d.standing.NextWake == nil || d.in.Loop >= steady && !d.due(ctx) { // a person's command has seen to it
		return nil
	}
	heard := d.standing
	err := d.wake(ctx)
	if err == nil {
		d.pace.heard(d.standing, heard, d.now(ctx))
		return nil
	}
	if !refused(err) {
		workflow.GetLogger(ctx).Warn("clock command failed", "case_id", d.in.CaseID, "error", err)
		d.pace.failed(d.now(ctx))
		return nil
	}
	d.catchUp(ctx) // somebody was faster: hear where the case stands now
	d.pace.heard(d.standing, heard, d.now(ctx))
	if again := d.standing.NextWake; again != nil && again.Equal(*heard.NextWake) {
		return workflow.Sleep(ctx, time.Minute)
	}
	return nil
}

// wake issues the clock's command. Its key names what the wake is and the version it was heard at, so that no other wake, before or after,
// can be taken for it.
func (d *driver) wake(ctx workflow.Context) error {
	d.firing = true
	defer func() { d.firing = false }()
	now := d.now(ctx)
	_, err := d.apply(ctx, process.Order{Command: d.remind, Input: []byte("{}"), Call: process.Call{
		Key: fmt.Sprintf("clock/v%d/%s", d.standing.Version, d.standing.Wake), Actor: process.TheClock(), OccurredAt: now, RecordedAt: now}}, func() {})
	return err
}

// now is the zone's time: the engine's, except in a demo, which lives in its own.
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
		d.answered = refused(err)
		if d.answered { // an opening that was refused left no case; that is an answer, and nothing for an operator
			workflow.GetLogger(ctx).Debug("standing not read", "case_id", d.in.CaseID, "error", err)
		} else {
			workflow.GetLogger(ctx).Warn("standing not read", "case_id", d.in.CaseID, "error", err)
		}
		d.changed++
		return
	}
	d.hear(ctx, standing)
}
