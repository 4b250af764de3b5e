package permit

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Begin notes that the permit was used: construction has begun, so that it does not lapse and the land does not lie idle.
type Begin struct {
	Note  string             `json:"note,omitempty" ask:"long" maxLength:"4000" doc:"A word with it."`
	Files []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"What shows it, a photo of the site."`
}

// BeginName is the name of Begin.
const BeginName process.Name = "permit.begin"

// About says who may, and who reads of it.
func (Begin) About() process.About {
	return process.About{Name: BeginName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Begin) Brings() []process.Evidence { return c.Files }

// Fits says that it is the next step of a permit that waits to be used.
func (Begin) Fits(p Permit, actor process.Actor, _ Env) process.Fit {
	switch {
	case p.in(Issued, Expired) != nil || !p.waits():
		return process.Not
	case p.State == Issued && p.HeldBy(actor):
		return process.Leads
	}
	return process.Beside
}

// Decide refuses a permit that nothing has to begin with, a day before it was issued, and one on which it had lapsed: the day counts on which construction began,
// not the one on which somebody writes it down.
func (c Begin) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(Issued, Expired); err != nil {
		return none, err
	}
	if !p.waits() {
		return none, process.Refuse(process.WrongState, "这项手续没有开工期限。", "Nothing has to begin with this permit.")
	}
	if call.Day().Before(p.IssuedOn) {
		return none, process.Refuse(process.ImpossibleDate, "开工日期 "+call.Day().Chinese()+" 早于发证日期 "+p.IssuedOn.Chinese()+"；确实先开工的，请在项目里用「登记未批先行」如实登记。",
			"It cannot have begun, on "+call.Day().String()+", before the permit was issued, on "+p.IssuedOn.String()+"; if it did, record on the project that it was begun before its permits.").At("occurred_on")
	}
	if !p.inTime(call.Day()) {
		return none, process.Refuse(process.WrongState, "这项手续 "+p.DueOn.Chinese()+" 已经失效，之后才开工的要重新申报。", "The permit lapsed on "+p.DueOn.String()+": what began later needs another one.").After(process.MovedState)
	}
	note, err := process.Optional("note", c.Note, process.TextLimit)
	if err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	p.begun(call.Day(), call, env)
	return process.Decision[Permit]{After: p, Reason: note}, nil
}

// inTime reports whether construction that began on the day made use of the permit: before it lapsed, or with nothing that could lapse.
func (p *Permit) inTime(on clock.Date) bool {
	k := process.Running(p.Clocks)
	return k == nil || k.Name != ToBegin || !on.After(k.DueOn)
}

// begun notes that the permit was used on the day, whenever that was written down: its clock is judged by the day, and one that was taken for lapsed never was.
func (p *Permit) begun(on clock.Date, call process.Call, env Env) {
	if k := process.Running(p.Clocks); k != nil {
		used := call
		if on.Before(call.Day()) {
			used.OccurredAt = on.Start()
		}
		*k = k.StopReceived(used.OccurredAt, used.Received(), env.Calendar)
	}
	p.State, p.BegunOn = Issued, on
	p.use(p.item(env), call, env)
}

// Reschedule counts how often the use of a permit was put off, and refuses more, or longer, than the catalogue lets it be (建筑法 art. 9: twice, three
// months at most each).
func (p *Permit) Reschedule(to clock.Clock, rules process.Rules) error {
	d, _ := rules.(Definition) // the kind's rules are always of this type
	x, _ := d.Item(p.Stage)
	if to.Name == Papers { // what gates ask for
		p.PromisedOn = to.DueOn
	}
	if to.Name != ToBegin || x.StartBy == nil {
		return nil
	}
	longest := x.StartBy.Longest
	if by := to.Extensions[len(to.Extensions)-1].Amount; by > longest {
		return process.RefuseField("amount", fmt.Sprintf("每次最多延期 %d 个月。", longest), fmt.Sprintf("It can be put off by %d months at a time.", longest))
	}
	if p.State != Issued {
		return process.Refuse(process.WrongState, "这项手续已经失效，不能再延期；请重新申报。", "The permit has lapsed and cannot be put off any longer; apply for it again.")
	}
	if p.PutOff >= x.StartBy.Times {
		return process.Refuse(process.WrongState, fmt.Sprintf("开工期限最多延期 %d 次。", x.StartBy.Times), fmt.Sprintf("It can be put off %d times at most.", x.StartBy.Times))
	}
	p.PutOff++
	return nil
}
