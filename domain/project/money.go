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
		faults.Note(s.Rate.Bounds("rate"))
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
		return nil
	}
	agreed := funds.Amount(p.Investment)
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

// entryName is what an amount is called where one is chosen or named in a refusal.
func entryName(e funds.Entry, chinese bool) string {
	sort, origin := "investment done", "domestic"
	if chinese {
		sort, origin = "完成投资", "内资"
	}
	if e.Sort == funds.InPlace {
		if sort = "money in place"; chinese {
			sort = "到位资金"
		}
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
// before it.
func OwesMonth(m funds.Month, started, produced, closed clock.Date) bool {
	return !started.IsZero() && !started.After(m.Last()) && (produced.IsZero() || !produced.Before(m.First())) && (closed.IsZero() || !closed.Before(m.First()))
}
