package project

import "github.com/parkway-zone/parkway/domain/process"

// TakeBackMoneyName is the name of TakeBackMoney.
const TakeBackMoneyName process.Name = "project.take_back_money"

// TakeBackMoney says that an amount was entered by mistake: for the wrong month, sort, currency or project. It stays, does not count any more, and its month
// can be entered anew.
type TakeBackMoney struct {
	Entry  string `json:"entry" ask:"choose,required" minLength:"1" maxLength:"10" doc:"The number (seq) of the amount." example:"1"`
	Reason string `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"登记错了月份。"`
}

// About says who may, and who reads of it.
func (TakeBackMoney) About() process.About {
	return process.About{Name: TakeBackMoneyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Fits says that something must be entered. What was entered wrongly is put right after the project has ended, too.
func (TakeBackMoney) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(len(p.entries()) > 0)
}

// Ask offers the amounts.
func (TakeBackMoney) Ask(q process.Question, p Project, _ Env) (process.Question, bool) {
	return p.entryAsked(q), true
}

// Decide refuses an amount that is not there, or was taken back before.
func (c TakeBackMoney) Decide(before Project, call process.Call, _ Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	i, err := p.entry(c.Entry)
	faults.Note(err)
	if err := faults.Err(); err != nil {
		return none, err
	}
	said := p.Money[i].Said
	said.ByName, said.On = call.Actor.Name, call.Day()
	p.Money[i] = p.Money[i].Put(said, reason)
	p.Money[i].TakenBack = true
	return process.Decision[Project]{After: p, Reason: reason}, nil
}
