package process_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

func TestLatenessIsSplitByWhoHadTheBall(t *testing.T) {
	t.Parallel()
	start, cal := clock.NewDate(2026, 11, 2), clock.Calendar{Version: "test"}
	k := clock.Start("stage", clock.Limit{Amount: 5, Unit: clock.WorkingDay}, start.Start(), cal)
	on := func(day int, id string) process.Holding {
		return process.Holding{From: clock.NewDate(2026, 11, day).Start().Add(9 * time.Hour), Holder: process.Holder{ID: id}}
	}
	holdings := []process.Holding{on(2, "manager"), on(6, "bureau"), on(12, "manager")}
	shares := process.Shares(k, holdings, clock.NewDate(2026, 11, 16), cal)
	require.Equal(t, "2026-11-09", k.DueOn.String())
	require.Len(t, shares, 2)
	require.Equal(t, process.Share{Holder: process.Holder{ID: "manager"}, Days: 6, Late: 2}, shares[0])
	require.Equal(t, process.Share{Holder: process.Holder{ID: "bureau"}, Days: 4, Late: 3}, shares[1], "the day somebody is handed it is not theirs yet, and the day they hand it on still is")
	require.Equal(t, 10, cal.WorkdaysBetween(start, clock.NewDate(2026, 11, 16)), "nothing is counted twice or lost")
}

// TestSharesAreTheDaysSomebodyHasHadIt: what a page says of who has it now ("已 32 个自然日") and their share are one number, at whatever hour it came.
func TestSharesAreTheDaysSomebodyHasHadIt(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 11, 2)
	k := clock.Start("stage", clock.Limit{Amount: 60, Unit: clock.Day}, start.Start(), clock.Calendar{})
	for hour := range 24 {
		since := clock.NewDate(2026, 11, 5).Start().Add(time.Duration(hour)*time.Hour + time.Minute)
		shares := process.Shares(k, []process.Holding{{From: start.Start(), Holder: process.Holder{ID: "first"}}, {From: since, Holder: process.Holder{ID: "second"}}}, clock.NewDate(2026, 11, 30), clock.Calendar{})
		require.Equal(t, 3, shares[0].Days, "handed on at %d o'clock", hour)
		require.Equal(t, clock.DateOf(since).DaysUntil(clock.NewDate(2026, 11, 30)), shares[1].Days)
	}
}
