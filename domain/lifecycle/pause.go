package lifecycle

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Suspend stops the journey and its clock from the day of the deed on.
func (d Definition) Suspend(t Traveller, s Suspension, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	s.Since = call.Day()
	if err := t.orderly(s.Since); err != nil {
		return err
	}
	if !s.ExpectedUntil.IsZero() && s.ExpectedUntil.Before(s.Since) {
		return process.Refuse(process.ImpossibleDate, "预计恢复日期早于暂停日期。", "The expected end lies before the suspension.").At("expected_until")
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
	}
	d.follow(t, call)
	return nil
}

// Terminate ends the journey early: lost before the committed stage, withdrawn from it on. A suspended journey may be terminated.
func (d Definition) Terminate(t Traveller, reason string, call process.Call) error {
	if t.Case.Done {
		return t.under()
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	stage := StageID(t.Case.Stage)
	t.leave(Ended, reason, call, nil)
	t.Journey.Suspension = nil
	t.Journey.Terminated = &Termination{On: call.Day(), Stage: stage, Reason: reason}
	t.Case.State = Lost
	if d.Committed(stage) {
		t.Case.State = Withdrawn
	}
	t.Case.Close(call.OccurredAt)
	return nil
}

// Achieve records a milestone after the last stage was reached; the journey is achieved, and over, when none is left.
func (d Definition) Achieve(t Traveller, id string, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	if !d.Last(StageID(t.Case.Stage)) {
		return process.Refuse(process.WrongState, "项目投产以后才能登记达产、入规。", "Achievements can be recorded once the project is in production.")
	}
	if err := t.orderly(call.Day()); err != nil {
		return err
	}
	found, left := false, 0
	for _, a := range d.Achievements {
		switch {
		case a.ID == id && t.Has(a.Date):
			return process.Refuse(process.NothingChanged, "这一项已经登记过。", "This has been recorded already.").At("achievement")
		case a.ID == id:
			found = true
			t.Mark(a.Date, call.Day())
		case !t.Has(a.Date):
			left++
		}
	}
	if !found {
		return process.RefuseField("achievement", "流程里没有这个里程碑。", "The process has no such achievement.")
	}
	if left == 0 {
		t.leave(Ended, "", call, nil)
		t.Case.State = Achieved
		t.Case.Close(call.OccurredAt)
	}
	return nil
}

// Replan follows a changed planning fact: the running clock of the stage that is planned by it moves, keeping its pauses.
func (d Definition) Replan(t Traveller, call process.Call) {
	stage, err := d.Stage(StageID(t.Case.Stage))
	if err != nil || stage.PlannedBy == "" || t.Case.Done {
		return
	}
	planned, c := t.Planned(stage.PlannedBy), t.Journey.Running()
	if planned.IsZero() || (c != nil && c.FixedOn == planned) {
		return
	}
	start, pauses := t.Journey.StageSince, []clock.Pause(nil)
	if c != nil {
		pauses = c.Pauses
		*c = c.Replace(call.Day())
	}
	next := clock.StartUntil(string(stage.ID), "", start, planned, t.Calendar)
	if n := len(pauses); n > 0 && pauses[n-1].To.IsZero() {
		next = next.PauseReceived(pauses[n-1].From, pauses[n-1].Reason, pauses[n-1].ReceivedAt)
	}
	d.startClock(t, next)
	d.follow(t, call)
}
