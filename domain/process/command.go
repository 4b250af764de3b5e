package process

import (
	"encoding/json"

	"github.com/parkway-zone/parkway/domain/ladder"
)

// Command is one deed on one kind of case. S is the case with its facts, E what else the door looked up for the decision. Its zero value is
// registered with its kind; everything that the program knows of it comes from the type.
type Command[S, E any] interface {
	About() About
	// Decide returns the case as it stands afterwards, or a *Refusal. It is pure: it changes nothing it was given.
	Decide(subject S, call Call, env E) (Decision[S], error)
}

// Decision is what a command leads to.
type Decision[S any] struct {
	After   S
	Reason  string   // why, in the actor's words; "" where the command asks for none
	Notices []Notice // who is told, beside the new holder
	Follow  []FollowUp
	Known   *Known // what is known of an enterprise from now on; nil: nothing else
}

// Notice is one thing that a person, everybody in a unit, or an enterprise's contacts are told.
// One person is told once of one event: by the first notice of the list that reaches them.
type Notice struct {
	Kind   string       `json:"kind"`
	ToKind HolderKind   `json:"to_kind"`
	ToID   string       `json:"to_id"`
	Level  ladder.Level `json:"level"` // "": normal
	Rung   string       `json:"rung"`  // of the ladder, when a rung told it
	Act    ladder.Act   `json:"act"`
	As     []Function   `json:"as,omitempty"` // what the person is told as, when it is more than being named
}

// Function is what somebody is told as: an audience of a ladder, or a role of the zone.
type Function string

// The functions that are no audience of a ladder by name, or that rules name.
const (
	AsHolder  = Function(ladder.Holder)
	AsManager = Function(ladder.Manager) // whoever answers for the case, be they a project's manager or a hazard's supervisor
	AsContact = Function(ladder.Contact)
	AsAgent   = Function("agent") // who runs a permit for the investor (帮办代办)
)

// Whom a notice can reach beside holders.
const (
	ToRole      HolderKind = "role"      // everybody with the role named by the id
	ToHead      HolderKind = "head"      // the head of the section the person with the id works in
	ToLiaison   HolderKind = "liaison"   // the liaison officer of the enterprise with the id
	ToRegulator HolderKind = "regulator" // the department in charge of the trade of the enterprise with the id
)

// The kinds of notice.
const (
	NoticeHandedTo     = "handed_to_you"
	NoticeAssigned     = "assigned" // a function on a case's team
	NoticeOverdue      = "overdue"
	NoticeComment      = "comment"
	NoticeClosed       = "closed"
	NoticeDeadline     = "deadline_changed"
	NoticeReminder     = "reminder" // a deadline is near
	NoticeEscalate     = "escalation"
	NoticeStill        = "still_overdue" // the floor rhythm
	NoticeNudge        = "nudge"
	NoticePooled       = "pooled"  // a lead went back into the pool
	NoticeContact      = "contact" // the day that was agreed for a contact has come
	NoticeMerged       = "merged"  // another project was merged into this one
	NoticeAgreed       = "agreed"  // to what somebody asked for
	NoticeRefused      = "refused" // the same, not
	NoticeLapsed       = "lapsed"  // the same, by nobody in time
	NoticeAsked        = "asked"   // by an enterprise, for more time
	NoticeCopied       = "copied"
	NoticeCalendar     = "calendar"
	NoticeDigest       = "digest"
	NoticeEarly        = "early"        // something was begun before its permits were there
	NoticeAgency       = "agency"       // an agreement with agents has ended, or the permit went to others
	NoticeProgress     = "progress_due" // of a treatment, today
	NoticeMissed       = "progress_missed"
	NoticeTold         = "progress_told"
	NoticePlanFiled    = "plan_filed"
	NoticeStopped      = "stopped" // work, by order
	NoticeLifted       = "stop_lifted"
	NoticeListed       = "listed"          // by a competent body, which oversees the treatment itself
	NoticeAccepted     = "accepted"        // a step of an acceptance is on record
	NoticeFailed       = "failed"          // a re-inspection; another round has begun
	NoticeCorrected    = "corrected"       // what was sealed was put right
	NoticeReopened     = "reopened"        // a look-back has opened another round
	NoticeRegraded     = "regraded"        // a major hazard is a general one
	NoticeSupplemented = "supplemented"    // a notice was added to
	NoticeSent         = "sent"            // a copy-notice, a referral, a summons, an order
	NoticeReplied      = "replied"         // the other side has answered
	NoticeAbsent       = "absent"          // whoever was called to an interview did not come
	NoticeReportDue    = "report_due"      // after an interview
	NoticeUnsigned     = "unsigned"        // the head of an enterprise refused to sign the record of an inspection
	NoticeProposed     = "status_proposed" // of an enterprise, by a visit that found nobody
	NoticeSettled      = "status_settled"  // the same, decided on
	NoticeAddressed    = "addressed"       // to whom a case is addressed has changed
	NoticeReleased     = "released"        // a case is addressed to this enterprise no more
	NoticeHandedIn     = "handed_in"       // the result, by one of several to whom a case is addressed
	NoticeUnmet        = "unmet"           // what should have followed by itself was refused
	NoticeVisitsDue    = "visits_due"      // by the year's plan of inspections, each morning
	NoticeEnded        = "account_ended"   // of somebody responsible; to leaders and heads, who name another
)

// Mentioner is a command that names people, units or enterprises; the door looks them up and puts them into the Directory.
type Mentioner interface{ Mentions() []string }

// Bearer is a command that brings evidence; the door looks the received files up.
type Bearer interface{ Brings() []Evidence }

// Readable is a command whose writer chooses who reads it; "" chooses nothing.
type Readable interface{ ReadBy() Audience }

// Settled is a command that may find its work done: by the same actor, before. Then the door answers with the event that did it, and records
// nothing twice.
type Settled interface {
	Settled(on Subject, call Call) bool
}

// Fitting is a command on cases of the type S that says where it fits, and whether it is the next step there. One that does not say fits every
// case that is not closed.
type Fitting[S, E any] interface {
	Fits(subject S, actor Actor, env E) Fit
}

// Fit is whether a command fits where a case stands.
type Fit string

// How a command fits.
const (
	Not     Fit = ""
	Fits    Fit = "fits"
	Leads   Fit = "leads"   // it is what this actor is asked to do next
	Urges   Fit = "urges"   // it is what is left to this actor where the kind itself asks nothing of them
	Beside  Fit = "beside"  // it fits, and lies close at hand
	Blocked Fit = "blocked" // it would be next, and something is missing yet
)

// FitsWhen turns a yes into Fits and a no into Not.
func FitsWhen(is bool) Fit {
	if is {
		return Fits
	}
	return Not
}

// Asking is a command whose form depends on the case: it completes a field as its type describes it, or leaves it out.
type Asking[S, E any] interface {
	Ask(field Question, subject S, env E) (Question, bool)
}

// Spreading is a command with a field that stands for several questions, which its case's definition asks.
type Spreading[S, E any] interface {
	Spread(field Question, subject S, env E) []Question
}

// Order is a command on its way to the door: what crosses the engine.
type Order struct {
	CaseID  string          `json:"case_id"`
	Command Name            `json:"command"`
	Call    Call            `json:"call"`
	Input   json.RawMessage `json:"input"`
	Run     string          `json:"run,omitempty"` // the workflow run that carried it, kept with the event
}

// Outcome is what the door answers: the recorded event (of the first time, when the key was seen before) and where the case stands now.
type Outcome struct {
	Event    Event    `json:"event"`
	Standing Standing `json:"standing"`
	Replayed bool     `json:"replayed,omitempty"`
	Told     int      `json:"told,omitempty"`    // how many people have a notice of it
	Follows  bool     `json:"follows,omitempty"` // something may have to happen to other cases because of it
}

// Set puts what a command gives in the place of what stands there; nil is nothing given, and leaves it as it is.
func Set[T any](target, given *T) {
	if given != nil {
		*target = *given
	}
}
