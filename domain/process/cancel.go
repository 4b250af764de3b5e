package process

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// cancels records on the clock that a closing stopped which rungs of its ladder it made void: whoever reads the case later sees that they were never due, and not
// that somebody forgot to tell. It is the same for every kind, and for every way to close a case.
func cancels(before, after Subject, call Call, env Env) {
	if !after.Header().Done || before.Header().Done || env.Rules == nil {
		return
	}
	was := Running(*before.Timed())
	if was == nil {
		return
	}
	clocks := slices.Clone(*after.Timed())
	i := slices.IndexFunc(clocks, func(k clock.Clock) bool { return k.Seq == was.Seq })
	if i < 0 || clocks[i].StoppedOn.IsZero() {
		return
	}
	clocks[i] = ClimbOf(before, env).Cancel(clocks[i], call.RecordedAt)
	*after.Timed() = clocks
}
