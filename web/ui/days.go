package ui

import (
	"context"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

// Days is a number of days in words, and always says which: 5 个工作日, 7 个自然日. Every page that shows a number of days asks here. Months and working
// hours are said as what they are.
func Days(ctx context.Context, n int, unit clock.Unit) string {
	if unit == "" {
		unit = clock.Day
	}
	return i18n.T(ctx, "unit."+string(unit), "Count", n)
}

// UnitName is what a clock's ledger counts: a limit of months is laid down in calendar days.
func UnitName(ctx context.Context, unit clock.Unit) string {
	if unit == "" || unit == clock.Month {
		unit = clock.Day
	}
	return i18n.T(ctx, "unit.name."+string(unit))
}

// stretchOf is what a ledger counted, in words: days, or minutes of work as hours.
func stretchOf(ctx context.Context, n int, unit clock.Unit) string {
	if unit == clock.WorkingHour {
		return counted(ctx, n, unit)
	}
	if unit == clock.Month {
		unit = clock.Day
	}
	return Days(ctx, n, unit)
}

// days are how many of one unit went by, and how many of them after the due day.
type days struct {
	Unit       clock.Unit // working days or calendar days
	Days, Late int
}

// held is how long one party had a case in hand.
type held struct {
	Holder process.Holder
	Spent  []days
}

// totals adds up the shares over all clocks of the case, working days and calendar days apart.
func totals(clocks []store.Explained) []held {
	var all []held
	for _, k := range clocks {
		unit := clock.Day
		if k.Unit == clock.WorkingDay || k.Unit == clock.WorkingHour {
			unit = clock.WorkingDay
		}
		for _, s := range k.Shares {
			i := 0
			for i < len(all) && (all[i].Holder.ID != s.Holder.ID || s.Holder.ID == "" && all[i].Holder.Name != s.Holder.Name) {
				i++ // somebody with two names in time is one; who may not know who it is has the name alone
			}
			if i == len(all) {
				all = append(all, held{Holder: s.Holder})
			}
			all[i].Holder.Name = s.Holder.Name // of several, the one they went by last
			all[i].Spent = add(all[i].Spent, days{Unit: unit, Days: s.Days, Late: s.Late})
		}
	}
	return all
}

// inAll adds up what all of them had.
func inAll(shares []held) []days {
	var sum []days
	for _, s := range shares {
		for _, d := range s.Spent {
			sum = add(sum, d)
		}
	}
	return sum
}

func add(to []days, d days) []days {
	for i := range to {
		if to[i].Unit == d.Unit {
			to[i].Days, to[i].Late = to[i].Days+d.Days, to[i].Late+d.Late
			return to
		}
	}
	return append(to, d)
}
