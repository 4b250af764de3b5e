package opinion

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Ask asks one department for its opinion on a project. All departments at once are asked by the project's own command, from which this follows.
type Ask struct {
	Project string             `json:"project" ask:"case,required" minLength:"1" maxLength:"60" doc:"The project, by its number or id." example:"XM-2024-0001"`
	Desk    string             `json:"department" ask:"choose,required" minLength:"1" maxLength:"60" doc:"The department, by its id in the definition." example:"environment"`
	Note    string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"What it should look at." example:"请重点看喷涂工序。"`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The papers handed in."`
}

// projects is the kind that departments are asked about.
const projects process.Kind = "project"

// AskName is the name of Ask.
const AskName process.Name = "opinion.ask"

// Carries names the department.
func (c Ask) Carries(rules process.Rules) process.Text {
	desk := rules.StageName(c.Desk)
	return process.Text{Chinese: "征求意见：" + desk.Chinese, English: "Opinion of " + desk.English}
}

// Same is the department.
func (c Ask) Same(process.Rules) string { return c.Desk }

// Waits refuses to ask the department again before it has answered.
func (Ask) Waits(number string) *process.Refusal {
	if number == "" {
		return process.Refuse(process.WrongState, "这个部门的意见刚刚开始征求，正在登记，不用再征求；请稍后刷新页面查看。", "The department was asked only just now; look at the page again in a moment.").At("departments")
	}
	return process.Refuse(process.WrongState, "这个部门的意见正在征求（"+number+"），没有回复以前不重复征求。", "The department is being asked already ("+number+"), and not again before it has answered.").At("departments")
}

// About says who may, and who reads of it.
func (Ask) About() process.About {
	return process.About{Name: AskName, Any: process.Of(process.ProjectManager, process.Leader), DatedBack: true, Readers: process.Offices, Opens: true, Follows: true}
}

// Brings returns the evidence.
func (c Ask) Brings() []process.Evidence { return c.Files }

// Ask offers the departments of the definition.
func (Ask) Ask(f process.Question, _ Opinion, env Env) (process.Question, bool) {
	if f.Path == "department" {
		f.Choices = DesksAsked(env.Definition)
	}
	return f, true
}

// DesksAsked are the departments as choices of a form.
func DesksAsked(d Definition) []process.Choice {
	choices := make([]process.Choice, 0, len(d.Desks))
	for _, x := range d.Desks {
		choices = append(choices, process.Choice{Value: x.ID, Text: x.Name})
	}
	return choices
}

// UnitsAsked are the zone's units that departments of the definition are, by the department's id.
func UnitsAsked(d Definition, bodies Bodies) map[string]process.Party {
	units := map[string]process.Party{}
	for _, x := range d.Desks {
		if unit, known := x.Unit(bodies); known {
			units[x.ID] = unit
		}
	}
	return units
}

// Decide refuses a project that is not there, is not the actor's to see or has ended, an unknown department, and one that is being asked already.
func (c Ask) Decide(o Opinion, call process.Call, env Env) (process.Decision[Opinion], error) {
	none, parent := process.Decision[Opinion]{}, env.Found.Parent
	if o.Version > 0 {
		return none, process.Refuse(process.WrongState, "这份意见已经征求过。", "The opinion was asked for already.")
	}
	asked := slices.ContainsFunc(env.Found.Children, func(s process.Child) bool { return s.Kind == Kind && s.Slot == c.Desk && !s.Done })
	if call.Actor.Type == process.Clock && parent != nil && (parent.Done || asked) { // there is nothing left to follow, or it is there already
		return none, process.Unmoved()
	}
	var faults process.Faults
	desk, known := env.Definition.Desk(c.Desk)
	if !known {
		faults.Note(process.RefuseField("department", "预评估里没有这个部门，请重新选择。", "The pre-assessment has no such department; choose again."))
	}
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	attached, err := process.PutOnRecord([]process.Attachment{}, c.Files, env.Uploads, call, process.Place{Round: 1})
	faults.Note(err)
	switch {
	case parent == nil || parent.Kind != projects:
		faults.Note(process.RefuseField("project", "没有找到这个项目，请核对项目编号。", "There is no such project, or it is not yours to see; check its number."))
	case parent.Done:
		faults.Note(process.RefuseField("project", "项目已经结束，不再征求意见。", "The project has ended; nobody is asked about it."))
	case asked:
		faults.Note(process.RefuseField("department", "「"+desk.Name.Chinese+"」的意见正在征求，没有回复以前不重复征求。", "“"+desk.Name.English+"” is being asked already."))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	o.Title = titled(desk, *parent)
	o.ParentID, o.Stage, o.EnterpriseID, o.EnterpriseName = parent.ID, desk.ID, parent.EnterpriseID, parent.EnterpriseName
	o.DefinitionVersion, o.UnitIDs, o.Attachments = env.Definition.Version, []string{}, attached
	o.Clocks, o.Batches, o.Answers = []clock.Clock{}, []Batch{}, []Answered{}
	o.ManagerID = parent.Team.ManagerID
	manager, known := env.Directory[o.ManagerID]
	if !known {
		return none, process.Refuse(process.UnknownParty, "项目还没有责任人，请先在项目里指定。", "The project has no manager; name one first.").At("project")
	}
	o.ManagerName = manager.Name
	o.hand(call, env)
	o.batch(note, call, env)
	return process.Decision[Opinion]{After: o, Reason: note}, nil
}

func titled(desk Desk, parent process.Parent) string {
	return process.Clip(desk.Name.Chinese + "意见（" + parent.Title + "）")
}

// TitleUnder is what it is called under the present name of its project.
func (o *Opinion) TitleUnder(parent process.Parent, env process.Env) string {
	desk, known := process.UnderOf[Definition](env).Definition.Desk(o.Stage)
	if !known {
		return o.Title
	}
	return titled(desk, parent)
}
