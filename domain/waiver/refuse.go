package waiver

import (
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Refuse does not waive the requirement: the gate stays shut until it is met.
type Refuse struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why not." example:"施工图审查还没有结论，不能容缺。"`
}

// RefuseName is the name of Refuse.
const RefuseName process.Name = "waiver.refuse"

// About says that a leader decides.
func (Refuse) About() process.About {
	return process.About{Name: RefuseName, Any: process.Of(process.Leader), Duty: process.Approves, Readers: process.Offices}
}

// Fits says that it lies beside granting.
func (Refuse) Fits(r Request, actor process.Actor, _ Env) process.Fit { return r.FitsRefusal(actor) }

// Decide refuses a closed request.
func (c Refuse) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := process.UnderWay(&r.Case); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	r.Opinion, r.DecidedOn = reason, call.Day()
	said := r.said(lifecycle.WaiverRefused, reason, call)
	r.end(Refused, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason, Notices: process.TellTeam(&before, process.NoticeRefused), Follow: r.tell(said)}, nil
}

// Withdraw takes the request back.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"材料已经补齐，不再需要。"`
}

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "waiver.withdraw"

// About says that whoever asked takes it back.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Own: process.Of(process.ProjectManager, process.Leader), Readers: process.Offices}
}

// Fits says that only whoever asked, or follows it, is offered it.
func (Withdraw) Fits(r Request, actor process.Actor, _ Env) process.Fit {
	return r.FitsWithdrawal(actor)
}

// Decide refuses a closed request, and whoever only has it in hand.
func (c Withdraw) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	reason, err := r.TakenBack("容缺申请", c.Reason, call)
	if err != nil {
		return none, err
	}
	said := r.said(lifecycle.No, reason, call)
	r.end(Withdrawn, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason, Follow: r.tell(said)}, nil
}
