package hazard

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// TellProgress tells how far the treatment of a major hazard is: each week, and of a listed one beside in the rhythm of its body.
type TellProgress struct {
	Rhythm      string             `json:"rhythm,omitempty" ask:"pick,words=rhythm,is=weekly" enum:"weekly,listed" doc:"Which progress it is; the weekly one when left out." example:"weekly"`
	Done        string             `json:"done" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was done since, and what comes next." example:"已完成罐区切断阀更换，下周试压。"`
	Spent       string             `json:"spent,omitempty" ask:"line" maxLength:"100" doc:"Money spent so far." example:"12.5 万元"`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Pictures or papers."`
	process.Proof
}

// TellProgressName is the name of TellProgress.
const TellProgressName process.Name = "hazard.tell_progress"

// About says who may, and who reads of it.
func (TellProgress) About() process.About {
	return process.About{Name: TellProgressName, Any: process.Of(process.SafetySupervisor), Own: process.Of(process.Enterprise, process.LiaisonOfficer), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the papers.
func (c TellProgress) Brings() []process.Evidence { return c.Attachments }

// Fits says that progress is told while a major hazard is treated.
func (TellProgress) Fits(h Hazard, actor process.Actor, _ Env) process.Fit {
	switch {
	case !h.underTreatment() || len(h.Rhythms) == 0:
		return process.Not
	case actor.Has(process.Enterprise):
		return process.Beside
	}
	return process.Fits
}

// Ask asks which progress it is where there are two.
func (TellProgress) Ask(f process.Question, h Hazard, _ Env) (process.Question, bool) {
	return f, f.Path != "rhythm" || len(h.Rhythms) > 1
}

// Decide refuses progress of what is not treated. The next is due by the rhythm, however early this one came.
func (c TellProgress) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	name := c.Rhythm
	if name == "" {
		name = Weekly
	}
	i := slices.IndexFunc(h.Rhythms, func(r Rhythm) bool { return r.Rhythm == name })
	if len(h.Rhythms) == 0 || !h.underTreatment() {
		return none, process.Refuse(process.WrongState, "现在不需要报治理进展。", "No progress is to be told now.")
	}
	var faults process.Faults
	if i < 0 {
		faults.Note(process.RefuseField("rhythm", "这起隐患不需要报这一种进展。", "No such progress is told of this hazard."))
	}
	done := faults.Text(process.Required("done", c.Done, process.TextLimit))
	spent := faults.Text(process.Optional("spent", c.Spent, 100))
	why, err := c.Again(h.ID, c.Attachments, env.Uploads, call)
	faults.Note(err)
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Progress = append(h.Progress, Told{Told: len(h.Progress) + 1, Rhythm: name, On: call.Day(), Done: done, Spent: spent, ByID: call.Actor.ID, ByName: call.Actor.Name})
	r := &h.Rhythms[i]
	if fits := previous(*r, env); call.Day().After(fits) { // one that was typed in late stands for its own week, which stays missed
		r.DueOn = following(*r, env.Definition)
	}
	h.rearm(call, env)
	return process.Decision[Hazard]{After: h, Reason: why, Notices: h.tellSupervisor(process.NoticeTold)}, nil
}
