// Package opinion is the pre-assessment opinion 预评估意见: what one department says of a project before the joint review, on fixed questions and within five
// working days of its own. It belongs to its project (docs/decisions/0038).
package opinion

import (
	"slices"
	"strconv"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "opinion"

// The states of an opinion: asked for, returned because the papers were incomplete, and closed by its verdict or taken back.
const (
	Asked       = "asked"
	Returned    = "returned" // the papers are incomplete: they are handed in again, as a new batch
	Agreed      = "agreed"
	Conditional = "conditional" // agreed, with conditions
	Disagreed   = "disagreed"
	Dropped     = "dropped" // taken back, or its project has ended
)

// States lists them in their order.
func States() []string { return []string{Asked, Returned, Agreed, Conditional, Disagreed, Dropped} }

// Given reports whether the state is a verdict.
func Given(state string) bool {
	return state == Agreed || state == Conditional || state == Disagreed
}

// ToAnswer is the department's clock.
const ToAnswer = "answer"

// Opinion is one department's opinion as it stands. Which department it is stands in its stage.
type Opinion struct {
	process.Plain
	ManagerID   string     `json:"manager_id"`
	ManagerName string     `json:"manager_name"`
	Batches     []Batch    `json:"batches"`
	Answers     []Answered `json:"answers"`
	Says        string     `json:"says"`                 // the conditions, or why it disagrees
	Paper       string     `json:"paper" paper:"number"` // number of the department's letter
	GivenOn     clock.Date `json:"given_on"`
	ByName      string     `json:"by_name"`
	Excuse      string     `json:"excuse"` // why it was taken back
}

// Batch is one handing in of the papers. One that was returned stays as it is: what is handed in again is a new batch.
type Batch struct {
	Seq        int        `json:"seq"`
	AskedOn    clock.Date `json:"asked_on"`
	Note       string     `json:"note"`
	ReturnedOn clock.Date `json:"returned_on"`
	Lacks      string     `json:"lacks"` // what was missing
	ByName     string     `json:"by_name"`
}

// ElementName is its number.
func (b Batch) ElementName(int) string { return strconv.Itoa(b.Seq) }

// Sealed reports whether it was returned: then it never changes again.
func (b Batch) Sealed() bool { return !b.ReturnedOn.IsZero() }

// Answered is the answer to one question of the definition.
type Answered struct {
	Question string `json:"question"`
	Value    string `json:"value"` // yes or no, a choice's id, a number, or words
}

// ElementName is the question's id.
func (a Answered) ElementName(int) string { return a.Question }

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on an opinion.
type Command = process.Command[Opinion, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Opinion, Env]{
		Kind: Kind, Series: "YJ", Workflow: "Opinion", Path: "opinions", Lead: process.ProjectManager,
		Private:  true, // a verdict is the offices' until the joint review has decided
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listing.Staged(States()...), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Opinion.clone,
		Needs: func(o Opinion, command any) process.Needs {
			if opening, ok := command.(Ask); ok && o.ParentID == "" {
				return process.Needs{Parent: opening.Project, Siblings: true, Departments: true}
			}
			_, again := command.(Resubmit)
			return process.Needs{Parent: o.ParentID, Departments: again} // it is handed to the department once more
		},
	})
}

func (o Opinion) clone() Opinion {
	o.Plain, o.Batches, o.Answers = o.Plain.Clone(), slices.Clone(o.Batches), slices.Clone(o.Answers)
	return o
}

// Variant is empty: the ladder is the same for all departments.
func (*Opinion) Variant() string { return "" }

// Team is whoever asked for it on the project's side.
func (o *Opinion) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &o.ManagerID, Person: &o.ManagerName}}
}

// People are whom the ladder can mean.
func (o *Opinion) People() process.People {
	return process.People{Holder: o.Holder, ManagerID: o.ManagerID, EnterpriseID: o.EnterpriseID}
}

// Own reports whether the actor manages the project or has the opinion in hand, as somebody of the department has.
func (o *Opinion) Own(a process.Actor) bool {
	return a.ID != "" && (a.ID == o.ManagerID || o.HeldBy(a))
}

// in refuses a command that fits another state. A closed opinion says that first.
func (o *Opinion) in(states ...string) error {
	if err := process.UnderWay(&o.Case); err != nil {
		return err
	}
	if !slices.Contains(states, o.State) {
		return process.Refuse(process.WrongState, "这份意见现在是「"+Named(o.State).Chinese+"」，不能这样办理。", "The opinion is "+Named(o.State).English+" now; this does not fit.").After(process.MovedState)
	}
	return nil
}

// Named names a state in refusals; the pages have theirs in the catalogues.
func Named(state string) process.Text {
	return map[string]process.Text{
		Asked: {Chinese: "征求中", English: "asked for"}, Returned: {Chinese: "材料退回", English: "returned"}, Agreed: {Chinese: "同意", English: "agreed"},
		Conditional: {Chinese: "有条件同意", English: "agreed with conditions"}, Disagreed: {Chinese: "不同意", English: "disagreed"}, Dropped: {Chinese: "已撤回", English: "taken back"},
	}[state]
}

// desk is the department that it is asked of.
func (o Opinion) desk(env Env) Desk {
	d, _ := env.Definition.Desk(o.Stage) // Ask refused an unknown one
	return d
}

// back gives the opinion to the project's manager, or whoever takes their place.
func (o *Opinion) back(call process.Call, env Env, words string) string {
	return process.PassTo(o, process.Party{Kind: process.HeldByPerson, ID: o.ManagerID, Name: o.ManagerName}, call, env.Env, words).Reason
}

// hand gives the opinion to the department where the zone has a unit of its name; where it has none, the project's manager records what the department writes.
func (o *Opinion) hand(call process.Call, env Env) {
	if unit, known := o.desk(env).Unit(BodiesOf(env.Found)); known {
		o.GiveTo(unit, call.OccurredAt)
		return
	}
	o.back(call, env, "")
}

// batch hands the papers in: the department's days begin.
func (o *Opinion) batch(note string, call process.Call, env Env) {
	by := call.Actor.Name
	if call.Actor.Type == process.Clock { // it follows from what was asked on the project, in its manager's name
		by = o.ManagerName
	}
	o.State, o.Round = Asked, o.Round+1
	o.Batches = append(o.Batches, Batch{Seq: len(o.Batches) + 1, AskedOn: call.Day(), Note: note, ByName: by})
	o.Begin(clock.Start(ToAnswer, env.Definition.Limit, call.OccurredAt, env.Calendar), env.Definition.rule())
	process.Follow(o, call, env.Env)
}

// Heed ends what is open with its project.
func (o *Opinion) Heed(parent process.Parent, call process.Call, _ process.Env) string {
	if !parent.Done {
		return ""
	}
	o.Supersede(call)
	o.State, o.Excuse = Dropped, "项目已经结束"
	o.Close(call.OccurredAt)
	return o.Excuse
}
