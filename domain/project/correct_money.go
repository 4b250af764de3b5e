package project

import (
	"reflect"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
)

// CorrectMoneyName is the name of CorrectMoney.
const CorrectMoneyName process.Name = "project.correct_money"

// CorrectMoney says something else of an amount that was entered, with a reason. What was said stays beneath it, with its proof.
type CorrectMoney struct {
	Entry       string             `json:"entry" ask:"choose,required" minLength:"1" maxLength:"10" doc:"The number (seq) of the amount." example:"1"`
	Amount      *funds.Amount      `json:"amount,omitempty" ask:"wan,abroad" doc:"The right amount; what is left out stays as it is." example:"12500000.00"`
	Rate        *funds.Rate        `json:"rate,omitempty" ask:"rate" doc:"The right rate."`
	RateOn      *clock.Date        `json:"rate_on,omitempty" ask:"day" doc:"The day of the rate."`
	RateSource  *string            `json:"rate_source,omitempty" ask:"line" maxLength:"100" doc:"Who gives the rate."`
	Purpose     *string            `json:"purpose,omitempty" ask:"line" maxLength:"400" doc:"What it was for."`
	Excess      *string            `json:"excess,omitempty" ask:"long" maxLength:"4000" doc:"Why it is more than was agreed; required where it is."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Further proof."`
	Reason      string             `json:"reason" ask:"long,required" minLength:"1" maxLength:"4000" doc:"Why, in the actor's words." example:"漏报了一笔设备款。"`
}

// on is what is said of an entry with what was given laid over it.
func (c CorrectMoney) on(was funds.Said) MoneyGiven {
	g := MoneyGiven{Amount: was.Amount, Rate: was.Rate, RateOn: was.RateOn, RateSource: was.RateSource, Purpose: was.Purpose, Excess: was.Excess, Attachments: c.Attachments}
	process.Set(&g.Amount, c.Amount)
	process.Set(&g.RateOn, c.RateOn)
	process.Set(&g.RateSource, c.RateSource)
	process.Set(&g.Purpose, c.Purpose)
	process.Set(&g.Excess, c.Excess)
	if c.Rate != nil {
		g.Rate = c.Rate
	}
	return g
}

// About says who may, and who reads of it.
func (CorrectMoney) About() process.About {
	return process.About{Name: CorrectMoneyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Brings returns the proof.
func (c CorrectMoney) Brings() []process.Evidence { return c.Attachments }

// Fits says that something must be entered. What was entered wrongly is put right after the project has ended, too.
func (CorrectMoney) Fits(p Project, _ process.Actor, _ Env) process.Fit {
	return process.FitsWhen(len(p.entries()) > 0)
}

// Ask offers the amounts.
func (CorrectMoney) Ask(q process.Question, p Project, _ Env) (process.Question, bool) {
	return p.entryAsked(q), true
}

// Decide refuses what RecordMoney refuses of an amount, one that is not there, and a correction that changes nothing. Proof that is there already need not be
// brought again.
func (c CorrectMoney) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	none, p := process.Decision[Project]{}, before.clone()
	var faults process.Faults
	reason := faults.Text(process.Required("reason", c.Reason, process.TextLimit))
	i, err := p.entry(c.Entry)
	if err != nil {
		faults.Note(err)
		return none, faults.Err()
	}
	was := p.Money[i]
	now := c.on(was.Said).said(&p, was, call, env, &faults)
	now.Proof = append(append([]int{}, was.Proof...), now.Proof...)
	if err := faults.Err(); err != nil {
		return none, err
	}
	same := now
	same.ByName, same.On = was.ByName, was.On
	if reflect.DeepEqual(same, was.Said) {
		return none, process.Refuse(process.NothingChanged, "内容没有变化。", "Nothing was changed.")
	}
	p.Money[i] = was.Put(now, reason)
	return process.Decision[Project]{After: p, Reason: reason}, nil
}
