package hazard

import "github.com/parkway-zone/parkway/domain/process"

// AdoptName is the name of Adopt.
const AdoptName process.Name = "hazard.adopt"

// Adopt moves the hazard to another published version of its definition. Passed gates, stopped clocks and verdicts stay as they are.
type Adopt struct {
	Version int    `json:"version"`
	Reason  string `json:"reason"`
}

// Name returns "hazard.adopt".
func (Adopt) Name() process.Name { return AdoptName }

// Adopts returns the version whose definition the decision needs.
func (c Adopt) Adopts() int { return c.Version }

// Decide refuses the version the hazard has already, and a closed hazard.
func (c Adopt) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	h := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err == nil {
		err = env.Definition.Adopt(h.turner(env), call)
	}
	return process.Decision[Hazard]{After: h, Reason: reason}, err
}
