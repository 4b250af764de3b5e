package project

import (
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
)

// implausible is how many times the agreed total an amount has to be for its unit to be wrong whatever its reason: 元 typed for 万元 is ten thousand times.
const implausible = 100

// MoneyGiven is what is said of an amount, in a form: the amount, its rate of the day where it is no yuan, what it was for, and its proof.
type MoneyGiven struct {
	Amount      funds.Amount       `json:"amount" ask:"wan,required,abroad" doc:"In the currency chosen, in its ones and hundredths, not in ten thousands; 0 says that there was none in the month." example:"12000000.00"`
	Rate        *funds.Rate        `json:"rate,omitempty" ask:"rate" doc:"What one unit of the currency was worth in yuan; required unless the currency is CNY." example:"7.1234"`
	RateOn      clock.Date         `json:"rate_on,omitzero" ask:"day" doc:"The day of the rate; required with a rate."`
	RateSource  string             `json:"rate_source,omitempty" ask:"line" maxLength:"100" doc:"Who gives the rate; required with a rate." example:"中国外汇交易中心中间价"`
	Purpose     string             `json:"purpose,omitempty" ask:"line" maxLength:"400" doc:"What it was for." example:"1#、2# 厂房工程款"`
	Excess      string             `json:"excess,omitempty" ask:"long" maxLength:"4000" doc:"Why it is more than was agreed; required where it is."`
	Attachments []process.Evidence `json:"attachments,omitempty" ask:"files,many" doc:"Its proof: vouchers, statements; required of an amount above 0."`
}

// said checks what was given of an entry and puts its proof on record; what is proven already need not be proven again. The project is the one that it belongs to.
func (g MoneyGiven) said(p *Project, e funds.Entry, call process.Call, env Env, faults *process.Faults) funds.Said {
	proven := len(e.Proof) > 0
	s := funds.Said{Amount: g.Amount, Rate: g.Rate, RateOn: g.RateOn, Proof: []int{}, ByName: call.Actor.Name, On: call.Day()}
	s.RateSource = faults.Text(process.Optional("rate_source", g.RateSource, 100))
	s.Purpose = faults.Text(process.Optional("purpose", g.Purpose, 400))
	s.Excess = faults.Text(process.Optional("excess", g.Excess, process.TextLimit))
	faults.Note(g.Amount.Bounds("amount"))
	rated(e, s, call, faults)
	if e.Said = s; faults.Err() == nil {
		faults.Note(p.within(e))
	}
	if len(g.Attachments) == 0 && g.Amount > 0 && !proven && call.Actor.Type != process.Import { // what is brought over has its proof where it came from
		faults.Note(process.RefuseField("attachments", "请附上凭证，例如付款凭证、银行回单或报表。", "Bring its proof: a voucher, a bank slip or a statement."))
	}
	before := len(p.Attachments)
	var err error
	if p.Attachments, err = process.PutOnRecord(p.Attachments, g.Attachments, env.Uploads, call, process.Place{}); err != nil {
		faults.Note(err)
		return s
	}
	for _, a := range p.Attachments[before:] {
		s.Proof = append(s.Proof, a.Number)
	}
	return s
}

// rated finds fault with the rate of an entry: yuan have none, and every other currency has one of its day, with who gives it.
func rated(e funds.Entry, s funds.Said, call process.Call, faults *process.Faults) {
	if e.Currency == funds.Yuan {
		if s.Rate != nil || !s.RateOn.IsZero() || s.RateSource != "" {
			faults.Note(process.RefuseField("rate", "人民币没有汇率；如果是外币，请选择币种。", "Yuan have no rate; choose the currency if it is another one."))
		}
		return
	}
	if s.Rate == nil {
		faults.Note(process.RefuseField("rate", "请填写当日汇率：1 单位外币折合多少元人民币，例如 7.1234。", "Give the rate of the day: what one unit was worth in yuan, like 7.1234."))
	} else {
		if err := s.Rate.Bounds("rate"); err != nil {
			faults.Note(err)
		} else {
			faults.Note(s.Rate.Plausible("rate", e.Currency))
		}
	}
	switch earliest := e.Month.First().AddDays(-10); { // the last day on which rates were published before a month that begins with days off
	case s.RateOn.IsZero():
		faults.Note(process.RefuseField("rate_on", "请填写是哪一天的汇率。", "Give the day of the rate."))
	case s.RateOn.After(call.Today()):
		faults.Note(process.Refuse(process.ImpossibleDate, "汇率的日期不能晚于今天。", "The day of a rate cannot lie after today.").At("rate_on"))
	case s.RateOn.Before(earliest) || s.RateOn.After(e.Month.Last()):
		faults.Note(process.Refuse(process.ImpossibleDate, "汇率应是当月的（"+earliest.String()+" 至 "+e.Month.Last().String()+"）。",
			"The rate is one of the month ("+earliest.String()+" to "+e.Month.Last().String()+").").At("rate_on"))
	}
	if s.RateSource == "" {
		faults.Note(process.RefuseField("rate_source", "请填写汇率来源，例如 中国外汇交易中心中间价。", "Say who gives the rate."))
	}
}

// within asks an amount back that brings the project above its agreed total without a reason, or so far that its unit must be wrong. Nothing is guessed.
func (p *Project) within(e funds.Entry) error {
	if p.Investment <= 0 {
		if e.Amount == 0 {
			return nil
		}
		return process.RefuseField("amount", "这个项目还没有约定总投资，金额没法核对；请先用「修改信息」填写。", "The project has no agreed total yet to hold the amount against: fill it in by correcting its facts first.")
	}
	agreed := funds.Amount(p.Investment)
	if i := slices.IndexFunc(p.Money, func(o funds.Entry) bool { return o.Seq == e.Seq }); e.Amount == 0 || i >= 0 && !p.Money[i].TakenBack && e.Yuan() <= p.Money[i].Yuan() {
		return nil // it adds nothing
	}
	all := funds.Totalled(p.Money, func(o funds.Entry) bool { return o.Sort == e.Sort && o.Seq != e.Seq }).Yuan + e.Yuan()
	if all <= agreed {
		return nil
	}
	far := e.Yuan()/implausible > agreed
	if e.Excess != "" && !far {
		return nil
	}
	chinese := fmt.Sprintf("连同这一笔共 %s 万元，超过约定总投资 %s 万元。", all.Wan(), agreed.Wan())
	english := fmt.Sprintf("With this amount it is %s 万元, more than the agreed total of %s 万元. ", all.Wan(), agreed.Wan())
	if fits := e.Amount / 10_000; e.Yuan()/10_000 <= agreed {
		chinese += fmt.Sprintf("这一笔是 %s 万（%s），单位对吗？如果本来是 %s，请写成「%s万」。", e.Amount.Wan(), e.Amount, fits, fits.Wan())
		english += fmt.Sprintf("The amount is %s; if %s is meant, write that. ", e.Amount, fits)
	}
	if far {
		return process.RefuseField("amount", chinese+"如果无误，请先更正约定总投资。", english+"If it is right, correct the agreed total first.")
	}
	return process.RefuseField("amount", chinese+"确实超出的，请填写超出约定的原因。", english+"If it really is more, say why.").
		With(process.Field{Name: "excess", Chinese: "超过约定总投资，要写明原因。", English: "It is more than was agreed: say why."})
}

// covers refuses an agreed total that the amounts on record do not fit: none at all, or less than they come to, unless one of them says why they are more.
func (p *Project) covers() error {
	for _, sort := range []funds.Sort{funds.Done, funds.InPlace} {
		of := func(e funds.Entry) bool { return e.Sort == sort && !e.TakenBack }
		all, agreed := funds.Totalled(p.Money, of).Yuan, funds.Amount(p.Investment)
		explained := slices.ContainsFunc(p.Money, func(e funds.Entry) bool { return of(e) && e.Excess != "" })
		far := slices.ContainsFunc(p.Money, func(e funds.Entry) bool { return of(e) && e.Yuan()/implausible > agreed })
		switch what := sortName(sort); {
		case all == 0:
		case agreed <= 0:
			return process.RefuseField("investment", "已经登记"+what.Chinese+" "+all.Wan()+" 万元，约定总投资不能清空；写错了请改成正确的。", "There is "+what.English+" of "+all.Wan()+" 万元 on record: the agreed total cannot be emptied; correct it instead.")
		case far:
			return process.RefuseField("investment", "已登记的"+what.Chinese+"里有一笔是约定总投资 "+agreed.Wan()+" 万元的 100 倍以上，单位对吗？请先更正其中写错的。", "An amount of "+what.English+" is more than a hundred times the agreed total of "+agreed.Wan()+" 万元: is the unit right? Correct what is wrong first.")
		case all > agreed && !explained:
			return process.RefuseField("investment", "已登记"+what.Chinese+"共 "+all.Wan()+" 万元，超过约定总投资 "+agreed.Wan()+" 万元。确实超出的，请先用「更正资金」在其中一笔写明超出约定的原因。", "There is "+what.English+" of "+all.Wan()+" 万元 on record, more than the agreed total of "+agreed.Wan()+" 万元. If it really is more, correct one of the amounts first to say why.")
		}
	}
	return nil
}

// keepsMoney refuses other days of signing and beginning that leave amounts on record in months of before.
func (p *Project) keepsMoney(before Project, env Env) error {
	field := "signed_on"
	if p.SignedOn == before.SignedOn {
		field = "construction_started_on"
	}
	for _, e := range p.entries() {
		if p.ofItsTime(e.Month, env) != nil && before.ofItsTime(e.Month, env) == nil {
			return process.Refuse(process.ImpossibleDate, "已经登记 "+string(e.Month)+" 的资金，它会早于签约和开工；请先核对是哪一个写错了。",
				"There is money of "+string(e.Month)+" on record, which would lie before the signing and the beginning: check which of them is wrong first.").At(field)
		}
	}
	return nil
}

// takesMoney refuses a month of which the project cannot have money: of before it was signed, or, once it has ended, one of which it owes none.
func (p *Project) takesMoney(m funds.Month, env Env) error {
	if p.Done {
		if closed := p.closed(); !OwesMonth(m, p.ConstructionStartedOn, p.ProductionOn, closed) || m > funds.MonthOf(closed) {
			return process.Refuse(process.Closed, "项目已经结束，只能补登它在建期间的月份。", "The project is closed: only months in which it was being built can still be entered.").At("month").After(process.MovedDone)
		}
	}
	return p.ofItsTime(m, env)
}

// ofItsTime refuses a month of before the project was signed, or began.
func (p *Project) ofItsTime(m funds.Month, env Env) error {
	signed, begun := funds.MonthOf(p.SignedOn), funds.MonthOf(p.ConstructionStartedOn)
	switch {
	case begun != "" && m >= begun || signed != "" && m >= signed:
		return nil
	case signed != "":
		return process.Refuse(process.ImpossibleDate, "项目 "+string(signed)+" 才签约，不能登记 "+string(m)+" 的资金；请核对月份。",
			"The project was signed in "+string(signed)+" and has no money of "+string(m)+": check the month.").At("month")
	case !env.Definition.Committed(p.stage()):
		return process.RefuseField("month", "项目还没有签约，还不能登记资金。", "The project is not signed yet: it has no money to enter.")
	}
	return process.RefuseField("month", "项目没有登记签约日期，"+string(m)+" 是不是签约以后的月份没法核对；请先用「修改信息」填写签约日期。",
		"The day of signing is not on record, so nobody can tell whether "+string(m)+" lies after it: fill it in by correcting the facts first.")
}

// closed is the day on which the project ended.
func (p *Project) closed() clock.Date {
	if p.ClosedAt == nil {
		return clock.Date{}
	}
	return clock.DateOf(*p.ClosedAt)
}

// entries are the amounts of the project that count.
func (p Project) entries() []funds.Entry {
	return slices.DeleteFunc(slices.Clone(p.Money), func(e funds.Entry) bool { return e.TakenBack })
}

// entryAsked offers the amounts of the project, the latest month first, where a question asks for one.
func (p Project) entryAsked(q process.Question) process.Question {
	if q.Path != "entry" {
		return q
	}
	all := p.entries()
	slices.SortStableFunc(all, func(a, b funds.Entry) int {
		if a.Month == b.Month {
			return a.Seq - b.Seq
		}
		if a.Month > b.Month {
			return -1
		}
		return 1
	})
	for _, e := range all {
		q.Choices = append(q.Choices, process.Choice{Value: e.ElementName(0), Text: process.Text{Chinese: entryName(e, true), English: entryName(e, false)}})
	}
	return q
}

// sortName is what a sort of money is called.
func sortName(s funds.Sort) process.Text {
	if s == funds.InPlace {
		return process.Text{Chinese: "到位资金", English: "money in place"}
	}
	return process.Text{Chinese: "完成投资", English: "investment done"}
}

// entryName is what an amount is called where one is chosen or named in a refusal.
func entryName(e funds.Entry, chinese bool) string {
	sort, origin := sortName(e.Sort).English, "domestic"
	if chinese {
		sort, origin = sortName(e.Sort).Chinese, "内资"
	}
	if e.Origin == funds.Foreign {
		if origin = "foreign"; chinese {
			origin = "外资"
		}
	}
	if chinese {
		return fmt.Sprintf("%s %s（%s）%s 万%s", e.Month, sort, origin, e.Amount.Wan(), e.Currency.Chinese())
	}
	return fmt.Sprintf("%s %s (%s, %s) %s", e.Month, sort, origin, e.Currency, e.Amount)
}

// entry finds an amount that counts by its number.
func (p *Project) entry(seq string) (int, error) {
	i := slices.IndexFunc(p.Money, func(e funds.Entry) bool { return e.ElementName(0) == seq })
	switch {
	case i < 0:
		return i, process.RefuseField("entry", "没有这一笔，请从列出的里面选。", "There is no such amount; choose one of the list.")
	case p.Money[i].TakenBack:
		return i, process.RefuseField("entry", "这一笔已经撤销，不能再改。", "The amount was taken back and cannot be changed.")
	}
	return i, nil
}

// Figures are what the project's money comes to on a day.
func (p Project) Figures(today clock.Date) funds.Figures {
	return funds.FiguresOf(p.Money, funds.Amount(p.Investment), today)
}

// OwesMonth reports whether a project has figures to give for a month by its days: it was being built in it, not in production before it, and had not ended
// before it. What it owes can be entered also once it has ended, and so can nothing else (RecordMoney).
func OwesMonth(m funds.Month, started, produced, closed clock.Date) bool {
	return !started.IsZero() && !started.After(m.Last()) && (produced.IsZero() || !produced.Before(m.First())) && (closed.IsZero() || !closed.Before(m.First()))
}
