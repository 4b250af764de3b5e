package clock

import "slices"

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
}

// Clock is one deadline: a budget (Limit) or a fixed day, started on a day, possibly paused, finally stopped.
type Clock struct {
	Seq       int     `json:"seq"`
	Name      string  `json:"name"` // what it measures: a stage, "rectify", "reinspect"
	Amount    *int    `json:"amount"`
	Unit      Unit    `json:"unit"`
	Basis     string  `json:"basis"`
	StartedOn Date    `json:"started_on"`
	FixedOn   Date    `json:"fixed_on"`
	Pauses    []Pause `json:"pauses"`
	DueOn     Date    `json:"due_on"`
	StoppedOn Date    `json:"stopped_on"`
	Verdict   Verdict `json:"verdict"`
	Calendar  string  `json:"calendar"` // version of the calendar DueOn was reckoned with
}

// Start returns a clock that counts limit from the day after start.
func Start(name string, limit Limit, start Date, cal Calendar) Clock {
	amount := limit.Amount
	c := Clock{Name: name, Amount: &amount, Unit: limit.Unit, Basis: limit.Basis, StartedOn: start, Pauses: []Pause{}}
	return c.reckon(cal)
}

// StartUntil returns a clock that ends on a fixed day, for instance the day an inspector wrote on a notice.
func StartUntil(name, basis string, start, until Date, cal Calendar) Clock {
	c := Clock{Name: name, Basis: basis, StartedOn: start, FixedOn: until, Pauses: []Pause{}}
	return c.reckon(cal)
}

// Pause stops counting from the given day on; the day itself no longer counts. A paused or stopped clock is returned unchanged.
func (c Clock) Pause(on Date, reason string) Clock {
	if c.Paused() || !c.StoppedOn.IsZero() {
		return c
	}
	c.Pauses = append(slices.Clone(c.Pauses), Pause{From: on, Reason: reason})
	return c
}

// Resume counts again from the given day on and moves the due day by exactly the days that were taken.
func (c Clock) Resume(on Date, cal Calendar) Clock {
	if !c.Paused() || !c.StoppedOn.IsZero() {
		return c
	}
	c.Pauses = slices.Clone(c.Pauses)
	c.Pauses[len(c.Pauses)-1].To = on
	return c.reckon(cal)
}

// Stop ends the clock with its verdict: late when it stops after its due day.
func (c Clock) Stop(on Date) Clock {
	if !c.StoppedOn.IsZero() {
		return c
	}
	c.StoppedOn, c.Verdict = on, OnTime
	if on.After(c.DueOn) {
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

// reckon derives the due day from the budget and the pauses that have ended.
func (c Clock) reckon(cal Calendar) Clock {
	c.Calendar = cal.Version
	switch {
	case c.Amount == nil:
		c.DueOn = c.FixedOn.AddDays(c.pausedDays())
	case c.Unit == WorkingDay:
		c.DueOn = c.countDays(*c.Amount, cal.Works)
	case c.Unit == Month:
		c.DueOn = c.StartedOn.AddMonths(*c.Amount).AddDays(c.pausedDays())
	default:
		c.DueOn = c.countDays(*c.Amount, func(Date) bool { return true })
	}
	return c
}

// countDays walks from the day after the start until n days have counted.
func (c Clock) countDays(n int, counts func(Date) bool) Date {
	day := c.StartedOn
	for n > 0 {
		day = day.AddDays(1)
		if counts(day) && !c.pausedOn(day) {
			n--
		}
	}
	return day
}

func (c Clock) pausedOn(day Date) bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool {
		return !day.Before(p.From) && !p.To.IsZero() && day.Before(p.To)
	})
}

func (c Clock) pausedDays() int {
	days := 0
	for _, p := range c.Pauses {
		if !p.To.IsZero() {
			days += p.From.DaysUntil(p.To)
		}
	}
	return days
}
