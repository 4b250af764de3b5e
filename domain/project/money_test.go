package project_test

import (
	"errors"
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
	p.Investment = 260_000_000_00
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
	var refusal *process.Refusal
	_, err := dollars("2026-02", 1).Decide(then(t, agreed(t), 1, project.Withdraw{Way: "left", Cause: "funds", Reason: "x"}), call(1), env(t))
	require.True(t, errors.As(err, &refusal))
	require.Equal(t, process.Closed, refusal.Code)
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
		"ended before it": {started: day(1, 1), closed: day(9, 30)},
	} {
		require.Equal(t, c.owes, project.OwesMonth("2024-10", c.started, c.produced, c.closed), name)
	}
}
