package ui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

// A due date is counted in what its clock counts, wherever it is shown: in working days by the calendar the clock was reckoned with, or in calendar days.
// That is read for all due dates of a page at once: while a page is drawn, each leaves its place free, and all are filled in afterwards.

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

// Dues are the due dates whose places on one page are still free.
type Dues struct {
	read  reading
	shown []shownDue
}

type shownDue struct {
	day   DueDay
	today clock.Date
}

// Counted returns the context for drawing one page, and its due dates, to be filled in once it is drawn.
func Counted(ctx context.Context) (context.Context, *Dues) {
	read, _ := ctx.Value(readingKey{}).(reading)
	d := &Dues{read: read}
	return context.WithValue(ctx, duesKey{}, d), d
}

// The place of a due date. What people typed cannot make one: no < of theirs is drawn as it is.
const placeOpens, placeEnds = "<pw-due-place ", ">"

// Due is until when: the words, and below them the day, which opens into its ledger.
func Due(due DueDay, today clock.Date) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		dues, _ := ctx.Value(duesKey{}).(*Dues)
		if dues == nil || dues.read == nil || caseOf(due) == "" || due.Day.IsZero() {
			return dueChip(due, today, counting{}).Render(ctx, w)
		}
		dues.shown = append(dues.shown, shownDue{due, today})
		_, err := io.WriteString(w, placeOpens+strconv.Itoa(len(dues.shown)-1)+placeEnds)
		return err
	})
}

// Fill reads in what the clocks of all due dates of the drawn page count, and puts the due dates in their places.
func (d *Dues) Fill(ctx context.Context, page []byte) ([]byte, error) {
	if len(d.shown) == 0 {
		return page, nil
	}
	ids := make([]string, len(d.shown))
	for i, one := range d.shown {
		ids[i] = caseOf(one.day)
	}
	slices.Sort(ids)
	known, err := d.read(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	filled := bytes.NewBuffer(make([]byte, 0, len(page)+512*len(d.shown)))
	for {
		before, rest, found := bytes.Cut(page, []byte(placeOpens))
		filled.Write(before)
		if !found {
			return filled.Bytes(), nil
		}
		number, after, _ := bytes.Cut(rest, []byte(placeEnds))
		i, err := strconv.Atoi(string(number))
		if err != nil {
			return nil, fmt.Errorf("fill in a due date: %w", err)
		}
		one := d.shown[i]
		if err := dueChip(one.day, one.today, counting(known[caseOf(one.day)])).Render(ctx, filled); err != nil {
			return nil, err
		}
		page = after
	}
}

// caseOf is whose clock the due date is of.
func caseOf(d DueDay) string {
	if parts := strings.Split(d.URL, "/"); d.Case == "" && len(parts) == 4 { // /hazards/<id>/deadline
		return parts[2]
	}
	return d.Case
}

// counting is in what a due date is counted; calendar days, where no clock says otherwise.
type counting store.Counting

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
