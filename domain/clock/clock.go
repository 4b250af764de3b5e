package clock

import (
	"slices"
	"time"
)

// Verdict is what a stopped clock says for ever: it is never reckoned again.
type Verdict string

// The verdicts.
const (
	Running Verdict = ""
	OnTime  Verdict = "on_time"
	Late    Verdict = "late"
	Moved   Verdict = "moved" // another deadline took its place; says nothing about lateness
)

// Pause is a stretch that does not count: from From until the day before To; To is zero while it lasts.
type Pause struct {
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Reason string `json:"reason"`

	ReceivedAt *time.Time `json:"received_at,omitempty"` // when its begin was received, where that was dated back
}

// Extension moves the end of a clock: Amount is in the clock's unit (days for a fixed day), negative when the day was brought forward.
type Extension struct {
	On     Date   `json:"on"`
	Amount int    `json:"amount"`
	Reason string `json:"reason"`
	By     string `json:"by"`
}

// Firing is the record that a rung of the ladder has fired, for one end of the clock.
type Firing struct {
	Rung     string    `json:"rung"`
	Term     int       `json:"term"`              // the number of extensions at that time
	Deadline time.Time `json:"deadline,omitzero"` // the end it belonged to; none of firings recorded before ends had a name, whose term tells it
	Due      time.Time `json:"due"`               // when it was planned to fire
	At       time.Time `json:"at"`                // when it fired
	Unsent   bool      `json:"unsent,omitempty"`  // it lay before its ladder was switched on: on record, and nobody was told
}

// Clock is one deadline: a budget (Amount of Unit) or a fixed day, started on a day, possibly paused and extended, finally stopped.
// The budget and the pauses are the truth; DueOn and DueAt are what follows from them and a calendar, and Ledger shows how.
type Clock struct {
	Seq         int         `json:"seq"`
	Name        string      `json:"name"` // what it measures: a stage, "notify", "rectify", "reinspect"
	Round       int         `json:"round"`
	Amount      *int        `json:"amount"`
	Unit        Unit        `json:"unit"`
	Target      int         `json:"target"`
	RollForward bool        `json:"roll_forward"`
	Basis       string      `json:"basis"`
	Rule        string      `json:"rule"` // the definition version whose limit it is, e.g. "hazard v2"
	StartedOn   Date        `json:"started_on"`
	StartedAt   *time.Time  `json:"started_at"` // of clocks in working hours
	FixedOn     Date        `json:"fixed_on"`   // of clocks that end on a day somebody wrote down
	Pauses      []Pause     `json:"pauses"`
	Extensions  []Extension `json:"extensions"`
	DueOn       Date        `json:"due_on"`
	DueAt       *time.Time  `json:"due_at"` // of clocks in working hours
	TargetOn    Date        `json:"target_on"`
	Provisional bool        `json:"provisional"` // leans on a year whose holidays are not published yet (暂定)
	StoppedOn   Date        `json:"stopped_on"`
	Verdict     Verdict     `json:"verdict"`
	LateBy      int         `json:"late_by"`   // in working days, working hours (begun) or days, after the clock's unit; 0 unless late
	Calendar    string      `json:"calendar"`  // version of the calendar DueOn was reckoned with
	GivenOn     Date        `json:"given_on"`  // the day on which the present end was given
	LadderOn    *time.Time  `json:"ladder_on"` // when its present ladder was switched on, where that was after the start
	Fired       []Firing    `json:"fired"`

	Cancelled []Cancelled `json:"cancelled,omitempty"` // rungs that lay ahead when its case was closed

	ReceivedAt *time.Time `json:"received_at,omitempty"` // when the stop was received, where that was dated back
}

// Cancelled is the record that a rung of the ladder will never fire, because its case was closed before it came.
type Cancelled struct {
	Rung string    `json:"rung"`
	Due  time.Time `json:"due"` // when it was planned to fire
	At   time.Time `json:"at"`  // when the closing made it void
}

// Start returns a clock that counts limit from the day after at; a limit in working hours counts from at itself.
func Start(name string, limit Limit, at time.Time, cal Calendar) Clock {
	amount := limit.Amount
	c := blank(name, DateOf(at))
	c.Amount, c.Unit, c.Target, c.RollForward, c.Basis = &amount, limit.Unit, limit.Target, limit.RollForward, limit.Basis
	if limit.Unit == WorkingHour {
		c.StartedAt = &at
	}
	return c.Reckon(cal)
}

// StartUntil returns a clock that ends on a fixed day, for instance the day an inspector wrote on a notice.
func StartUntil(name, basis string, start, until Date, cal Calendar) Clock {
	c := blank(name, start)
	c.Basis, c.FixedOn = basis, until
	return c.Reckon(cal)
}

func blank(name string, start Date) Clock {
	return Clock{Name: name, StartedOn: start, GivenOn: start, Pauses: []Pause{}, Extensions: []Extension{}, Fired: []Firing{}}
}

// Pause stops counting from the given day on; the day itself no longer counts. A paused or stopped clock is returned unchanged.
func (c Clock) Pause(on Date, reason string) Clock {
	if c.Paused() || !c.StoppedOn.IsZero() {
		return c
	}
	c.Pauses = append(slices.Clone(c.Pauses), Pause{From: on, Reason: reason})
	return c
}

// Resume counts again from the given day on and gives back exactly the days that were taken.
func (c Clock) Resume(on Date, cal Calendar) Clock {
	if !c.Paused() || !c.StoppedOn.IsZero() {
		return c
	}
	c.Pauses = slices.Clone(c.Pauses)
	c.Pauses[len(c.Pauses)-1].To = on
	return c.Recount(cal, on)
}

// Extend moves the end by an amount in the clock's unit. A stopped clock is returned unchanged.
func (c Clock) Extend(e Extension, cal Calendar) Clock {
	if !c.StoppedOn.IsZero() {
		return c
	}
	// Firings that knew their end by the term only keep it by name, for the term grows.
	c.Fired = c.named()
	c.Extensions = append(slices.Clone(c.Extensions), e)
	return c.Recount(cal, e.On)
}

// ExtendTo moves the end of a clock with a fixed day to another day.
func (c Clock) ExtendTo(day Date, e Extension, cal Calendar) Clock {
	e.Amount = c.end().DaysUntil(day)
	return c.Extend(e, cal)
}

// Stop ends the clock with its verdict: late when it stops after its end, and by how much. A pause that still lasts is given back first.
func (c Clock) Stop(at time.Time, cal Calendar) Clock {
	if !c.StoppedOn.IsZero() {
		return c
	}
	on := DateOf(at)
	c = c.Resume(on, cal)
	c.StoppedOn, c.Verdict = on, OnTime
	if c.LateBy = c.Lateness(at, cal); c.LateBy > 0 {
		c.Verdict = Late
	}
	return c
}

// Replace ends the clock without judging it, because another deadline takes its place.
func (c Clock) Replace(on Date) Clock {
	if c.StoppedOn.IsZero() {
		c.StoppedOn, c.Verdict = on, Moved
	}
	return c
}

// Paused reports whether the clock stands still.
func (c Clock) Paused() bool {
	return len(c.Pauses) > 0 && c.Pauses[len(c.Pauses)-1].To.IsZero()
}

// Live reports whether the clock is running: neither stopped nor paused.
func (c Clock) Live() bool { return c.StoppedOn.IsZero() && !c.Paused() }

// Deadline is the instant at which it is too late: the end of the last day, or of the last working hour.
func (c Clock) Deadline() time.Time {
	if c.DueAt != nil {
		return *c.DueAt
	}
	return c.DueOn.End()
}

// Term is the number of times the end was moved by an extension.
func (c Clock) Term() int { return len(c.Extensions) }

// Lateness is by how much the instant lies after the deadline, in whole units begun; 0 when it does not.
func (c Clock) Lateness(at time.Time, cal Calendar) int {
	switch {
	case c.Unit == WorkingHour && at.After(c.Deadline()):
		return max(1, (cal.MinutesBetween(c.Deadline(), at)+59)/60)
	case c.Unit == WorkingHour || !DateOf(at).After(c.DueOn):
		return 0
	case c.Unit == WorkingDay:
		return max(1, cal.WorkdaysBetween(c.DueOn, DateOf(at)))
	}
	return c.DueOn.DaysUntil(DateOf(at))
}

// Recount is Reckon on a day on which the end may move: a new end is given that day. Whatever moved it (an extension, a pause that was given
// back, another calendar), the rungs that have fired for the old end keep it by name, so that the new end has a climb of its own.
func (c Clock) Recount(cal Calendar, on Date) Clock {
	next := c.Reckon(cal)
	if next.DueOn == c.DueOn && next.Deadline().Equal(c.Deadline()) {
		return next
	}
	next.GivenOn = on
	next.Fired = c.named()
	return next
}

// named returns the firings with the present end written beside those that belong to it by their term alone.
func (c Clock) named() []Firing {
	fired := slices.Clone(c.Fired)
	for i, f := range fired {
		if f.Deadline.IsZero() && f.Term == c.Term() {
			fired[i].Deadline = c.Deadline().UTC()
		}
	}
	return fired
}

// Given is the day on which the present end was given; of clocks from before that was kept, the start or the last extension.
func (c Clock) Given() Date {
	if !c.GivenOn.IsZero() {
		return c.GivenOn
	}
	if n := c.Term(); n > 0 {
		return c.Extensions[n-1].On
	}
	return c.StartedOn
}

// near is how far apart two plans of one rung may lie for the same end: office hours may have changed meanwhile, the day has not.
const near = 12 * time.Hour

// FiredFor reports whether a rung that is planned for the instant has fired for the present end. A firing from before ends had a name belongs
// to it when it was of the same term and planned for the same time: the end may have moved meanwhile.
func (c Clock) FiredFor(rung string, planned time.Time) bool {
	end := c.Deadline()
	return slices.ContainsFunc(c.Fired, func(f Firing) bool {
		if f.Deadline.IsZero() {
			return f.Rung == rung && f.Term == c.Term() && f.Due.Sub(planned).Abs() < near
		}
		return f.Rung == rung && f.Deadline.Equal(end)
	})
}

// FiredEver reports whether a rung has fired for any end.
func (c Clock) FiredEver(rung string) bool {
	return slices.ContainsFunc(c.Fired, func(f Firing) bool { return f.Rung == rung })
}

// Reckon derives the end from the budget, the pauses that have ended and the calendar. A stopped clock is returned unchanged: what was
// judged stays judged.
func (c Clock) Reckon(cal Calendar) Clock {
	if !c.StoppedOn.IsZero() {
		return c
	}
	known := c
	if c.Paused() { // as if the pause had not begun: what it takes is known when it ends
		known.Pauses = c.Pauses[:len(c.Pauses)-1]
	}
	w := known.walk(cal, known.grants())
	c.Calendar, c.DueOn, c.DueAt, c.Provisional = cal.Version, w.day, w.at, w.provisional
	c.TargetOn = Date{}
	if c.Target > 0 && c.Amount != nil {
		aim := known
		aim.Amount = &c.Target
		c.TargetOn = aim.walk(cal, aim.grants()).day
	}
	return c
}
