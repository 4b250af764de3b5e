package workflows

import (
	"time"

	"github.com/parkway-zone/parkway/domain/process"
)

// pace keeps the clock from spinning: a wake that leads nowhere is tried again later and later, and the first that leads on ends the waiting.
type pace struct {
	fruitless int
	notBefore time.Time
}

// How long the clock waits after a wake that led nowhere. A door that cannot be reached is asked again soon; one that answers and does not
// move on has a fault that a person must mend.
const (
	soonest  = 5 * time.Second
	soonLast = time.Minute
	lateLast = time.Hour
	atOnce   = 3 // wakes in a row that may lie in the past: a demo's clock was turned over several of them
)

// after is when the wake may fire.
func (p pace) after(wake time.Time) time.Time {
	if p.notBefore.After(wake) {
		return p.notBefore
	}
	return wake
}

// failed notes that the door could not be reached.
func (p *pace) failed(now time.Time) {
	p.fruitless++
	p.notBefore = now.Add(doubled(soonest, p.fruitless-1, soonLast))
}

// heard notes what the door answered, beside what was known before.
func (p *pace) heard(standing, before process.Standing, now time.Time) {
	if standing.NextWake == nil || standing.NextWake.After(now) {
		*p = pace{}
		return
	}
	p.fruitless++
	switch moved := standing.Version > before.Version; {
	case moved && p.fruitless <= atOnce:
		p.notBefore = time.Time{}
	case moved:
		p.notBefore = now.Add(doubled(time.Second, p.fruitless-atOnce, lateLast))
	default:
		p.notBefore = now.Add(doubled(time.Minute, p.fruitless-1, lateLast))
	}
}

func doubled(first time.Duration, times int, longest time.Duration) time.Duration {
	for ; times > 0 && first < longest; times-- {
		first *= 2
	}
	return min(first, longest)
}
