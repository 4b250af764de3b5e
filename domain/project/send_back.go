package project

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// SendBackName is the name of SendBack.
const SendBackName process.Name = "project.send_back"

// SendBack returns to an earlier stage; its clock starts anew.
type SendBack struct {
	ToStage string `json:"to_stage" ask:"choose,required" doc:"An earlier stage." example:"review"`
	Reason  string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (SendBack) About() process.About {
	return process.About{Name: SendBackName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Decide refuses a stage that is not an earlier one.
func (c SendBack) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(env.Definition.SendBack(p.traveller(env), lifecycle.StageID(c.ToStage), reason, call))
	if err := faults.Err(); err != nil {
		return process.Decision[Project]{}, err
	}
	return p.returnToManager(call, env, reason), nil
}
