package funds

import (
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Sum is what entries of one origin in one currency come to. Nothing of another currency is ever in it.
type Sum struct {
	Origin   Origin   `json:"origin"`
	Currency Currency `json:"currency"`
	Amount   Amount   `json:"amount" doc:"In this currency."`
	Yuan     Amount   `json:"yuan" doc:"In yuan, each amount at the rate that was given with it."`
	Lowest   *Rate    `json:"lowest_rate" doc:"The lowest rate among them; null of yuan."`
	Highest  *Rate    `json:"highest_rate" doc:"The highest rate among them; null of yuan."`
}

// Total is what a number of entries come to, apart by origin and currency, and together in yuan.
type Total struct {
	From      Month  `json:"from" doc:"The earliest month that is in it."`
	Until     Month  `json:"until" doc:"The latest month that is in it: the figure is as of its end."`
	Sums      []Sum  `json:"sums" doc:"By origin and currency; sums of different currencies are never added."`
	Yuan      Amount `json:"yuan" doc:"All of it in yuan."`
	Converted bool   `json:"converted" doc:"Whether some of the yuan were reckoned from other currencies at the rates that stand with the sums."`
}

// Totalled adds entries up; those that were taken back do not count.
func Totalled(entries []Entry, which func(Entry) bool) Total {
	t := Total{Sums: []Sum{}}
	for _, e := range entries {
		if e.TakenBack || !which(e) {
			continue
		}
		if t.From == "" || e.Month < t.From {
			t.From = e.Month
		}
		t.Until = max(t.Until, e.Month)
		t.Yuan += e.Yuan()
		t.Converted = t.Converted || e.Rate != nil
		i := slices.IndexFunc(t.Sums, func(s Sum) bool { return s.Origin == e.Origin && s.Currency == e.Currency })
		if i < 0 {
			t.Sums, i = append(t.Sums, Sum{Origin: e.Origin, Currency: e.Currency}), len(t.Sums)
		}
		s := &t.Sums[i]
		s.Amount, s.Yuan = s.Amount+e.Amount, s.Yuan+e.Yuan()
		if e.Rate != nil && (s.Lowest == nil || *e.Rate < *s.Lowest) {
			s.Lowest = e.Rate
		}
		if e.Rate != nil && (s.Highest == nil || *e.Rate > *s.Highest) {
			s.Highest = e.Rate
		}
	}
	slices.SortFunc(t.Sums, func(a, b Sum) int {
		if a.Origin != b.Origin {
			return strings.Compare(string(a.Origin), string(b.Origin)) // domestic first
		}
		return slices.Index(Currencies(), a.Currency) - slices.Index(Currencies(), b.Currency)
	})
	return t
}

// Figures are what a project's money comes to on a day.
type Figures struct {
	Agreed      Amount `json:"agreed" doc:"The agreed total, in yuan."`
	Done        Total  `json:"done" doc:"累计完成投资"`
	DoneYear    Total  `json:"done_year" doc:"当年完成投资"`
	InPlace     Total  `json:"in_place" doc:"累计到位资金"`
	InPlaceYear Total  `json:"in_place_year" doc:"当年到位资金"`
	Year        int    `json:"year" doc:"Which year 当年 is."`
}

// FiguresOf reckons them; the year is that of the day.
func FiguresOf(entries []Entry, agreed Amount, today clock.Date) Figures {
	of := func(s Sort, year int) Total {
		return Totalled(entries, func(e Entry) bool { return e.Sort == s && (year == 0 || e.Month.Year() == year) })
	}
	year := today.Year()
	return Figures{Agreed: agreed, Done: of(Done, 0), DoneYear: of(Done, year), InPlace: of(InPlace, 0), InPlaceYear: of(InPlace, year), Year: year}
}
