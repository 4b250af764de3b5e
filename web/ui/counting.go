package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

// A due date is counted in what its clock counts, wherever it is shown: in working days by the calendar the clock was reckoned with, or in calendar days.
// Lists read that for all of their rows at once: a page is drawn, says whose clocks it shows, and is drawn again with what they count in.

// reading is how it is read in what clocks count.
type reading func(ctx context.Context, ids []string) (map[string]store.Counting, error)

type (
	readingKey struct{}
	duesKey    struct{}
)

// Counting returns a context whose pages count due dates in what their clocks count.
func Counting(ctx context.Context, read func(context.Context, []string) (map[string]store.Counting, error)) context.Context {
	return context.WithValue(ctx, readingKey{}, reading(read))
}

// Dues are the clocks that one page shows.
type Dues struct {
	read   reading
	wanted []string
	known  map[string]store.Counting
}

// Counted returns the context for one page, and what it will want to know.
func Counted(ctx context.Context) (context.Context, *Dues) {
	read, _ := ctx.Value(readingKey{}).(reading)
	d := &Dues{read: read, known: map[string]store.Counting{}}
	return context.WithValue(ctx, duesKey{}, d), d
}

// Wanted reports whether the page shows clocks of which it is not known yet in what they count.
func (d *Dues) Wanted() bool { return d.read != nil && len(d.wanted) > 0 }

// Read reads it for all of them.
func (d *Dues) Read(ctx context.Context) error {
	slices.Sort(d.wanted)
	known, err := d.read(ctx, slices.Compact(d.wanted))
	if err != nil {
		return err
	}
	d.known, d.wanted = known, nil
	return nil
}

// counting is in what a due date is counted.
type counting store.Counting

// countingOf returns in what the clock of the due date counts; calendar days, as long as that is not known.
func countingOf(ctx context.Context, d DueDay) counting {
	id := d.Case
	if parts := strings.Split(d.URL, "/"); id == "" && len(parts) == 4 { // /hazards/<id>/deadline
		id = parts[2]
	}
	dues, _ := ctx.Value(duesKey{}).(*Dues)
	if dues == nil || id == "" || d.Day.IsZero() {
		return counting{}
	}
	known, ok := dues.known[id]
	if !ok {
		dues.wanted = append(dues.wanted, id)
	}
	return counting(known)
}

// left is how many days are left until the due day, negative of days that it is late by, as the ledger counts them.
func (c counting) left(due, today clock.Date) (int, clock.Unit) {
	n := today.DaysUntil(due)
	if c.Unit != clock.WorkingDay || n == 0 {
		return n, clock.Day
	}
	if n < 0 {
		return min(-1, c.Calendar.WorkdaysBetween(today, due)), clock.WorkingDay
	}
	return max(1, c.Calendar.WorkdaysBetween(today, due)), clock.WorkingDay
}
