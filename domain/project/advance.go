package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// AdvanceName is the name of Advance.
const AdvanceName process.Name = "project.advance"

func (p Project) stage() lifecycle.StageID { return lifecycle.StageID(p.Stage) }

// Advance passes the gate of the present stage and enters the next one.
type Advance struct {
	From string `json:"from"` // the stage the caller saw
	Note string `json:"note,omitempty"`
}

// Name returns "project.advance".
func (Advance) Name() process.Name { return AdvanceName }

// PassesGate is true: open major hazards at the enterprise count.
func (Advance) PassesGate() bool { return true }

// Decide refuses with GateIncomplete naming every missing requirement, and with StageMoved when somebody else was first.
func (c Advance) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err == nil {
		err = env.Definition.Advance(p.traveller(env), lifecycle.StageID(c.From), call)
	}
	if err != nil {
		return process.Decision[Project]{}, err
	}
	return p.returnToManager(call, env, note), nil
}
