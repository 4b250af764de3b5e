package casework

import "github.com/parkway-zone/parkway/domain/process"

// DelegateVerb is what Delegate does.
const DelegateVerb process.Verb = "delegate"

// Delegate asks a colleague to do one thing and hand the case back (委托); HandOver gives it away for good (转交).
type Delegate struct {
	ToID   string `json:"to_id" ask:"person,required,from=workers,not=me" doc:"The colleague."`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What is to be done." example:"出差，请代办。"`
}

// About says that whoever has a case in hand may ask a colleague.
func (Delegate) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(DelegateVerb), Own: process.Of(pm, ss, liaison, dept, leader), Readers: process.Offices}
}

// Mentions returns the colleague.
func (c Delegate) Mentions() []string { return []string{c.ToID} }

// Fits says that only what one has in hand oneself, and was not delegated, can be delegated.
func (Delegate) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	c := on.Header()
	return process.FitsWhen(holds(c, actor) && c.DelegatedBy == nil && c.SuspendedSince == nil)
}

// Act refuses an actor who does not hold the case, somebody outside the zone's staff, and a delegation of what was delegated.
func (c Delegate) Act(on process.Subject, call process.Call, env process.Env) (process.Deed, error) {
	header := on.Header()
	switch {
	case header.Done || header.Holder == nil || header.Holder.ID != call.Actor.ID:
		return process.Deed{}, process.Taken(*header)
	case header.DelegatedBy != nil:
		return process.Deed{}, process.Refuse(process.WrongState, "这件事本来就是别人委托给你的，请办完交回，或者转交。", "It was delegated to you; hand it back, or hand it over.")
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	colleague := faults.Party(env.Directory.Staff(c.ToID, "to_id"))
	if colleague.ID == call.Actor.ID {
		faults.Note(process.Refuse(process.NothingChanged, "不能委托给自己。", "You cannot delegate to yourself.").At("to_id"))
	}
	if err := faults.Err(); err != nil {
		return process.Deed{}, err
	}
	back := *header.Holder
	header.GiveTo(colleague, call.OccurredAt)
	header.DelegatedBy = &back
	return process.Deed{Reason: reason}, nil
}
