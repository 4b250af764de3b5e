package rectification

import (
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// Climb returns the ladder of the running clock; without a running clock it is empty.
func (d Definition) Climb(t Turner) ladder.Climb {
	climb := ladder.Climb{Calendar: t.Calendar, Variant: t.Variant, CaseID: t.Case.ID}
	if c := t.Loop.Running(); c != nil {
		climb.Clock, climb.Ladder = *c, d.Ladders[c.Name]
	}
	return climb
}

// follow carries the running clock to the case.
func (d Definition) follow(t Turner, call process.Call) { t.Case.Follow(d.Climb(t), call.RecordedAt) }

// Remind fires the rungs that have come and returns them.
func (d Definition) Remind(t Turner, call process.Call) ([]ladder.Step, error) {
	next, steps, err := t.Case.Fire(d.Climb(t), call.RecordedAt)
	if err == nil && len(steps) > 0 {
		*t.Loop.Running() = next
	}
	return steps, err
}

// Recalendar reckons the running clock by the calendar at hand. It refuses with NothingChanged when neither the date, nor its mark, nor the
// next reminder moves.
func (d Definition) Recalendar(t Turner, call process.Call) error {
	c := t.Loop.Running()
	if c == nil || t.Case.Done {
		return process.Unmoved()
	}
	climb := d.Climb(t)
	climb.Clock = c.Recount(t.Calendar, call.Today())
	if !t.Case.Moves(climb, *c) {
		return process.Unmoved()
	}
	*c = climb.Clock
	d.follow(t, call)
	return nil
}

// Adopt moves the case to this version of the definition: its limits apply to the clocks to come, its ladders from now on.
func (d Definition) Adopt(t Turner, call process.Call) error {
	if t.Case.Done {
		return t.in(Found)
	}
	if t.Case.DefinitionVersion == d.Version {
		return process.Unmoved()
	}
	t.Case.DefinitionVersion = d.Version
	if c := t.Loop.Running(); c != nil {
		*c = t.Case.SwitchOn(d.Climb(t), call.RecordedAt)
		return nil
	}
	d.follow(t, call)
	return nil
}
