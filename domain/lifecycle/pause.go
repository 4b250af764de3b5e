package lifecycle

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Suspend stops the journey and its clock from the day of the deed on.
func (d Definition) Suspend(t Traveller, s Suspension, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	s.Since = call.Day()
	var faults process.Faults
	faults.Note(t.orderly(s.Since))
	if !s.ExpectedUntil.IsZero() && s.ExpectedUntil.Before(s.Since) {
		faults.Note(process.Refuse(process.ImpossibleDate, "预计恢复日期早于暂停日期。", "The expected end lies before the suspension.").At("expected_until"))
	}
	if err := faults.Err(); err != nil {
		return err
	}
	t.Journey.Suspension = &s
	t.Case.State = Suspended
	since := call.OccurredAt
	t.Case.SuspendedSince = &since
	if c := t.Journey.Running(); c != nil {
		*c = c.PauseReceived(s.Since, s.Reason, call.Received())
	}
	d.follow(t, call)
	return nil
}

// Resume goes on; the clock gives back exactly the days that were taken.
func (d Definition) Resume(t Traveller, call process.Call) error {
	if t.Case.Done {
		return t.under()
	}
	if t.Journey.Suspension == nil {
		return process.Refuse(process.NotSuspended, "项目没有暂停。", "The project is not suspended.").After(process.MovedSuspension)
	}
	if call.Day().Before(t.Journey.Suspension.Since) {
		return process.Refuse(process.ImpossibleDate, "恢复日期早于暂停日期。", "It cannot resume before it was suspended.").At("occurred_on")
	}
	t.Journey.Suspension = nil
	t.Case.State = Active
	t.Case.SuspendedSince = nil
	if c := t.Journey.Running(); c != nil {
		*c = c.Resume(call.Day(), t.Calendar)
	} else {
		d.spoken(t, call.Day(), t.Promised)
	}
	d.follow(t, call)
	return nil
}

// Terminate ends the journey early: lost before the committed stage, withdrawn from it on. A suspended journey may be terminated, and one that lies in the pool.
func (d Definition) Terminate(t Traveller, end Termination, call process.Call) error {
	if t.Case.Done {
		return t.under()
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	stage := StageID(t.Case.Stage)
	end.On, end.Stage = call.Day(), stage
	t.Journey.Terminated = &end
	state := Lost
	if d.Committed(stage) {
		state = Withdrawn
	}
	t.over(state, end.Reason, call)
	return nil
}

// Merge ends the journey because it goes on within another one.
func (d Definition) Merge(t Traveller, reason string, call process.Call) error {
	if t.Case.Done {
		return t.under()
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	t.over(Merged, reason, call)
	return nil
}

// over closes the case in a state, wherever it stands.
func (t Traveller) over(state, reason string, call process.Call) {
	t.leave(Ended, reason, call, nil)
	t.Journey.Suspension = nil
	t.Case.State = state
	t.Case.Close(call.OccurredAt)
}

// Achieve records a milestone after the last stage was reached; the journey is achieved, and over, when none is left.
func (d Definition) Achieve(t Traveller, id string, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	if !d.Last(StageID(t.Case.Stage)) {
		return process.Refuse(process.WrongState, "项目投产以后才能登记达产、入规。", "Achievements can be recorded once the project is in production.")
	}
	var faults process.Faults
	faults.Note(t.orderly(call.Day()))
	found, left := false, 0
	for _, a := range d.Achievements {
		switch {
		case a.ID == id && t.Has(a.Date):
			found = true
			faults.Note(process.Refuse(process.NothingChanged, "这一项已经登记过。", "This has been recorded already.").At("achievement"))
		case a.ID == id:
			found = true
			t.Mark(a.Date, call.Day())
		case !t.Has(a.Date):
			left++
		}
	}
	if !found {
		faults.Note(process.RefuseField("achievement", "流程里没有这个里程碑。", "The process has no such achievement."))
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if left == 0 {
		t.leave(Ended, "", call, nil)
		t.Case.State = Achieved
		t.Case.Close(call.OccurredAt)
	}
	return nil
}

// Replan follows a changed planning fact: the running clock of the stage that is planned by it moves to the planned day. was is the day that
// was planned before. A clock that ends on a written day keeps its ledger, with the move in it; one that counts a budget is replaced.
func (d Definition) Replan(t Traveller, was func(fact string) clock.Date, reason string, call process.Call) {
	stage, err := d.Stage(StageID(t.Case.Stage))
	if err != nil || stage.PlannedBy == "" || t.Case.Done {
		return
	}
	planned := t.Planned(stage.PlannedBy)
	if planned.IsZero() || planned == was(stage.PlannedBy) {
		return
	}
	c := t.Journey.Running()
	if c != nil && c.Amount == nil && c.Name != ContactClock {
		move := clock.Extension{On: call.Today(), Amount: c.DueOn.DaysUntil(planned), Reason: reason, By: call.Actor.Name}
		if moved := c.Extend(move, t.Calendar); moved.DueOn == planned {
			*c = moved
			d.follow(t, call)
			return
		}
	}
	next := clock.StartUntil(string(stage.ID), "", t.Journey.StageSince, planned, t.Calendar)
	next.GivenOn = call.Today()
	if s := t.Journey.Suspension; s != nil {
		var received *time.Time
		if c != nil && c.Paused() {
			received = c.Pauses[len(c.Pauses)-1].ReceivedAt
		}
		next = next.PauseReceived(s.Since, s.Reason, received)
	}
	if c != nil {
		*c = c.Replace(call.Day())
	}
	d.startClock(t, next)
	d.follow(t, call)
}
