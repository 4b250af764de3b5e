package permit

import (
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Apply notes that the permit was applied for: the ball is with the department from then on. It can be given to the department where that works with
// Parkway; where it does not, it lies with the department all the same, outside the system, and whoever runs the permit urges it.
type Apply struct {
	Sort    string             `json:"sort,omitempty" ask:"choose" maxLength:"60" doc:"Of one with several sorts, which." example:"table"`
	Receipt string             `json:"receipt,omitempty" ask:"line" maxLength:"100" doc:"The number of the application." example:"2024-341324-0086"`
	ToKind  process.HolderKind `json:"to_kind,omitempty" enum:"person,unit,enterprise" doc:"What sort of party gets it."`
	ToID    string             `json:"to_id,omitempty" ask:"party,for=staff" doc:"The department that gets it, where it works with Parkway."`
	Files   []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The application and its papers."`
}

// ApplyName is the name of Apply.
const ApplyName process.Name = "permit.apply"

// About says who may, and who reads of it.
func (Apply) About() process.About {
	return process.About{Name: ApplyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer, process.Enterprise), DatedBack: true, Readers: process.FactOnly}
}

// Mentions returns the department.
func (c Apply) Mentions() []string { return []string{c.ToID} }

// Brings returns the evidence.
func (c Apply) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step of what is needed.
func (Apply) Fits(p Permit, actor process.Actor, _ Env) process.Fit {
	switch {
	case p.in(unapplied()...) != nil:
		return process.Not
	case p.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// Ask asks for the sort of a permit that has several.
func (Apply) Ask(f process.Question, p Permit, env Env) (process.Question, bool) {
	if f.Path != "sort" {
		return f, true
	}
	for _, v := range p.item(env).Variants {
		f.Choices = append(f.Choices, process.Choice{Value: v.ID, Text: v.Name})
	}
	f.Required = len(f.Choices) > 0
	return f, len(f.Choices) > 0
}

// unapplied are the states in which a permit can be applied for: nobody decides on it.
func unapplied() []string { return []string{Needed, PreExamined, Refused, Expired, Revoked} }

// Decide refuses a permit that was applied for already, and a sort that it does not have.
func (c Apply) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(unapplied()...); err != nil {
		return none, err
	}
	if err := p.after(call.Day(), "occurred_on"); err != nil {
		return none, err
	}
	if err := p.sorted(c.Sort, env); err != nil {
		return none, err
	}
	var err error
	if p.Receipt, err = process.Optional("receipt", c.Receipt, 100); err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round + 1}); err != nil {
		return none, err
	}
	p.Judge(call, env.Calendar)
	p.applied(call.Day())
	if x := p.item(env); x.From == FromApplication && x.limit(p.Sort) != nil {
		p.start(clock.Start(ToDecide, *x.limit(p.Sort), call.OccurredAt, env.Calendar), env)
	}
	if c.ToID != "" {
		party, err := env.Directory.Find(c.ToKind, c.ToID)
		if err != nil {
			return none, process.Pointing(err, "to_id")
		}
		if party.Kind == process.HeldByEnterprise || party.EnterpriseID != "" {
			return none, process.RefuseField("to_id", "请选择受理的部门或经办人。", "Choose the department that takes it.")
		}
		if party.Kind == process.HeldByPerson {
			if err := able(party, "to_id", process.Of(process.Department, process.ProjectManager, process.LiaisonOfficer, process.Leader)); err != nil {
				return none, err
			}
		}
		p.GiveTo(party, call.OccurredAt)
	} else {
		p.toDepartment(call, env)
	}
	process.Follow(&p, call, env.Env)
	return process.Decision[Permit]{After: p}, nil
}

// after refuses an application that lies before what went before it: the pre-examination, the refusal of the round before, or the day on which the permit lapsed.
func (p *Permit) after(day clock.Date, field string) error {
	last := p.PreExaminedOn
	if n := len(p.Clocks); n > 0 && p.Round > 0 {
		switch k := p.Clocks[n-1]; {
		case p.State == Expired:
			last = k.DueOn
		case p.State == Refused && !k.StoppedOn.IsZero():
			last = k.StoppedOn
		}
	}
	if !last.IsZero() && day.Before(last) {
		return process.Refuse(process.ImpossibleDate, "申报日期早于预审、上一轮不予许可或失效的日期 "+last.Chinese()+"。",
			"It cannot have been applied for before it was pre-examined, refused the last time, or had lapsed, on "+last.String()+".").At(field)
	}
	return nil
}

// applied begins another round: what the one before led to is no longer so.
func (p *Permit) applied(on clock.Date) {
	p.State, p.Round, p.AppliedOn = Applied, p.Round+1, on
	p.AcceptedOn, p.IssuedOn, p.ValidUntil, p.BegunOn, p.PromisedOn = clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}, clock.Date{}
	p.Certificate, p.Missing, p.Excuse, p.PutOff = "", "", "", 0
	p.SuppliedOn, p.PapersOwed = clock.Date{}, false
}

// sorted notes the sort of a permit that has several.
func (p *Permit) sorted(sort string, env Env) error {
	x := p.item(env)
	if sort == "" && len(x.Variants) > 0 && p.Sort == "" {
		return process.RefuseField("sort", "请选择类别。", "Choose which sort it is.")
	}
	if sort == "" {
		return nil
	}
	for _, v := range x.Variants {
		if v.ID == sort {
			p.Sort = sort
			return nil
		}
	}
	return process.RefuseField("sort", "这项手续没有这个类别，请重新选择。", "The permit has no such sort; choose again.")
}
