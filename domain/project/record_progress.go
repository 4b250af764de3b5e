package project

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/works"
)

// RecordProgressName is the name of RecordProgress.
const RecordProgressName process.Name = "project.record_progress"

// RecordProgress says how far steps are, on several buildings at once, with pictures. Without a step it puts the month's pictures on record. The day of the
// deed is the day it came to be so.
type RecordProgress struct {
	Buildings   []works.Span       `json:"buildings,omitempty" ask:"ticks,other" maxLength:"400" doc:"Which: codes and spans of codes; none for the site." example:"2#-5#"`
	Steps       []string           `json:"steps,omitempty" ask:"ticks" maxLength:"40" doc:"Steps of the definition's works, of the buildings named or of the site; none: only pictures." example:"doors"`
	State       works.State        `json:"state,omitempty" ask:"pick,required,words=works_state,is=in_progress" enum:"preparing,in_progress,done" doc:"How far they are; under way when left out." example:"in_progress"`
	StartedOn   clock.Date         `json:"started_on,omitzero" ask:"day" doc:"The day a step that is done began, where that is not on record."`
	Note        string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures of the buildings."`
}

// About says who may, and who reads of it.
func (RecordProgress) About() process.About {
	return process.About{Name: RecordProgressName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the pictures.
func (c RecordProgress) Brings() []process.Evidence { return c.Attachments }

// Fits says that it lies close at hand while the project is being built.
func (RecordProgress) Fits(p Project, actor process.Actor, env Env) process.Fit {
	switch {
	case !p.builds(env):
		return process.Not
	case env.Definition.Last(p.stage()):
		return process.Fits
	}
	return p.leadsWhen(RecordProgressName, actor, env, process.Beside)
}

// Ask offers the buildings, and the steps that they and the site have.
func (RecordProgress) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	q = p.stepsAsked(q, env, func(s works.Step) bool {
		return s.Site || slices.ContainsFunc(p.Buildings, func(b Building) bool { return s.Of(b.made(env)) })
	})
	return p.buildingsAsked(p.due(q, env)), q.Path != "buildings" || len(p.Buildings) > 0
}

// Decide refuses, all at once: buildings that are not on file or cannot be read, steps that they do not have, a milestone that is under way, a step that goes
// back, is done before it was prepared or begun, or is said of another day than is on record, and what is no picture.
func (c RecordProgress) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.built(env); err != nil {
		return none, err
	}
	if c.State == "" {
		c.State = works.Running
	}
	var wrong process.Faults
	var err error
	c.Note, err = process.Optional("note", c.Note, process.TextLimit)
	wrong.Note(err)
	at, steps := p.named(c.Buildings, &wrong), stepsNamed(c.Steps, env, &wrong)
	c.fitting(p, at, steps, env, &wrong)
	p.Attachments, err = process.PutOnRecord(p.Attachments, c.Attachments, env.Uploads, call, process.Place{})
	wrong.Note(err)
	p.picture(before, c, at, &wrong)
	for _, step := range steps {
		if step.Site {
			p.SiteSteps = c.onto(p.SiteSteps, step, "", call, &wrong)
			continue
		}
		for _, i := range at {
			b := &p.Buildings[i]
			was := slices.Clone(b.Steps)
			if b.Steps = c.onto(b.Steps, step, b.Name(), call, &wrong); c.moved(was, b.Steps) && call.Day().After(b.AsOf) {
				b.AsOf = call.Day()
			}
		}
	}
	switch err := wrong.Err(); {
	case err != nil:
		return none, err
	case reflect.DeepEqual(p, before):
		return none, process.Refuse(process.NothingChanged, "这些步骤已经是这个状态。", "The steps stand so already.")
	}
	return process.Decision[Project]{After: p, Reason: c.Note}, nil
}

// fitting finds fault with what does not go together: nothing to record, steps without buildings, buildings without steps, steps that a building does not have.
func (c RecordProgress) fitting(p Project, at []int, steps []works.Step, env Env, wrong *process.Faults) {
	if len(c.Steps) == 0 && len(c.Attachments) == 0 {
		wrong.Note(process.RefuseField("steps", "请选择步骤；只登记月度照片的，请附上照片。", "Choose a step, or bring the month's pictures."))
	}
	apart(c.Buildings, c.Steps, steps, wrong)
	for _, s := range steps {
		if s.Milestone() && c.State != works.Done {
			wrong.Note(process.RefuseField("state", "「"+s.Name.Chinese+"」是节点，只能登记完成。", "“"+s.Name.English+"” is a milestone, which is only ever done."))
		}
		for _, i := range at {
			if b := p.Buildings[i]; !s.Site && !s.Of(b.made(env)) {
				structure, _ := env.Definition.Works.Structure(b.made(env)) // made is always known
				wrong.Note(process.RefuseField(process.ElementAt("steps", slices.Index(c.Steps, s.ID)), b.Name()+"是"+structure.Name.Chinese+"，没有「"+s.Name.Chinese+"」这一步。", b.Code+" is "+structure.Name.English+" and has no step “"+s.Name.English+"”."))
			}
		}
	}
	if !c.StartedOn.IsZero() && c.State != works.Done {
		wrong.Note(process.RefuseField("started_on", "只有登记完成时才另填开始日期；正在进行的，发生日期就是开始的那天。", "Only of what is done: of a step under way the day of the deed is its beginning."))
	}
}

// moved reports whether the day of the deed says something of the steps: not where words were added to what is done.
func (c RecordProgress) moved(was, now []works.Progress) bool {
	return !slices.EqualFunc(was, now, func(a, b works.Progress) bool {
		if a.State == works.Done && b.State == works.Done {
			a.Note, a.StartedOn = b.Note, b.StartedOn
		}
		return a == b
	})
}

// onto is a list of steps with this one as far as it is now.
func (c RecordProgress) onto(list []works.Progress, step works.Step, building string, call process.Call, wrong *process.Faults) []works.Progress {
	i := at(list, step)
	if i < 0 {
		list = append(list, works.Progress{Step: step.ID})
		i = len(list) - 1
	}
	now, day := &list[i], call.Day()
	was := *now
	if c.Note != "" {
		now.Note = c.Note
	}
	where := building + "「" + step.Name.Chinese + "」"
	if backwards(was.State, c.State) {
		wrong.Note(process.RefuseField("state", where+"已经登记为更后的状态；登记错了的，请用「撤回步骤」。", "“"+step.Name.English+"” is further already: take the step back if that was wrong."))
		return list
	}
	if was.State == c.State {
		wrong.Note(c.again(where, step, was, call))
	} else {
		now.State = c.State
		now.Put(c.State, day)
	}
	if wrong.Note(c.begun(where, step, was)); !c.StartedOn.IsZero() {
		now.StartedOn = c.StartedOn
	}
	if first, then, wrongly := now.Disorder(); wrongly && !now.SameDays(was) {
		field := "occurred_on"
		if !c.StartedOn.IsZero() && (first == works.Running || then == works.Running) {
			field = "started_on"
		}
		wrong.Note(disordered(where, step, *now, first, then).At(field))
	}
	return list
}

// begun refuses a beginning of a milestone, one of before there was anything, and another one than is on record: that is corrected, with a reason.
func (c RecordProgress) begun(where string, step works.Step, was works.Progress) error {
	switch {
	case c.StartedOn.IsZero() || c.State != works.Done: // the latter is refused already
		return nil
	case step.Milestone():
		return process.RefuseField("started_on", "「"+step.Name.Chinese+"」是节点，没有开始日期。", "“"+step.Name.English+"” is a milestone and has no beginning.")
	case !was.StartedOn.IsZero() && was.StartedOn != c.StartedOn:
		return process.RefuseField("started_on", where+"已登记 "+was.StartedOn.Chinese()+" 开始；日期登记错了的，请用「更正步骤日期」。", "“"+step.Name.English+"” is on record as begun on "+was.StartedOn.String()+": correct its days if that is wrong.")
	}
	return tooEarly("started_on", c.StartedOn)
}

// picture puts the pictures that came with the deed to the buildings, or to the site where none is named. It finds fault with files that are no pictures.
func (p *Project) picture(before Project, c RecordProgress, at []int, wrong *process.Faults) {
	if len(p.Attachments) <= len(before.Attachments) {
		return
	}
	for i, a := range p.Attachments[len(before.Attachments):] {
		if !a.IsPicture() {
			wrong.Note(process.RefuseField(fmt.Sprintf("attachments[%d]", i), "「"+a.Name+"」不是照片。", "“"+a.Name+"” is no picture."))
		}
		shot := Photo{Number: a.Number, On: a.EvidenceOn, Steps: append([]string{}, c.Steps...)}
		if len(c.Buildings) == 0 {
			p.SitePhotos = append(p.SitePhotos, shot)
		}
		for _, i := range at {
			p.Buildings[i].Photos = append(p.Buildings[i].Photos, shot)
		}
	}
}
