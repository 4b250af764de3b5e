// Package plantask is the plan task 计划任务: one piece of the zone's yearly work plan, with somebody who answers for it, a day, and progress in
// per cent until it is done. It stands on no engine: what every case can do is enough for it.
package plantask

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "plan_task"

// The states of a plan task.
const (
	Open = "open"
	Done = "done"
)

// Task is one plan task as it stands.
type Task struct {
	process.Plain
	Goal        string     `json:"goal"`     // what is to be reached, as the plan says it
	Progress    int        `json:"progress"` // per cent
	ManagerID   string     `json:"manager_id"`
	ManagerName string     `json:"manager_name"`
	DoneOn      clock.Date `json:"done_on"`
}

// Definition is one published version: how long a task may take, and who hears of its deadline.
type Definition struct {
	Kind        process.Kind  `json:"kind" yaml:"kind"`
	Version     int           `json:"version" yaml:"version"`
	Name        process.Text  `json:"name" yaml:"name"`
	LongestDays int           `json:"longest_days" yaml:"longest_days"`
	Ladder      ladder.Ladder `json:"ladder" yaml:"ladder"`
}

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on a plan task.
type Command = process.Command[Task, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Task, Env]{
		Kind: Kind, Series: "RW", Workflow: "PlanTask", Path: "plan-tasks", Lead: process.ProjectManager,
		Inside:   process.Text{Chinese: "园区管委会", English: "zone management committee"},
		Commands: Commands(), Common: casework.Commands(), List: listing.Plainly(Open, Done), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: func(t Task) Task { t.Plain = t.Plain.Clone(); return t },
	})
}

// Variant is empty: all plan tasks are alike.
func (*Task) Variant() string { return "" }

// Team is whoever answers for the task.
func (t *Task) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &t.ManagerID, Person: &t.ManagerName, Carries: true}}
}

// People are whom the ladder can mean.
func (t *Task) People() process.People {
	return process.People{Holder: t.Holder, ManagerID: t.ManagerID, EnterpriseID: t.EnterpriseID}
}

// Own reports whether the actor answers for the task or has it in hand.
func (t *Task) Own(a process.Actor) bool { return a.ID != "" && a.ID == t.ManagerID || t.HeldBy(a) }

// Valid returns an error when the definition cannot be published.
func (d Definition) Valid() error {
	if d.Version < 1 || d.LongestDays < 1 {
		return fmt.Errorf("definition %s: needs a version and the longest time", d.Kind)
	}
	return d.Ladder.Valid()
}

// Edition is the definition's version.
func (d Definition) Edition() int { return d.Version }

// LadderOf is the ladder of the task's deadline.
func (d Definition) LadderOf(string) ladder.Ladder { return d.Ladder }

// Covers is always nil: every version has the same states.
func (Definition) Covers(process.Case) error { return nil }

// StageName is empty: a task has no stages.
func (Definition) StageName(string) process.Text { return process.Text{} }
