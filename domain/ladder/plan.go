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
	steps = slices.DeleteFunc(steps, func(s Step) bool { return c.fired(s) || c.moot(s) })
	steps = append(steps, c.floor(until)...)
	slices.SortStableFunc(steps, func(a, b Step) int { return a.At.Compare(b.At) })
	for i := range steps {
		steps[i].Late = !steps[i].At.Before(c.Clock.Deadline())
	}
	return steps
}

// Next is the first step that has not fired; ok is false when nothing is left to wait for.
func (c Climb) Next() (next Step, ok bool) {
	if !c.Clock.Live() || c.Clock.DueOn.IsZero() {
		return next, false
	}
	steps := c.Ahead(c.lastRung().AddDays(1).End())
	if len(steps) == 0 {
		steps = c.nextFloor()
	}
	if len(steps) == 0 {
		return next, false
	}
	return steps[0], true
}

// Name names a step for ever: the clock, the end it stands against, and the rung. Two clocks may wake at one instant; their names differ.
func (c Climb) Name(s Step) string {
	return fmt.Sprintf("%s.%d/%s/%s", c.Clock.Name, c.Clock.Seq, c.Clock.Deadline().UTC().Format(time.RFC3339), s.ID)
}

// Due returns the steps that have come by now and have not fired, in order.
func (c Climb) Due(now time.Time) []Step {
	return slices.DeleteFunc(c.Ahead(now), func(s Step) bool { return s.At.After(now) })
}

// Fire returns the clock with the steps recorded as fired at the instant.
func Fire(k clock.Clock, steps []Step, now time.Time) clock.Clock {
	k.Fired = slices.Clone(k.Fired)
	for _, s := range steps {
		k.Fired = append(k.Fired, clock.Firing{Rung: s.ID, Term: k.Term(), Deadline: k.Deadline().UTC(), Due: s.At, At: now})
	}
	return k
}

// Cancel returns the clock that has stopped with a record of every rung of the climb that lay ahead then: that nobody was told is on record, and no gap. What had come by
// then was due: it has fired, maybe in the deed that closed the case, or is a gap that must show.
func (c Climb) Cancel(stopped clock.Clock, now time.Time) clock.Clock {
	for _, s := range c.Ahead(time.Time{}) { // the rungs alone: the floor has no end
		if !s.At.After(now) {
			continue
		}
		stopped.Cancelled = append(slices.Clip(stopped.Cancelled), clock.Cancelled{Rung: s.ID, Due: s.At, At: now})
	}
	return stopped
}

// Flagged reports whether the deadline has passed by now and the flag was raised for it, or need not be: it is late, and everybody knows.
func (c Climb) Flagged(now time.Time) bool {
	if c.Clock.Deadline().After(now) {
		return false
	}
	return !slices.ContainsFunc(c.Due(now), func(s Step) bool { return s.Act == FlagOverdue })
}

// Reached is the most severe act beyond the flag that was carried out for the present end; "" when none was.
func (c Climb) Reached() Act {
	var most Act
	for _, s := range c.rungs() {
		sent := slices.ContainsFunc(c.Clock.Fired, func(f clock.Firing) bool { return f.Rung == s.ID && !f.Unsent })
		if sent && c.fired(s) && Severity(s.Act) > max(Severity(most), Severity(FlagOverdue)) {
			most = s.Act
		}
	}
	return most
}

// Severity orders acts; that of no act is below all.
func Severity(a Act) int { return slices.Index(Acts(), a) }

// SwitchOn returns the clock with the ladder put on at the instant: rungs that lie before it are recorded and nobody is told of them, and the
// floor rhythm counts from there. The flag is left to fire: that a deadline has passed is never kept to oneself. Of a clock that stands still it
// only notes the instant.
func (c Climb) SwitchOn(now time.Time) clock.Clock {
	k := c.Clock
	k.Fired = slices.Clone(k.Fired)
	c.Clock.LadderOn = nil // rungs of this ladder that lie before an earlier one was switched on are recorded too
	for _, s := range c.Due(now) {
		if s.Act != FlagOverdue && !strings.HasPrefix(s.ID, FloorID+"#") {
			k.Fired = append(k.Fired, clock.Firing{Rung: s.ID, Term: k.Term(), Deadline: k.Deadline().UTC(), Due: s.At, At: now, Unsent: true})
		}
	}
	k.LadderOn = &now
	return k
}

// fired reports whether the step has fired: for the present end of the clock, because a new end is a new climb; once for ever when it counts
// from the start.
func (c Climb) fired(s Step) bool {
	if strings.HasPrefix(s.ID, fromStart) {
		return c.Clock.FiredEver(s.ID)
	}
	return c.Clock.FiredFor(s.ID, s.At)
}

// moot reports whether nobody needs to be told of the step any more: a reminder before the end that lies before the end was given, because
// whoever was just told the date needs no reminder of it; a rung that was told of for the end before and lies before the new one was given;
// whatever lies before the ladder was switched on.
func (c Climb) moot(s Step) bool {
	if on := c.Clock.LadderOn; on != nil && s.Act != FlagOverdue && !s.At.After(*on) {
		return true
	}
	starting := strings.HasPrefix(s.ID, fromStart)
	if clock.DateOf(s.At).After(c.Clock.Given()) {
		return false
	}
	if starting {
		return c.Clock.Given() != c.Clock.StartedOn
	}
	return s.At.Before(c.Clock.Deadline()) || c.Clock.FiredEver(s.ID)
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

// starting returns the steps of a rung that counts from the start, repeated until the due day.
func (c Climb) starting(r Rung) []Step {
	first := c.Clock.StartedOn.Start()
	if c.Clock.StartedAt != nil {
		first = *c.Clock.StartedAt
	}
	if r.Offset > 0 {
		first = c.nine(c.Calendar.AddWorkdays(c.Clock.StartedOn, r.Offset))
	}
	steps := []Step{{ID: fromStart + r.ID, At: first.UTC(), To: r.To, Level: r.Level, Act: r.Act}}
	if r.Every == 0 {
		return steps
	}
	day := c.Clock.StartedOn
	for n := 1; ; n++ {
		day = c.Calendar.AddWorkdays(day, r.Every)
		if day.After(c.Clock.DueOn) {
			return steps
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
	case r.Unit == clock.Month && r.Offset > 0:
		return c.nine(cal.NextWorkday(k.DueOn.AddMonths(r.Offset)))
	case r.Unit == clock.Month:
		return c.nine(cal.LastWorkday(k.DueOn.AddMonths(r.Offset)))
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
		if !c.fired(s) && !c.moot(s) {
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
		if s := c.floorStep(n, day); !c.fired(s) && !c.moot(s) {
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
