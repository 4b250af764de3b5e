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
	From string `json:"from" ask:"seen,required" doc:"The stage the caller saw: when somebody else was faster, the command is refused." example:"lead"`
	Note string `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
}

// About says who may, and who reads of it.
func (Advance) About() process.About {
	return process.About{Name: AdvanceName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// PassesGate is true: open major hazards at the enterprise count.
func (Advance) PassesGate() bool { return true }

// Decide refuses with GateIncomplete naming every missing requirement, and with StageMoved when somebody else was first.
func (c Advance) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	faults.Note(env.Definition.Advance(p.traveller(env), lifecycle.StageID(c.From), call))
	if err := faults.Err(); err != nil {
		return process.Decision[Project]{}, err
	}
	decision := p.returnToManager(call, env, note)
	decision.Follow = p.opens(env)
	return decision, nil
}

// Opened is what a small case that the project's stage puts on file is told: which project it belongs to.
type Opened struct {
	Project string `json:"project"`
}

// opens is what entering the present stage puts on file.
func (p Project) opens(env Env) []process.FollowUp {
	stage, _ := env.Definition.Stage(p.stage()) // the zero stage opens nothing
	var follow []process.FollowUp
	for _, name := range stage.Opens {
		follow = append(follow, process.FollowUp{Kind: name.KindOf(), Command: name, Input: Opened{Project: p.ID}})
	}
	return follow
}
