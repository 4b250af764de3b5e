package plantask

import (
	"cmp"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Record puts a task of the plan on file, with its day and who answers for it.
type Record struct {
	Title     string     `json:"title" ask:"line,required" minLength:"1" maxLength:"200" doc:"What is to be done." example:"完成标准化厂房三期竣工验收"`
	Goal      string     `json:"goal,omitempty" ask:"long,lines=6" maxLength:"4000" doc:"What is to be reached." example:"新增厂房 6 万平方米"`
	DueOn     clock.Date `json:"due_on" ask:"day,required" doc:"Until which day." example:"2024-12-31"`
	ManagerID string     `json:"manager_id,omitempty" ask:"person,from=workers,is=me" doc:"Who answers for it; the caller when left out."`
}

// RecordName is the name of Record.
const RecordName process.Name = "plan_task.record"

// About says who may, and who reads of it.
func (Record) About() process.About {
	return process.About{Name: RecordName, Any: process.Of(process.ProjectManager, process.Leader), Readers: process.Offices, Opens: true}
}

// Mentions returns the person.
func (c Record) Mentions() []string { return []string{c.ManagerID} }

// Decide refuses a day in the past or further away than the definition lets a task take.
func (c Record) Decide(t Task, call process.Call, env Env) (process.Decision[Task], error) {
	none := process.Decision[Task]{}
	if t.Version > 0 {
		return none, process.Refuse(process.WrongState, "任务已经登记。", "The task is on file already.")
	}
	var faults process.Faults
	t.Title = faults.Text(process.Required("title", c.Title, process.TitleLimit))
	t.Goal = faults.Text(process.Optional("goal", c.Goal, process.TextLimit))
	if days := call.Today().DaysUntil(c.DueOn); c.DueOn.IsZero() || days < 0 || days > env.Definition.LongestDays {
		faults.Note(process.Refuse(process.ImpossibleDate, "请核对完成期限。", "The day lies in the past or too far away.").At("due_on"))
	}
	owner := faults.Party(env.Directory.Staff(cmp.Or(c.ManagerID, call.Actor.ID), "manager_id"))
	if err := faults.Err(); err != nil {
		return none, err
	}
	t.State, t.DefinitionVersion, t.UnitIDs, t.Attachments = Open, env.Definition.Version, []string{}, []process.Attachment{}
	t.ManagerID, t.ManagerName = owner.ID, owner.Name
	t.GiveTo(owner, call.OccurredAt)
	k := clock.StartUntil("plan_task", "", call.Day(), c.DueOn, env.Calendar)
	k.Seq, k.Rule = 1, process.RuleName(Kind, env.Definition.Version)
	t.Clocks = []clock.Clock{k}
	process.Follow(&t, call, env.Env)
	return process.Decision[Task]{After: t}, nil
}
