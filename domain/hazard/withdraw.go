package hazard

import (
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "hazard.withdraw"

// Withdraw closes a hazard that was recorded in error. It stays on file and is not counted as found.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"情况有变，见附件。"`
}

// About says who may, and who reads of it.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor), Readers: process.FactOnly}
}

// Decide refuses a closed hazard and a withdrawal without a reason.
func (c Withdraw) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none := process.Decision[Hazard]{}
	h := before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	faults.Note(h.keepsOpen())
	faults.Note(env.Definition.End(h.turner(env), call, rectification.Found, rectification.Planned, rectification.Rectifying, rectification.Reported))
	if err := faults.Err(); err != nil {
		return none, err
	}
	h.closedWith(Withdrawn, call.Day())
	return process.Decision[Hazard]{After: h, Reason: reason, Notices: before.tellSupervisor(process.NoticeClosed)}, nil
}
