package casework

import "github.com/parkway-zone/parkway/domain/process"

// HandBackVerb is what HandBack does.
const HandBackVerb process.Verb = "hand_back"

// HandBack returns a delegated case to whoever delegated it, with a word on what was done.
type HandBack struct {
	Text string `json:"text" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done." example:"现场已看过，材料齐了。"`
}

// About says that whoever was asked may hand the case back.
func (HandBack) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(HandBackVerb), Own: process.Of(pm, ss, liaison, dept, leader), Readers: process.Offices}
}

// Fits says that it is the next step for whoever was asked.
func (HandBack) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	if c := on.Header(); holds(c, actor) && c.DelegatedBy != nil {
		return process.Urges
	}
	return process.Not
}

// Act refuses a case that was not delegated to the actor.
func (c HandBack) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	text, err := process.Required("text", c.Text, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	header := on.Header()
	if header.Holder == nil || header.Holder.ID != call.Actor.ID {
		return process.Deed{}, process.Taken(header.Holder)
	}
	if header.DelegatedBy == nil {
		return process.Deed{}, process.Refuse(process.WrongState, "这件事没有委托给你。", "It was not delegated to you.")
	}
	to := *header.DelegatedBy
	return process.PassTo(on, process.Party{Kind: to.Kind, ID: to.ID, Name: to.Name}, call, env, text), nil
}
