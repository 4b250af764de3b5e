package extension

import (
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
)

// Agree gives the time that was asked for: the deadline of the case moves to the day, which its history shows with the number of the request.
type Agree struct {
	Opinion string `json:"opinion,omitempty" ask:"long" maxLength:"4000" doc:"A word to it." example:"同意，务必按期完成。"`
}

// AgreeName is the name of Agree.
const AgreeName process.Name = "extension.agree"

// About says that a leader decides, or the head of a section who has it in hand.
func (Agree) About() process.About {
	return process.About{Name: AgreeName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor, process.ProjectManager, process.LiaisonOfficer), Duty: process.Approves, Readers: process.Everyone}
}

// Fits says that it is the next step of whoever has an open request in hand.
func (Agree) Fits(r Request, actor process.Actor, env Env) process.Fit {
	if r.decides(actor, env) != nil {
		return process.Not
	}
	return r.FitsConsent(actor)
}

// Decide refuses whoever asked, a closed request, and a deadline that has ended or that the case's own rules do not let move.
func (c Agree) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := r.decidable(call, env); err != nil {
		return none, err
	}
	opinion, err := process.Optional("opinion", c.Opinion, process.TextLimit)
	if err != nil {
		return none, err
	}
	parent := env.Found.Parent
	if !call.Actor.Has(process.Leader) && call.Actor.Type == process.Person && levelOf(parent, call) != Head {
		return none, process.Refuse(process.NotAllowed, "期限已经过了，要由分管领导批复：领导可以直接批复，请告知领导。", "The deadline has passed: a leader decides, without it being handed over; tell one.")
	}
	grant := casework.GrantExtension{Request: r.Number, Clock: r.Clock, Until: r.Until, Reason: r.Why, By: call.Actor.Name}
	if err := try(parent, grant, call, env); err != nil {
		return none, err
	}
	r.decided(opinion, call)
	r.end(Agreed, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: opinion, Notices: before.TellAsked(process.NoticeAgreed),
		Follow: []process.FollowUp{{Kind: parent.Kind, CaseID: parent.ID, Command: parent.Kind.Does(casework.GrantExtensionVerb), Input: grant}}}, nil
}

// decidable refuses what was decided already, and whoever asked.
func (r *Request) decidable(call process.Call, env Env) error {
	if err := process.UnderWay(&r.Case); err != nil {
		return err
	}
	if call.Actor.ID == r.AskedByID && r.AskedByID != "" {
		return process.Refuse(process.SamePerson, "申请人不能批复自己的申请。", "Nobody decides what they asked for.")
	}
	return r.decides(call.Actor, env)
}

// decides refuses who is neither a leader nor the head of the section that runs the case (docs/decisions/0083). To have it in hand is not enough: whoever asked can hand it
// to anybody, and would choose who agrees.
func (r *Request) decides(actor process.Actor, env Env) error {
	if actor.Type != process.Person || actor.Has(process.Leader) || r.Level == Head && r.HeldBy(actor) && actor.ID == env.Found.Head.ID {
		return nil
	}
	return process.Refuse(process.NotAllowed, "这份申请要由领导或经办科室的负责人批复。", "A leader, or the head of the section that runs the case, decides this request.")
}

// decided notes who has said what of it, and when.
func (r *Request) decided(says string, call process.Call) {
	r.Opinion, r.DecidedOn, r.DecidedID, r.DecidedName = says, call.Day(), call.Actor.ID, call.Actor.Name
}
