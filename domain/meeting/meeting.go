// Package meeting is the meeting 会议 that decides on several projects at once: its day, its agenda, the result on each project with its conditions, and its
// minutes. What it decides follows on the projects when its minutes are there (docs/decisions/0038). Its definition says what sorts of meetings there are.
package meeting

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "meeting"

// The states of a meeting.
const (
	Convened  = "convened"
	Concluded = "concluded" // its minutes are there; closed
	Cancelled = "cancelled" // closed without a result
)

// The results on a project.
const (
	Passed      = "passed"
	Conditional = "conditional" // passed with conditions
	Deferred    = "deferred"    // it comes back on a later agenda
	Refused     = "refused"
)

// Results lists them in their order.
func Results() []string { return []string{Passed, Conditional, Deferred, Refused} }

// ToHold is the clock until the meeting: when its day has passed its minutes are late.
const ToHold = "hold"

// Meeting is one meeting as it stands. Which sort it is stands in its stage.
type Meeting struct {
	process.Plain
	On          clock.Date `json:"on"`
	Place       string     `json:"place"`
	Minutes     string     `json:"minutes" paper:"number"` // their number
	Agenda      []Item     `json:"agenda"`
	ManagerID   string     `json:"manager_id"` // who convenes it
	ManagerName string     `json:"manager_name"`
	Excuse      string     `json:"excuse"` // why it was cancelled
}

// Item is one project on the agenda.
type Item struct {
	CaseID     string       `json:"case_id"`
	Kind       process.Kind `json:"kind"`
	Number     string       `json:"number"`
	Title      string       `json:"title"`
	Result     string       `json:"result"` // "": not decided yet
	Says       string       `json:"says"`   // why it was deferred or refused, or a word with the result
	Conditions []Condition  `json:"conditions"`
}

// ElementName is the project's number.
func (i Item) ElementName(int) string { return i.Number }

// Condition is one that a project has to meet before it leaves a later stage.
type Condition struct {
	Text   string `json:"text"`
	Stage  string `json:"stage"`   // of the project, whose gate asks for it
	OwedBy string `json:"owed_by"` // who has to meet it
}

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a meeting.
type Command = process.Command[Meeting, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Meeting, Env]{
		Kind: Kind, Series: "HY", Workflow: "Meeting", Path: "meetings", Lead: process.ProjectManager,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listed(), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Meeting.clone,
		Needs: func(m Meeting, command any) process.Needs {
			switch c := command.(type) {
			case Convene:
				return process.Needs{Others: c.Projects}
			case PutOn:
				return process.Needs{Others: c.Projects}
			case nil:
				needs := process.Needs{Waiting: !m.Done}
				for _, i := range m.Agenda {
					needs.ChildrenOf = append(needs.ChildrenOf, i.CaseID) // the departments' opinions
				}
				return needs
			}
			return process.Needs{}
		},
	})
}

func (m Meeting) clone() Meeting {
	m.Plain, m.Agenda = m.Plain.Clone(), slices.Clone(m.Agenda)
	for i := range m.Agenda {
		m.Agenda[i].Conditions = slices.Clone(m.Agenda[i].Conditions)
	}
	return m
}

// Variant is empty: the ladder is the same for all sorts.
func (*Meeting) Variant() string { return "" }

// Team is whoever convenes it.
func (m *Meeting) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &m.ManagerID, Person: &m.ManagerName, Carries: true}}
}

// People are whom the ladder can mean.
func (m *Meeting) People() process.People {
	return process.People{Holder: m.Holder, ManagerID: m.ManagerID}
}

// Own reports whether the actor convenes it or has it in hand.
func (m *Meeting) Own(a process.Actor) bool { return a.ID != "" && a.ID == m.ManagerID || m.HeldBy(a) }

// Reschedule moves the meeting with its clock.
func (m *Meeting) Reschedule(to clock.Clock, _ process.Rules) error {
	if to.Name == ToHold {
		m.On = to.DueOn
	}
	return nil
}

// Refer calls a project on the agenda by its new name. One that was merged into another stays as it was put on: it has its own result, and ends with it.
func (m *Meeting) Refer(named string, to process.Parent) string {
	i := slices.IndexFunc(m.Agenda, func(x Item) bool { return x.CaseID == named && x.Title != to.Title })
	if m.Done || i < 0 || named != to.ID {
		return ""
	}
	m.Agenda[i].Title = to.Title
	return to.Number + " 改名为" + to.Title
}

// at is the place of a project on the agenda, by its number or id, or a refusal.
func (m Meeting) at(project string) (int, error) {
	i := slices.IndexFunc(m.Agenda, func(x Item) bool { return x.Number == project || x.CaseID == project })
	if i < 0 {
		return i, process.RefuseField("project", "议程里没有这个项目，请核对项目编号。", "The project is not on the agenda; check its number.")
	}
	return i, nil
}

// undecided reports whether the project still waits for its result.
func (i Item) undecided() bool { return i.Result == "" }

// agenda offers the projects on the agenda that fit.
func (m Meeting) agenda(f process.Question, fits func(Item) bool) process.Question {
	if f.Path != "project" {
		return f
	}
	for _, x := range m.Agenda {
		if fits(x) {
			f.Choices = append(f.Choices, process.Choice{Value: x.Number, Text: process.Text{Chinese: x.Title, English: x.Title}})
		}
	}
	if len(f.Choices) == 1 {
		f.Value = f.Choices[0].Value
	}
	return f
}

// held refuses what belongs to the meeting's day or later before that day.
func (m Meeting) held(call process.Call) error {
	return process.NotBefore(call, m.On, "会议还没有开：日期早于会议日期", "The meeting was not held yet: the day lies before the meeting's,")
}

// listed is what the list of meetings shows and is narrowed by.
func listed() listing.List { return listing.Plainly(Convened, Concluded, Cancelled) }
