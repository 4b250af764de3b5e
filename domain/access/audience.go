package access

import (
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Staffs reports whether the actor works for the zone itself: it is neither of an enterprise nor only of a county department. A person
// without any role does not.
func Staffs(actor process.Actor) bool { return process.OfStaff(actor.Roles) }

// Audience returns who reads the event of a command, and who reads its words and files. An enterprise's own deeds are shared; chosen is what
// the writer chose, "" for nothing. enterpriseHolds says whether the enterprise has the case in hand before or after the about.
func Audience(name process.Name, actor process.Actor, chosen process.Audience, enterpriseHolds bool) (event, words process.Audience) {
	if actor.Has(process.Enterprise) {
		return process.Shared, process.Shared
	}
	about, _ := kinds.About(name)
	switch about.Readers {
	case process.Everyone:
		return process.Shared, process.Shared
	case process.FactOnly:
		return process.Shared, process.Inside
	case process.Chosen:
		if chosen == process.Shared {
			return process.Shared, process.Shared
		}
	case process.Addressed:
		if enterpriseHolds {
			return process.Shared, process.Shared
		}
	case process.Offices:
	}
	return process.Inside, process.Inside
}

// Chooses reports whether the actor chooses who reads the command's event.
func Chooses(actor process.Actor, name process.Name) bool {
	about, _ := kinds.About(name)
	return about.Readers == process.Chosen && !actor.Has(process.Enterprise)
}

// MayDateBack reports whether the actor may say that the command happened earlier than it arrives. Enterprises and departments never may: a
// late answer would be on time for ever.
func MayDateBack(actor process.Actor, name process.Name) bool {
	about, known := kinds.About(name)
	switch actor.Type {
	case process.Import:
		return known
	case process.Person:
		return about.DatedBack && Staffs(actor)
	case process.Clock:
	}
	return false
}
