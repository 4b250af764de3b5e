package lifecycle

import (
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// The states of a journey.
const (
	Active    = "active"
	Suspended = "suspended"
	Pooled    = "pooled"    // a lead that nobody has in hand (线索池): whoever runs projects takes it
	Merged    = "merged"    // it goes on within another one (并入)
	Lost      = "lost"      // terminated before the committed stage (流失)
	Withdrawn = "withdrawn" // terminated after it (退出/清退); a signed deal stays countable
	Achieved  = "achieved"  // every achievement reached
)

// Journey is where a case is on its way: the stage, the passages so far, the answers for the present gate and the clocks.
type Journey struct {
	StageSince clock.Date    `json:"stage_since"`
	Passages   []Passage     `json:"passages"`
	Answers    []Answer      `json:"gate_answers"`
	Clocks     []clock.Clock `json:"clocks"`
	Suspension *Suspension   `json:"suspension"`
	Terminated *Termination  `json:"terminated"`
}

// How a stage was left.
const (
	Current   = "current"
	Passed    = "passed"
	Skipped   = "skipped"
	SentBack  = "sent_back"
	TakenOver = "taken_over" // before the case came to Parkway
	Ended     = "ended"      // the journey ended in it
)

// Passage is one stay in one stage. A passed one carries its seal and never changes again.
type Passage struct {
	Seq       int        `json:"seq"`
	Stage     StageID    `json:"stage"`
	EnteredOn clock.Date `json:"entered_on"`
	LeftOn    clock.Date `json:"left_on"`
	Outcome   string     `json:"outcome"`
	Reason    string     `json:"reason"`
	Seal      *Seal      `json:"seal"`
}

// Seal is what stood when a gate was passed.
type Seal struct {
	DefinitionVersion int       `json:"definition_version"`
	Items             []Item    `json:"items"`
	ByID              string    `json:"by_id"`
	ByName            string    `json:"by_name"`
	At                time.Time `json:"at"`
}

// Waived reports whether the gate was passed with a waiver, or with a permit that was accepted on a promise (容缺).
func (s Seal) Waived() bool {
	return slices.ContainsFunc(s.Items, func(i Item) bool { return i.Status == Waived || i.OnPromise() })
}

// Suspension is a pause of the whole journey.
type Suspension struct {
	Since         clock.Date `json:"since"`
	Category      string     `json:"category"`
	Reason        string     `json:"reason"`
	ExpectedUntil clock.Date `json:"expected_until"`
}

// Termination is the early end of a journey.
type Termination struct {
	On     clock.Date `json:"on"`
	Stage  StageID    `json:"stage"`
	Cause  string     `json:"cause,omitempty"` // one of Endings; "": in words alone
	Way    string     `json:"way,omitempty"`   // of one from the committed stage on: left (退出) or cleared (清退)
	Reason string     `json:"reason"`
}

// Clone returns a journey that shares nothing a command may change.
func (j Journey) Clone() Journey {
	j.Passages, j.Answers, j.Clocks = slices.Clone(j.Passages), slices.Clone(j.Answers), slices.Clone(j.Clocks)
	return j
}

// present returns the passage the journey is in.
func (j *Journey) present() *Passage { return &j.Passages[len(j.Passages)-1] }

// Running returns the stage's clock while it has not been stopped, else nil.
func (j *Journey) Running() *clock.Clock { return process.Running(j.Clocks) }
