package casework

import "github.com/parkway-zone/parkway/domain/process"

// AdoptVerb is what Adopt does.
const AdoptVerb process.Verb = "adopt"

// Adopt moves the case to another published version of its definition: its limits apply to what is to come, its ladders from now on. Passed
// gates, stopped clocks and verdicts stay as they are.
type Adopt struct {
	Version int    `json:"version" minimum:"1" doc:"The published version."`
	Reason  string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why."`
}

// About says that it comes with a decision on many cases.
func (Adopt) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(AdoptVerb), Any: process.Of(admin), Readers: process.Offices, By: process.ByBatch}
}

// Adopts returns the version whose definition the decision needs.
func (c Adopt) Adopts() int { return c.Version }

// Act refuses the version the case has already, a closed case, and a version that has no place for where the case stands.
func (c Adopt) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	header := on.Header()
	if err := open(header); err != nil {
		return process.Deed{}, err
	}
	if header.DefinitionVersion == env.Rules.Edition() {
		return process.Deed{}, process.Unmoved()
	}
	if err := env.Rules.Covers(*header); err != nil {
		return process.Deed{}, err
	}
	header.DefinitionVersion = env.Rules.Edition()
	if k := process.Running(*on.Timed()); k != nil {
		*k = header.SwitchOn(process.ClimbOf(on, env), call.RecordedAt)
	}
	if a, ok := on.(process.Adopting); ok {
		a.Adopted(call, env.Rules)
	}
	process.Follow(on, call, env)
	return process.Deed{Reason: reason}, nil
}
