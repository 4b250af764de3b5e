package clock

import (
	"strconv"
	"time"
)

// ElementName is the clock's seq.
func (c Clock) ElementName(int) string { return strconv.Itoa(c.Seq) }

// Sealed reports whether the clock has been stopped: its verdict is never reckoned again.
func (c Clock) Sealed() bool { return !c.StoppedOn.IsZero() }

// ElementName is the pause's place: pauses are only ever added.
func (Pause) ElementName(position int) string { return strconv.Itoa(position + 1) }

// ElementName is the extension's place: extensions are only ever added.
func (Extension) ElementName(position int) string { return strconv.Itoa(position + 1) }

// ElementName is the rung, its term and the end it belongs to: a rung fires once for each end the clock had. Firings from before ends had a name
// are told apart by when they were planned.
func (f Firing) ElementName(int) string {
	end := f.Deadline
	if end.IsZero() {
		end = f.Due
	}
	return f.Rung + "/" + strconv.Itoa(f.Term) + "/" + end.UTC().Format(time.RFC3339)
}

// ElementName is the rung.
func (c Cancelled) ElementName(int) string { return c.Rung }
