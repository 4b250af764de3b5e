package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// SkipName is the name of Skip.
const SkipName process.Name = "project.skip"

// Skip leaves a stage out where a rule of the definition permits it.
type Skip struct {
	From   string `json:"from"`
	Reason string `json:"reason"`
}

// Name returns "project.skip".
func (Skip) Name() process.Name { return SkipName }

// Decide refuses with NotSkippable when no rule permits it for the project's site mode.
func (c Skip) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err == nil {
		err = env.Definition.Skip(p.traveller(env), lifecycle.StageID(c.From), reason, call)
	}
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return p.returnToManager(call, env, reason), nil
}
