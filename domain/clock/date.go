// Package clock reckons with days: working days and calendar days, limits with their legal unit, suspensions that give
// their days back, and due dates that can be explained day by day. It never reads the time of the machine.
package clock

import (
	"fmt"
	"time"
)

// Zone is the time zone in which the zone's office lives. It has no daylight saving, so a fixed offset is exact and,
// unlike time.LoadLocation, the same on every machine and in every replay.
func Zone() *time.Location { return time.FixedZone("Asia/Shanghai", int(ZoneOffset/time.Second)) }

// ZoneOffset is how far the zone is ahead of UTC.
const ZoneOffset = 8 * time.Hour

// Date is a day of the zone's calendar without a time, printed and parsed as 2026-11-23. The zero Date means "no day".
type Date struct{ t time.Time }

// DateOf returns the day on which the instant falls in the zone.
func DateOf(at time.Time) Date {
	if at.IsZero() {
		return Date{}
	}
	y, m, d := at.In(Zone()).Date()
	return NewDate(y, m, d)
}

// NewDate returns the given day; like time.Date it normalises days beyond the month.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// ParseDate reads "2026-11-23".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.IsZero() { // 0001-01-01 would count as no day
		return Date{}, fmt.Errorf("%q is not a day written as 2026-11-23", text)
	}
	return Date{t}, nil
}

// Plausible reports whether the day lies between 1900 and 2199. A day that somebody typed and that does not is a slip: nothing here is older, and no
// deadline is reckoned over centuries.
func (d Date) Plausible() bool { return d.Year() >= 1900 && d.Year() < 2200 }

// IsZero reports whether this is no day at all.
func (d Date) IsZero() bool { return d.t.IsZero() }

// Before reports whether d lies before other.
func (d Date) Before(other Date) bool { return d.t.Before(other.t) }

// After reports whether d lies after other.
func (d Date) After(other Date) bool { return d.t.After(other.t) }

// AddDays returns the day n days later; n may be negative.
func (d Date) AddDays(n int) Date { return Date{d.t.AddDate(0, 0, n)} }

// AddMonths returns the corresponding day n months later or, where the month is too short, its last day (民法典 art. 202).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.t.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return Date{time.Date(last.Year(), last.Month(), min(day, last.Day()), 0, 0, 0, 0, time.UTC)}
}

// DaysUntil returns how many days later other is; negative when it is earlier.
func (d Date) DaysUntil(other Date) int { return int(other.t.Sub(d.t) / (24 * time.Hour)) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.t.Weekday() }

// Year returns the calendar year.
func (d Date) Year() int { return d.t.Year() }

// Start returns the instant at which the day begins in the zone.
func (d Date) Start() time.Time {
	y, m, day := d.t.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, Zone())
}

// End returns the instant at which the day is over in the zone: the first moment of the next day.
func (d Date) End() time.Time { return d.AddDays(1).Start() }

// String prints 2026-11-23, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// MarshalJSON prints "2026-11-23", or null for no day.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads what MarshalJSON prints.
func (d *Date) UnmarshalJSON(text []byte) error {
	if string(text) == "null" || string(text) == `""` {
		*d = Date{}
		return nil
	}
	if len(text) < 2 || text[0] != '"' || text[len(text)-1] != '"' {
		return fmt.Errorf("%s is not a day written as \"2026-11-23\"", text)
	}
	parsed, err := ParseDate(string(text[1 : len(text)-1]))
	*d = parsed
	return err
}
