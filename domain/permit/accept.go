package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Accept notes that the department has accepted the application: its limit runs. Papers may be missing where the catalogue lets them be, promised by a
// day (容缺受理).
type Accept struct {
	Missing    string             `json:"missing,omitempty" ask:"long" maxLength:"4000" doc:"The papers that are missing, where it was accepted all the same." example:"施工图审查合格书"`
	PromisedOn clock.Date         `json:"promised_on,omitzero" ask:"day" doc:"The day they are promised by." example:"2024-12-31"`
	Files      []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The receipt, the promise."`
}

// AcceptName is the name of Accept.
const AcceptName process.Name = "permit.accept"

// About says who may, and who reads of it.
func (Accept) About() process.About {
	return process.About{Name: AcceptName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c Accept) Brings() []process.Evidence { return c.Files }

// Fits says that it is the department's next step.
func (Accept) Fits(p Permit, actor process.Actor, _ Env) process.Fit {
	switch {
	case p.in(Applied) != nil:
		return process.Not
	case p.HeldBy(actor) && actor.Has(process.Department):
		return process.Leads
	}
	return process.Beside
}

// Ask asks for missing papers where they may be missing.
func (Accept) Ask(f process.Question, p Permit, env Env) (process.Question, bool) {
	return f, p.item(env).Deferrable || f.Path != "missing" && f.Path != "promised_on"
}

// Decide refuses a day before the application, and missing papers without a promise or where none may be missing.
func (c Accept) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Applied); err != nil {
		return none, err
	}
	if err := lately(call, p.AppliedOn, "受理日期早于申报日期", "It cannot have been accepted before it was applied for,"); err != nil {
		return none, err
	}
	var err error
	if p.Missing, err = process.Optional("missing", c.Missing, process.TextLimit); err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	x := p.item(env)
	p.State, p.AcceptedOn, p.PromisedOn = Accepted, call.Day(), c.PromisedOn
	switch {
	case p.Missing == "" && c.PromisedOn.IsZero():
		p.decide(env)
		p.toDepartment(call, env)
		process.Follow(&p, call, env.Env)
		return process.Decision[Permit]{After: p}, nil
	case !x.Deferrable:
		return none, process.RefuseField("missing", "这项手续不能容缺受理。", "This permit cannot be accepted with papers missing.")
	case p.Missing == "":
		return none, process.RefuseField("missing", "容缺受理的要写明缺什么材料。", "Say which papers are missing.")
	case c.PromisedOn.IsZero():
		return none, process.RefuseField("promised_on", "容缺受理的要填写承诺补齐的日期。", "Say by which day they are promised.")
	case c.PromisedOn.Before(call.Day()):
		return none, process.Refuse(process.ImpossibleDate, "承诺补齐的日期早于受理日期。", "The promised day lies before the acceptance.").At("promised_on")
	}
	p.State = Deferred
	p.Supersede(call)
	p.start(clock.StartUntil(Papers, "", call.Day(), c.PromisedOn, env.Calendar), env)
	reason := p.Missing
	if p.outside() { // the papers are for this side to bring
		reason = p.back(call, env, reason)
	}
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: reason}, nil
}

// decide lets the department's limit run, from the acceptance or from the application, whatever stood in its place meanwhile.
func (p *Permit) decide(env Env) {
	x := p.item(env)
	l, from := x.limit(p.Sort), p.AcceptedOn
	if x.From == FromApplication {
		from = p.AppliedOn
	}
	if l != nil && process.Running(p.Clocks) == nil {
		p.start(clock.Start(ToDecide, *l, from.Start(), env.Calendar), env)
	}
}

// Supply notes that the papers that were missing are there.
type Supply struct {
	Note  string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The papers."`
}

// SupplyName is the name of Supply.
const SupplyName process.Name = "permit.supply"

// About says who may, and who reads of it.
func (Supply) About() process.About {
	return process.About{Name: SupplyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer, process.Enterprise), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c Supply) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step while papers are missing.
func (Supply) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	if p.owing() != nil {
		return process.Not
	}
	return process.Leads
}

// owing refuses where no papers are missing: neither before the permit is issued nor afterwards.
func (p *Permit) owing() error {
	if p.State == Issued && p.PapersOwed {
		return process.UnderWay(&p.Case)
	}
	return p.in(Deferred)
}

// Decide judges the promise, and lets the department's limit run, or what has to be done with the permit where it is there already.
func (c Supply) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.owing(); err != nil {
		return none, err
	}
	if err := lately(call, p.AcceptedOn, "补齐日期早于受理日期", "The papers cannot have come before the application was accepted,"); err != nil {
		return none, err
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	p.SuppliedOn, p.PapersOwed = call.Day(), false
	if k := process.Running(p.Clocks); k != nil && k.Name == Papers {
		p.Judge(call, env.Calendar)
	}
	if p.State == Deferred {
		p.State = Accepted
		p.decide(env)
		p.toDepartment(call, env)
	} else if process.Running(p.Clocks) == nil {
		p.use(p.item(env), call, env)
	}
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p, Reason: note}, nil
}

// decided judges the department's limit, which ran all the while where it was the promise of missing papers that was watched, and ends that one: by the day on which
// they came, or unjudged where they are still missing.
func (p *Permit) decided(came clock.Date, call process.Call, env Env) {
	k := process.Running(p.Clocks)
	if k == nil || k.Name != Papers {
		p.Judge(call, env.Calendar)
		return
	}
	if came.IsZero() {
		p.Supersede(call)
	} else {
		*k = k.StopReceived(came.Start(), call.Received(), env.Calendar)
	}
	p.decide(env)
	p.Judge(call, env.Calendar)
}
