package hazard

import "github.com/parkway-zone/parkway/domain/process"

// RemindName is the name of Remind.
const RemindName process.Name = "hazard.remind"

// Remind is the clock's command: rungs of the running deadline's ladder have come. Only the clock may issue it.
type Remind struct{}

// Name returns "hazard.remind".
func (Remind) Name() process.Name { return RemindName }

// Decide fires the rungs, which flags the hazard when its deadline has passed, and tells whom the rungs name. It refuses when nothing is due,
// which a late wake-up may find.
func (Remind) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	h := before.clone()
	steps, err := env.Definition.Remind(h.turner(env), call)
	if err != nil {
		return process.Decision[Hazard]{}, err
	}
	return process.Decision[Hazard]{After: h, Notices: h.People().Notices(steps)}, nil
}
