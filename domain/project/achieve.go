package project

import "github.com/parkway-zone/parkway/domain/process"

// AchieveName is the name of Achieve.
const AchieveName process.Name = "project.achieve"

// Achieve records 达产 (full_capacity) or 入规 (above_scale); either may come first. The project is over when both are reached.
type Achieve struct {
	Achievement string `json:"achievement"`
	Note        string `json:"note,omitempty"`
}

// Name returns "project.achieve".
func (Achieve) Name() process.Name { return AchieveName }

// Decide refuses achievements before production and those recorded already.
func (c Achieve) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err == nil {
		err = env.Definition.Achieve(p.traveller(env), c.Achievement, call)
	}
	return process.Decision[Project]{After: p, Reason: note}, err
}
