package permit

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/process"
)

// sparing refuses to say of a permit that a gate of the project needs, and that cannot be waived, that it is not needed: what the catalogue itself leaves
// open (only some projects, other site modes) whoever runs the permit decides; of the others a leader or the competent department does, and never whoever runs
// the permit or the project. What is brought over from elsewhere was decided there.
func (p *Permit) sparing(x Item, call process.Call, env Env) error {
	parent, actor := env.Found.Parent, call.Actor
	if actor.Type != process.Person || parent == nil || !x.firm(*parent) {
		return nil
	}
	switch {
	case !actor.Has(process.Leader) && !x.competent(actor, env.Directory):
		return process.Refuse(process.NotAllowed, "「"+x.Name.Chinese+"」是关口必须的，也不能容缺；不需要办理的，由园区领导或"+x.Department.Chinese+"认定。",
			"A gate needs this permit and it cannot be waived: only a leader or the competent department can say that it is not needed.")
	case p.runs(actor) || actor.ID == parent.Team.ManagerID:
		return process.Refuse(process.SamePerson, "不需要办理要由别人认定，项目或手续的经办人不能自己认定。",
			"Somebody else has to say that it is not needed than who runs the permit or the project.")
	}
	return nil
}

// firm reports whether a gate of the project needs the permit and it can neither be waived nor does the catalogue leave it open.
func (x Item) firm(parent process.Parent) bool {
	return slices.Contains(parent.Firm, x.ID) && !x.Sometimes && (len(x.Only) == 0 || slices.Contains(x.Only, parent.Variant))
}

// competent reports whether the actor speaks for the department that decides on the permit.
func (x Item) competent(actor process.Actor, directory process.Directory) bool {
	unit, known := directory[actor.UnitID]
	return known && actor.Has(process.Department) && strings.Contains(unit.Name, x.Department.Chinese)
}

// runs reports whether the actor runs the permit: as its manager or as an agent.
func (p *Permit) runs(a process.Actor) bool {
	return a.ID != "" && (a.ID == p.ManagerID || p.agent(a.ID))
}

// sealed refuses that what stands in the seal of a gate is changed by one person alone: a leader does it who does not run the permit or the project.
func (p *Permit) sealed(call process.Call, env Env) error {
	parent, actor := env.Found.Parent, call.Actor
	if actor.Type != process.Person || parent == nil || !slices.Contains(parent.Sealed, p.Stage) {
		return nil
	}
	switch {
	case !actor.Has(process.Leader):
		return process.Refuse(process.NotAllowed, "项目已经凭这项手续过了关口并封存，要由园区领导更正或撤销。", "A gate was passed and sealed with this permit: only a leader can correct or revoke it.")
	case p.runs(actor) || actor.ID == parent.Team.ManagerID:
		return process.Refuse(process.SamePerson, "已经封存的手续，要由经办人以外的人更正或撤销。", "What is sealed is corrected or revoked by somebody else than who runs the permit or the project.")
	}
	return nil
}
