package process

import "slices"

// About is all that is laid down about a command beside its rules: what it is called, who may, on whose cases, may it be dated back, does it
// only add, and who reads that it happened. Nothing of this stands anywhere else.
type About struct {
	Name      Name
	Any       []Role // who may on every case they can see
	Own       []Role // who may on cases they have a part in
	DatedBack bool   // the zone's staff may say that it happened on an earlier day: they type yesterday's inspection today
	AddsOnly  bool   // it only adds, so it does not matter what happened since the case was read
	Readers   Readers
	Opens     bool // it puts a new case on file
	By        By
	Duty      Duty // what whoever issues it does in the matter, where that bears on what they may do afterwards
	Follows   bool // it may also follow from another deed: then the machinery issues it
	Owed      bool // it carries what somebody has decided: where it comes too late that is told, and not passed over
}

// By says who issues a command.
type By string

// Who issues commands.
const (
	ByPeople By = ""
	ByClock  By = "clock" // only the passing of time does it
	ByBatch  By = "batch" // the machinery carries it: it comes to many cases at once: a change of the calendar, a new version of the definition
)

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

// Of lists roles.
func Of(roles ...Role) []Role { return roles }

// With returns the roles with one more, once.
func With(roles []Role, more Role) []Role {
	if slices.Contains(roles, more) {
		return roles
	}
	return append(slices.Clone(roles), more)
}
