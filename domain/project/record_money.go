package project

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
)

// RecordMoneyName is the name of RecordMoney.
const RecordMoneyName process.Name = "project.record_money"

// RecordMoney enters what was invested, or what money came, in one month: one entry for each month, sort, origin and currency. 0 says that there was none.
type RecordMoney struct {
	Month    funds.Month    `json:"month" ask:"month,required" minLength:"7" maxLength:"7" doc:"The month it belongs to." example:"2024-10"`
	Sort     funds.Sort     `json:"sort" ask:"pick,required,words=money_sort,is=done" enum:"done,in_place" doc:"Invested (完成投资), or money that came (到位资金)." example:"done"`
	Origin   funds.Origin   `json:"origin,omitempty" ask:"pick,words=money_origin,is=domestic" enum:"domestic,foreign" doc:"Whose money it is; domestic when left out." example:"domestic"`
	Currency funds.Currency `json:"currency,omitempty" ask:"choose,words=currency,is=CNY" enum:"CNY,USD,EUR,HKD,JPY,GBP,KRW,SGD,AUD,TWD" doc:"CNY when left out." example:"CNY"`
	MoneyGiven
}

// About says who may, and who reads of it.
func (RecordMoney) About() process.About {
	return process.About{Name: RecordMoneyName, Any: process.Of(process.Leader), Own: process.Of(process.ProjectManager), Readers: process.Offices}
}

// Brings returns the proof.
func (c RecordMoney) Brings() []process.Evidence { return c.Attachments }

// Fits says that a project has money from the month on in which it was signed or began, and that one that has ended can still give the figures of the months in which it was being built.
func (RecordMoney) Fits(p Project, _ process.Actor, env Env) process.Fit {
	if p.Done {
		return process.FitsWhen(!p.ConstructionStartedOn.IsZero())
	}
	return process.FitsWhen(!p.SignedOn.IsZero() || !p.ConstructionStartedOn.IsZero() || env.Definition.Committed(p.stage()))
}

// Ask begins with the last month that is over, or in which the project ended, and never with one of before it was signed, or that is entered as the form begins.
func (RecordMoney) Ask(q process.Question, p Project, env Env) (process.Question, bool) {
	if q.Path == "month" && !env.Today.IsZero() {
		q.Value = string(p.nextMonth(env))
	}
	return q, true
}

// nextMonth is the month of which investment is entered next: the last one that is over, else the latest before it that the project owes, else the present one; none where
// all are entered.
func (p Project) nextMonth(env Env) funds.Month {
	last := funds.MonthOf(env.Today).Add(-1)
	if ended := funds.MonthOf(p.closed()); p.Done && ended < last {
		last = ended
	}
	last = max(last, funds.MonthOf(p.SignedOn))
	open := func(m funds.Month) bool {
		e := funds.Entry{Month: m, Sort: funds.Done, Origin: funds.Domestic, Currency: funds.Yuan}
		return p.takesMoney(m, env) == nil && !slices.ContainsFunc(p.Money, func(o funds.Entry) bool { return !o.TakenBack && o.Same(e) })
	}
	if open(last) {
		return last
	}
	for m := last.Add(-1); OwesMonth(m, p.ConstructionStartedOn, p.ProductionOn, p.closed()); m = m.Add(-1) {
		if open(m) {
			return m
		}
	}
	if now := funds.MonthOf(env.Today); open(now) {
		return now
	}
	return ""
}

// Decide refuses a month in the future, one of before the project was signed or in which it was not being built any more, one that is entered already, a currency without its rate of the day, an amount without proof, and one above the agreed
// total without a reason.
func (c RecordMoney) Decide(before Project, call process.Call, env Env) (process.Decision[Project], error) {
	p := before.clone()
	if c.Origin == "" {
		c.Origin = funds.Domestic
	}
	if c.Currency == "" {
		c.Currency = funds.Yuan
	}
	e := funds.Entry{Seq: len(p.Money) + 1, Month: c.Month, Sort: c.Sort, Origin: c.Origin, Currency: c.Currency, Former: []funds.Former{}}
	var faults process.Faults
	switch err := c.Month.Bounds("month"); {
	case err != nil || c.Month == "":
		faults.Note(process.RefuseField("month", "请写成 2026-10 的样子，从 1990 年起。", "Write a month like 2026-10, from 1990 on."))
		return process.Decision[Project]{}, faults.Err()
	case c.Month > funds.MonthOf(call.Today()):
		faults.Note(process.Refuse(process.ImpossibleDate, "不能登记以后的月份。", "A month that lies in the future cannot be entered.").At("month"))
	default:
		faults.Note(p.takesMoney(c.Month, env))
	}
	if i := slices.IndexFunc(p.Money, func(o funds.Entry) bool { return !o.TakenBack && o.Same(e) }); i >= 0 {
		faults.Note(process.RefuseField("month", "已经登记过："+entryName(p.Money[i], true)+"。要改，请用「更正资金」。",
			"It is entered already: "+entryName(p.Money[i], false)+". Correct that one."))
	}
	e.Said = c.said(&p, e, call, env, &faults)
	if err := faults.Err(); err != nil {
		return process.Decision[Project]{}, err
	}
	p.Money = append(p.Money, e)
	return process.Decision[Project]{After: p, Reason: e.Excess}, nil
}
