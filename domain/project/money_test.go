package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// agreed is a project whose agreed total is 2.6亿元. Its days are those of March 2026.
func agreed(t testing.TB) project.Project {
	t.Helper()
	p := opened(t, "construction", project.OwnLand)
	p.Investment, p.SignedOn = 260_000_000_00, clock.NewDate(2025, 1, 10)
	return p
}

func proof() []process.Evidence { return []process.Evidence{{UploadID: "file"}} }

func entry(month funds.Month, amount funds.Amount) project.RecordMoney {
	return project.RecordMoney{Month: month, Sort: funds.Done, MoneyGiven: project.MoneyGiven{Amount: amount, Attachments: proof()}}
}

func dollars(month funds.Month, amount funds.Amount) project.RecordMoney {
	rate := funds.Rate(7_123400)
	c := entry(month, amount)
	c.Origin, c.Currency, c.Rate, c.RateOn, c.RateSource = funds.Foreign, "USD", &rate, month.First(), "中国外汇交易中心中间价"
	return c
}

// faulty are the fields that a refusal names, and its sentence.
func faulty(t testing.TB, p project.Project, c project.Command) ([]string, string) {
	t.Helper()
	_, err := c.Decide(p, call(1), env(t))
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	fields, said := []string{}, refusal.Chinese
	for _, f := range refusal.Fields {
		fields, said = append(fields, f.Name), said+f.Chinese
		require.NotEmpty(t, f.English)
	}
	return fields, said
}

func TestMoneyMonthByMonth(t *testing.T) {
	t.Parallel()
	came := entry("2026-02", 5_000_000_00)
	came.Sort = funds.InPlace
	p := then(t, agreed(t), 1, entry("2025-12", 10_000_000_00), entry("2026-01", 0), entry("2026-02", 12_000_000_00), dollars("2026-02", 1_000_000_00), came)
	f := p.Figures(call(1).Day())
	require.Equal(t, funds.Amount(260_000_000_00), f.Agreed)
	require.Equal(t, funds.Amount(22_000_000_00+7_123_400_00), f.Done.Yuan)
	require.Equal(t, funds.Amount(12_000_000_00+7_123_400_00), f.DoneYear.Yuan)
	require.Equal(t, funds.Month("2025-12"), f.Done.From)
	require.Equal(t, funds.Month("2026-02"), f.Done.Until, "every figure says of which months it is")
	require.Len(t, f.Done.Sums, 2, "dollars and yuan stand apart")
	require.False(t, f.InPlace.Converted)
	require.True(t, f.Done.Converted)
	require.Equal(t, []int{1}, p.Money[0].Proof)

	now := funds.Amount(13_000_000_00)
	p = then(t, p, 2, project.CorrectMoney{Entry: "3", Amount: &now, Reason: "漏了一笔"})
	require.Equal(t, now, p.Money[2].Amount)
	require.Equal(t, funds.Amount(12_000_000_00), p.Money[2].Former[0].Amount)
	require.Equal(t, "漏了一笔", p.Money[2].Former[0].Reason)
	require.Equal(t, []int{3}, p.Money[2].Proof, "the proof stays")
	p = then(t, p, 3, project.TakeBackMoney{Entry: "3", Reason: "月份错了"}, entry("2026-02", 14_000_000_00))
	require.Equal(t, funds.Amount(24_000_000_00+7_123_400_00), p.Figures(call(3).Day()).Done.Yuan)
	require.Len(t, p.Money, 6, "what was taken back stays")

	require.Equal(t, process.NothingChanged, code(t, p, project.CorrectMoney{Entry: "6", Amount: &p.Money[5].Amount, Reason: "x"}, 4))
	require.Equal(t, process.InvalidInput, code(t, p, project.CorrectMoney{Entry: "3", Amount: &now, Reason: "x"}, 4), "what was taken back")
	require.Equal(t, process.InvalidInput, code(t, p, project.TakeBackMoney{Entry: "99", Reason: "x"}, 4))
}

// TestMoneyThatCannotBe: each bad amount is a refusal that names its field and says what to do.
func TestMoneyThatCannotBe(t *testing.T) {
	t.Parallel()
	with := func(c project.RecordMoney, change func(*project.RecordMoney)) project.RecordMoney {
		change(&c)
		return c
	}
	p := then(t, agreed(t), 1, entry("2026-01", 1_000_000_00))
	for name, c := range map[string]struct {
		input  project.RecordMoney
		fields []string
		says   string
	}{
		"a month in the future":             {entry("2026-04", 1), []string{"month"}, "以后的月份"},
		"a month that is none":              {entry("2026-13", 1), []string{"month"}, "2026-10"},
		"a month and sort twice":            {entry("2026-01", 1), []string{"month"}, "已经登记过"},
		"no proof":                          {with(entry("2026-02", 1), func(c *project.RecordMoney) { c.Attachments = nil }), []string{"attachments"}, "凭证"},
		"dollars without a rate":            {with(dollars("2026-02", 1), func(c *project.RecordMoney) { c.Rate = nil }), []string{"rate"}, "当日汇率"},
		"a rate without its day":            {with(dollars("2026-02", 1), func(c *project.RecordMoney) { c.RateOn = clock.Date{} }), []string{"rate_on"}, "哪一天"},
		"a rate without its source":         {with(dollars("2026-02", 1), func(c *project.RecordMoney) { c.RateSource = "" }), []string{"rate_source"}, "来源"},
		"a rate of another month":           {with(dollars("2026-02", 1), func(c *project.RecordMoney) { c.RateOn = clock.NewDate(2026, 1, 2) }), []string{"rate_on"}, "当月"},
		"a rate of tomorrow":                {with(dollars("2026-03", 1), func(c *project.RecordMoney) { c.RateOn = clock.NewDate(2026, 3, 30) }), []string{"rate_on"}, "晚于今天"},
		"yuan with a rate":                  {with(dollars("2026-02", 1), func(c *project.RecordMoney) { c.Currency = funds.Yuan }), []string{"rate"}, "人民币没有汇率"},
		"more than agreed, with no reason":  {entry("2026-02", 259_500_000_00), []string{"amount", "excess"}, "超过约定总投资 26000 万元"},
		"元 typed for 万元":                    {entry("2026-02", 2_600_000_0000_00), []string{"amount", "excess"}, "如果本来是 2600000.00，请写成「260万」"},
		"far more than any reason explains": {with(entry("2026-02", 500_000_000_000_00), func(c *project.RecordMoney) { c.Excess = "追加" }), []string{"amount"}, "先更正约定总投资"},
	} {
		fields, said := faulty(t, p, c.input)
		require.Equal(t, c.fields, fields, name)
		require.Contains(t, said, c.says, name)
	}
	fields, _ := faulty(t, p, with(dollars("2026-04", 1), func(c *project.RecordMoney) { c.Rate, c.Attachments = nil, nil }))
	require.Equal(t, []string{"month", "rate", "rate_on", "attachments"}, fields, "all of them at once")
	more := entry("2026-02", 259_500_000_00)
	more.Excess = "设备涨价，县里已同意追加"
	require.Equal(t, "设备涨价，县里已同意追加", then(t, p, 1, more).Money[1].Excess)
	require.NotEmpty(t, then(t, p, 1, entry("2026-02", 259_000_000_00)).Money[1], "as much as was agreed")
}

// TestAProjectThatEndedOwesItsMonths: what it owes can be entered, and what was entered wrongly put right, after it has ended; nothing else.
func TestAProjectThatEndedOwesItsMonths(t *testing.T) {
	t.Parallel()
	p := agreed(t)
	p.SignedOn, p.ConstructionStartedOn = clock.Date{}, clock.NewDate(2025, 11, 3)
	p = then(t, p, 1, entry("2025-12", 1_000_000_00), project.Withdraw{Way: "left", Cause: "funds", Reason: "x"})
	require.True(t, project.OwesMonth("2026-02", p.ConstructionStartedOn, p.ProductionOn, call(1).Day()))
	p = then(t, p, 40, entry("2026-02", 2_000_000_00), entry("2026-03", 0))
	right, zero := funds.Amount(3_000_000_00), funds.Amount(0)
	p = then(t, p, 40, project.CorrectMoney{Entry: "1", Amount: &right, Reason: "漏报"}, project.CorrectMoney{Entry: "2", Amount: &zero, Reason: "记错了项目"}, project.TakeBackMoney{Entry: "3", Reason: "x"})
	require.Equal(t, funds.Amount(3_000_000_00), p.Figures(call(40).Day()).Done.Yuan)
	never := agreed(t)
	never.ConstructionStartedOn = clock.Date{}
	for name, c := range map[string]struct {
		of    project.Project
		month funds.Month
	}{"after it ended": {p, "2026-04"}, "before it began": {p, "2025-10"}, "one that was never begun": {then(t, never, 1, project.Withdraw{Way: "left", Cause: "funds", Reason: "x"}), "2026-02"}} {
		r := refused(t, c.of, entry(c.month, 1), 40)
		require.Equal(t, process.Closed, r.Code, name)
		require.Equal(t, "month", fields(r), name)
		require.Contains(t, r.Chinese, "在建期间", name)
	}
	later := env(t)
	later.Today = call(90).Day()
	q, _ := project.RecordMoney{}.Ask(process.Question{Path: "month"}, p, later)
	require.Equal(t, "2026-03", q.Value, "the month in which it ended")
	fresh := agreed(t)
	fresh.SignedOn = later.Today
	q, _ = project.RecordMoney{}.Ask(process.Question{Path: "month"}, fresh, later)
	require.Equal(t, string(funds.MonthOf(later.Today)), q.Value, "it was signed this month, and none of before is taken")
	for _, c := range []project.Command{project.RecordMoney{}, project.CorrectMoney{}, project.TakeBackMoney{}} {
		require.NotEqual(t, process.Not, fits(c, p, env(t)), c.About().Name)
	}
}

func fits(c project.Command, p project.Project, e project.Env) process.Fit {
	f, ok := c.(interface {
		Fits(project.Project, process.Actor, project.Env) process.Fit
	})
	if !ok {
		return process.Not
	}
	return f.Fits(p, call(1).Actor, e)
}

func TestMoneyBelongsToASignedProject(t *testing.T) {
	t.Parallel()
	signed := agreed(t)
	signed.SignedOn = clock.NewDate(2025, 12, 20)
	begun := agreed(t)
	begun.SignedOn, begun.ConstructionStartedOn = clock.Date{}, clock.NewDate(2026, 2, 10)
	early := opened(t, "negotiation", project.OwnLand)
	for name, c := range map[string]struct {
		of    project.Project
		month funds.Month
		says  string
	}{
		"not signed": {early, "2026-02", "还没有签约"}, "before it was signed": {signed, "2025-11", "2025-12 才签约"}, "before anything": {signed, "1990-01", "才签约"},
		"before it began, of one signed elsewhere": {begun, "2026-01", "请先用「修改信息」填写签约日期"},
	} {
		r := refused(t, c.of, entry(c.month, 1), 1)
		require.Equal(t, "month", fields(r), name)
		require.Contains(t, r.Chinese, c.says, name)
	}
	require.Len(t, then(t, signed, 1, entry("2025-12", 1), entry("2026-02", 1)).Money, 2, "from its month on")
	require.Len(t, then(t, begun, 1, entry("2026-02", 1)).Money, 1, "or from the month in which it began")
}

func TestDaysOfFactsKeepTheMoneyOnRecord(t *testing.T) {
	t.Parallel()
	p := then(t, agreed(t), 1, entry("2026-01", 1))
	later := clock.NewDate(2026, 2, 10)
	for name, given := range map[string]project.Given{"signed later": {SignedOn: &later}, "no signing": {Emptied: []string{"signed_on"}}} {
		fields, said := faulty(t, p, project.Edit{Reason: "x", Facts: given})
		require.Equal(t, []string{"signed_on"}, fields, name)
		require.Contains(t, said, "已经登记 2026-01 的资金", name)
	}
	earlier := clock.NewDate(2026, 1, 31)
	require.Equal(t, earlier, then(t, p, 1, project.Edit{Reason: "x", Facts: project.Given{SignedOn: &earlier}}).SignedOn)
	fields, said := faulty(t, p, project.Edit{Reason: "x", Facts: project.Given{SignedOn: &earlier, Emptied: []string{"signed_on"}}})
	require.Equal(t, []string{"emptied"}, fields)
	require.Contains(t, said, "又填写又清空")
}

func TestARateIsOfOneUnit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		currency funds.Currency
		rate     funds.Rate
		says     string
	}{
		"a price for 100 dollars": {"USD", 711_920000, "写成 7.1192"}, "upside down": {"USD", 140400, "写反"}, "a price for 100 yen": {"JPY", 4_800000, "写成 0.048"},
		"a won for a thousand": {"KRW", 1000_000000, "0.002 到 0.02"}, "euros of nothing": {"EUR", 10, "4 到 20"},
	} {
		given := dollars("2026-02", 1)
		given.Currency, given.Rate = c.currency, &c.rate
		fields, said := faulty(t, agreed(t), given)
		require.Equal(t, []string{"rate"}, fields, name)
		require.Contains(t, said, c.says, name)
	}
}

func TestTheAgreedTotalCoversWhatIsOnRecord(t *testing.T) {
	t.Parallel()
	less, none := project.Yuan(1_00), project.Yuan(0)
	p := then(t, agreed(t), 1, entry("2026-01", 150_000_000_00))
	to := func(y project.Yuan) project.Edit {
		return project.Edit{Reason: "x", Facts: project.Given{Investment: &y}}
	}
	for name, c := range map[string]struct {
		edit project.Edit
		says string
	}{
		"emptied": {project.Edit{Reason: "x", Facts: project.Given{Emptied: []string{"investment"}}}, "不能清空"}, "nought": {to(none), "不能清空"},
		"a yuan": {to(less), "100 倍"}, "less than was done": {to(120_000_000_00), "共 15000 万元，超过约定总投资 12000 万元"},
	} {
		fields, said := faulty(t, p, c.edit)
		require.Equal(t, []string{"investment"}, fields, name)
		require.Contains(t, said, c.says, name)
	}
	p = then(t, p, 1, to(150_000_000_00))
	why := "补充协议调减总投资"
	p = then(t, p, 1, project.CorrectMoney{Entry: "1", Excess: &why, Reason: "说明"}, to(120_000_000_00))
	require.Equal(t, project.Yuan(120_000_000_00), p.Investment, "with a reason it can be less")
	meant := to(less)
	meant.AllTheSame = "登记时单位写错"
	p = then(t, p, 1, project.TakeBackMoney{Entry: "1", Reason: "x"}, meant)
	require.Equal(t, less, p.Investment, "what was taken back does not count")
	p.Investment = 0
	fields, said := faulty(t, p, entry("2026-02", 120_000_000_000_00))
	require.Equal(t, []string{"amount"}, fields)
	require.Contains(t, said, "还没有约定总投资", "nothing is there to hold it against")
	require.Len(t, then(t, p, 1, entry("2026-02", 0)).Money, 2, "that there was none can be said")
}

func TestWhichMonthsAProjectOwes(t *testing.T) {
	t.Parallel()
	day := func(m, d int) clock.Date { return clock.NewDate(2024, 1, 1).AddMonths(m - 1).AddDays(d - 1) }
	for name, c := range map[string]struct {
		started, produced, closed clock.Date
		owes                      bool
	}{
		"not begun": {}, "begun on its last day": {started: day(10, 31), owes: true}, "begun after it": {started: day(11, 1)},
		"in production in it": {started: day(1, 1), produced: day(10, 1), owes: true}, "in production before it": {started: day(1, 1), produced: day(9, 30)},
		"ended before it": {started: day(1, 1), closed: day(9, 30)}, "ended in it": {started: day(1, 1), closed: day(10, 1), owes: true},
	} {
		require.Equal(t, c.owes, project.OwesMonth("2024-10", c.started, c.produced, c.closed), name)
	}
}

// TestWhatAddsNothingIsNotAskedBack: above the agreed total a month without money is entered, and an amount is made less, without a reason for the rest.
func TestWhatAddsNothingIsNotAskedBack(t *testing.T) {
	t.Parallel()
	more := entry("2026-01", 270_000_000_00)
	more.Excess = "追加"
	p := then(t, agreed(t), 1, more, entry("2026-02", 0))
	less, none := funds.Amount(265_000_000_00), ""
	p = then(t, p, 1, project.CorrectMoney{Entry: "1", Amount: &less, Excess: &none, Reason: "多报了"})
	fields, _ := faulty(t, p, entry("2026-03", 1))
	require.Contains(t, fields, "amount")
}
