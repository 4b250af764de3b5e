package project

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/opinion"
	"github.com/parkway-zone/parkway/domain/process"
)

// AskOpinions asks several departments for their opinions at once, each with its own five working days: one small case for each follows. Who is asked sees the
// project from then on: nobody can say anything of what they cannot read.
type AskOpinions struct {
	Departments []string `json:"departments" ask:"ticks,required" minItems:"1" maxItems:"30" maxLength:"60" doc:"The departments, by their ids in the pre-assessment's definition." example:"environment"`
	Note        string   `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"What they should look at." example:"材料见项目附件，请在 5 个工作日内反馈。"`
}

// AskOpinionsName is the name of AskOpinions.
const AskOpinionsName process.Name = "project.ask_opinions"

// About says who may, and who reads of it.
func (AskOpinions) About() process.About {
	return process.About{Name: AskOpinionsName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// PassesGate is true: who is being asked already is looked at.
func (AskOpinions) PassesGate() bool { return true }

// Fits says that it is the next step of what is asked for at the present gate.
func (AskOpinions) Fits(p Project, actor process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	if !ok || !p.underWay() || env.Definition.Committed(stage.ID) || len(env.Desks) == 0 {
		return process.Not
	}
	return p.leadsWhen(AskOpinionsName, actor, env, process.Fits)
}

// unasked are the departments that the present gate needs and nobody has asked.
func (p Project) unasked(env Env) []process.Choice {
	stage, _ := p.present(env) // none has no gate
	for _, r := range stage.Gate {
		if r.Kind == lifecycle.Opinions {
			return opinion.StandingOf(env.Children).Unasked(needed(r, env))
		}
	}
	return nil
}

// Ask offers the departments that are not being asked, and begins with those that the gate needs.
func (AskOpinions) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	if f.Path == "departments" {
		f.Choices = slices.DeleteFunc(slices.Clone(env.Desks), func(c process.Choice) bool { return beingAsked(env, c.Value) })
		ids := []string{}
		for _, d := range p.unasked(env) {
			ids = append(ids, d.Value)
		}
		f.Value = strings.Join(ids, "、")
	}
	return f, true
}

func beingAsked(env Env, desk string) bool {
	return slices.ContainsFunc(env.Children, func(c process.Child) bool { return c.Kind == opinion.Kind && c.Slot == desk && !c.Done })
}

// Decide refuses a project that has been signed, a department that is not in the definition, one that is named twice, and one that is being asked.
func (c AskOpinions) Decide(before Project, _ process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := process.UnderWay(&p.Case); err != nil {
		return none, err
	}
	if p.InPool() { // nobody runs it who could hear what the departments say
		return none, process.InPool()
	}
	if env.Definition.Committed(p.stage()) {
		return none, process.Refuse(process.WrongState, "项目已经签约供地，不再做联审前的预评估。", "The project is past its review; nobody is asked any more.")
	}
	var faults process.Faults
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	if len(c.Departments) == 0 {
		faults.Note(process.RefuseField("departments", "请至少选择一个部门。", "Choose a department at least."))
	}
	var follow []process.FollowUp
	for i, id := range c.Departments {
		at := slices.IndexFunc(env.Desks, func(x process.Choice) bool { return x.Value == id })
		switch {
		case at < 0:
			faults.Note(process.RefuseField("departments", "预评估里没有部门「"+id+"」，请重新选择。", "The pre-assessment has no department “"+id+"”; choose again."))
		case slices.Contains(c.Departments[:i], id):
			faults.Note(process.RefuseField("departments", "「"+env.Desks[at].Text.Chinese+"」选了两遍。", "“"+env.Desks[at].Text.English+"” stands twice."))
		case beingAsked(env, id): // the same rule as at the door, for all that were chosen at once
			faults.Note(process.Refuse(process.WrongState, "「"+env.Desks[at].Text.Chinese+"」的意见正在征求，没有回复以前不重复征求。", "“"+env.Desks[at].Text.English+"” is being asked already, and not again before it has answered.").At("departments"))
		}
		if unit, known := env.Units[id]; known {
			p.ShowTo(unit.ID)
		}
		follow = append(follow, process.FollowUp{Kind: opinion.Kind, Command: opinion.AskName, Input: opinion.Ask{Project: p.ID, Desk: id, Note: note}})
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	return process.Decision[Project]{After: p, Reason: note, Follow: follow}, nil
}
