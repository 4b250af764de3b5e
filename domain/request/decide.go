package request

import (
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
)

// Agree lets what was asked for happen. Whoever asked never agrees, neither in person nor in bulk.
type Agree struct {
	Opinion string `json:"opinion,omitempty" ask:"long" maxLength:"4000" doc:"A word to it." example:"同意更正。"`
}

// AgreeName is the name of Agree.
const AgreeName process.Name = "request.agree"

// About says that a leader decides.
func (Agree) About() process.About {
	return process.About{Name: AgreeName, Any: process.Of(process.Leader), Duty: process.Approves, Readers: process.Offices}
}

// Fits says that it is the next step of whoever has an open request in hand.
func (Agree) Fits(r Request, actor process.Actor, _ Env) process.Fit { return r.FitsConsent(actor) }

// Decide refuses a closed request. What was asked for follows on the case; where it comes too late that is told.
func (c Agree) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := process.UnderWay(&r.Case); err != nil {
		return none, err
	}
	opinion, err := process.Optional("opinion", c.Opinion, process.TextLimit)
	if err != nil {
		return none, err
	}
	with, err := r.agreed(call.Actor.Name)
	if err != nil {
		return none, err
	}
	r.decided(opinion, call)
	r.end(Agreed, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: opinion, Notices: process.TellTeam(&before, process.NoticeAgreed),
		Follow: []process.FollowUp{{Kind: process.Name(r.Does).KindOf(), CaseID: r.ParentID, Command: process.Name(r.Does), Input: with}}}, nil
}

// agreed is the input of what follows, with who asked and who agreed (process.Agreed).
func (r *Request) agreed(by string) (map[string]any, error) {
	with := map[string]any{}
	if err := json.Unmarshal([]byte(r.With), &with); err != nil {
		return nil, fmt.Errorf("understand what %s asks for: %w", r.Number, err)
	}
	with["request"], with["asked_by"], with["agreed_by"], with["why"] = r.Number, r.AskedByName, by, r.Why
	return with, nil
}

// decided notes who has said what of it, and when.
func (r *Request) decided(says string, call process.Call) {
	r.Opinion, r.DecidedOn, r.DecidedID, r.DecidedName = says, call.Day(), call.Actor.ID, call.Actor.Name
}

// Refuse leaves the case as it is.
type Refuse struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why not." example:"原记录与现场记录一致，不更正。"`
}

// RefuseName is the name of Refuse.
const RefuseName process.Name = "request.refuse"

// About says that a leader decides.
func (Refuse) About() process.About {
	return process.About{Name: RefuseName, Any: process.Of(process.Leader), Duty: process.Approves, Readers: process.Offices}
}

// Fits says that it lies beside agreeing.
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
	r.decided(reason, call)
	r.end(Refused, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason, Notices: process.TellTeam(&before, process.NoticeRefused)}, nil
}

// Withdraw takes the request back.
type Withdraw struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"写错了，另行申请。"`
}

// WithdrawName is the name of Withdraw.
const WithdrawName process.Name = "request.withdraw"

// About says that whoever asked takes it back.
func (Withdraw) About() process.About {
	return process.About{Name: WithdrawName, Own: process.Of(process.SafetySupervisor, process.Leader), Readers: process.Offices}
}

// Fits says that only whoever asked, or follows it, is offered it.
func (Withdraw) Fits(r Request, actor process.Actor, _ Env) process.Fit {
	return r.FitsWithdrawal(actor)
}

// Decide refuses a closed request, and whoever only has it in hand.
func (c Withdraw) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	reason, err := r.TakenBack("申请", c.Reason, call)
	if err != nil {
		return none, err
	}
	r.end(Withdrawn, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason}, nil
}
