// Package request is the request for a change 更正与变更申请: what is sealed, closed or of legal weight in a case is put right, opened again, judged otherwise or taken back
// only once a second person has agreed. It belongs to the case that changes and is opened by what is asked there (docs/decisions/0081); what nobody decided in time
// goes back to whoever asked, and nothing has changed.
package request

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind = process.RequestKind

// The states of a request. All but the first are closed.
const (
	Asked     = "asked"
	Agreed    = "agreed"
	Refused   = "refused"
	Returned  = "returned"  // nobody decided in time: it goes back to whoever asked
	Moot      = "moot"      // the case has moved on to where it cannot be done
	Withdrawn = "withdrawn" // by whoever asked
)

// States lists them in their order.
func States() []string { return []string{Asked, Agreed, Refused, Returned, Moot, Withdrawn} }

// ToDecide is the clock of a request: until when it has to be decided.
const ToDecide = "decide_request"

// Request is one request as it stands. What is asked for stands in its stage.
type Request struct {
	process.Petition
	What        string `json:"what"`
	Was         string `json:"was"`
	Becomes     string `json:"becomes"`
	Does        string `json:"does"` // the command that follows on the case
	With        string `json:"with"` // and its input
	DecidedID   string `json:"decided_by_id"`
	DecidedName string `json:"decided_by_name"`
}

// Sort is one of the things that can be asked for.
type Sort struct {
	ID    string       `json:"id" yaml:"id"`
	Name  process.Text `json:"name" yaml:"name"`
	Limit clock.Limit  `json:"limit" yaml:"limit"` // within which it is decided
	Of    string       `json:"of" yaml:"of"`       // open, closed: what it is asked of; "": of both

	Several bool `json:"several,omitempty" yaml:"several"` // of one case several can wait at once, each for something else: of facts that are put right
}

// Heed closes a request for which its case has moved on: one that was to be opened again is open, one that was to be judged otherwise is closed.
func (r *Request) Heed(parent process.Parent, call process.Call, env process.Env) string {
	sort, _ := process.UnderOf[Definition](env).Definition.Sort(r.Stage)
	if sort.Of == "" || (sort.Of == "closed") == parent.Done {
		return ""
	}
	r.end(Moot, call, env.Calendar)
	return "所属事项" + parent.Number + "已经变化，这份申请不再需要。"
}

// Definition is one published version: what can be asked for, within which time it is decided, and who hears of it.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Sorts   []Sort        `json:"sorts" yaml:"sorts"`
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a request.
type Command = process.Command[Request, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Request, Env]{
		Kind: Kind, Series: "SQ", Workflow: "Request", Path: "requests", Lead: process.SafetySupervisor,
		Within:   true,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Lapsing(), List: listing.Staged(States()...), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: func(r Request) Request { r.Plain = r.Plain.Clone(); return r },
		Needs: func(r Request, command any) process.Needs {
			if opening, ok := command.(Open); ok && r.ParentID == "" {
				return process.Needs{Parent: opening.Case, Siblings: true}
			}
			return process.Needs{Parent: r.ParentID}
		},
	})
}

// Took says who asked: on the case, not in a deed of the request.
func (r *Request) Took(p process.Duty) []string { return r.Asker(p) }

// Overrun sends a request back that nobody decided in time: silence agrees to nothing.
func (r *Request) Overrun(_ clock.Clock, call process.Call) []process.Notice {
	r.end(Returned, call, clock.Calendar{})
	return process.TellTeam(r, process.NoticeLapsed)
}

// end closes the request; what was decided in time is judged as such, the rest is not.
func (r *Request) end(state string, call process.Call, cal clock.Calendar) {
	r.End(state, state == Agreed || state == Refused, call, cal)
}

// TitleUnder is what it is called under the present name of its case.
func (r *Request) TitleUnder(parent process.Parent, env process.Env) string {
	d := process.UnderOf[Definition](env).Definition
	return d.titled(r.Stage, parent.Title)
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || len(d.Sorts) == 0 {
		return fmt.Errorf("definition %s: needs a version, and what can be asked for", d.Kind)
	}
	for _, s := range d.Sorts {
		if s.ID == "" || s.Name.Chinese == "" || s.Name.English == "" || s.Limit.Amount < 1 {
			return fmt.Errorf("definition %s v%d: %q needs an id, its names and a limit", d.Kind, d.Version, s.ID)
		}
		if err := s.Limit.Valid(); err != nil {
			return fmt.Errorf("definition %s v%d, %s: %w", d.Kind, d.Version, s.ID, err)
		}
	}
	return d.Ladder.Valid()
}

// Sort finds what can be asked for by its id.
func (d Definition) Sort(id string) (Sort, bool) {
	return process.Find(d.Sorts, id, func(s Sort) string { return s.ID })
}

func (d Definition) titled(sort, of string) string {
	s, _ := d.Sort(sort)
	return process.Clip(s.Name.Chinese + "（" + of + "）")
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the decision's deadline.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers refuses what the version does not know.
func (d Definition) Covers(c process.Case) error {
	if _, known := d.Sort(c.Stage); !known {
		return process.RefuseField("version", "这个版本里没有这种申请。", "That version knows no such request.")
	}
	return nil
}

// StageName names what is asked for.
func (d Definition) StageName(id string) process.Text {
	s, _ := d.Sort(id)
	return s.Name
}

// StageOrder lists what can be asked for in its order.
func (d Definition) StageOrder() []string {
	return process.InOrder(d.Sorts, func(s Sort) string { return s.ID })
}
