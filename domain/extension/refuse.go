package extension

import "github.com/parkway-zone/parkway/domain/process"

// Refuse does not give the time: the deadline of the case runs on as it was.
type Refuse struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why not." example:"工期已有余量，请增加班组。"`
}

// RefuseName is the name of Refuse.
const RefuseName process.Name = "extension.refuse"

// About says that a leader decides, or the head of a section who has it in hand.
func (Refuse) About() process.About {
	return process.About{Name: RefuseName, Any: process.Of(process.Leader), Own: process.Of(process.SafetySupervisor, process.ProjectManager, process.LiaisonOfficer), Duty: process.Approves, Readers: process.Everyone}
}

// Fits says that it lies beside agreeing.
func (Refuse) Fits(r Request, actor process.Actor, env Env) process.Fit {
	if r.decides(actor, env) != nil {
		return process.Not
	}
	return r.FitsRefusal(actor)
}

// Decide refuses whoever asked, and a closed request.
func (c Refuse) Decide(before Request, call process.Call, env Env) (process.Decision[Request], error) {
	none, r := process.Decision[Request]{}, before
	r.Plain = r.Plain.Clone()
	if err := r.decidable(call, env); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	r.decided(reason, call)
	r.end(Refused, call, env.Calendar)
	return process.Decision[Request]{After: r, Reason: reason, Notices: before.TellAsked(process.NoticeRefused)}, nil
}
