package ui

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// MoneyRegister is the monthly register of the projects' money.
type MoneyRegister struct {
	Rows    []store.MoneyRow
	Months  []funds.Month // that are shown, the last being the one asked for
	Now     funds.Month   // the month that it is
	State   string        // "", entered or missing
	Owing   int
	Missing int
	List    Listed // what its address asks of the projects
	Sorting *Sorting
	Pages   Pages
}

// Month is the month that was asked for.
func (m MoneyRegister) Month() funds.Month { return m.Months[len(m.Months)-1] }

// lead is the phrase of the page's head: what is not there of a month that is not over is still to come, and not missing;
// where no project has to report, nothing is counted.
func (m MoneyRegister) lead() string {
	if m.Owing == 0 {
		return "money.lead.nobody"
	}
	if m.Month() < m.Now {
		return "money.lead"
	}
	return "money.lead.running"
}

// MonthName prints a month: 2024年10月.
func MonthName(ctx context.Context, m funds.Month) string {
	if !m.Valid() {
		return "—"
	}
	return i18n.T(ctx, "money.month", "Year", m.Year(), "Month", m.Number())
}

// inWan prints an amount in ten thousands of its currency with its name: 1,200 万元, 300 万美元.
func inWan(ctx context.Context, a funds.Amount, c funds.Currency) string {
	return i18n.T(ctx, "money.wan", "Amount", i18n.Thousands(a.Wan()), "Currency", i18n.T(ctx, "currency.wan."+string(c)))
}

// latest are the months that are shown, the one asked for first: beside the totals, where a narrow window shows it too.
func (m MoneyRegister) latest() []funds.Month {
	all := slices.Clone(m.Months)
	slices.Reverse(all)
	return all
}

// asked is what narrows the register, in the order of its form and then of the projects' list.
func (m MoneyRegister) asked(ctx context.Context) []asks {
	all := []asks{{"q", i18n.T(ctx, "filter.q"), m.List.Query.Get("q")}}
	switch m.State {
	case "true":
		all = append(all, asks{"entered", i18n.T(ctx, "money.state"), i18n.T(ctx, "money.state_entered")})
	case "false":
		all = append(all, asks{"entered", i18n.T(ctx, "money.state"), i18n.T(ctx, m.unsaid())})
	}
	others := slices.Sorted(maps.Keys(m.List.Query))
	for _, name := range others {
		if value := m.List.Query.Get(name); name != "q" && value != "" && !slices.Contains(apart(), name) {
			all = append(all, asks{name, "", m.List.said(ctx, name, value)})
		}
	}
	return all
}

// unsaid is the phrase of a month that is not entered: missing once it is over, still to come before.
func (m MoneyRegister) unsaid() string {
	if m.Month() < m.Now {
		return "money.state_missing"
	}
	return "money.running"
}

// wanOf prints yuan in ten thousands without a unit, which stands above the table.
func wanOf(yuan string) string {
	amount, ok := new(big.Rat).SetString(yuan)
	if !ok {
		return "—"
	}
	return i18n.Thousands(typed.Short(amount.Quo(amount, big.NewRat(10_000, 1))))
}

// inColumn is a total in each of its currencies, apart; yuan without their unit, which stands above the table.
func inColumn(ctx context.Context, t funds.Total) []string {
	all := map[funds.Currency]funds.Amount{}
	for _, s := range t.Sums {
		all[s.Currency] += s.Amount
	}
	said := []string{}
	for _, c := range funds.Currencies() {
		if amount, ok := all[c]; ok && c == funds.Yuan {
			said = append(said, i18n.Thousands(amount.Wan()))
		} else if ok {
			said = append(said, inWan(ctx, amount, c))
		}
	}
	return said
}

// sumWords says what a sum is made of, and at which rates it was reckoned in yuan.
func sumWords(ctx context.Context, s funds.Sum) string {
	said := i18n.T(ctx, "money_origin."+string(s.Origin)) + " " + inWan(ctx, s.Amount, s.Currency)
	if s.Lowest == nil {
		return said
	}
	rates := s.Lowest.String()
	if *s.Highest != *s.Lowest {
		rates += "–" + s.Highest.String()
	}
	return i18n.T(ctx, "money.converted", "Sum", said, "Yuan", inWan(ctx, s.Yuan, funds.Yuan), "Rates", rates)
}

// totalSpan says from which month to which a total is.
func totalSpan(ctx context.Context, t funds.Total) string {
	if t.Until == "" {
		return i18n.T(ctx, "money.none")
	}
	return i18n.T(ctx, "money.span", "From", MonthName(ctx, t.From), "Until", MonthName(ctx, t.Until))
}

// moneyLine is one figure of a project's money.
type moneyLine struct {
	Name  string
	Total funds.Total
}

func moneyLines(ctx context.Context, f funds.Figures) []moneyLine {
	return []moneyLine{
		{i18n.T(ctx, "money.done"), f.Done}, {i18n.T(ctx, "money.done_year", "Year", f.Year), f.DoneYear},
		{i18n.T(ctx, "money.in_place"), f.InPlace}, {i18n.T(ctx, "money.in_place_year", "Year", f.Year), f.InPlaceYear},
	}
}

// latestFirst are entries with the latest month on top.
func latestFirst(all []funds.Entry) []funds.Entry {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b funds.Entry) int { return strings.Compare(string(b.Month), string(a.Month)) })
	return all
}

// proofs are the files that prove an amount.
func proofs(all []process.Attachment, numbers []int) []process.Attachment {
	return slices.DeleteFunc(slices.Clone(all), func(a process.Attachment) bool { return !slices.Contains(numbers, a.Number) })
}

// saidOf prints what is said of an amount: the amount, its rate with its day and source, and what it was for.
func saidOf(ctx context.Context, s funds.Said, c funds.Currency, year int) string {
	parts := []string{inWan(ctx, s.Amount, c)}
	if s.Rate != nil {
		parts = append(parts, i18n.T(ctx, "money.rate", "Rate", s.Rate.String(), "Day", i18n.Date(ctx, s.RateOn, year), "Source", s.RateSource))
	}
	if s.Purpose != "" {
		parts = append(parts, s.Purpose)
	}
	return strings.Join(parts, " · ")
}

// moneyCell is what the register says of a project and a month.
func moneyCell(ctx context.Context, r store.MoneyRow, m funds.Month, v MoneyRegister) (words []string, missing bool) {
	done, entered := r.Of(m, funds.Done)
	came, came1 := r.Of(m, funds.InPlace)
	switch {
	case entered:
		words = inColumn(ctx, done)
	case m < v.Now && r.Owes(m):
		words, missing = []string{i18n.T(ctx, "money.missing")}, true
	case r.Owes(m):
		words = []string{i18n.T(ctx, "money.running")}
	}
	if came1 {
		words = append(words, i18n.T(ctx, "money.came", "Sum", strings.Join(inColumn(ctx, came), i18n.T(ctx, "money.and"))))
	}
	if len(words) == 0 {
		words = []string{"—"}
	}
	return words, missing
}

func seqText(e funds.Entry) string { return fmt.Sprint(e.Seq) }
