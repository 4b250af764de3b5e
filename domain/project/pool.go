package project

import (
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// InPool reports whether it is a lead that nobody has in hand.
func (p *Project) InPool() bool { return p.State == lifecycle.Pooled }

// LeavePool lets the time until the next contact run again.
func (p *Project) LeavePool(call process.Call, e process.Env) {
	env := kind().Env(e)
	p.State, p.Pool = lifecycle.Active, nil
	env.Definition.Spoken(p.traveller(env), call.Day(), clock.Date{}, call)
}

// intoPool leaves the lead to whoever takes it. Its clock has been ended.
func (p *Project) intoPool(reason, by string, day clock.Date) {
	p.Pool = &Pool{Since: day, Reason: reason, ByName: by, From: p.ManagerName}
	p.State, p.Holder, p.DelegatedBy = lifecycle.Pooled, nil, nil
	p.ManagerID, p.ManagerName, p.NextContactOn = "", "", clock.Date{}
	p.NoDeadline()
}

// Overrun puts a lead back into the pool whose other side nobody spoke to in time. Whoever had it is told. What was merely agreed, behind the stage of leads, is late and stays.
func (p *Project) Overrun(k clock.Clock, call process.Call) []process.Notice {
	last := process.Running(p.Clocks)
	if k.Name != lifecycle.ContactClock || last == nil || last.Name != lifecycle.ContactClock || k.Basis == lifecycle.Promised {
		return nil
	}
	*last = last.Stop(call.RecordedAt, clock.Calendar{}) // its unit is the day, for which no calendar is asked
	told := []process.Notice{{Kind: process.NoticePooled, ToKind: process.HeldByPerson, ToID: p.ManagerID, As: []process.Function{process.AsManager}}}
	days := last.StartedOn.DaysUntil(last.DueOn)
	p.intoPool(fmt.Sprintf("%d 个自然日没有跟进，自动退回线索池", days), "", call.Day())
	return told
}

// ReleaseName is the name of Release.
const ReleaseName process.Name = "project.release"

// Release gives a lead back into the pool (退回线索池), where whoever runs projects can take it.
type Release struct {
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"对方半年内不考虑扩建，暂不跟进。"`
}

// About says who may, and who reads of it.
func (Release) About() process.About {
	return process.About{Name: ReleaseName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that only a lead goes back: a project in a stage whose definition counts the days until the next contact.
func (Release) Fits(p Project, _ process.Actor, env Env) process.Fit {
	return process.FitsWhen(p.underWay() && p.pools(env))
}

func (p Project) pools(env Env) bool {
	stage, ok := p.present(env)
	return ok && stage.Contact != nil
}

// Decide refuses a project that is no lead any more, and one that lies in the pool already.
func (c Release) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	switch {
	case p.InPool():
		return none, process.InPool()
	case p.Suspension != nil:
		return none, process.UnderWay(&p.Case)
	}
	if err := p.open(); err != nil {
		return none, err
	}
	if !p.pools(env) {
		return none, process.Refuse(process.WrongState, "只有线索阶段的项目可以退回线索池；之后请用「终止」或「移交」。", "Only a lead goes back into the pool; later on, end it or hand it over.")
	}
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return none, err
	}
	if k := p.Journey.Running(); k != nil {
		*k = k.Replace(call.Day())
	}
	var told []process.Notice
	if p.ManagerID != call.Actor.ID {
		told = []process.Notice{{Kind: process.NoticePooled, ToKind: process.HeldByPerson, ToID: p.ManagerID, As: []process.Function{process.AsManager}}}
	}
	p.intoPool(reason, call.Actor.Name, call.Day())
	return process.Decision[Project]{After: p, Reason: reason, Notices: told}, nil
}

// TakeName is the name of Take.
const TakeName process.Name = "project.take"

// Take takes a lead out of the pool (领取): whoever does it manages it from then on.
type Take struct{}

// About says who may, and who reads of it.
func (Take) About() process.About {
	return process.About{Name: TakeName, Any: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that it is the next step of what lies in the pool.
func (Take) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	if p.InPool() {
		return process.Leads
	}
	return process.Not
}

// Settled reports whether the actor has taken it already.
func (Take) Settled(on process.Subject, call process.Call) bool {
	p, ok := on.(*Project)
	return ok && !p.InPool() && !p.Done && p.ManagerID == call.Actor.ID && call.Actor.ID != ""
}

// Decide refuses a lead that somebody has: whoever was faster.
func (Take) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	if !p.InPool() {
		return none, process.Taken(p.Case)
	}
	p.ManagerID, p.ManagerName = call.Actor.ID, call.Actor.Name
	p.GiveTo(p.manager(), call.OccurredAt)
	p.LeavePool(call, env.env())
	return process.Decision[Project]{After: p}, nil
}
