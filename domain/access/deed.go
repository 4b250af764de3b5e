package access

import "github.com/parkway-zone/parkway/domain/process"

// Deed is all that is laid down about a command beside its rules: who may, on whose cases, may it be dated back, does it only add, and who reads
// that it happened. Nothing of this stands anywhere else.
type Deed struct {
	Any       []process.Role // who may on every case they can see
	Own       []process.Role // who may on cases they have a part in
	DatedBack bool           // the zone's staff may say that it happened on an earlier day: they type yesterday's inspection today
	AddsOnly  bool           // it only adds, so it does not matter what happened since the case was read
	Readers   Readers
	ByClock   bool // only the passing of time does it
}

// Readers says who reads an event beside the zone's offices and the departments that a case was handed to.
type Readers string

// The readers of an event.
const (
	Offices   Readers = "offices"   // nobody else
	Everyone  Readers = "everyone"  // the enterprise too, with its words and files: notices and verdicts
	FactOnly  Readers = "fact"      // the enterprise reads that it happened, not the words and files that came with it
	Chosen    Readers = "chosen"    // whoever writes it chooses; the offices unless they say otherwise
	Addressed Readers = "addressed" // the enterprise when it has the case in hand, before or after
)

const (
	pm      = process.ProjectManager
	ss      = process.SafetySupervisor
	liaison = process.LiaisonOfficer
	dept    = process.Department
	firm    = process.Enterprise
	leader  = process.Leader
	admin   = process.Administrator
)

type roles = []process.Role

// Of returns what is laid down about a command, and whether there is such a command. Auditors appear nowhere: they only read.
// Administrators appear only where a change of the calendar or of a definition moves many cases at once.
func Of(name process.Name) (Deed, bool) {
	if name.KindOf() == process.Hazard {
		return ofHazard(name)
	}
	return ofProject(name)
}

func ofProject(name process.Name) (Deed, bool) {
	switch name {
	case "project.open":
		return Deed{Any: roles{pm}, DatedBack: true, Readers: FactOnly}, true
	case "project.advance", "project.skip", "project.send_back", "project.suspend", "project.resume", "project.terminate", "project.achieve":
		return Deed{Any: roles{leader}, Own: roles{pm}, DatedBack: true, Readers: FactOnly}, true
	case "project.edit", "project.assign":
		return Deed{Any: roles{leader}, Own: roles{pm}, Readers: Offices}, true
	case "project.answer":
		return Deed{Own: roles{pm, dept, liaison}, DatedBack: true, Readers: Offices}, true
	case "project.waive":
		return Deed{Any: roles{leader}, Readers: Offices}, true
	case "project.extend":
		return Deed{Any: roles{leader}, Readers: FactOnly}, true
	case "project.claim":
		return Deed{Own: roles{pm, dept, liaison, ss}, Readers: Offices}, true
	case "project.delegate", "project.hand_back":
		return Deed{Own: roles{pm, ss, liaison, dept, leader}, Readers: Offices}, true
	case "project.hand_over":
		return Deed{Any: roles{leader}, Own: roles{pm, dept, liaison}, Readers: Addressed}, true
	case "project.attach":
		return Deed{Any: roles{leader}, Own: roles{pm, liaison, dept, firm}, DatedBack: true, AddsOnly: true, Readers: Chosen}, true
	case "project.comment", "project.nudge", "project.remind", "project.recalendar", "project.adopt":
		return ofAny(name, "project.")
	}
	return Deed{}, false
}

func ofHazard(name process.Name) (Deed, bool) {
	switch name {
	case "hazard.record", "hazard.issue_notice", "hazard.reinspect", "hazard.fix_on_spot":
		return Deed{Any: roles{ss}, DatedBack: true, Readers: Everyone}, true
	case "hazard.hand_in":
		return Deed{Any: roles{ss}, Own: roles{firm, liaison}, DatedBack: true, Readers: Everyone}, true
	case "hazard.change_deadline":
		return Deed{Any: roles{leader}, Own: roles{ss}, Readers: Everyone}, true
	case "hazard.withdraw":
		return Deed{Any: roles{leader}, Own: roles{ss}, Readers: FactOnly}, true
	case "hazard.reassign":
		return Deed{Any: roles{leader}, Own: roles{ss}, Readers: Offices}, true
	case "hazard.attach":
		return Deed{Any: roles{ss, leader}, Own: roles{liaison, dept, firm}, DatedBack: true, AddsOnly: true, Readers: Chosen}, true
	case "hazard.comment", "hazard.nudge", "hazard.remind", "hazard.recalendar", "hazard.adopt":
		return ofAny(name, "hazard.")
	}
	return Deed{}, false
}

// ofAny are the commands that every kind has.
func ofAny(name process.Name, prefix string) (Deed, bool) {
	switch string(name)[len(prefix):] {
	case "comment":
		return Deed{Any: roles{pm, ss, liaison, leader}, Own: roles{dept, firm}, AddsOnly: true, Readers: Chosen}, true
	case "nudge":
		return Deed{Any: roles{leader}, Own: roles{pm, ss, liaison}, AddsOnly: true, Readers: Addressed}, true
	case "remind":
		return Deed{ByClock: true, Readers: Addressed}, true
	case "recalendar":
		return Deed{Any: roles{admin}, Readers: Addressed}, true
	case "adopt":
		return Deed{Any: roles{admin}, Readers: Offices}, true
	}
	return Deed{}, false
}
