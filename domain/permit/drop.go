package permit

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Drop takes back what was applied for, or gives up what was on file.
type Drop struct {
	Reason string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why." example:"方案调整，撤回后重新申报。"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Papers that show it."`
}

// DropName is the name of Drop.
const DropName process.Name = "permit.withdraw"

// About says who may, and who reads of it.
func (Drop) About() process.About {
	return process.About{Name: DropName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), DatedBack: true, Readers: process.FactOnly}
}

// Brings returns the evidence.
func (c Drop) Brings() []process.Evidence { return c.Files }

// Decide refuses a permit that is there.
func (c Drop) Decide(before Permit, call process.Call, env Env) (process.Decision[Permit], error) {
	p := before.clone()
	return p.end(Dropped, c.Reason, c.Files, call, env, unissued()...)
}

// Fits says that what is there already is not taken back.
func (Drop) Fits(p Permit, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(!p.Done && p.State != Issued)
}

// Heed follows the project: when it has ended, what was open ends with it; when construction has begun, what had to be used by then was used.
func (p *Permit) Heed(parent process.Parent, call process.Call, env process.Env) string {
	e := process.UnderOf[Definition](env)
	switch {
	case parent.Done:
		p.Supersede(call)
		p.Excuse = "项目已经结束"
		if !slices.Contains([]string{Issued, Expired, Revoked}, p.State) { // what was issued stays so, and what has lapsed or was revoked too
			p.State = Dropped
		}
		p.Close(call.OccurredAt)
		return p.Excuse
	case slices.Contains([]string{Issued, Expired}, p.State) && p.BegunOn.IsZero() && !parent.Began.IsZero() && p.waits() && p.inTime(parent.Began):
		p.begun(parent.Began, call, e)
		return "项目已经开工"
	}
	return ""
}

// Rebegin follows the day on which construction of the project began, where that is corrected; where it is taken back, what was settled by it has to be used again.
func (p *Permit) Rebegin(was clock.Date, parent process.Parent, call process.Call, env process.Env) string {
	if was.IsZero() || p.State != Issued || p.BegunOn != was || parent.Done {
		return ""
	}
	if p.BegunOn = parent.Began; !parent.Began.IsZero() {
		return "项目开工日期改为 " + parent.Began.String()
	}
	e := process.UnderOf[Definition](env)
	p.Supersede(call)
	p.open()
	p.use(p.item(e), call, e)
	return "项目的开工登记已经撤回"
}

// waits reports whether it has to be used, and was not yet.
func (p *Permit) waits() bool {
	k := process.Running(p.Clocks)
	return k != nil && (k.Name == ToBegin || k.Name == IdleLand)
}
