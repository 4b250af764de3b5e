package notify

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
)

// Habits are when a person wants to be told, in minutes after midnight in the zone.
type Habits struct {
	Digest    int // when the digest comes, on working days
	QuietFrom int
	QuietTo   int
}

// NotBefore is the earliest moment at which something of the level may reach a person who has these habits: red at once; normal in working
// time, else when the next working day's quiet hours end; info with the next digest.
func (h Habits) NotBefore(level ladder.Level, at time.Time, cal clock.Calendar) time.Time {
	day := clock.DateOf(at)
	switch level {
	case ladder.Red:
		return at
	case ladder.Info:
		digest := moment(cal.NextWorkday(day), h.Digest)
		if digest.Before(at) {
			digest = moment(cal.NextWorkday(day.AddDays(1)), h.Digest)
		}
		return digest
	case ladder.Normal:
	}
	if cal.Works(day) && !h.quiet(at) {
		return at
	}
	morning := moment(cal.NextWorkday(day), h.QuietTo)
	if morning.Before(at) {
		morning = moment(cal.NextWorkday(day.AddDays(1)), h.QuietTo)
	}
	return morning
}

func (h Habits) quiet(at time.Time) bool {
	m := int(at.Sub(clock.DateOf(at).Start()) / time.Minute)
	if h.QuietFrom <= h.QuietTo {
		return m >= h.QuietFrom && m < h.QuietTo
	}
	return m >= h.QuietFrom || m < h.QuietTo
}

func moment(day clock.Date, minute int) time.Time {
	return day.Start().Add(time.Duration(minute) * time.Minute).UTC()
}
