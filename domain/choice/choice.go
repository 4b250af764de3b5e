// Package choice says which people a field offers, and to whom: what a form lets somebody find, and nothing beyond it.
package choice

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Circle is whom a field means.
type Circle string

// The circles. Apart from one's own deputies, none holds auditors or administrators, who can do nothing with a case, nor anybody of an enterprise.
const (
	Workers     Circle = "workers"     // can be given a case or a part in it
	Colleagues  Circle = "colleagues"  // of the zone's own offices
	Supervisors Circle = "supervisors" // safety supervisors
	Liaisons    Circle = "liaisons"    // liaison officers
	Leaders     Circle = "leaders"     // leaders
	Deputies    Circle = "deputies"    // may stand in for whoever is asking, an enterprise's contact too
)

// Roles returns the roles of the circle's people, nil for an unknown circle and for deputies, whom the database knows. Somebody belongs to it who has one of them.
func (c Circle) Roles() []process.Role {
	switch c {
	case Workers:
		return append(Colleagues.Roles(), process.Department)
	case Colleagues:
		return []process.Role{process.ProjectManager, process.SafetySupervisor, process.LiaisonOfficer, process.Leader}
	case Supervisors:
		return []process.Role{process.SafetySupervisor}
	case Liaisons:
		return []process.Role{process.LiaisonOfficer}
	case Leaders:
		return []process.Role{process.Leader}
	case Deputies:
	}
	return nil
}

// Finds reports whether the actor has a form that offers the circle. Those of an enterprise and auditors have none; a department's officers hand
// on to whoever can work on a case.
func (c Circle) Finds(actor process.Actor) bool {
	switch {
	case c == Deputies:
		return actor.Type == process.Person
	case actor.Type != process.Person || actor.Has(process.Enterprise) || c.Roles() == nil:
		return false
	case slices.ContainsFunc(append(Colleagues.Roles(), process.Administrator), actor.Has):
		return true
	}
	return (c == Workers || c == Leaders) && actor.Has(process.Department) // who asks for more time names the leader who decides
}
