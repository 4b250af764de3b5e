package clock

import (
	"slices"
	"time"
)

// Cause says why a stretch of days counts or does not count.
type Cause string

// The causes.
const (
	CountedDay  Cause = "day"          // counts: every day does
	CountedWork Cause = "workday"      // counts: an ordinary working day
	CountedMake Cause = "make_up"      // counts: a weekend day that the yearly notice makes a working day
	OffWeekend  Cause = "weekend"      // does not count
	OffHoliday  Cause = "holiday"      // does not count: named by the yearly notice
	OffPause    Cause = "suspended"    // does not count: given back
	OffRoll     Cause = "roll_forward" // the last day was a day off (民法典 art. 203)
	NotYet      Cause = "paused_now"   // stands still: from here on nothing is known until it resumes
)

// Grant is one part of the budget: what the rule, the paper or an approved extension gives.
type Grant struct {
	Amount int    `json:"amount"` // in the clock's unit; in days where a fixed day was written down
	Unit   Unit   `json:"unit"`
	On     Date   `json:"on"` // the day it was given
	Until  Date   `json:"until"`
	Reason string `json:"reason"` // of an extension
	By     string `json:"by"`
	steps  int    // working days, days or minutes of work
}

// Entry is a stretch of days with one cause.
type Entry struct {
	From        Date   `json:"from"`
	To          Date   `json:"to"` // the last day of the stretch; none for a pause that still lasts
	Days        int    `json:"days"`
	Counted     int    `json:"counted"` // working days, days, or minutes of work
	Cause       Cause  `json:"cause"`
	Name        string `json:"name"`  // of the holiday, or the reason of the pause
	Paper       string `json:"paper"` // official paper that names the holiday or the make-up day
	Extension   int    `json:"extension"`
	Provisional bool   `json:"provisional"`
}

// Ledger explains a due date: the budget, and every stretch that was counted or not, in order, ending on the date shown.
// Its counted amounts add up to the budget's, whatever was paused, extended or edited in between.
type Ledger struct {
	Grants    []Grant `json:"grants"`
	Entries   []Entry `json:"entries"`
	Budget    int     `json:"budget"`    // working days, days, or minutes of work
	Counted   int     `json:"counted"`   // of the budget, in the entries
	Remaining int     `json:"remaining"` // while it stands still
	DueOn     Date    `json:"due_on"`    // none while it stands still
	Calendar  string  `json:"calendar"`
}

// Ledger returns how the clock comes to its end by the calendar it was reckoned with.
func (c Clock) Ledger(cal Calendar) Ledger {
	grants := c.grants()
	w := c.walk(cal, grants)
	l := Ledger{Grants: grants, Entries: w.entries, Budget: total(grants), Counted: w.counted, DueOn: w.day, Calendar: cal.Version}
	l.Remaining = l.Budget - l.Counted
	if c.Paused() && c.StoppedOn.IsZero() {
		l.DueOn = Date{}
	}
	return l
}

// end is the last day by the budget alone, before pauses and rolling forward; of fixed clocks with their extensions.
func (c Clock) end() Date {
	day := c.FixedOn
	for _, e := range c.Extensions {
		day = day.AddDays(e.Amount)
	}
	return day
}

// grants turns the budget into steps of a walk: working days, days or minutes of work.
func (c Clock) grants() []Grant {
	var all []Grant
	from := c.StartedOn
	add := func(g Grant, steps int) {
		g.steps = steps
		all = append(all, g)
	}
	if c.Amount == nil {
		add(Grant{Amount: from.DaysUntil(c.FixedOn), Unit: Day, On: from, Until: c.FixedOn}, from.DaysUntil(c.FixedOn))
	} else {
		add(Grant{Amount: *c.Amount, Unit: c.Unit, On: from}, c.steps(0, *c.Amount))
	}
	given := 0
	if c.Amount != nil {
		given = *c.Amount
	}
	for _, e := range c.Extensions {
		unit, steps := c.Unit, e.Amount
		if c.Amount == nil {
			unit = Day
		} else {
			steps = c.steps(given, e.Amount)
		}
		given += e.Amount
		add(Grant{Amount: e.Amount, Unit: unit, On: e.On, Reason: e.Reason, By: e.By}, steps)
	}
	return all
}

// steps is what an amount in the clock's unit comes to, when given has been granted before it: months differ in length.
func (c Clock) steps(given, amount int) int {
	switch c.Unit {
	case Month:
		return c.StartedOn.AddMonths(given).DaysUntil(c.StartedOn.AddMonths(given + amount))
	case WorkingHour:
		return amount * 60
	default:
		return amount
	}
}

func total(grants []Grant) int {
	n := 0
	for _, g := range grants {
		n += g.steps
	}
	return n
}

// walked is what one walk over the days found.
type walked struct {
	day         Date
	at          *time.Time
	entries     []Entry
	counted     int
	provisional bool
}

// walk visits the days until the budget is used up and notes of each whether it counts and why. It is the only reckoning there is: the due
// date and the ledger cannot differ.
func (c Clock) walk(cal Calendar, grants []Grant) walked {
	w := walked{day: c.StartedOn}
	left, hours := total(grants), c.Unit == WorkingHour
	if left < 0 || (left == 0 && c.Amount == nil) { // a day that was past before the clock began
		w.day, left = c.end(), 0
	}
	day := c.StartedOn
	if !hours {
		day = day.AddDays(1)
	}
	for ; left > 0; day = day.AddDays(1) {
		pause, paused := c.pausedOn(day)
		if paused && pause.To.IsZero() && c.StoppedOn.IsZero() {
			w.entries = append(w.entries, Entry{From: pause.From, Cause: NotYet, Name: pause.Reason})
			return w
		}
		e := c.judge(day, cal)
		e.Extension = reached(grants, w.counted)
		if paused {
			e.Cause, e.Name, e.Paper, e.Counted = OffPause, pause.Reason, "", 0
		} else if hours {
			e.Counted = min(left, cal.minutesOn(day, c.StartedAt))
		}
		if hours && e.Counted > 0 && e.Counted == left {
			at := cal.afterMinutes(day, c.StartedAt, left).UTC()
			w.at = &at
		}
		left -= e.Counted
		w.counted += e.Counted
		w.note(e)
		w.day = day
	}
	if hours && w.at == nil { // nothing to count at all
		w.at = c.StartedAt
	}
	if rolls := c.Unit == Day || c.Unit == Month; rolls && c.RollForward && !cal.Works(w.day) {
		for !cal.Works(w.day) {
			w.day = w.day.AddDays(1)
			e := c.judge(w.day, cal)
			e.Cause, e.Counted, e.Extension = OffRoll, 0, reached(grants, max(0, w.counted-1))
			w.note(e)
		}
	}
	return w
}

// judge says what one day is worth before pauses are looked at.
func (c Clock) judge(day Date, cal Calendar) Entry {
	e := Entry{From: day, To: day, Days: 1, Counted: 1, Cause: CountedDay}
	leans := c.Unit == WorkingDay || c.Unit == WorkingHour || (c.RollForward && c.Unit != "")
	if leans {
		e.Provisional = cal.Provisional(day)
	}
	if c.Unit != WorkingDay && c.Unit != WorkingHour {
		return e
	}
	kind, name := cal.Kind(day)
	switch kind {
	case Workday:
		e.Cause = CountedWork
	case MakeUpDay:
		e.Cause, e.Name, e.Paper = CountedMake, name, cal.Years[day.Year()]
	case Weekend:
		e.Cause, e.Counted = OffWeekend, 0
	case Holiday:
		e.Cause, e.Name, e.Paper, e.Counted = OffHoliday, name, cal.Years[day.Year()], 0
	}
	return e
}

// reached tells into which grant the next step falls.
func reached(grants []Grant, counted int) int {
	for i, g := range grants {
		if counted -= g.steps; counted < 0 {
			return i
		}
	}
	return len(grants) - 1
}

// note adds a day to the stretch before it when both are of one kind.
func (w *walked) note(e Entry) {
	w.provisional = w.provisional || e.Provisional
	if n := len(w.entries); n > 0 {
		last := &w.entries[n-1]
		same := last.Cause == e.Cause && last.Name == e.Name && last.Paper == e.Paper && last.Extension == e.Extension && last.Provisional == e.Provisional
		if same && last.To.AddDays(1) == e.From {
			last.To, last.Days, last.Counted = e.To, last.Days+1, last.Counted+e.Counted
			return
		}
	}
	w.entries = append(w.entries, e)
}

func (c Clock) pausedOn(day Date) (Pause, bool) {
	i := slices.IndexFunc(c.Pauses, func(p Pause) bool {
		return !day.Before(p.From) && (p.To.IsZero() || day.Before(p.To))
	})
	if i < 0 {
		return Pause{}, false
	}
	return c.Pauses[i], true
}
