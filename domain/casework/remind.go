package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
)

// RemindVerb is what Remind does.
const RemindVerb process.Verb = "remind"

// Remind is the clock's command: rungs of the running deadline's ladder have come. Only the clock may issue it.
type Remind struct{}

// About says that only the passing of time does it.
func (Remind) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(RemindVerb), By: process.ByClock, Readers: process.Addressed}
}

// Act carries out what has come by itself in the case, and fires the rungs, which flags the case when its deadline has passed, and tells whom the rungs name. It refuses when nothing is due, which a
// late wake-up may find.
func (Remind) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	armed := on.Header().NextWake
	deed, woke := process.Awake(on, call, env)
	next, steps, err := on.Header().Fire(process.ClimbOf(on, env), call.RecordedAt)
	if err != nil && !woke {
		return process.Deed{}, err
	}
	if len(steps) > 0 {
		*process.Running(*on.Timed()) = next
	}
	notices := on.People().Notices(steps)
	if o, ok := on.(process.Overrun); ok && slices.ContainsFunc(steps, func(s ladder.Step) bool { return s.Act == ladder.FlagOverdue }) {
		notices = append(notices, o.Overrun(next, call)...)
	}
	if _, own := on.(process.Waking); own {
		process.Follow(on, call, env)
		if again := on.Header().NextWake; !woke && len(steps) == 0 && armed != nil && again != nil && armed.Equal(*again) {
			return process.Deed{}, process.Unmoved()
		}
	}
	deed.Notices = append(deed.Notices, notices...)
	return deed, nil
}
