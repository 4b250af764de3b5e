package project

import "github.com/parkway-zone/parkway/domain/process"

// AdoptName is the name of Adopt.
const AdoptName process.Name = "project.adopt"

// Adopt moves the project to another published version of its definition. Passed gates, stopped clocks and verdicts stay as they are.
type Adopt struct {
	Version int    `json:"version"`
	Reason  string `json:"reason"`
}

// Name returns "project.adopt".
func (Adopt) Name() process.Name { return AdoptName }

// Adopts returns the version whose definition the decision needs.
func (c Adopt) Adopts() int { return c.Version }

// Decide refuses the version the project has already, and a closed project.
func (c Adopt) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err == nil {
		err = env.Definition.Adopt(p.traveller(env), call)
	}
	return process.Decision[Project]{After: p, Reason: reason}, err
}
