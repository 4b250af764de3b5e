// Package extension is the request for more time 延期申请: whoever has a part in a case asks for a later end of its running deadline, with reason and measures, and
// a leader decides within a limit. It belongs to the case it asks for (docs/decisions/0036, 0064) and stops no clock: only what was agreed moves the end.
package extension

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind = process.MoreTime

// The states of a request. All but the first are closed.
const (
	Asked     = "asked"
	Agreed    = "agreed"
	Refused   = "refused"
	Expired   = "expired"   // nobody decided in time
	Moot      = "moot"      // the deadline that it asks for has ended
	Withdrawn = "withdrawn" // by whoever asked
)

// States lists them in their order.
func States() []string { return []string{Asked, Agreed, Refused, Expired, Moot, Withdrawn} }

// ToDecide is the clock of a request: until when it has to be decided.
const ToDecide = "decide_extension"

// Request is one request as it stands.
type Request struct {
	process.Petition
	process.Correspondence
	From        clock.Date `json:"from_on"`  // the end as it was when it was asked for
	Until       clock.Date `json:"until_on"` // the end that is asked for
	Clock       int        `json:"of_clock"` // the number of the deadline among those of its case
	Measures    string     `json:"measures"` // by which the new day will be kept
	Progress    string     `json:"so_far,omitempty"`
	Interim     string     `json:"interim,omitempty"` // what protects people and plant until it is done
	DecidedID   string     `json:"decided_by_id"`
	DecidedName string     `json:"decided_by_name"` // who decided
	Level       string     `json:"decides"`         // who may decide: a head, or a leader; "" of requests from before that was kept: a leader
}

// Who may decide.
const (
	Head   = "head"   // of the section that runs the case
	Leader = "leader" // of the zone
)

// levelOf is who has to decide on more time: the head of the section where it is asked for in time; a leader once the deadline has passed, and of what is weighty whenever it is.
func levelOf(parent *process.Parent, call process.Call) string {
	w, ok := parent.Subject.(process.Weighty)
	if ok && w.Weighty() || parent.Clock == nil || call.Today().After(parent.Clock.DueOn) {
		return Leader
	}
	return Head
}

// Definition is one published version: how long a decision may take, and who hears of its deadline.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Limit   clock.Limit   `json:"limit" yaml:"limit"`
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a request.
type Command = process.Command[Request, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Request, Env]{
		Kind: Kind, Series: "YQ", Workflow: "Extension", Path: "extensions", Lead: process.ProjectManager,
		Within:   true,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: slices.Concat(casework.Lapsing(), lettering.Commands()), List: listing.Plainly(States()...), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: func(r Request) Request { r.Plain = r.Plain.Clone(); return r },
		Needs: func(r Request, command any) process.Needs {
			switch c := command.(type) {
			case Ask:
				if r.ParentID == "" {
					return process.Needs{Parent: c.Case, Siblings: true, Head: true, InPlace: true}
				}
			case Agree, Refuse, nil: // who heads the section now, whoever has it in hand
				return process.Needs{Parent: r.ParentID, Head: true}
			}
			return process.Needs{Parent: r.ParentID}
		},
	})
}

// Overrun lets a request lapse that nobody decided in time: it has stopped no clock, and another one can be made.
func (r *Request) Overrun(_ clock.Clock, call process.Call) []process.Notice {
	r.end(Expired, call, clock.Calendar{})
	return r.TellAsked(process.NoticeLapsed)
}

// Outside is what an enterprise reads of a request that one to whom the case is addressed has made, and of what came of it; who decided it reads by function.
func (r *Request) Outside() process.Subject {
	shown := &Request{From: r.From, Until: r.Until, Clock: r.Clock, Measures: r.Measures, Progress: r.Progress, Interim: r.Interim}
	shown.AskedByID, shown.AskedByName, shown.AskedForID, shown.AskedFor, shown.Why = r.AskedByID, r.AskedByName, r.AskedForID, r.AskedFor, r.Why
	shown.DecidedOn, shown.Opinion = r.DecidedOn, r.Opinion
	return shown
}

// Heed closes a request whose deadline has ended.
func (r *Request) Heed(parent process.Parent, call process.Call, env process.Env) string {
	if !parent.Done && parent.Clock != nil && parent.Clock.Seq == r.Clock {
		return ""
	}
	r.end(Moot, call, env.Calendar)
	return "所属事项" + parent.Number + "的这个期限已经结束。"
}

// end closes the request; what was decided in time is judged as such, the rest is not.
func (r *Request) end(state string, call process.Call, cal clock.Calendar) {
	r.End(state, state == Agreed || state == Refused, call, cal)
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || d.Limit.Amount < 1 {
		return fmt.Errorf("definition %s: needs a version and a limit", d.Kind)
	}
	return d.Ladder.Valid()
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the decision's deadline.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers is always nil: every version has the same states.
func (Definition) Covers(process.Case) error { return nil }

// StageName is empty: a request has no stages.
func (Definition) StageName(string) process.Text { return process.Text{} }

func (d Definition) rule() string { return process.RuleName(d.Kind, d.Version) }
