package process

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
)

// Moves reports whether another calendar changes anything for the case: the date, its provisional mark, its target, or the next reminder.
func (c Case) Moves(climb ladder.Climb, before clock.Clock) bool {
	after := climb.Clock
	next, more := climb.Next()
	if after.DueOn != before.DueOn || after.TargetOn != before.TargetOn || after.Provisional != before.Provisional || !same(after.DueAt, before.DueAt) {
		return true
	}
	if c.ownWake() {
		return more && next.At.Before(*c.NextWake)
	}
	return (after.Live() && more != (c.NextWake != nil)) || (more && !next.At.Equal(*c.NextWake))
}

// Unmoved is the refusal of a command of the machinery that finds nothing to do.
func Unmoved() error {
	return Refuse(NothingChanged, "没有变化。", "Nothing changes.")
}

func same(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}
