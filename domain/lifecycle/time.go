package lifecycle

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Remind fires the rungs that have come and returns them.
func (d Definition) Remind(t Traveller, call process.Call) ([]ladder.Step, error) {
	climb := d.Climb(t)
	next, steps, err := t.Case.Fire(climb, call.RecordedAt)
	if err == nil && len(steps) > 0 {
		*t.Journey.Running() = next
	}
	return steps, err
}

// Extend gives the present stage more time, in the unit of its limit; the rungs ahead are armed anew for the new date.
func (d Definition) Extend(t Traveller, amount int, reason string, call process.Call) error {
	if err := t.under(); err != nil {
		return err
	}
	c := t.Journey.Running()
	switch {
	case c == nil:
		return process.Refuse(process.WrongState, "本阶段没有期限，不需要延期。", "This stage has no deadline to extend.")
	case amount < 1 || amount > 3660:
		return process.RefuseField("amount", "请填写延长多少，1 到 3660。", "Say by how much, 1 to 3660.")
	}
	*c = c.Extend(clock.Extension{On: call.Day(), Amount: amount, Reason: reason, By: call.Actor.Name}, t.Calendar)
	d.follow(t, call)
	return nil
}

// Recalendar reckons the running clock by the calendar at hand. It refuses with NothingChanged when neither the date, nor its mark, nor the
// next reminder moves.
func (d Definition) Recalendar(t Traveller, call process.Call) error {
	c := t.Journey.Running()
	if c == nil || t.Case.Done {
		return process.Unmoved()
	}
	next := c.Recount(t.Calendar, call.Today())
	climb := d.Climb(t)
	climb.Clock = next
	if !t.Case.Moves(climb, *c) {
		return process.Unmoved()
	}
	*c = next
	d.follow(t, call)
	return nil
}

// Adopt moves the case to this version of the definition: its limits apply to the stages to come, its ladder from now on.
func (d Definition) Adopt(t Traveller, call process.Call) error {
	if t.Case.Done {
		return t.under()
	}
	if t.Case.DefinitionVersion == d.Version {
		return process.Unmoved()
	}
	if _, err := d.Stage(StageID(t.Case.Stage)); err != nil {
		return err
	}
	t.Case.DefinitionVersion = d.Version
	if c := t.Journey.Running(); c != nil {
		*c = t.Case.SwitchOn(d.Climb(t), call.RecordedAt)
		return nil
	}
	d.follow(t, call)
	return nil
}
