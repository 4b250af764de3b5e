package process

import (
	"encoding/json"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Parent is the case that another one belongs to, as far as the other's rules ask (docs/decisions/0036). It is read in the same transaction; while a
// child is put on file it cannot change.
type Parent struct {
	Case
	Team  People       // whom its ladder can mean: a child's people are these unless it names others
	Clock *clock.Clock // its running deadline; nil: there is none
	Began clock.Date   // when what it is about began in the world, e.g. a project its construction; none: not yet
	Sited bool         // it is built somewhere: a hazard can be on its site
	Firms []string     // the enterprises of the cases that went on within it, by their ids: what is theirs may be said of it, too
	Code  string       // what it is called by everywhere outside: a project's 项目代码 in the national online platform; "": none is on file
	Bars  Text         // why it cannot be put before a meeting as it stands; none: it can
	Slots              // what its own rules ask of its children

	Subject Subject // a copy of its own, on which a child may try what it will ask of it
	Rules   Rules   // that it is pinned to; set by the door
}

// Slots is what the rules of a case ask of the cases that belong to it.
type Slots struct {
	Variant string   // of its rules
	Firm    []string // the slots that one of its gates needs and that cannot be waived
	Sealed  []string // the slots that stand in the seal of a gate that was passed
}

// Demanding is a case whose gates ask for what belongs to it.
type Demanding interface {
	Slots(rules Rules) Slots
}

// Rebeginning is a case that keeps the day on which the one it belongs to began. It hears when that day is corrected or emptied, also once it is closed, and
// returns why it changed, or "" when that is nothing to it.
type Rebeginning interface {
	Rebegin(was clock.Date, parent Parent, call Call, env Env) (reason string)
}

// Referring is a case that names another one which it does not belong to: a hazard the project on whose site it is. It hears when that one is called otherwise, or
// goes on within another one, also once it is closed, and returns why it changed, or "" when that is nothing to it.
type Referring interface {
	Refer(named string, to Parent) (reason string)
}

// Merging is a case that can go on within another one: in which, by its id. "": it stands by itself.
type Merging interface{ Within() string }

// Absorbing is a case within which others go on: which ones, by their ids.
type Absorbing interface{ Absorbed() []string }

// Readdressed is a case that is addressed to those to whom the one it belongs to is addressed. It hears when they change, and reports whether it changed.
type Readdressed interface{ Readdress(parent Parent) bool }

// Retitled is a case whose title says what it belongs to: what it is called under the present name of that one.
type Retitled interface {
	TitleUnder(parent Parent, env Env) string
}

// Beginning is a case that knows when what it is about began in the world.
type Beginning interface{ Begun() clock.Date }

// Coded is a case that has one number for everybody outside: a project its 项目代码.
type Coded interface{ OutsideCode() string }

// Presentable is a case that can be put before a meeting. It says why it cannot be as it stands; none: it can.
type Presentable interface{ Bars() Text }

// ParentOf is what a child's rules read of the case it belongs to.
func ParentOf(s Subject) Parent {
	p := Parent{Case: *s.Header(), Team: s.People(), Clock: Running(*s.Timed()), Subject: s}
	if p.Clock != nil {
		k := *p.Clock
		p.Clock = &k
	}
	if b, ok := s.(Beginning); ok {
		p.Began, p.Sited = b.Begun(), true
	}
	if c, ok := s.(Coded); ok {
		p.Code = c.OutsideCode()
	}
	if b, ok := s.(Presentable); ok {
		p.Bars = b.Bars()
	}
	return p
}

// Responsible is whoever runs the case, by id and name.
func (p Parent) Responsible() (id, name string) {
	for _, post := range p.Subject.Team() {
		if *post.ID == p.Team.ManagerID {
			return *post.ID, *post.Person
		}
	}
	return "", ""
}

// Child is a case that belongs to another one, as far as the other's rules ask.
type Child struct {
	ID       string
	Kind     Kind
	Slot     string // what it is to its parent: of a permit, which one
	State    string
	Done     bool
	Number   string
	Title    string
	Round    int
	Result   string // of a hazard that is closed
	DueOn    clock.Date
	Part     string       // of one that its parent has several times
	HolderIs HolderKind   // what sort of party has it
	Holder   string       // the name of who has it
	Says     string       // of a department's opinion: its condition, or why it disagrees
	OpenedOn clock.Date   // where the rules ask for what belongs to another case
	What     string       // of a request: what is asked for
	Papers   []Attachment // on record, where a gate is passed

	Days
}

// Days are when a case that belongs to another one was taken up, until when what it lacked was promised, and since and until when it is there. No day: it was not,
// or nobody has written it down.
type Days struct{ AcceptedOn, PromisedOn, IssuedOn, ValidUntil clock.Date }

// Carrying is a command that follows from another deed. It says what it carries, for whoever has to see to it where it is refused.
type Carrying interface{ Carries(rules Rules) Text }

// Unmet is what should have followed by itself from a deed, and was refused: a person has to see to it.
type Unmet struct {
	Command       Name            `json:"command"`
	What          Text            `json:"what" doc:"What should have followed."`
	Says          Text            `json:"says" doc:"Why not."`
	BecauseID     string          `json:"because_id" doc:"The case of the deed."`
	BecauseNumber string          `json:"because_number"`
	Since         time.Time       `json:"since"`
	Input         json.RawMessage `json:"-"`
}

// FollowUp is what has to happen to another case because of a deed. It is kept in the deed's transaction and carried out afterwards, once, however
// often a process dies: the machinery issues it under a key made from the deed.
type FollowUp struct {
	Kind    Kind
	CaseID  string // "": it puts a case on file
	Command Name
	Input   any
}
