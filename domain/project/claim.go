package project

import "github.com/parkway-zone/parkway/domain/process"

// ClaimName is the name of Claim.
const ClaimName process.Name = "project.claim"

// Claim takes a project that was handed to the actor's unit into the actor's own hands (签收).
type Claim struct{}

// Name returns "project.claim".
func (Claim) Name() process.Name { return ClaimName }

// Settled reports whether the actor has the project in hand already: whoever claims twice has claimed.
func (Claim) Settled(p Project, call process.Call) bool {
	return p.Holder != nil && p.Holder.Kind == process.HeldByPerson && p.Holder.ID == call.Actor.ID
}

// Decide refuses a project that the actor's unit does not hold.
func (Claim) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if p.Holder == nil || p.Holder.Kind != process.HeldByUnit || p.Holder.ID != call.Actor.UnitID {
		return none, process.Taken(p.Holder)
	}
	p.HandTo(process.Party{Kind: process.HeldByPerson, ID: call.Actor.ID, Name: call.Actor.Name}, call.OccurredAt)
	return process.Decision[Project]{After: p}, nil
}
