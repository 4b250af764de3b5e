// Package funds is the money of a project month by month: what was done, what is in place, in which currency and at which rate, and sums that never mix
// currencies (docs/decisions/0054).
package funds

import (
	"regexp"
	"strconv"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// Month is a month, written 2026-10; "" is none. Months sort as texts do.
type Month string

var written = regexp.MustCompile(`^((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])$`) //nolint:gochecknoglobals // compiled once

// MonthOf is the month of a day, "" of no day.
func MonthOf(d clock.Date) Month {
	if d.IsZero() {
		return ""
	}
	return Month(d.String()[:7])
}

// Bounds refuses what is no month from 1990 to 2199; "" passes, whether it must be there the field says.
func (m Month) Bounds(field string) error {
	if m != "" && (!m.Valid() || m < "1990") {
		return process.RefuseField(field, "请写成 2026-10 的样子，从 1990 年起。", "Write a month like 2026-10, from 1990 on.")
	}
	return nil
}

// Valid reports whether it is a month at all.
func (m Month) Valid() bool { return written.MatchString(string(m)) }

// Year is the year of the month; 0 of none.
func (m Month) Year() int {
	if !m.Valid() {
		return 0
	}
	year, _ := strconv.Atoi(string(m[:4])) // four digits
	return year
}

// Number is 1 for January; 0 of none.
func (m Month) Number() int {
	if !m.Valid() {
		return 0
	}
	n, _ := strconv.Atoi(string(m[5:])) // two digits
	return n
}

// First is the first day of the month.
func (m Month) First() clock.Date {
	return clock.NewDate(m.Year(), time.Month(m.Number()), 1)
}

// Last is the last day of the month.
func (m Month) Last() clock.Date { return m.First().AddMonths(1).AddDays(-1) }

// Add is the month n months later; n may be negative.
func (m Month) Add(n int) Month { return MonthOf(m.First().AddMonths(n)) }

// Up are the n months that end with this one, the earliest first.
func (m Month) Up(n int) []Month {
	all := make([]Month, 0, n)
	for i := n - 1; i >= 0; i-- {
		all = append(all, m.Add(-i))
	}
	return all
}
