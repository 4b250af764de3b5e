package clock_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
	start := day(t, "2026-11-23") // a Monday
	require.Equal(t, "2026-11-30", clock.Start("x", clock.Limit{Amount: 5, Unit: clock.WorkingDay}, start, plain()).DueOn.String())
	require.Equal(t, "2026-11-28", clock.Start("x", clock.Limit{Amount: 5, Unit: clock.Day}, start, plain()).DueOn.String())
	require.Equal(t, "2027-02-23", clock.Start("x", clock.Limit{Amount: 3, Unit: clock.Month}, start, plain()).DueOn.String())
}

func TestClockGivesTheDaysBack(t *testing.T) {
	t.Parallel()
	start := day(t, "2026-11-23")
	c := clock.Start("x", clock.Limit{Amount: 10, Unit: clock.Day}, start, plain())
	paused := c.Pause(start.AddDays(3), "资金")
	require.True(t, paused.Paused())
	require.False(t, c.Paused(), "the clock it came from is unchanged")
	resumed := paused.Resume(start.AddDays(7), plain())
	require.Equal(t, 4, c.DueOn.DaysUntil(resumed.DueOn))
	require.Equal(t, clock.OnTime, resumed.Stop(resumed.DueOn).Verdict)
	require.Equal(t, clock.Late, resumed.Stop(resumed.DueOn.AddDays(1)).Verdict)
	require.Equal(t, clock.Late, resumed.Stop(resumed.DueOn.AddDays(1)).Stop(start).Verdict, "a verdict is never given anew")
}

// FuzzPausesGiveBack: whatever pauses there are, the days counted up to the due day are exactly the budget.
func FuzzPausesGiveBack(f *testing.F) {
	f.Add(uint8(10), []byte{1, 3, 2, 5}, true)
	f.Add(uint8(90), []byte{0, 0, 1, 200}, false)
	f.Fuzz(func(t *testing.T, amount uint8, steps []byte, working bool) {
		unit := clock.Day
		if working {
			unit = clock.WorkingDay
		}
		cal, start := plain(), clock.NewDate(2026, 3, 2)
		c := clock.Start("x", clock.Limit{Amount: int(amount), Unit: unit}, start, cal)
		now := start.AddDays(1)
		for i := 0; i+1 < len(steps) && i < 12; i += 2 {
			from := now.AddDays(int(steps[i]))
			if from.After(c.DueOn) {
				break // it ran out before it could be paused
			}
			now = from.AddDays(int(steps[i+1]))
			c = c.Pause(from, "x").Resume(now, cal)
		}
		counted := 0
		for d := start.AddDays(1); !d.After(c.DueOn); d = d.AddDays(1) {
			in := false
			for _, p := range c.Pauses {
				in = in || (!d.Before(p.From) && d.Before(p.To))
			}
			if !in && (!working || cal.Works(d)) {
				counted++
			}
		}
		if counted != int(amount) {
			t.Fatalf("%d days counted of %d: %+v", counted, amount, c)
		}
	})
}
