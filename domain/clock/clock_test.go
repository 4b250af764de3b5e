package clock_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
)

func plain() clock.Calendar { return clock.Calendar{Version: "test"} }

func day(t *testing.T, text string) clock.Date {
	t.Helper()
	d, err := clock.ParseDate(text)
	require.NoError(t, err)
	return d
}

func TestDate(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-01-31")
	require.Equal(t, "2026-02-28", d.AddMonths(1).String(), "the last day of a shorter month")
	require.Equal(t, "2026-02-01", d.End().In(clock.Zone()).Format(time.DateOnly))
	require.Equal(t, 28, d.DaysUntil(d.AddMonths(1)))
	require.Equal(t, "2026-01-31", clock.DateOf(d.End().Add(-time.Second)).String())
	text, err := json.Marshal(map[string]clock.Date{"a": d, "b": {}})
	require.NoError(t, err)
	require.JSONEq(t, `{"a":"2026-01-31","b":null}`, string(text))
	for _, bad := range []string{`"2026-02-30"`, `"yesterday"`, `5`, `""x`} {
		var d clock.Date
		require.Error(t, json.Unmarshal([]byte(bad), &d), bad)
	}
}

func TestClockCountsFromTheDayAfter(t *testing.T) {
	t.Parallel()
	start := day(t, "2026-11-23").Start().Add(10 * time.Hour) // a Monday
	due := func(limit clock.Limit) string { return clock.Start("x", limit, start, plain()).DueOn.String() }
	require.Equal(t, "2026-11-30", due(clock.Limit{Amount: 5, Unit: clock.WorkingDay}))
	require.Equal(t, "2026-11-28", due(clock.Limit{Amount: 5, Unit: clock.Day}))
	require.Equal(t, "2026-11-30", due(clock.Limit{Amount: 5, Unit: clock.Day, RollForward: true}), "a Saturday rolls to Monday (民法典 art. 203)")
	require.Equal(t, "2027-02-23", due(clock.Limit{Amount: 3, Unit: clock.Month}))
	require.Equal(t, "2026-11-23", due(clock.Limit{Amount: 0, Unit: clock.WorkingDay}))
}

func TestWorkingHours(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, clock.Zone())
		require.NoError(t, err)
		return v
	}
	for _, c := range []struct {
		start string
		hours int
		due   string
	}{
		{"2026-11-23 09:00", 2, "2026-11-23 11:00"},
		{"2026-11-23 11:00", 2, "2026-11-23 15:00"}, // the midday break does not count
		{"2026-11-23 16:30", 2, "2026-11-24 09:30"},
		{"2026-11-27 17:00", 4, "2026-11-30 12:00"}, // over the weekend
		{"2026-11-28 10:00", 1, "2026-11-30 09:30"}, // begun on a Saturday
		{"2026-11-23 08:30", 7, "2026-11-23 17:30"},
	} {
		limit := clock.Limit{Amount: c.hours, Unit: clock.WorkingHour}
		k := clock.Start("x", limit, at(c.start), plain())
		require.True(t, at(c.due).Equal(k.Deadline()), "%s + %d h", c.start, c.hours)
		require.Equal(t, clock.OnTime, k.Stop(at(c.due), plain()).Verdict)
		late := k.Stop(plain().AddHours(at(c.due), 2), plain())
		require.Equal(t, clock.Late, late.Verdict)
		require.Equal(t, 2, late.LateBy, "hours begun")
		l := k.Ledger(plain())
		require.Equal(t, c.hours*60, l.Counted)
		require.Equal(t, l.Budget, l.Counted)
	}
}

func TestClockGivesTheDaysBack(t *testing.T) {
	t.Parallel()
	start := day(t, "2026-11-23")
	c := clock.Start("x", clock.Limit{Amount: 10, Unit: clock.Day}, start.Start(), plain())
	paused := c.Pause(start.AddDays(3), "资金")
	require.True(t, paused.Paused())
	require.False(t, c.Paused(), "the clock it came from is unchanged")
	resumed := paused.Resume(start.AddDays(7), plain())
	require.Equal(t, 4, c.DueOn.DaysUntil(resumed.DueOn))
	require.Equal(t, 1, c.DueOn.DaysUntil(paused.Resume(start.AddDays(4), plain()).DueOn), "resumed early: only the days taken")
	require.Equal(t, clock.OnTime, resumed.Stop(resumed.DueOn.Start(), plain()).Verdict)
	late := resumed.Stop(resumed.DueOn.AddDays(3).Start(), plain())
	require.Equal(t, clock.Late, late.Verdict)
	require.Equal(t, 3, late.LateBy)
	require.Equal(t, late, late.Stop(start.Start(), plain()), "a verdict is never given anew")
	require.Equal(t, late, late.Reckon(holidays()), "nor reckoned anew by another calendar")
	overdue := c.Pause(c.DueOn.AddDays(5), "迟来的暂停").Resume(c.DueOn.AddDays(9), plain())
	require.Equal(t, c.DueOn, overdue.DueOn, "a pause after the end takes no day of it")
	require.Equal(t, clock.OnTime, paused.Stop(start.AddDays(40).Start(), plain()).Verdict, "stopped while it stood still")
}

// holidays is a calendar with a holiday week and a make-up Saturday.
func holidays() clock.Calendar {
	cal := clock.Calendar{Version: "holidays", Years: map[int]string{2026: "国办发明电〔2025〕7号"}, Special: map[clock.Date]clock.Special{}}
	for i := range 5 {
		cal.Special[clock.NewDate(2026, 11, 30+i)] = clock.Special{Kind: clock.Holiday, Name: "试验节"}
	}
	cal.Special[clock.NewDate(2026, 11, 28)] = clock.Special{Kind: clock.MakeUpDay, Name: "试验节"}
	return cal
}

func TestLedgerNamesEveryCause(t *testing.T) {
	t.Parallel()
	start := day(t, "2026-11-23")
	c := clock.Start("x", clock.Limit{Amount: 5, Unit: clock.WorkingDay}, start.Start(), holidays())
	c = c.Extend(clock.Extension{On: start, Amount: 2, Reason: "材料未到"}, holidays()).Pause(day(t, "2026-11-25"), "停电").Resume(day(t, "2026-11-26"), holidays())
	l := c.Ledger(holidays())
	var got []string
	for _, e := range l.Entries {
		got = append(got, e.From.String()[5:]+"…"+e.To.String()[5:]+" "+string(e.Cause)+" "+e.Name)
	}
	require.Equal(t, []string{"11-24…11-24 workday ", "11-25…11-25 suspended 停电", "11-26…11-27 workday ", "11-28…11-28 make_up 试验节", "11-29…11-29 weekend ",
		"11-30…12-04 holiday 试验节", "12-05…12-06 weekend ", "12-07…12-07 workday ", "12-08…12-09 workday "}, got)
	require.Equal(t, 1, l.Entries[8].Extension, "the last two days come from the extension")
	require.Equal(t, "国办发明电〔2025〕7号", l.Entries[5].Paper)
	require.Equal(t, 7, l.Counted)
	require.Equal(t, "2026-12-09", l.DueOn.String())
	require.False(t, c.Provisional)
	require.True(t, clock.Start("x", clock.Limit{Amount: 40, Unit: clock.WorkingDay}, start.Start(), holidays()).Provisional, "runs into 2027, not published")
	open := c.Pause(day(t, "2026-12-07"), "再次暂停").Ledger(holidays())
	require.Equal(t, 3, open.Remaining)
	require.True(t, open.DueOn.IsZero())
	require.Equal(t, clock.NotYet, open.Entries[len(open.Entries)-1].Cause)
}

// TestLedgersAddUp: after any sequence of suspend, resume, extend and calendar edit the ledger's counted amounts are the budget, its
// stretches are seamless from the day after the start, and it ends on the date shown.
func TestLedgersAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		units := []clock.Unit{clock.WorkingDay, clock.Day, clock.Month, clock.WorkingHour, ""}
		unit, amount := rapid.SampledFrom(units).Draw(t, "unit"), rapid.IntRange(0, 25).Draw(t, "amount")
		cal := drawCalendar(t)
		start := clock.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 300).Draw(t, "start"))
		began := start.Start().Add(time.Duration(rapid.IntRange(0, 24*60-1).Draw(t, "minute")) * time.Minute)
		c := clock.StartUntil("x", "", start, start.AddDays(amount), cal)
		if unit != "" {
			c = clock.Start("x", clock.Limit{Amount: amount, Unit: unit, RollForward: rapid.Bool().Draw(t, "roll")}, began, cal)
		}
		budget, now := c.Ledger(cal).Budget, start.AddDays(1)
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			before := c
			switch rapid.SampledFrom([]string{"pass", "pause", "resume", "extend", "calendar"}).Draw(t, "step") {
			case "pass":
				now = now.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
			case "pause":
				c = c.Pause(now, "x")
			case "resume":
				c = c.Resume(now, cal)
			case "extend":
				c = c.Extend(clock.Extension{On: now, Amount: rapid.IntRange(1, 9).Draw(t, "by"), Reason: "x"}, cal)
				l := c.Ledger(cal)
				if l.Budget <= budget {
					t.Fatalf("an extension gave nothing: %d → %d", budget, l.Budget)
				}
				budget = l.Budget
			case "calendar":
				cal = drawCalendar(t)
				c = c.Reckon(cal)
			}
			if l := c.Ledger(cal); l.Budget != budget || l.Counted+l.Remaining != budget || (c.Live() && l.Remaining != 0) {
				t.Fatalf("the budget was not conserved: %+v after %+v", l, before)
			}
		}
		c = c.Resume(now, cal)
		checkLedger(t, c, c.Ledger(cal), cal)
	})
}

func checkLedger(t *rapid.T, c clock.Clock, l clock.Ledger, cal clock.Calendar) {
	counted, next := 0, c.StartedOn.AddDays(1)
	if c.Unit == clock.WorkingHour {
		next = c.StartedOn
	}
	for _, e := range l.Entries {
		if e.From != next || e.To.Before(e.From) || e.Days != e.From.DaysUntil(e.To)+1 {
			t.Fatalf("the ledger has a gap at %s: %+v", next, l.Entries)
		}
		next, counted = e.To.AddDays(1), counted+e.Counted
	}
	if counted != l.Budget || l.DueOn != c.DueOn {
		t.Fatalf("counted %d of %d, ends %s, shown %s", counted, l.Budget, l.DueOn, c.DueOn)
	}
	if n := len(l.Entries); n > 0 && l.Entries[n-1].To != c.DueOn {
		t.Fatalf("the last stretch ends on %s, not on %s", l.Entries[n-1].To, c.DueOn)
	}
	if c.Unit == clock.WorkingDay && l.Budget > 0 && !cal.Works(c.DueOn) {
		t.Fatalf("ends on a day off: %s", c.DueOn)
	}
}

// drawCalendar is a calendar with some holidays and make-up days in 2026.
func drawCalendar(t *rapid.T) clock.Calendar {
	cal := clock.Calendar{Version: "drawn", Years: map[int]string{2026: "paper"}, Special: map[clock.Date]clock.Special{}}
	for range rapid.IntRange(0, 8).Draw(t, "holidays") {
		first := clock.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 360).Draw(t, "holiday"))
		for i := range rapid.IntRange(1, 8).Draw(t, "length") {
			cal.Special[first.AddDays(i)] = clock.Special{Kind: clock.Holiday, Name: "节"}
		}
		if sunday := first.AddDays(-int(first.Weekday())); rapid.Bool().Draw(t, "make up") {
			cal.Special[sunday] = clock.Special{Kind: clock.MakeUpDay, Name: "节"}
		}
	}
	return cal
}
