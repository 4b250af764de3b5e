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
	require.Equal(t, process.Share{Holder: process.Holder{ID: "manager"}, Days: 6, Late: 3}, shares[0])
	require.Equal(t, process.Share{Holder: process.Holder{ID: "bureau"}, Days: 4, Late: 2}, shares[1], "the bureau answers for its own two days")
	require.Equal(t, 10, cal.WorkdaysBetween(start, clock.NewDate(2026, 11, 16)), "nothing is counted twice or lost")
}
