package clock

import "time"

// DayKind says why a day counts or does not count as a working day.
type DayKind string

// The kinds of day.
const (
	Workday   DayKind = "workday" // an ordinary Monday to Friday
	Weekend   DayKind = "weekend" // an ordinary Saturday or Sunday
	Holiday   DayKind = "holiday" // named by the yearly notice of the State Council
	MakeUpDay DayKind = "make_up" // a weekend day that the notice makes a working day (调休)
)

// Special is a day on which the published list departs from Monday to Friday.
type Special struct {
	Kind DayKind `json:"kind"`
	Name string  `json:"name"`
	List int     `json:"list,omitempty"` // the year whose paper rules the day, which may be the year after; 0: the day's own
}

// Calendar knows which days are worked (全国年节及纪念日放假办法). Years it has no list for count Monday to Friday and are provisional.
type Calendar struct {
	Version string           // recorded beside every due date that was reckoned with it
	Years   map[int]string   // year → official paper
	Special map[Date]Special // days off and make-up days
	Beneath map[Date]Special // what an earlier paper says of days that a later one rules: in force again when the later one lets go of them
	Hours   []Span           // of the office day; none: OfficeHours
}

// Kind tells what sort of day it is and, for holidays and make-up days, its name.
func (c Calendar) Kind(day Date) (DayKind, string) {
	if special, ok := c.Special[day]; ok {
		return special.Kind, special.Name
	}
	if day.weekend() {
		return Weekend, ""
	}
	return Workday, ""
}

func (d Date) weekend() bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// Works reports whether the day is a working day.
func (c Calendar) Works(day Date) bool {
	kind, _ := c.Kind(day)
	return kind == Workday || kind == MakeUpDay
}

// Provisional reports whether no official list for the day's year is known yet (暂按周末规则).
func (c Calendar) Provisional(day Date) bool {
	_, known := c.Years[day.Year()]
	return !known
}

// NextWorkday returns day itself when it is worked, else the first working day after it.
func (c Calendar) NextWorkday(day Date) Date {
	for !c.Works(day) {
		day = day.AddDays(1)
	}
	return day
}

// LastWorkday returns day itself when it is worked, else the last working day before it.
func (c Calendar) LastWorkday(day Date) Date {
	for !c.Works(day) {
		day = day.AddDays(-1)
	}
	return day
}

// AddWorkdays returns the n-th working day after the day or, for a negative n, before it. For 0 it is the day itself.
func (c Calendar) AddWorkdays(day Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		day = day.AddDays(step)
		if c.Works(day) {
			n--
		}
	}
	return day
}

// WorkdaysBetween counts the working days after from up to and including to; negative when to is earlier.
func (c Calendar) WorkdaysBetween(from, to Date) int {
	if to.Before(from) {
		return -c.WorkdaysBetween(to, from)
	}
	n := 0
	for day := from.AddDays(1); !day.After(to); day = day.AddDays(1) {
		if c.Works(day) {
			n++
		}
	}
	return n
}
