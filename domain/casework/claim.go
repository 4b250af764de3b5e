package casework

import "github.com/parkway-zone/parkway/domain/process"

// ClaimVerb is what Claim does.
const ClaimVerb process.Verb = "claim"

// Claim takes a case that was handed to the actor's unit into the actor's own hands (签收).
type Claim struct{}

// About says who may sign for what their unit was given.
func (Claim) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(ClaimVerb), Own: process.Of(pm, dept, liaison, ss), Readers: process.Offices}
}

// Fits says that it is the next step for everybody of the unit that has the case.
func (Claim) Fits(on process.Subject, actor process.Actor, _ process.Env) process.Fit {
	if h := on.Header().Holder; h != nil && h.Kind == process.HeldByUnit && h.ID == actor.UnitID && actor.UnitID != "" {
		return process.Leads
	}
	return process.Not
}

// Settled reports whether the actor has the case in hand already: whoever claims twice has claimed.
func (Claim) Settled(on process.Subject, call process.Call) bool {
	return holds(on.Header(), call.Actor)
}

// Act refuses a case that the actor's unit does not hold.
func (Claim) Act(on process.Subject, call process.Call, _ process.Env) (process.Deed, error) {
	c := on.Header()
	if c.Holder == nil || c.Holder.Kind != process.HeldByUnit || c.Holder.ID != call.Actor.UnitID {
		return process.Deed{}, process.Taken(*c)
	}
	c.GiveTo(process.Party{Kind: process.HeldByPerson, ID: call.Actor.ID, Name: call.Actor.Name}, call.OccurredAt)
	return process.Deed{}, nil
}
