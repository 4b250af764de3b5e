package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// RecordEarly records what truly happened where a stage began in the world before the permits that it needs were there (未批先建, 未验先投): the day stands on
// record as it was, with what was found, and the leader is told. It opens no gate: that is passed on the day on which everything is there (docs/decisions/0065).
type RecordEarly struct {
	Stage  string             `json:"stage" ask:"choose,required" doc:"What was begun." example:"construction"`
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"What was found, and what was done about it." example:"巡查发现场地已开挖基坑，已口头责令停工，函告住建局。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"What shows it, a photo of the site."`
}

// RecordEarlyName is the name of RecordEarly.
const RecordEarlyName process.Name = "project.record_early"

// About says who may, and who reads of it.
func (RecordEarly) About() process.About {
	return process.About{Name: RecordEarlyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c RecordEarly) Brings() []process.Evidence { return c.Files }

// AsksChildren is true: the permits say what was lacking.
func (RecordEarly) AsksChildren() bool { return true }

// Fits says that there is something which needs permits.
func (RecordEarly) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(!p.Done && env.Definition.Committed(p.stage()) && len(p.begins(env)) > 0)
}

// Ask offers what needs permits, and begins with what comes next.
func (RecordEarly) Ask(f process.Question, p Project, env Env) (process.Question, bool) {
	if f.Path == "stage" {
		for _, s := range p.begins(env) {
			f.Choices = append(f.Choices, process.Choice{Value: string(s.ID), Text: s.Name})
			if on := p.Facts.date(s.OnEnter); f.Value == "" && on.IsZero() {
				f.Value = string(s.ID)
			}
		}
	}
	return f, true
}

// Decide refuses what needs no permits, a day on which everything was there, and days that cannot be.
func (c RecordEarly) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.notEnded(); err != nil {
		return none, err
	}
	var faults process.Faults
	var err error
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{})
	faults.Note(err)
	stages := p.begins(env)
	i := slices.IndexFunc(stages, func(s lifecycle.Stage) bool { return string(s.ID) == c.Stage })
	if i < 0 {
		faults.Note(process.RefuseField("stage", "请选择是哪一步提前了：它要先有手续才能开始。", "Choose what was begun early: something that needs permits first."))
		return none, faults.Err()
	}
	on := p.Facts.date(stages[i].OnEnter)
	unmoved := *on == call.Day()
	*on = call.Day()
	lacks := p.lacked(stages[i], *on, env)
	if len(lacks) == 0 {
		faults.Note(process.Refuse(process.ImpossibleDate, on.Chinese()+" 需要的手续都已经有了，不算未批先行；日期登记错了的，请用「更正信息」。",
			"On "+on.String()+" every permit was there: it was not early. Correct the facts if the day is wrong.").At("occurred_on"))
	}
	p.checkDates(call, &faults)
	faults.Note(p.keepsMoney(before, env))
	if err := faults.Err(); err != nil {
		return none, err
	}
	if unmoved {
		return none, process.Unmoved()
	}
	return process.Decision[Project]{After: p, Reason: reason + "（当时缺：" + sayLacks(lacks).Chinese + "）", Notices: p.People().TellLeader(process.NoticeEarly)}, nil
}
