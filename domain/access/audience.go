package access

import "github.com/parkway-zone/parkway/domain/process"

// Staffs reports whether the actor works for the zone itself: it is neither of an enterprise nor only of a county department. A person
// without any role does not.
func Staffs(actor process.Actor) bool { return process.OfStaff(actor.Roles) }

// Audience returns who reads the event of a command, and who reads its words and files. An enterprise's own deeds are shared; chosen is what
// the writer chose, "" for nothing. enterpriseHolds says whether the enterprise has the case in hand before or after the deed.
func Audience(name process.Name, actor process.Actor, chosen process.Audience, enterpriseHolds bool) (event, words process.Audience) {
	if actor.Has(firm) {
		return process.Shared, process.Shared
	}
	deed, _ := Of(name)
	switch deed.Readers {
	case Everyone:
		return process.Shared, process.Shared
	case FactOnly:
		return process.Shared, process.Inside
	case Chosen:
		if chosen == process.Shared {
			return process.Shared, process.Shared
		}
	case Addressed:
		if enterpriseHolds {
			return process.Shared, process.Shared
		}
	case Offices:
	}
	return process.Inside, process.Inside
}

// Chooses reports whether the actor chooses who reads the command's event.
func Chooses(actor process.Actor, name process.Name) bool {
	deed, _ := Of(name)
	return deed.Readers == Chosen && !actor.Has(firm)
}

// MayDateBack reports whether the actor may say that the command happened earlier than it arrives. Enterprises and departments never may: a
// late answer would be on time for ever.
func MayDateBack(actor process.Actor, name process.Name) bool {
	deed, known := Of(name)
	switch actor.Type {
	case process.Import:
		return known
	case process.Person:
		return deed.DatedBack && Staffs(actor)
	case process.Clock:
	}
	return false
}
