package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// ContactName is the name of RecordContact.
const ContactName process.Name = "project.contact"

// RecordContact notes that the other side was spoken to (跟进): how, what was said, and when next. The time until the lead goes back into the pool counts anew.
type RecordContact struct {
	Way    string             `json:"way" ask:"pick,required,words=contact_way,is=call" enum:"visit,reception,call,message,meeting,other" doc:"How: a visit to them, their visit here, a call, a message, a meeting elsewhere." example:"call"`
	With   string             `json:"with,omitempty" ask:"line" maxLength:"100" doc:"Who was spoken to." example:"周经理"`
	Said   string             `json:"said" ask:"long,lines=6,required" minLength:"1" maxLength:"4000" doc:"What was said." example:"对方下月来园区考察标准化厂房。"`
	NextOn clock.Date         `json:"next_on,omitzero" ask:"day" doc:"The day of the next contact; left out: none was agreed." example:"2024-12-20"`
	Files  []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Photos, minutes."`
}

// About says who may, and who reads of it.
func (RecordContact) About() process.About {
	return process.About{Name: ContactName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager, process.LiaisonOfficer), DatedBack: true, Readers: process.Offices}
}

// Brings returns the evidence.
func (c RecordContact) Brings() []process.Evidence { return c.Files }

// Fits says that it lies close at hand as long as the project has to be won, and is the next step once the agreed day has come.
func (RecordContact) Fits(p Project, actor process.Actor, env Env) process.Fit {
	switch {
	case p.Done || p.InPool():
		return process.Not
	case p.first(env, actor) == ContactName:
		return process.Leads
	case p.inHand(actor) && !p.NextContactOn.IsZero() && !env.Today.IsZero() && !env.Today.Before(p.NextContactOn):
		return process.Leads
	case p.won(env):
		return process.Fits
	}
	return process.Beside
}

// Decide refuses a lead in the pool, a day before the project was opened here, and a next contact before this one or before today.
func (c RecordContact) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	if err := p.open(); err != nil {
		return none, err
	}
	if p.InPool() {
		return none, process.InPool()
	}
	var faults process.Faults
	said := faults.Text(process.Required("said", c.Said, process.TextLimit))
	with := faults.Text(process.Optional("with", c.With, 100))
	if !c.NextOn.IsZero() && (c.NextOn.Before(call.Day()) || c.NextOn.Before(call.Today())) {
		faults.Note(process.Refuse(process.ImpossibleDate, "下次跟进日期不能早于今天，也不能早于这次跟进。", "The next contact cannot lie before today or before this one.").At("next_on"))
	}
	var err error
	p.Attachments, err = process.PutOnRecord(p.Attachments, c.Files, env.Uploads, call, process.Place{})
	if faults.Note(err); faults.Err() != nil {
		return none, faults.Err()
	}
	p.Contacts = append(p.Contacts, Contact{Seq: len(p.Contacts) + 1, On: call.Day(), Way: c.Way, With: with, Said: said, NextOn: c.NextOn, ByID: call.Actor.ID, ByName: call.Actor.Name})
	if last := before.lastContact(); !call.Day().Before(last) {
		p.NextContactOn = c.NextOn
	}
	env.Definition.Spoken(p.traveller(env), call.Day(), c.NextOn, call)
	return process.Decision[Project]{After: p}, nil
}

// inPerson are the ways in which the other side is met: a call or a message is no first contact.
var inPerson = []string{"visit", "reception", "meeting"} //nolint:gochecknoglobals // never written

// met is the first time that the other side was met in person, by a day.
func (p Project) met(on clock.Date) lifecycle.Checked {
	for _, c := range p.Contacts {
		if slices.Contains(inPerson, c.Way) && !c.On.After(on) {
			return lifecycle.Checked{Met: true, Waives: true, Says: process.Text{Chinese: c.On.Chinese() + " " + c.ByName + "：" + c.Said, English: c.On.String() + " " + c.ByName + ": " + c.Said}}
		}
	}
	return lifecycle.Checked{Waives: true, Says: process.Text{Chinese: "还没有登记上门、来访或会谈", English: "no visit or meeting is on record"}}
}

// lastContact is the day of the latest contact; none where there was none.
func (p Project) lastContact() clock.Date {
	var last clock.Date
	for _, c := range p.Contacts {
		if c.On.After(last) {
			last = c.On
		}
	}
	return last
}
