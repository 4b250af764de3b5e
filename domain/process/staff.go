package process

import "slices"

// OfStaff reports whether somebody with the roles works in the zone's own offices: in any role other than an enterprise's contact or a
// department's officer.
func OfStaff(roles []Role) bool {
	return !slices.Contains(roles, Enterprise) && slices.ContainsFunc(roles, func(r Role) bool { return r != Department })
}

// OfStaff reports whether the actor is a person of the zone's own offices.
func (a Actor) OfStaff() bool { return a.Type == Person && a.EnterpriseID == "" && OfStaff(a.Roles) }
