package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// NoteStepName is the name of NoteStep.
const NoteStepName process.Name = "project.note_step"

// NoteStep notes how far a stage has come within itself: of negotiation 跟踪洽谈, 已来考察, 意向明确, 签投资协议, 签正式合同, 注册审批. Nobody has to, in any order.
type NoteStep struct {
	Step string `json:"step" ask:"pick,required,words=step" enum:"tracking,visited,intent,agreement,contract,registration" doc:"A step of the present stage." example:"visited"`
	Note string `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
}

// About says who may, and who reads of it.
func (NoteStep) About() process.About {
	return process.About{Name: NoteStepName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.FactOnly}
}

// Fits says that the present stage has steps.
func (NoteStep) Fits(p Project, _ process.Actor, env Env) process.Fit {
	stage, ok := p.present(env)
	if !ok || !p.underWay() || p.InPool() || len(stage.Steps) == 0 {
		return process.Not
	}
	return process.Beside
}

// Ask offers the steps of the stage but the present one, and begins with the one that follows.
func (NoteStep) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	stage, ok := p.present(env)
	if f.Path != "step" || !ok {
		return f, true
	}
	f.Choices, f.Value = nil, ""
	at := slices.Index(stage.Steps, p.Step)
	for i, step := range stage.Steps {
		if i != at {
			f.Choices = append(f.Choices, process.Choice{Value: step})
		}
		if i == at+1 {
			f.Value = step
		}
	}
	return f, true
}

// Decide refuses a step that the present stage does not have, the one that is noted already, and a day before the stage or before the last step.
func (c NoteStep) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if p.InPool() {
		return none, process.InPool()
	}
	if err := process.UnderWay(&p.Case); err != nil {
		return none, err
	}
	stage, err := env.Definition.Stage(p.stage())
	if err != nil {
		return none, err
	}
	var faults process.Faults
	note := faults.Text(process.Optional("note", c.Note, process.TextLimit))
	switch {
	case len(stage.Steps) == 0:
		return none, process.Refuse(process.WrongState, "「"+stage.Name.Chinese+"」阶段不分步骤。", "The stage “"+stage.Name.English+"” has no steps.")
	case !slices.Contains(stage.Steps, c.Step):
		faults.Note(process.RefuseField("step", "请选择本阶段的步骤。", "Choose a step of the present stage."))
	case c.Step == p.Step:
		faults.Note(process.Refuse(process.NothingChanged, "已经登记在这一步。", "It stands at this step already.").At("step"))
	}
	last := p.StageSince
	for _, s := range p.StepsTaken {
		if s.On.After(last) {
			last = s.On
		}
	}
	if call.Day().Before(last) {
		faults.Note(process.Refuse(process.ImpossibleDate, "日期早于进入本阶段或上一步的日期 "+last.String()+"。", "The day lies before the stage or the step before, "+last.String()+".").At("occurred_on"))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	p.Step = c.Step
	p.StepsTaken = append(p.StepsTaken, StepTaken{Seq: len(p.StepsTaken) + 1, Step: c.Step, On: call.Day()})
	return process.Decision[Project]{After: p, Reason: note}, nil
}
