package meeting

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// Resolve says what the meeting decided on one project. Said again before the minutes are there, it takes the place of what was said before; conditions stay.
type Resolve struct {
	Project string `json:"project" ask:"choose,required" minLength:"1" maxLength:"60" doc:"The project, by number or id." example:"XM-2024-0001"`
	Result  string `json:"result" ask:"pick,required,words=meeting_result" enum:"passed,conditional,deferred,refused" doc:"What was decided." example:"passed"`
	Says    string `json:"says,omitempty" ask:"long" maxLength:"4000" doc:"Why, of one that is deferred or refused; a word with the others." example:"待用能指标落实后再议。"`
	ConditionGiven
}

// ConditionGiven is a condition as it is laid down.
type ConditionGiven struct {
	Condition string `json:"condition,omitempty" ask:"long" maxLength:"1000" doc:"What has to be met." example:"投资协议写明亩均税收不低于 15 万元。"`
	Stage     string `json:"stage,omitempty" ask:"choose" maxLength:"60" doc:"Before it leaves which stage." example:"signed"`
	OwedBy    string `json:"owed_by,omitempty" ask:"line" maxLength:"100" doc:"Who has to meet it." example:"企业"`
}

// ResolveName is the name of Resolve.
const ResolveName process.Name = "meeting.resolve"

// About says who may, and who reads of it.
func (Resolve) About() process.About {
	return process.About{Name: ResolveName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

// Fits says that it is the next step while a project waits for its result.
func (Resolve) Fits(m Meeting, actor process.Actor, env Env) process.Fit {
	switch {
	case m.Done || len(m.Agenda) == 0 || env.Today.Before(m.On):
		return process.Not
	case m.HeldBy(actor) && slices.ContainsFunc(m.Agenda, Item.undecided):
		return process.Leads
	}
	return process.Beside
}

// Ask offers the agenda and the gates.
func (Resolve) Ask(f process.Question, m Meeting, env Env) (process.Question, bool) {
	return gates(m.agenda(f, func(Item) bool { return true }), env), true
}

func gates(f process.Question, env Env) process.Question {
	if f.Path == "stage" {
		for _, g := range env.Definition.Gates {
			f.Choices = append(f.Choices, process.Choice{Value: g.Stage, Text: g.Name})
		}
	}
	return f
}

// mostConditions is how many one project can be passed with: as many as are carried to it (Decided).
const mostConditions = 50

// lay puts a condition on the project. It refuses one more than can be carried to it.
func (i *Item) lay(c Condition) error {
	if len(i.Conditions) >= mostConditions {
		return process.RefuseField("condition", "一个项目最多 50 个条件，这个项目已经登满；请把相近的条件合写成一条。", "A project has at most 50 conditions, and this one has them; write similar ones as one.")
	}
	i.Conditions = append(i.Conditions, c)
	return nil
}

// read refuses a condition of which something is missing; nil of one of which nothing was said.
func (c ConditionGiven) read(env Env) (*Condition, error) {
	if c.Condition == "" && c.Stage == "" && c.OwedBy == "" {
		return nil, nil
	}
	var faults process.Faults
	one := Condition{Stage: c.Stage, Text: faults.Text(process.Required("condition", c.Condition, 1000)), OwedBy: faults.Text(process.Required("owed_by", c.OwedBy, 100))}
	if _, known := env.Definition.gate(c.Stage); !known {
		faults.Note(process.RefuseField("stage", "请选择在离开哪个阶段以前落实。", "Choose before leaving which stage it has to be met."))
	}
	return &one, faults.Err()
}

// Decide refuses a day before the meeting, conditions without the result that has them and the other way round, and a deferral or refusal without a reason.
func (c Resolve) Decide(before Meeting, call process.Call, env Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	faults.Note(m.held(call))
	says := faults.Text(process.Optional("says", c.Says, process.TextLimit))
	condition, err := c.read(env)
	faults.Note(err)
	i, missing := m.at(c.Project)
	faults.Note(missing)
	if err := faults.Err(); err != nil {
		return none, err
	}
	item := &m.Agenda[i]
	if condition != nil {
		if err := item.lay(*condition); err != nil {
			return none, err
		}
	}
	switch {
	case !slices.Contains(Results(), c.Result):
		return none, process.RefuseField("result", "请选择结果。", "Choose the result.")
	case c.Result == Conditional && len(item.Conditions) == 0:
		return none, process.RefuseField("condition", "有条件通过的要写明条件、在哪个阶段以前落实、由谁落实。", "Say what the condition is, before which gate it has to be met, and by whom.")
	case c.Result != Conditional && condition != nil:
		return none, process.RefuseField("condition", "只有「有条件通过」才带条件。", "Only a project that is passed with conditions has conditions.")
	case (c.Result == Deferred || c.Result == Refused) && says == "":
		return none, process.RefuseField("says", "缓议或不通过的要写明原因。", "Say why it is deferred or refused.")
	}
	if c.Result != Conditional {
		item.Conditions = []Condition{}
	}
	item.Result, item.Says = c.Result, says
	return process.Decision[Meeting]{After: m, Reason: says}, nil
}

// Require lays one more condition on a project that was passed with conditions.
type Require struct {
	Project   string `json:"project" ask:"choose,required" minLength:"1" maxLength:"60" doc:"The project, by number or id." example:"XM-2024-0001"`
	Condition string `json:"condition" ask:"long,required" minLength:"1" maxLength:"1000" doc:"What has to be met." example:"签约前落实用能指标。"`
	Stage     string `json:"stage" ask:"choose,required" minLength:"1" maxLength:"60" doc:"Before it leaves which stage." example:"signed"`
	OwedBy    string `json:"owed_by" ask:"line,required" minLength:"1" maxLength:"100" doc:"Who has to meet it." example:"县发改委"`
}

// RequireName is the name of Require.
const RequireName process.Name = "meeting.require"

// About says who may, and who reads of it.
func (Require) About() process.About {
	return process.About{Name: RequireName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.Offices}
}

func (i Item) conditional() bool { return i.Result == Conditional }

// Fits says that some project was passed with conditions.
func (Require) Fits(m Meeting, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!m.Done && slices.ContainsFunc(m.Agenda, Item.conditional))
}

// Ask offers the projects that were passed with conditions, and the gates.
func (Require) Ask(f process.Question, m Meeting, env Env) (process.Question, bool) {
	return gates(m.agenda(f, Item.conditional), env), true
}

// Decide refuses a project without that result, and the same condition twice.
func (c Require) Decide(before Meeting, call process.Call, env Env) (process.Decision[Meeting], error) {
	none, m := process.Decision[Meeting]{}, before.clone()
	if err := process.UnderWay(&m.Case); err != nil {
		return none, err
	}
	var faults process.Faults
	faults.Note(m.held(call))
	condition, err := ConditionGiven{Condition: c.Condition, Stage: c.Stage, OwedBy: c.OwedBy}.read(env)
	faults.Note(err)
	i, missing := m.at(c.Project)
	faults.Note(missing)
	if i >= 0 && !m.Agenda[i].conditional() {
		faults.Note(process.RefuseField("project", "这个项目不是「有条件通过」。", "The project was not passed with conditions."))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	item := &m.Agenda[i]
	if slices.Contains(item.Conditions, *condition) {
		return none, process.RefuseField("condition", "这个条件已经登记过。", "The condition is on file already.")
	}
	if err := item.lay(*condition); err != nil {
		return none, err
	}
	return process.Decision[Meeting]{After: m, Reason: condition.Text}, nil
}
