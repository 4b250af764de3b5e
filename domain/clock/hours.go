package clock

import (
	"fmt"
	"time"
)

// Span is a stretch of the office day in minutes after midnight.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// OfficeHours are the hours a calendar without its own has: 08:30–12:00 and 14:00–17:30.
func OfficeHours() []Span { return []Span{{8*60 + 30, 12 * 60}, {14 * 60, 17*60 + 30}} }

// String prints "08:30–12:00".
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d–%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}

// Morning is the instant at which work begins on the day.
func (c Calendar) Morning(day Date) time.Time { return minute(day, c.hours()[0].From) }

// MinutesBetween counts the minutes of work between two instants; 0 when to is not later.
func (c Calendar) MinutesBetween(from, to time.Time) int {
	n := 0
	for day := DateOf(from); !day.After(DateOf(to)); day = day.AddDays(1) {
		if !c.Works(day) {
			continue
		}
		for _, s := range c.hours() {
			begin, end := later(minute(day, s.From), from), earlier(minute(day, s.To), to)
			n += max(0, int(end.Sub(begin)/time.Minute))
		}
	}
	return n
}

// AddHours returns the instant after n working hours from the instant.
func (c Calendar) AddHours(from time.Time, n int) time.Time {
	left := n * 60
	for day := DateOf(from); ; day = day.AddDays(1) {
		if !c.Works(day) {
			continue
		}
		here := c.minutesOn(day, &from)
		if here >= left {
			return c.afterMinutes(day, &from, left)
		}
		left -= here
	}
}

// minutesOn counts the minutes of work on the day, from the instant on where that lies on the day.
func (c Calendar) minutesOn(day Date, from *time.Time) int {
	if !c.Works(day) {
		return 0
	}
	begin := day.Start()
	if from != nil {
		begin = later(begin, *from)
	}
	n := 0
	for _, s := range c.hours() {
		n += max(0, int(minute(day, s.To).Sub(later(minute(day, s.From), begin))/time.Minute))
	}
	return n
}

// afterMinutes is the instant on the day at which n minutes of work have passed.
func (c Calendar) afterMinutes(day Date, from *time.Time, n int) time.Time {
	begin := day.Start()
	if from != nil {
		begin = later(begin, *from)
	}
	for _, s := range c.hours() {
		start := later(minute(day, s.From), begin)
		here := max(0, int(minute(day, s.To).Sub(start)/time.Minute))
		if here >= n {
			return start.Add(time.Duration(n) * time.Minute)
		}
		n -= here
	}
	return day.End()
}

func (c Calendar) hours() []Span {
	if len(c.Hours) == 0 {
		return OfficeHours()
	}
	return c.Hours
}

func minute(day Date, m int) time.Time { return day.Start().Add(time.Duration(m) * time.Minute) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
