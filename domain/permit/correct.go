package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Correct puts right what was recorded of a permit that was issued: its number, its days, its sort. What stood there before stays in the history, with the
// reason; the deadlines that hang on its days follow. Where a gate was passed and sealed with it, a leader does it who does not run it.
type Correct struct {
	Certificate *string            `json:"certificate,omitempty" ask:"line" maxLength:"100" doc:"Its right number." example:"341324202411250101"`
	Sort        *string            `json:"sort,omitempty" ask:"choose" maxLength:"60" doc:"Its right sort." example:"table"`
	AppliedOn   *clock.Date        `json:"applied_on,omitempty" ask:"day" doc:"The right day of the application." example:"2024-11-01"`
	IssuedOn    *clock.Date        `json:"issued_on,omitempty" ask:"day" doc:"The right day on which it was issued." example:"2024-11-25"`
	ValidUntil  *clock.Date        `json:"valid_until,omitempty" ask:"day" doc:"Its right last day." example:"2029-11-25"`
	BeginBy     *clock.Date        `json:"begin_by,omitempty" ask:"day" doc:"Of a land contract: the day that was agreed for the start of construction." example:"2025-06-30"`
	Reason      string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why it has to be put right." example:"证号录入时少了一位。"`
	AllTheSame  string             `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where its number is another 项目代码 than the project has on file: why it is so all the same. Without it that is refused." example:"按新的备案办理"`
	Files       []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The certificate."`
}

// CorrectName is the name of Correct.
const CorrectName process.Name = "permit.correct"

// About says who may, and who reads of it.
func (Correct) About() process.About {
	return process.About{Name: CorrectName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department), Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Correct) Brings() []process.Evidence { return c.Files }

// Fits says that only what was issued can be put right, also once it is closed.
func (Correct) Fits(p Permit, actor process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.settled(Issued, Expired) == nil && p.sealed(process.Call{Actor: actor}, env) == nil)
}

// Ask shows what stands there.
func (Correct) Ask(f process.Question, p Permit, env Env) (process.Question, bool) {
	x := p.item(env)
	switch f.Path {
	case "certificate":
		f.Value = p.Certificate
	case "applied_on":
		f.Value = p.AppliedOn.String()
	case "issued_on":
		f.Value = p.IssuedOn.String()
	case "valid_until":
		f.Value = p.ValidUntil.String()
	case "begin_by":
		f.Value = p.BeginBy.String()
		return f, x.IdleLand
	case "sort":
		for _, v := range x.Variants {
			f.Choices = append(f.Choices, process.Choice{Value: v.ID, Text: v.Name})
		}
		f.Value = p.Sort
		return f, len(x.Variants) > 0
	}
	return f, true
}

// Decide refuses what cannot be: a permit issued before it was applied for, in the future, or without its number.
func (c Correct) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.settled(Issued, Expired); err != nil {
		return none, err
	}
	if err := p.sealed(call, env); err != nil {
		return none, err
	}
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	if c.Certificate != nil {
		p.Certificate = faults.Text(process.Optional("certificate", *c.Certificate, 100))
	}
	if c.Sort != nil && *c.Sort != "" {
		faults.Note(p.sorted(*c.Sort, env))
	}
	process.Set(&p.AppliedOn, c.AppliedOn)
	process.Set(&p.IssuedOn, c.IssuedOn)
	process.Set(&p.ValidUntil, c.ValidUntil)
	process.Set(&p.BeginBy, c.BeginBy)
	faults.Note(p.possible(p.item(env), call))
	if p.Certificate != before.Certificate {
		faults.Note(p.agrees(before.code(), c.AllTheSame, call, env))
	}
	if err := faults.Err(); err != nil {
		return none, err
	}
	if p.said() == before.said() {
		return none, process.Unmoved()
	}
	var err error
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	p.rearm(before, call, env)
	d := process.Decision[Permit]{After: p, Reason: process.Joined(reason, c.AllTheSame)}
	if p.IssuedOn != before.IssuedOn {
		d.Follow = p.then(p.item(env), env)
	}
	if p.Certificate != before.Certificate {
		d.Follow = append(d.Follow, p.tells(before.code(), env)...)
	}
	return d, nil
}

// possible refuses what cannot be of a permit that was issued.
func (p *Permit) possible(x Item, call process.Call) error {
	var faults process.Faults
	impossible := func(field, chinese, english string) {
		faults.Note(process.Refuse(process.ImpossibleDate, chinese, english).At(field))
	}
	switch {
	case p.Certificate == "" && !x.Numberless:
		faults.Note(process.RefuseField("certificate", "请填写证号或文号。", "Give its number."))
	case p.IssuedOn.IsZero():
		faults.Note(process.RefuseField("issued_on", "请填写发证日期。", "Give the day on which it was issued."))
	case p.AppliedOn.IsZero():
		faults.Note(process.RefuseField("applied_on", "请填写申报日期。", "Give the day of the application."))
	case x.IdleLand && p.BeginBy.IsZero():
		faults.Note(process.RefuseField("begin_by", "请填写合同约定的动工日期。", "Give the day that was agreed for the start of construction."))
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if p.IssuedOn.After(call.Today()) {
		impossible("issued_on", "发证日期不能晚于今天。", "It cannot have been issued after today.")
	}
	if p.IssuedOn.Before(p.AppliedOn) || p.IssuedOn.Before(p.AcceptedOn) {
		impossible("issued_on", "发证日期早于申报或受理日期。", "It cannot have been issued before it was applied for or accepted.")
	}
	if !p.AcceptedOn.IsZero() && p.AcceptedOn.Before(p.AppliedOn) {
		impossible("applied_on", "申报日期晚于受理日期 "+p.AcceptedOn.Chinese()+"。", "It was accepted on "+p.AcceptedOn.String()+", and cannot have been applied for later.")
	}
	if !p.ValidUntil.IsZero() && p.ValidUntil.Before(p.IssuedOn) {
		impossible("valid_until", "有效期早于发证日期 "+p.IssuedOn.Chinese()+"。", "Its last day lies before the day it was issued, "+p.IssuedOn.String()+".")
	}
	if !p.BeginBy.IsZero() && p.BeginBy.Before(p.IssuedOn) {
		impossible("begin_by", "约定动工日期早于签订日期。", "The day agreed for the start lies before the contract.")
	}
	return faults.Err()
}

// said is what a correction can change.
func (p *Permit) said() [6]string {
	return [6]string{p.Certificate, p.Sort, p.AppliedOn.String(), p.IssuedOn.String(), p.ValidUntil.String(), p.BeginBy.String()}
}

// rearm lets the deadlines that hang on what was put right follow it: a permit that is watched, or that has to be from now on. Its use that was put off stays so.
func (p *Permit) rearm(before Permit, call process.Call, env Env) {
	moved := p.IssuedOn != before.IssuedOn || p.ValidUntil != before.ValidUntil || p.BeginBy != before.BeginBy
	watched := !before.Case.Done || !p.ValidUntil.IsZero() && p.ValidUntil != before.ValidUntil
	parent := env.Found.Parent
	if !moved || !watched || parent != nil && parent.Done {
		return
	}
	p.Supersede(call)
	p.open()
	p.State = Issued // one that has lapsed by a wrong day has not
	p.use(p.item(env), call, env)
}

// open makes a closed permit one that is under way again.
func (p *Permit) open() { p.Case.Done, p.Case.ClosedAt = false, nil }

// settled refuses what does not stand in one of the states, whether it is closed or not.
func (p *Permit) settled(states ...string) error {
	closed := p.Case.Done
	p.Case.Done = false
	err := p.in(states...)
	p.Case.Done = closed
	return err
}
