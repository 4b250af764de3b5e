package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Revoke says of a permit that is settled that it is not so any longer: the authority has revoked it, or it was recorded by mistake. It is under way again, so
// that gates see what it is now; what stood there before stays in the history. Where a gate was passed and sealed with it, a leader does it who does not run it.
type Revoke struct {
	Grounds string             `json:"grounds" ask:"pick,required,words=revoke_grounds,is=mistaken" enum:"revoked,mistaken" doc:"Whether the authority has revoked it, or it was recorded by mistake." example:"mistaken"`
	Reason  string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, with the number of the decision." example:"登记到了别的项目。"`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The decision."`
}

// The grounds.
const (
	ByAuthority = "revoked"
	ByMistake   = "mistaken"
)

// RevokeName is the name of Revoke.
const RevokeName process.Name = "permit.revoke"

// About says who may, and who reads of it.
func (Revoke) About() process.About {
	return process.About{Name: RevokeName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Revoke) Brings() []process.Evidence { return c.Files }

// Fits says that only what is settled can be revoked, also once it is closed.
func (Revoke) Fits(p Permit, actor process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.settled(Issued, NotNeeded) == nil && p.sealed(process.Call{Actor: actor}, env) == nil)
}

// Ask leaves the authority out where there is nothing that it could revoke.
func (Revoke) Ask(f process.Question, p Permit, _ Env) (process.Question, bool) {
	return f, f.Path != "grounds" || p.State == Issued
}

// Decide refuses what is not settled, and a day before it was.
func (c Revoke) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.settled(Issued, NotNeeded); err != nil {
		return none, err
	}
	if err := p.sealed(call, env); err != nil {
		return none, err
	}
	if c.Grounds == ByAuthority && p.State != Issued {
		return none, process.RefuseField("grounds", "还没有取得的手续，谈不上撤销。", "What was never issued cannot be revoked.")
	}
	if err := lately(call, p.IssuedOn, "撤销日期早于发证日期", "It cannot have been revoked before it was issued,"); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	p.Supersede(call)
	p.Excuse = reason
	p.State = Revoked
	if c.Grounds == ByMistake {
		p.forget()
	}
	if parent := env.Found.Parent; parent != nil && parent.Done { // it changes what is on record, and nothing is run any longer
		if p.State == Needed {
			p.State = Dropped
		}
		p.Close(call.OccurredAt)
		return process.Decision[Permit]{After: p, Reason: reason}, nil
	}
	p.open()
	reason = p.back(call, env, reason)
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: reason}, nil
}

// forget takes back that the permit was ever applied for: it never was.
func (p *Permit) forget() {
	p.State = Needed
	p.AppliedOn, p.AcceptedOn, p.IssuedOn, p.ValidUntil, p.BegunOn, p.PromisedOn, p.BeginBy = clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}
	p.Certificate, p.Receipt, p.Missing, p.Excuse, p.PutOff = "", "", "", "", 0
	p.SuppliedOn, p.PapersOwed = clock.Date{}, false
}
