package permit

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Issue notes that the permit is there, with its number. One that was got before anybody put it on file is issued with the day it was applied for.
type Issue struct {
	Certificate string             `json:"certificate,omitempty" ask:"line" maxLength:"100" doc:"Its number; compulsory where it has one." example:"341324202411250101"`
	AppliedOn   clock.Date         `json:"applied_on,omitzero" ask:"day" doc:"Where the application was not on file: when it was applied for." example:"2024-11-01"`
	Sort        string             `json:"sort,omitempty" ask:"choose" maxLength:"60" doc:"Of one with several sorts, where the application was not on file." example:"table"`
	ValidUntil  clock.Date         `json:"valid_until,omitzero" ask:"day" doc:"Its last day, where it has one." example:"2029-11-25"`
	SuppliedOn  clock.Date         `json:"supplied_on,omitzero" ask:"day" doc:"Of one that was accepted with papers missing: when they came; left out, they are still missing and stay promised." example:"2024-11-20"`
	BeginBy     clock.Date         `json:"begin_by,omitzero" ask:"day" doc:"Of a land contract: the day that was agreed for the start of construction." example:"2025-06-30"`
	AllTheSame  string             `json:"all_the_same,omitempty" ask:"line,sometimes,again" maxLength:"200" doc:"Where its number is another 项目代码 than the project has on file: why it is so all the same. Without it that is refused." example:"按新的备案办理"`
	Files       []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"The certificate."`
}

// IssueName is the name of Issue.
const IssueName process.Name = "permit.issue"

// About says who may, and who reads of it.
func (Issue) About() process.About {
	return process.About{Name: IssueName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.Department, process.LiaisonOfficer), DatedBack: true, Readers: process.Everyone}
}

// Brings returns the evidence.
func (c Issue) Brings() []process.Evidence { return c.Files }

// unissued are the states that a permit can be issued from: the application may not have been on file.
func unissued() []string { return append(unapplied(), Applied, Accepted, Deferred) }

// Fits says that it is the department's next step once it was accepted.
func (Issue) Fits(p Permit, actor process.Actor, _ Env) process.Fit {
	switch {
	case p.in(unissued()...) != nil:
		return process.Not
	case p.State == Accepted && p.HeldBy(actor) && actor.Has(process.Department):
		return process.Leads
	case p.State == Applied || p.State == Accepted:
		return process.Beside
	}
	return process.Fits
}

// Ask asks only for what the permit has.
func (Issue) Ask(f process.Question, p Permit, env Env) (process.Question, bool) {
	x, onFile := p.item(env), slices.Contains([]string{Applied, Accepted, Deferred}, p.State)
	switch f.Path {
	case "certificate":
		f.Required = !x.Numberless
	case "applied_on":
		return f, !onFile
	case "sort":
		if onFile || len(x.Variants) == 0 {
			return f, false
		}
		return Apply{}.Ask(f, p, env)
	case "supplied_on":
		return f, p.State == Deferred
	case "begin_by":
		f.Required = x.IdleLand
		return f, x.IdleLand
	}
	return f, true
}

// Decide refuses a permit that is issued before it was applied for, one whose last day lies before it, and one without its number.
func (c Issue) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	none, p := process.Decision[Permit]{}, before.clone()
	if err := p.in(unissued()...); err != nil {
		return none, err
	}
	x := p.item(env)
	if err := c.late(&p, call, env); err != nil {
		return none, err
	}
	var err error
	if p.Certificate, err = process.Optional("certificate", c.Certificate, 100); err != nil {
		return none, err
	}
	switch {
	case p.Certificate == "" && !x.Numberless:
		return none, process.RefuseField("certificate", "请填写证号或文号。", "Give its number.")
	case !c.ValidUntil.IsZero() && c.ValidUntil.Before(call.Day()):
		return none, process.Refuse(process.ImpossibleDate, "有效期早于发证日期 "+call.Day().Chinese()+"。", "Its last day lies before the day it was issued, "+call.Day().String()+".").At("valid_until")
	case x.IdleLand && c.BeginBy.IsZero():
		return none, process.RefuseField("begin_by", "请填写合同约定的动工日期。", "Give the day that was agreed for the start of construction.")
	case !x.IdleLand && !c.BeginBy.IsZero():
		return none, process.RefuseField("begin_by", "只有土地出让合同才约定动工日期，这项手续不用填写。", "Only a land contract agrees on a day for the start; this permit has none.")
	case !c.SuppliedOn.IsZero() && p.State != Deferred:
		return none, process.RefuseField("supplied_on", "这项手续不是容缺受理的，没有要补齐的材料。", "It was not accepted with papers missing: there are none to come.")
	case !c.SuppliedOn.IsZero() && (c.SuppliedOn.Before(p.AcceptedOn) || c.SuppliedOn.After(call.Day())):
		return none, process.Refuse(process.ImpossibleDate, "材料补齐的日期要在受理 "+p.AcceptedOn.Chinese()+" 以后、发证 "+call.Day().Chinese()+" 以前。",
			"The papers came between the acceptance, on "+p.AcceptedOn.String()+", and the issue, on "+call.Day().String()+".").At("supplied_on")
	case !c.BeginBy.IsZero() && c.BeginBy.Before(call.Day()):
		return none, process.Refuse(process.ImpossibleDate, "约定动工日期早于签订日期。", "The day agreed for the start lies before the contract.").At("begin_by")
	}
	if err := p.agrees("", c.AllTheSame, call, env); err != nil {
		return none, err
	}
	if p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{Round: p.Round}); err != nil {
		return none, err
	}
	if p.State == Deferred {
		p.SuppliedOn, p.PapersOwed = c.SuppliedOn, c.SuppliedOn.IsZero()
	}
	p.decided(c.SuppliedOn, call, env)
	p.State, p.IssuedOn, p.ValidUntil, p.BeginBy = Issued, call.Day(), c.ValidUntil, c.BeginBy
	p.use(x, call, env)
	var told []process.Notice
	if p.Case.Done {
		told = process.TellTeam(&p, process.NoticeClosed)
	}
	return process.Decision[Permit]{After: p, Reason: process.Joined(p.Certificate, c.AllTheSame), Notices: told, Follow: append(p.then(x, env), p.tells("", env)...)}, nil
}

// late catches up with the application, where that was not on file, and refuses what was issued before it.
func (c Issue) late(p *Permit, call process.Call, env Env) error {
	if slices.Contains([]string{Applied, Accepted, Deferred}, p.State) {
		if err := lately(call, p.AcceptedOn, "发证日期早于受理日期", "It cannot have been issued before it was accepted,"); err != nil {
			return err
		}
		if err := lately(call, p.AppliedOn, "发证日期早于申报日期", "It cannot have been issued before it was applied for,"); err != nil {
			return err
		}
		return c.known(*p)
	}
	switch {
	case c.AppliedOn.IsZero():
		return process.RefuseField("applied_on", "还没有登记申报；请先登记申报，或者补填申报日期。", "It has not been applied for; record the application, or say when that was.")
	case c.AppliedOn.Year() < 1990:
		return process.Refuse(process.ImpossibleDate, "申报日期早于 1990 年，请核对。", "It cannot have been applied for before 1990.").At("applied_on")
	case c.AppliedOn.After(call.Day()):
		return process.Refuse(process.ImpossibleDate, "发证日期 "+call.Day().Chinese()+" 早于申报日期 "+c.AppliedOn.Chinese()+"。",
			"It cannot have been issued, on "+call.Day().String()+", before it was applied for, on "+c.AppliedOn.String()+".").At("applied_on")
	}
	if p.State == Refused || p.State == Expired {
		if err := p.after(c.AppliedOn, "applied_on"); err != nil {
			return err
		}
	}
	if err := p.sorted(c.Sort, env); err != nil {
		return err
	}
	p.applied(c.AppliedOn)
	return nil
}

// known refuses to say of an application that is on file what it does not say: nothing that somebody sends is thrown away unsaid.
func (c Issue) known(p Permit) error {
	var faults process.Faults
	if c.Sort != "" && c.Sort != p.Sort {
		faults.Note(process.RefuseField("sort", "申报时登记的是另一个类别；类别登记错了的，发证以后用「更正」。", "It was applied for as another sort; correct it once it is issued."))
	}
	if !c.AppliedOn.IsZero() && c.AppliedOn != p.AppliedOn {
		faults.Note(process.RefuseField("applied_on", "已经登记 "+p.AppliedOn.Chinese()+" 申报；日期登记错了的，发证以后用「更正」。", "It is on file as applied for on "+p.AppliedOn.String()+"; correct that once it is issued."))
	}
	return faults.Err()
}

// use starts the clock of what has to be done with the permit: it has to be used, or its last day is watched; one that only has to be there is closed.
func (p *Permit) use(x Item, call process.Call, env Env) {
	if parent := env.Found.Parent; parent != nil && p.BegunOn.IsZero() && (x.StartBy != nil || x.IdleLand) {
		p.BegunOn = parent.Began
	}
	next, watched := p.watch(x, call, env)
	switch papers := clock.StartUntil(Papers, p.Missing, call.Day(), p.PromisedOn, env.Calendar); {
	case p.PapersOwed && (!watched || !next.DueOn.Before(papers.DueOn)): // what comes first is watched first
		p.start(papers, env)
	case watched:
		p.start(next, env)
	default:
		p.Close(call.OccurredAt)
		return
	}
	p.back(call, env, "")
	process.Follow(p, call, env.Env)
}

// watch is the clock of what has to be done with the permit; false where nothing has to.
func (p *Permit) watch(x Item, call process.Call, env Env) (clock.Clock, bool) {
	switch {
	case x.StartBy != nil && p.BegunOn.IsZero():
		return p.toBegin(x, env), true
	case x.IdleLand && p.BegunOn.IsZero():
		return clock.StartUntil(IdleLand, p.Certificate, call.Day(), p.BeginBy, env.Calendar), true
	case !p.ValidUntil.IsZero():
		return clock.StartUntil(Valid, p.Certificate, call.Day(), p.ValidUntil, env.Calendar), true
	}
	return clock.Clock{}, false
}

// toBegin is within what time it has to be used: three months from its issue, and as much longer as its use was put off.
func (p *Permit) toBegin(x Item, env Env) clock.Clock {
	k := clock.Start(ToBegin, x.StartBy.Limit, p.IssuedOn.Start(), env.Calendar)
	for i := len(p.Clocks) - 1; p.PutOff > 0 && i >= 0; i-- {
		if was := p.Clocks[i]; was.Name == ToBegin && was.DueOn.After(k.DueOn) {
			return clock.StartUntil(ToBegin, was.Basis, p.IssuedOn, was.DueOn, env.Calendar)
		}
	}
	return k
}

// then says what has to be applied for once this one is there, each with its day: what is on file of the same part and waits gets the day, and what is not is put on file.
func (p Permit) then(x Item, env Env) []process.FollowUp {
	var follow []process.FollowUp
	for _, t := range x.Then {
		by := clock.Start(ToApply, t.Within, p.IssuedOn.Start(), env.Calendar).DueOn
		because := x.Name.Chinese + " " + p.IssuedOn.String() + "；" + t.Within.Basis
		on := slices.DeleteFunc(slices.Clone(env.Found.Children), func(c process.Child) bool { return c.Slot != t.Item || !samePart(c.Part, p.Part) || c.State == Dropped })
		for _, c := range on {
			if c.State == Needed || c.State == PreExamined {
				follow = append(follow, process.FollowUp{Kind: Kind, CaseID: c.ID, Command: PlanName, Input: Plan{ApplyBy: by, Reason: because}})
			}
		}
		if len(on) == 0 {
			follow = append(follow, process.FollowUp{Kind: Kind, Command: RequireName, Input: Require{Project: p.ParentID, Item: t.Item, Part: p.Part, Need: Needed, ApplyBy: by, Because: because}})
		}
	}
	return follow
}

// Overrun lets a permit lapse that was not used in time (建筑法 art. 9) or whose last day is over: the ladder tells of it, and it can be applied for anew.
func (p *Permit) Overrun(k clock.Clock, _ process.Call) []process.Notice {
	if (k.Name == ToBegin || k.Name == Valid) && p.State == Issued {
		p.State = Expired
	}
	return nil
}
