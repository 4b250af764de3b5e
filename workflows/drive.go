// Package workflows gives every case its order and its sense of time. A workflow never decides: it passes commands to the door one at a
// time, keeps what the door returned, and wakes the case when the door said so.
package workflows

import (
	"errors"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/process"
)

// ApplyActivity is the name of the local activity that passes a command through the door.
const ApplyActivity = "apply"

// StandingActivity is the name of the local activity that reads where a case stands.
const StandingActivity = "standing"

// StandingQuery asks a workflow what it last heard of its case.
const StandingQuery = "standing"

// PokeSignal makes a workflow look at its case again: the watchdog sends it to workflows that are behind.
const PokeSignal = "poke"

// RefusalType is the error type under which a *process.Refusal travels through the engine, in the error's details.
const RefusalType = "refusal"

// TaskTimeout is how long the engine waits for a worker that has taken up a case: when the worker has died, another one gets the case after that.
// A door call that takes longer is no fault: the worker says before then that it is still at it.
const TaskTimeout = 2 * time.Second

// Input starts a case's workflow, and hands its memory on when it continues as new.
type Input struct {
	CaseID   string           `json:"case_id"`
	Standing process.Standing `json:"standing"`       // as last heard; empty for a case that is about to be opened
	Loop     int              `json:"loop,omitempty"` // which loop its clock runs; 0 of runs that began before there were several
}

// The loops. A run keeps the one it began with until it continues as new.
const (
	paced  = 1 // its clock never spins
	steady = 2 // its timer stays where it is when a command leaves the next wake where it was, or puts it later
)

// Begin is the input of a fresh run.
func Begin(caseID string) Input { return Input{CaseID: caseID, Loop: steady} }

// driver is the one entity loop that serves every kind of case.
type driver struct {
	in       Input
	standing process.Standing
	mutex    workflow.Mutex
	changed  int          // grows whenever standing may have changed, so that the clock looks again
	remind   process.Name // the clock's command
	firing   bool         // the clock is passing its command through the door
	waiting  int          // people's commands that wait for their turn
	served   int          // people's commands that had it
	answered bool         // the door has said whether there is such a case
	pace     pace         // of the clock
}

// drive registers a handler per command, runs the clock, and ends when the case is done or the history is long enough to continue as new.
func drive(ctx workflow.Context, in Input, commands []process.Name, remind process.Name) error {
	d := &driver{in: in, standing: in.Standing, mutex: workflow.NewMutex(ctx), remind: remind}
	if err := workflow.SetQueryHandler(ctx, StandingQuery, func() (process.Standing, error) { return d.standing, nil }); err != nil {
		return err
	}
	for _, name := range commands {
		options := workflow.UpdateHandlerOptions{Description: string(name)}
		handler := func(ctx workflow.Context, order process.Order) (converter.RawValue, error) {
			order.Command = name // the name of the update, whatever the caller wrote into the order
			d.waiting++
			defer func() { d.served++ }()
			outcome, err := d.apply(ctx, order, func() { d.waiting-- })
			if err == nil {
				d.pace = pace{} // a person has moved it: whatever held it up may be gone
			}
			return outcome, err
		}
		if err := workflow.SetUpdateHandlerWithOptions(ctx, string(name), handler, options); err != nil {
			return err
		}
	}
	workflow.Go(ctx, d.clock)
	workflow.Go(ctx, d.listen)
	if d.standing.Version == 0 {
		if d.catchUp(ctx); d.standing.Version == 0 && workflow.GetVersion(ctx, absentEnds, workflow.DefaultVersion, 1) == 1 {
			if there, err := d.awaitOpening(ctx); !there || err != nil {
				return err
			}
		}
	}
	err := workflow.Await(ctx, func() bool {
		return (d.over() || workflow.GetInfo(ctx).GetContinueAsNewSuggested()) && workflow.AllHandlersFinished(ctx) && !d.firing
	})
	if err != nil || d.over() {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, workflow.GetInfo(ctx).WorkflowType.Name, Input{CaseID: in.CaseID, Standing: d.standing, Loop: steady})
}

// absentEnds is the change after which a workflow without a case ends.
const absentEnds = "absent-ends"

// opening is how long a workflow waits for the command that opens its case: it came with the start, so that a moment is plenty.
const opening = 30 * time.Second

// awaitOpening waits until the case is there. It reports false when the command that was to open it was refused, or never came: no workflow is
// left without a case. While the door cannot be reached it asks again.
func (d *driver) awaitOpening(ctx workflow.Context) (bool, error) {
	timing, stop := workflow.WithCancel(ctx)
	defer stop()
	grace := workflow.NewTimerWithOptions(timing, opening, workflow.TimerOptions{Summary: "等待登记"})
	decided := func() bool {
		return d.standing.Version > 0 || (d.served > 0 && workflow.AllHandlersFinished(ctx)) || grace.IsReady()
	}
	if err := workflow.Await(ctx, decided); err != nil {
		return false, err
	}
	for d.standing.Version == 0 {
		d.answered = false
		d.catchUp(ctx)
		if d.answered && workflow.AllHandlersFinished(ctx) {
			break
		}
		if err := workflow.Sleep(ctx, opening); err != nil {
			return false, err
		}
	}
	return d.standing.Version > 0, nil
}

// over reports whether there is nothing left to wait for: the case is closed.
func (d *driver) over() bool { return d.standing.Done }

// apply passes one command through the door. Commands on a case run one at a time, in the order of their arrival; turn is called when it is
// this one's turn, or when it will never come.
//
// The answer, a process.Outcome, is passed on as the door wrote it: it is read for its standing alone.
func (d *driver) apply(ctx workflow.Context, order process.Order, turn func()) (converter.RawValue, error) {
	var answer converter.RawValue
	err := d.mutex.Lock(ctx)
	turn()
	if err != nil {
		return answer, err
	}
	defer d.mutex.Unlock()
	order.CaseID, order.Run = d.in.CaseID, workflow.GetInfo(ctx).WorkflowExecution.RunID
	if err := workflow.ExecuteLocalActivity(patience(ctx, string(order.Command)), ApplyActivity, order).Get(ctx, &answer); err != nil {
		return answer, err
	}
	var says struct {
		Standing process.Standing `json:"standing"`
	}
	if err := converter.GetDefaultDataConverter().FromPayload(answer.Payload(), &says); err != nil {
		return answer, err
	}
	d.hear(ctx, says.Standing)
	return answer, nil
}

// hear keeps what the door said, unless something newer was heard already, and shows it in the engine's own pages.
func (d *driver) hear(ctx workflow.Context, s process.Standing) {
	d.changed++
	if s.Version < d.standing.Version {
		return
	}
	d.standing = s
	workflow.SetCurrentDetails(ctx, details(s))
}

// patience are the options of a door call: short tries, because the caller waits; the caller repeats with the same key.
func patience(ctx workflow.Context, summary string) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		ScheduleToCloseTimeout: 8 * time.Second,
		StartToCloseTimeout:    5 * time.Second,
		Summary:                summary,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 2 * time.Second,
			NonRetryableErrorTypes: []string{RefusalType}},
	})
}

// refused reports whether the door understood the command and said no.
func refused(err error) bool {
	var application *temporal.ApplicationError
	return errors.As(err, &application) && application.Type() == RefusalType
}
