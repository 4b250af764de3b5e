package rectification

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// The states of a loop.
const (
	Found      = "found"      // on record, no notice yet
	Planned    = "planning"   // notice issued, the plan of a major one is to be filed before work begins
	Rectifying = "rectifying" // notice issued, the enterprise is at work
	Reported   = "reported"   // rectification handed in, re-inspection is due
	Clearing   = "clearing"   // passed; whoever listed it has to clear it
	ClosedCase = "closed"
)

// The verdicts of a re-inspection.
const (
	Pass = "pass"
	Fail = "fail"
)

// Signatory is somebody who signed or did something, by id and name.
type Signatory struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Round is one turn of the loop. Once it has a verdict it never changes again.
type Round struct {
	Round        int         `json:"round"`
	NoticeNumber string      `json:"notice_number" paper:"number"`
	Requirement  string      `json:"requirement"`
	IssuedOn     clock.Date  `json:"issued_on"`
	DueOn        clock.Date  `json:"due_on"`
	HandedInAt   *time.Time  `json:"handed_in_at"`
	HandedInBy   *Signatory  `json:"handed_in_by"`
	HandedInFor  string      `json:"handed_in_for,omitempty"` // the enterprise that they act for, by its name then, where the case is addressed to several
	CompletedOn  clock.Date  `json:"completed_on"`
	Measures     string      `json:"measures"`
	InspectedOn  clock.Date  `json:"inspected_on"`
	Inspectors   []Signatory `json:"inspectors"`
	Verdict      string      `json:"verdict"`
	Opinion      string      `json:"opinion"`

	Series  string  `json:"series"`           // of the paper that opened it: an opinion, a notice, an order
	Policy  Policy  `json:"policy"`           // how its days were reckoned; "": freely, of the first round
	Points  []Point `json:"points,omitempty"` // what is to be done, point by point; none: the requirement is one
	Present string  `json:"present"`          // who was there beside the inspectors when the notice was issued: people from outside, by name
	Joined  string  `json:"joined"`           // the same of the re-inspection

	LookedBack  string       `json:"looked_back"`           // what the look-back found that opened it; "": it followed on another round or the find
	Supplements []Supplement `json:"supplements,omitempty"` // what was added to its notice once that was served

	HandedInReceivedAt  *time.Time `json:"handed_in_received_at,omitempty"` // where the hand-in was dated back: when it was received
	InspectedReceivedAt *time.Time `json:"inspected_received_at,omitempty"` // where the verdict was dated back: when it was received
}

// Supplement is a supplementary notice: it adds points to one that was served, which stays as it is.
type Supplement struct {
	Supplement int        `json:"supplement"`
	From       int        `json:"from"` // the first point that it added
	Until      int        `json:"until"`
	On         clock.Date `json:"on"`
	Reason     string     `json:"reason"`
	Number     string     `json:"number" paper:"number"` // of its letter
	After      int        `json:"after"`                 // how many letters the case had then: a later one is this one's
}

// Policy is how the days of another round are reckoned.
type Policy string

// The policies.
const (
	Fresh     Policy = "fresh"     // a new deadline
	Remaining Policy = "remaining" // the days that were left when it was handed in
	Shortened Policy = "shortened" // fewer days than the round before had
)

// Point is one of the things that a notice asks for, with what the re-inspection found of it.
type Point struct {
	Point   int    `json:"point"`
	Text    string `json:"text"`
	Verdict string `json:"verdict"`
}

// Loop is where a case is in its rounds, with the clocks it ever had.
type Loop struct {
	Rounds []Round       `json:"rounds"`
	Clocks []clock.Clock `json:"clocks"`
}

// Clone returns a loop that shares nothing a command may change.
func (l Loop) Clone() Loop {
	l.Rounds, l.Clocks = slices.Clone(l.Rounds), slices.Clone(l.Clocks)
	return l
}

// Current returns the round under way, or nil before the first notice.
func (l *Loop) Current() *Round {
	if len(l.Rounds) == 0 {
		return nil
	}
	return &l.Rounds[len(l.Rounds)-1]
}

// Running returns the clock that has not been stopped, or nil.
func (l *Loop) Running() *clock.Clock { return process.Running(l.Clocks) }

// Turner is a case in a loop: what the engine moves.
type Turner struct {
	Case       *process.Case
	Loop       *Loop
	Calendar   clock.Calendar
	Variant    string        // which limits and rungs apply: the level
	Enterprise process.Party // who rectifies
	Supervisor process.Party // who re-inspects
	Plans      bool          // a plan has to be filed before it is under rectification
	Clears     process.Party // who has to clear it once it has passed; nobody: it is closed then
}

// in refuses a deed that does not fit where the case stands.
func (t Turner) in(state string) error {
	if t.Case.Done {
		return process.Refuse(process.Closed, "这起隐患已经销号，不能再办理。", "The case is closed.").After(process.MovedDone)
	}
	if t.Case.State != state {
		return process.Refuse(process.WrongState, "现在不能做这一步，请先看看隐患进展到哪里。", "This step does not fit where the case stands; look at it first.").After(process.MovedState)
	}
	return nil
}

// start stops the running clock with its verdict and starts the next.
func (d Definition) start(t Turner, next clock.Clock, call process.Call) {
	t.stop(call)
	next.Seq, next.Round, next.Rule = len(t.Loop.Clocks)+1, t.Case.Round, d.rule()
	t.Loop.Clocks = append(t.Loop.Clocks, next)
	d.follow(t, call)
}

func (t Turner) stop(call process.Call) {
	if c := t.Loop.Running(); c != nil {
		*c = c.StopReceived(call.OccurredAt, call.Received(), t.Calendar)
	}
}

// end closes the case.
func (t Turner) end(call process.Call) {
	t.stop(call)
	t.Case.State = ClosedCase
	t.Case.Close(call.OccurredAt)
}
