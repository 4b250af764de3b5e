package project

import "github.com/parkway-zone/parkway/domain/process"

// RemindName is the name of Remind.
const RemindName process.Name = "project.remind"

// Remind is the clock's command: rungs of the running deadline's ladder have come. Only the clock may issue it.
type Remind struct{}

// Name returns "project.remind".
func (Remind) Name() process.Name { return RemindName }

// Decide fires the rungs, which flags the project when its deadline has passed, and tells whom the rungs name. It refuses when nothing is due,
// which a late wake-up may find.
func (Remind) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	steps, err := env.Definition.Remind(p.traveller(env), call)
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return process.Decision[Project]{After: p, Notices: p.People().Notices(steps)}, nil
}
