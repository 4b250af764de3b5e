// Package enrolment is the enrolment in statistics 列统 (固投入库): a project whose construction has begun is put into the statistical register of investment under a
// code, within a month. It belongs to its project (docs/decisions/0038).
package enrolment

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "enrolment"

// The states of an enrolment.
const (
	Waiting  = "waiting"  // started, not enrolled
	Enrolled = "enrolled" // closed
	Spared   = "spared"   // not to be enrolled, with a reason; closed
)

// ToEnrol is its clock: a month from the start.
const ToEnrol = "enrol"

// Enrolment is one as it stands.
type Enrolment struct {
	process.Plain
	StartedOn   clock.Date `json:"started_on"` // the actual start of construction
	Code        string     `json:"code" paper:"number"`
	EnrolledOn  clock.Date `json:"enrolled_on"`
	Excuse      string     `json:"excuse"` // why it is not enrolled
	ManagerID   string     `json:"manager_id"`
	ManagerName string     `json:"manager_name"`
}

// Definition is one published version: within what time, and who hears of it.
type Definition struct {
	Kind    process.Kind  `json:"kind" yaml:"kind"`
	Version int           `json:"version" yaml:"version"`
	Name    process.Text  `json:"name" yaml:"name"`
	Limit   clock.Limit   `json:"limit" yaml:"limit"`
	Ladder  ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on an enrolment.
type Command = process.Command[Enrolment, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Enrolment, Env]{
		Kind: Kind, Series: "LT", Workflow: "Enrolment", Path: "enrolments", Lead: process.ProjectManager,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listing.Plainly(Waiting, Enrolled, Spared), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Enrolment.clone,
		Needs: func(e Enrolment, command any) process.Needs {
			if opening, ok := command.(Open); ok && e.ParentID == "" {
				return process.Needs{Parent: opening.Project, Siblings: true}
			}
			return process.Needs{Parent: e.ParentID}
		},
	})
}

func (e Enrolment) clone() Enrolment { e.Plain = e.Plain.Clone(); return e }

// Variant is empty: all are alike.
func (*Enrolment) Variant() string { return "" }

// Team is whoever manages the project.
func (e *Enrolment) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &e.ManagerID, Person: &e.ManagerName, Carries: true}}
}

// People are whom the ladder can mean.
func (e *Enrolment) People() process.People {
	return process.People{Holder: e.Holder, ManagerID: e.ManagerID, EnterpriseID: e.EnterpriseID}
}

// Own reports whether the actor manages it or has it in hand.
func (e *Enrolment) Own(a process.Actor) bool {
	return a.ID != "" && a.ID == e.ManagerID || e.HeldBy(a)
}

// Heed ends what is open with its project. One whose start was taken back counts its month from the start that there is now.
func (e *Enrolment) Heed(parent process.Parent, call process.Call, env process.Env) string {
	switch {
	case parent.Done:
		e.Supersede(call)
		e.State, e.Excuse = Spared, "项目已经结束"
		e.Close(call.OccurredAt)
		return e.Excuse
	case e.StartedOn.IsZero() && !parent.Began.IsZero():
		e.began(parent.Began, call, env)
		return "项目已经开工"
	}
	return ""
}

// Rebegin follows the day on which construction began: its month is counted from the right day. Where the start is taken back nothing is late, and it waits for
// the next one; what is enrolled stays enrolled.
func (e *Enrolment) Rebegin(was clock.Date, parent process.Parent, call process.Call, env process.Env) string {
	switch {
	case parent.Done || e.StartedOn != was || e.State == Spared || e.Done && parent.Began.IsZero():
		return ""
	case parent.Began.IsZero():
		e.Supersede(call)
		e.StartedOn = clock.Date{}
		return "项目的开工登记已经撤回"
	case e.Done:
		e.StartedOn = parent.Began
	default:
		e.began(parent.Began, call, env)
	}
	return "项目开工日期改为 " + parent.Began.String()
}

// began counts the month from the day, whatever was counted so far.
func (e *Enrolment) began(on clock.Date, call process.Call, env process.Env) {
	under := process.UnderOf[Definition](env)
	e.Supersede(call)
	e.StartedOn = on
	e.Begin(clock.Start(ToEnrol, under.Definition.Limit, on.Start(), under.Calendar), process.RuleName(Kind, under.Definition.Version))
}

// Open puts an enrolment on file. It follows from the start of construction; of a project that began elsewhere somebody opens it.
type Open struct {
	Project string `json:"project" ask:"case,required" minLength:"1" maxLength:"60" doc:"The project, by its number or id." example:"XM-2024-0001"`
}

// OpenName is the name of Open.
const OpenName process.Name = "enrolment.open"

// About says who may, and who reads of it.
func (Open) About() process.About {
	return process.About{Name: OpenName, Any: process.Of(process.ProjectManager, process.Leader), DatedBack: true, Readers: process.Offices, Opens: true, Follows: true}
}

// Carries names what is put on file.
func (Open) Carries(process.Rules) process.Text {
	return process.Text{Chinese: "列统", English: "Enrolment in statistics"}
}

// Decide refuses a project that has not begun, has ended, or has its enrolment already. The month counts from the start.
func (c Open) Decide(e Enrolment, call process.Call, env Env) (process.Decision[Enrolment], error) {
	none, parent := process.Decision[Enrolment]{}, env.Found.Parent
	on := slices.ContainsFunc(env.Found.Children, func(s process.Child) bool { return s.Kind == Kind && s.State != Spared })
	switch {
	case e.Version > 0:
		return none, process.Refuse(process.WrongState, "列统已经登记。", "The enrolment is on file already.")
	case parent == nil:
		return none, process.RefuseField("project", "没有找到这个项目，请核对项目编号。", "There is no such project, or it is not yours to see; check its number.")
	case parent.Done && call.Actor.Type == process.Clock: // there is nothing left to follow
		return none, process.Refuse(process.Closed, "项目已经结束，不再列统。", "The project has ended; it is not enrolled any more.")
	case parent.Done:
		return none, process.RefuseField("project", "项目已经结束，不再列统。", "The project has ended; it is not enrolled any more.")
	case parent.Began.IsZero():
		return none, process.RefuseField("project", "项目还没有开工，开工后才列统。", "The project has not begun; it is enrolled once it has.")
	case on && call.Actor.Type == process.Clock: // what should follow is there already
		return none, process.Unmoved()
	case on:
		return none, process.RefuseField("project", "这个项目已经登记过列统。", "The project has its enrolment on file.")
	}
	e.ManagerID = parent.Team.ManagerID
	manager, known := env.Directory[e.ManagerID]
	if !known {
		return none, process.Refuse(process.UnknownParty, "项目还没有责任人，请先在项目里指定。", "The project has no manager; name one first.").At("project")
	}
	e.ManagerName, e.Title = manager.Name, titled(*parent)
	e.ParentID, e.EnterpriseID, e.EnterpriseName = parent.ID, parent.EnterpriseID, parent.EnterpriseName
	e.State, e.DefinitionVersion, e.UnitIDs = Waiting, env.Definition.Version, []string{}
	e.Clocks, e.Attachments = []clock.Clock{}, []process.Attachment{}
	process.PassTo(&e, process.Party{Kind: process.HeldByPerson, ID: e.ManagerID, Name: e.ManagerName}, call, env.Env, "")
	e.began(parent.Began, call, env.Env)
	process.Follow(&e, call, env.Env)
	return process.Decision[Enrolment]{After: e}, nil
}

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 {
		return fmt.Errorf("definition %s: needs a version", d.Kind)
	}
	if err := d.Limit.Valid(); err != nil {
		return fmt.Errorf("definition %s: %w", d.Kind, err)
	}
	return d.Ladder.Valid()
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the month.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers is always nil: every version has the same states.
func (Definition) Covers(process.Case) error { return nil }

// StageName is empty: an enrolment has no stages.
func (Definition) StageName(string) process.Text { return process.Text{} }

func titled(parent process.Parent) string { return process.Clip("列统（" + parent.Title + "）") }

// TitleUnder is what it is called under the present name of its project.
func (e *Enrolment) TitleUnder(parent process.Parent, _ process.Env) string { return titled(parent) }
