package permit

import "github.com/parkway-zone/parkway/domain/process"

// Excuse says that the permit is not needed after all, and why.
type Excuse struct {
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"年综合能耗低于 1000 吨标准煤，不需要节能审查。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers that show it."`
}

// ExcuseName is the name of Excuse.
const ExcuseName process.Name = "permit.excuse"

// About says who may, and who reads of it.
func (Excuse) About() process.About {
	return process.About{Name: ExcuseName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Excuse) Brings() []process.Evidence { return c.Files }

// Fits says that only what was not applied for can turn out not to be needed.
func (Excuse) Fits(p Permit, actor process.Actor, env Env) process.Fit {
	if p.in(unapplied()...) != nil {
		return process.Not
	}
	refused := p.sparing(p.item(env), process.Call{Actor: actor}, env)
	return process.FitsWhen(refused == nil || actor.Has(process.Department) && p.HeldBy(actor)) // whether it is the competent one the door knows
}

// Decide refuses a permit that was applied for: that one is taken back; and one that a gate needs, from whoever may not say so.
func (c Excuse) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	p := before.clone()
	if err := p.in(unapplied()...); err != nil {
		return process.Decision[Permit]{}, err
	}
	if err := p.sparing(p.item(env), call, env); err != nil {
		return process.Decision[Permit]{}, err
	}
	return p.end(NotNeeded, c.Reason, c.Files, call, env, unapplied()...)
}

// end closes the permit in a state, from one of the others, with a reason.
func (p Permit) end(state, reason string, files []process.Evidence, call process.Call, env Env, from ...string) (process.Decision[Permit], error) {
	none := process.Decision[Permit]{}
	if err := p.in(from...); err != nil {
		return none, err
	}
	reason, err := process.Required("reason", reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, files, env.Uploads, call, process.Place{}); err != nil {
		return none, err
	}
	p.Supersede(call)
	p.State, p.Excuse = state, reason
	notices := process.TellTeam(&p, process.NoticeClosed)
	p.Close(call.OccurredAt)
	return process.Decision[Permit]{After: p, Reason: reason, Notices: notices}, nil
}
