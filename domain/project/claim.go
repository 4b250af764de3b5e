package project

import "github.com/parkway-zone/parkway/domain/process"

// ClaimName is the name of Claim.
const ClaimName process.Name = "project.claim"

// Claim takes a project that was handed to the actor's unit into the actor's own hands (签收).
type Claim struct{}

// Name returns "project.claim".
func (Claim) Name() process.Name { return ClaimName }

// Decide refuses a project that the actor's unit does not hold.
func (Claim) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	none := process.Decision[Project]{}
	p := before.clone()
	if p.Holder == nil || p.Holder.Kind != process.HeldByUnit || p.Holder.ID != call.Actor.UnitID {
		return none, process.Refuse(process.WrongState, "这件事没有交到你的部门，或者已经有人签收。", "Your unit does not hold it, or a colleague has claimed it.")
	}
	p.HandTo(process.Party{Kind: process.HeldByPerson, ID: call.Actor.ID, Name: call.Actor.Name}, call.OccurredAt)
	return process.Decision[Project]{After: p}, nil
}
