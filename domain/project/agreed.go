package project

import (
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Wakes is the morning of the day that was agreed for the next contact. Where that day is the deadline itself its ladder reminds of it; beside a limit of the stage, or
// the days until a lead goes back into the pool, nobody else does.
func (p *Project) Wakes() (at time.Time, name string) {
	if p.NextContactOn.IsZero() || p.ContactToldOn == p.NextContactOn || p.InPool() || p.Suspension != nil || p.agreedIsDue() {
		return time.Time{}, ""
	}
	return p.NextContactOn.Start().Add(process.Morning), process.OwnWake + "contact/" + p.NextContactOn.String()
}

// agreedIsDue reports whether the clock that runs ends on the day that was agreed.
func (p *Project) agreedIsDue() bool {
	k := p.Journey.Running()
	return k != nil && k.Name == lifecycle.ContactClock && k.DueOn == p.NextContactOn
}

// AgreedFirst is the day that was agreed for the next contact, where it comes before the deadline; none where the deadline comes first, or is that day.
func (p Project) AgreedFirst() clock.Date {
	if p.Done || p.InPool() || p.NextContactOn.IsZero() || !p.DueOn.IsZero() && !p.NextContactOn.Before(p.DueOn) || p.agreedIsDue() {
		return clock.Date{}
	}
	return p.NextContactOn
}

// Pools reports whether the project goes back into the pool of leads at its deadline.
func (p Project) Pools(d lifecycle.Definition) bool {
	k := p.Journey.Running()
	stage, err := d.Stage(lifecycle.StageID(p.Stage))
	return err == nil && stage.Contact != nil && k != nil && k.Name == lifecycle.ContactClock && k.Basis != lifecycle.Promised
}

// longPast is after how many days nobody is reminded of an agreed day any more: a week's stop of the machine or of the project is caught up on, what was agreed for last
// spring is not (it stands on the project's page).
const longPast = 7

// Wake tells whoever manages the project that the agreed day has come. It also comes late: at the first deed on a project of before there were such reminders, and after it
// stood still.
func (p *Project) Wake(call process.Call, _ process.Env) process.Deed {
	p.ContactToldOn = p.NextContactOn
	if p.NextContactOn.AddDays(longPast).Before(call.Day()) {
		return process.Deed{Reason: "约定 " + p.NextContactOn.Chinese() + "跟进，早已过期，不再提醒"}
	}
	return process.Deed{Reason: "约定 " + p.NextContactOn.Chinese() + "跟进",
		Notices: []process.Notice{{Kind: process.NoticeContact, ToKind: process.HeldByPerson, ToID: p.ManagerID, As: []process.Function{process.AsManager}}}}
}
