package hazard

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/rectification"
)

// Accept is one of the first two steps of a listed hazard's acceptance: the enterprise's own, then the experts'. The re-inspection is the third.
type Accept struct {
	Step    string `json:"step" ask:"pick,required,words=acceptance" enum:"own,expert" doc:"Which step." example:"own"`
	Result  string `json:"result" ask:"pick,required,words=answer" enum:"pass,fail" doc:"The verdict." example:"pass"`
	People  string `json:"people" ask:"line,required" minLength:"1" maxLength:"400" doc:"Who accepted, by name: people from outside need no account." example:"王工（省化工学会）、李工"`
	Opinion string `json:"opinion" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What they found." example:"资料齐全，现场符合要求。"`

	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,required,many" doc:"The signed opinion."`
}

// AcceptName is the name of Accept.
const AcceptName process.Name = "hazard.accept"

// About says who may, and who reads of it. The enterprise's own step is its own word, and no judgement of somebody else's work.
func (Accept) About() process.About {
	return process.About{Name: AcceptName, Any: process.Of(process.SafetySupervisor), Own: process.Of(process.Enterprise), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the opinion.
func (c Accept) Brings() []process.Evidence { return c.Attachments }

// Fits says that a listed hazard is accepted once its rectification was handed in.
func (Accept) Fits(h Hazard, _ process.Actor, _ Env) process.Fit {
	if h.Done || !h.listed() || h.State != rectification.Reported {
		return process.Not
	}
	return process.Beside
}

// Decide refuses the steps in another order, and the experts' word from the enterprise's hand.
func (c Accept) Decide(before Hazard, call process.Call, env Env) (process.Decision[Hazard], error) {
	none, h := process.Decision[Hazard]{}, before.clone()
	if err := process.UnderWay(&h.Case); err != nil {
		return none, err
	}
	if !h.listed() || h.State != rectification.Reported {
		return none, process.Refuse(process.WrongState, "挂牌督办的隐患提交整改、申请验收以后，才能记录验收。", "A listed hazard is accepted once its rectification was handed in.").After(process.MovedState)
	}
	var faults process.Faults
	opinion := faults.Text(process.Required("opinion", c.Opinion, process.TextLimit))
	people := faults.Text(process.Required("people", c.People, 400))
	switch {
	case c.Step != OwnStep && c.Step != ExpertStep:
		faults.Note(process.RefuseField("step", "请选择企业自行验收，或专家验收。", "Choose the enterprise's own acceptance, or the experts'."))
	case c.Step == ExpertStep && h.step(OwnStep) != rectification.Pass:
		faults.Note(process.RefuseField("step", "企业自行验收还没有通过，不能进行专家验收。", "The enterprise's own acceptance has not passed yet."))
	case c.Step == ExpertStep && call.Actor.Has(process.Enterprise):
		faults.Note(process.RefuseField("step", "专家验收由安监员登记。", "The experts' acceptance is recorded by the zone."))
	}
	if c.Result != rectification.Pass && c.Result != rectification.Fail {
		faults.Note(process.RefuseField("result", "请选择合格或不合格。", "Choose pass or fail."))
	}
	if len(c.Attachments) == 0 && call.Actor.Type != process.Import {
		faults.Note(process.RefuseField("attachments", "请上传签字的验收意见。", "Attach the signed opinion."))
	}
	if r := h.Current(); r != nil && r.HandedInAt != nil {
		faults.Note(process.NotBefore(call, clock.DateOf(*r.HandedInAt), "验收日期早于提交整改的日期", "It cannot have been accepted before the hand-in of"))
	}
	var err error
	h.Attachments, err = process.PutOnRecord(h.Attachments, c.Attachments, env.Uploads, call, process.Place{Round: h.Round})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	h.Acceptance = append(h.Acceptance, Step{Step: len(h.Acceptance) + 1, Round: h.Round, Sort: c.Step, Verdict: c.Result, Opinion: opinion, People: people, On: call.Day()})
	return process.Decision[Hazard]{After: h, Notices: h.tellSupervisor(process.NoticeAccepted)}, nil
}
