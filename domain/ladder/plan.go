package ladder

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Climb is what a plan is made of: the ladder and the clock it stands against.
type Climb struct {
	Ladder   Ladder
	Clock    clock.Clock
	Calendar clock.Calendar
	Variant  string // which rungs apply, e.g. the level of a hazard
	CaseID   string // spreads the moments of many cases over ten minutes
}

// Ahead returns every step that has not fired yet, in order, with the floor's steps until the given instant. A clock that stands still or
// has stopped has none.
func (c Climb) Ahead(until time.Time) []Step {
	if !c.Clock.Live() || c.Clock.DueOn.IsZero() {
		return nil
	}
	steps := c.rungs()
	steps = slices.DeleteFunc(steps, func(s Step) bool { return c.fired(s.ID) || c.moot(s) })
	steps = append(steps, c.floor(until)...)
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	for i := range steps {
		steps[i].Late = !steps[i].At.Before(c.Clock.Deadline())
	}
	return steps
}

// Next is the instant of the first step that has not fired, or nil when nothing is left to wait for.
func (c Climb) Next() *time.Time {
	if !c.Clock.Live() || c.Clock.DueOn.IsZero() {
		return nil
	}
	steps := c.Ahead(c.lastRung().AddDays(1).End())
	if len(steps) == 0 {
		steps = c.nextFloor()
	}
	if len(steps) == 0 {
		return nil
	}
	return &steps[0].At
}

// Due returns the steps that have come by now and have not fired, in order.
func (c Climb) Due(now time.Time) []Step {
	return slices.DeleteFunc(c.Ahead(now), func(s Step) bool { return s.At.After(now) })
}

// Fire returns the clock with the steps recorded as fired at the instant.
func Fire(k clock.Clock, steps []Step, now time.Time) clock.Clock {
	k.Fired = slices.Clone(k.Fired)
	for _, s := range steps {
		k.Fired = append(k.Fired, clock.Firing{Rung: s.ID, Term: k.Term(), Due: s.At, At: now})
	}
	return k
}

// fired reports whether the step has fired for the present end of the clock: an extension gives a new end, and with it a new climb.
func (c Climb) fired(id string) bool {
	return slices.ContainsFunc(c.Clock.Fired, func(f clock.Firing) bool { return f.Rung == id && f.Term == c.Clock.Term() })
}

// moot reports whether a reminder before the end lies before the end was given: whoever was just told the date needs no reminder of it.
func (c Climb) moot(s Step) bool {
	given := c.Clock.StartedOn
	if n := c.Clock.Term(); n > 0 {
		given = c.Clock.Extensions[n-1].On
	}
	return s.At.Before(c.Clock.Deadline()) && !clock.DateOf(s.At).After(given) && !strings.HasPrefix(s.ID, fromStart)
}

const fromStart = "start:"

// rungs returns the steps of all rungs for the variant, fired or not.
func (c Climb) rungs() []Step {
	var steps []Step
	for _, r := range c.Ladder.Or().Rungs {
		if len(r.Only) > 0 && !slices.Contains(r.Only, c.Variant) {
			continue
		}
		if r.From == "start" {
			steps = append(steps, c.starting(r)...)
			continue
		}
		steps = append(steps, Step{ID: r.ID, At: c.moment(r).UTC(), To: r.To, Level: r.Level, Act: r.Act})
	}
	return steps
}

// starting returns the steps of a rung that counts from the start, repeated until the due day. Only the first of a new term's repeats.
func (c Climb) starting(r Rung) []Step {
	first := c.Clock.StartedOn.Start()
	if c.Clock.StartedAt != nil {
		first = *c.Clock.StartedAt
	}
	if r.Offset > 0 {
		first = c.nine(c.Calendar.AddWorkdays(c.Clock.StartedOn, r.Offset))
	}
	steps := []Step{}
	if c.Clock.Term() == 0 {
		steps = append(steps, Step{ID: fromStart + r.ID, At: first.UTC(), To: r.To, Level: r.Level, Act: r.Act})
	}
	if r.Every == 0 {
		return steps
	}
	day := c.Clock.StartedOn
	for n := 1; ; n++ {
		day = c.Calendar.AddWorkdays(day, r.Every)
		if day.After(c.Clock.DueOn) {
			return steps
		}
		if n := c.Clock.Term(); n > 0 && !day.After(c.Clock.Extensions[n-1].On) {
			continue
		}
		steps = append(steps, Step{ID: fmt.Sprintf("%s%s#%d", fromStart, r.ID, n), At: c.nine(day), To: r.To, Level: r.Level, Act: Remind})
	}
}

// moment is when a rung fires: the flag at the deadline itself, everything else when the office opens on a working day.
func (c Climb) moment(r Rung) time.Time {
	k, cal := c.Clock, c.Calendar
	switch {
	case r.Act == FlagOverdue:
		return k.Deadline()
	case r.Unit == clock.WorkingHour && r.Offset >= 0:
		return cal.AddHours(k.Deadline(), r.Offset)
	case r.Unit == clock.WorkingHour:
		return c.hoursBefore(-r.Offset)
	case r.Unit == clock.Day && r.Offset > 0:
		return c.nine(cal.NextWorkday(k.DueOn.AddDays(r.Offset)))
	case r.Unit == clock.Day:
		return c.nine(cal.LastWorkday(k.DueOn.AddDays(r.Offset)))
	case r.Offset <= 0:
		return c.nine(cal.AddWorkdays(cal.LastWorkday(k.DueOn), r.Offset))
	}
	return c.nine(cal.AddWorkdays(k.DueOn, r.Offset))
}

// hoursBefore is the instant n working hours before the deadline.
func (c Climb) hoursBefore(n int) time.Time {
	end := c.Clock.Deadline()
	day := clock.DateOf(end.Add(-time.Nanosecond))
	for c.Calendar.MinutesBetween(day.Start(), end) < n*60 {
		day = day.AddDays(-1)
	}
	surplus := c.Calendar.MinutesBetween(day.Start(), end) - n*60
	at := c.Calendar.Morning(day)
	for step := time.Minute; c.Calendar.MinutesBetween(c.Calendar.Morning(day), at) < surplus; {
		at = at.Add(step)
	}
	return at
}

// floor returns the floor's steps that have not fired, until the instant.
func (c Climb) floor(until time.Time) []Step {
	f := c.Ladder.Floor
	if f.Every == 0 {
		return nil
	}
	var steps []Step
	day := c.lastRung()
	for n := 1; ; n++ {
		day = c.Calendar.AddWorkdays(day, f.Every)
		s := c.floorStep(n, day)
		if s.At.After(until) {
			return steps
		}
		if !c.fired(s.ID) {
			steps = append(steps, s)
		}
	}
}

// nextFloor returns the first step of the floor that has not fired.
func (c Climb) nextFloor() []Step {
	f := c.Ladder.Floor
	if f.Every == 0 {
		return nil
	}
	day := c.lastRung()
	for n := 1; ; n++ {
		day = c.Calendar.AddWorkdays(day, f.Every)
		if s := c.floorStep(n, day); !c.fired(s.ID) {
			return []Step{s}
		}
	}
}

func (c Climb) floorStep(n int, day clock.Date) Step {
	return Step{ID: fmt.Sprintf("%s#%d", FloorID, n), At: c.nine(day), To: c.Ladder.Floor.To, Level: c.Ladder.Floor.Level, Act: Remind}
}

// lastRung is the day of the last rung that applies.
func (c Climb) lastRung() clock.Date {
	last := c.Clock.DueOn
	for _, s := range c.rungs() {
		if d := clock.DateOf(s.At); d.After(last) {
			last = d
		}
	}
	return last
}

// nine is when the office opens on the day, spread over ten minutes by the case, so that a morning is not one instant for everybody.
func (c Climb) nine(day clock.Date) time.Time {
	h := fnv.New32a()
	_, _ = h.Write([]byte(c.CaseID))
	return c.Calendar.Morning(day).Add(30 * time.Minute).Add(time.Duration(h.Sum32()%600) * time.Second).UTC()
}
