package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// SendBackName is the name of SendBack.
const SendBackName process.Name = "project.send_back"

// SendBack returns to an earlier stage; its clock starts anew.
type SendBack struct {
	ToStage string `json:"to_stage"`
	Reason  string `json:"reason"`
}

// Name returns "project.send_back".
func (SendBack) Name() process.Name { return SendBackName }

// Decide refuses a stage that is not an earlier one.
func (c SendBack) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err == nil {
		err = env.Definition.SendBack(p.traveller(env), lifecycle.StageID(c.ToStage), reason, call)
	}
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return p.returnToManager(call, env, reason), nil
}
