package process

import (
	"slices"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Waking is a case in which something happens by itself at an hour, beside what its deadline's ladder says: an agreement ends.
type Waking interface {
	Wakes() (at time.Time, name string) // what comes next, by a name that begins with OwnWake; no time: nothing
	Wake(call Call, env Env) Deed       // carries out what has come; it does not come again
}

// OwnWake is how the name of a wake begins that is the case's own, and none of its deadline's ladder.
const OwnWake = "own/"

// Morning is the hour at which a case wakes by itself: nobody is told or asked at midnight.
const Morning = 9 * time.Hour

// Arm lets the case wake for what happens in it by itself, where that comes before the next rung of its ladder.
func Arm(s Subject) {
	w, ok := s.(Waking)
	c := s.Header()
	if !ok || c.Done {
		return
	}
	at, name := w.Wakes()
	if at = at.UTC(); name == "" || c.NextWake != nil && !at.Before(*c.NextWake) {
		return
	}
	c.NextWake, c.Wake = &at, name
}

// Awake carries out what has come in the case by itself, and says whether anything has.
func Awake(s Subject, call Call, env Env) (Deed, bool) {
	w, ok := s.(Waking)
	if !ok || s.Header().Done {
		return Deed{}, false
	}
	if at, name := w.Wakes(); name == "" || at.After(call.RecordedAt) {
		return Deed{}, false
	}
	return w.Wake(call, env), true
}

// ownWake reports whether the case waits for something of its own, and not for its ladder.
func (c Case) ownWake() bool { return strings.HasPrefix(c.Wake, OwnWake) }

// Timely is a case in which somebody has a part on some days only.
type Timely interface {
	OwnOn(actor Actor, day clock.Date) bool
}

// HasPart reports whether the actor has a part in the case on the day: a deed is judged by the day on which it was done.
func HasPart(s Subject, actor Actor, day clock.Date) bool {
	if d, ok := s.(Timely); ok {
		return d.OwnOn(actor, day)
	}
	return s.Own(actor)
}

// InPlaceOf returns the first of those who are away that has a part in the case on the day: whoever stands in for them acts on it in their place (代理), with what
// their own roles let them do.
func InPlaceOf(s Subject, away []Actor, day clock.Date) (Actor, bool) {
	i := slices.IndexFunc(away, func(a Actor) bool { return HasPart(s, a, day) })
	if i < 0 {
		return Actor{}, false
	}
	return away[i], true
}
