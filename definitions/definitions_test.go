package definitions_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
)

func TestDefinitionsAreValid(t *testing.T) {
	t.Parallel()
	projects, err := definitions.Projects()
	require.NoError(t, err)
	require.Len(t, projects[0].Stages, 9)
	require.Len(t, projects[0].Achievements, 2)
	hazards, err := definitions.Hazards()
	require.NoError(t, err)
	require.Equal(t, 2, hazards[0].Inspectors)
}

// The vectors of domain.md 3.3: the day a limit of working days ends on.
func TestWorkingDayVectors(t *testing.T) {
	t.Parallel()
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	for _, v := range []struct {
		start string
		days  int
		due   string
	}{
		{"2025-01-24", 5, "2025-02-07"}, {"2025-04-25", 3, "2025-04-29"}, {"2025-05-30", 1, "2025-06-03"}, {"2025-09-26", 10, "2025-10-16"},
		{"2026-01-02", 2, "2026-01-05"}, {"2026-02-12", 3, "2026-02-24"}, {"2026-02-13", 7, "2026-03-02"}, {"2026-04-30", 5, "2026-05-11"},
		{"2026-09-18", 10, "2026-10-09"}, {"2026-09-30", 3, "2026-10-10"},
	} {
		start, err := clock.ParseDate(v.start)
		require.NoError(t, err)
		c := clock.Start("x", clock.Limit{Amount: v.days, Unit: clock.WorkingDay}, start.Start(), cal)
		require.Equal(t, v.due, c.DueOn.String(), "%s + %d", v.start, v.days)
		require.Equal(t, v.days, cal.WorkdaysBetween(start, c.DueOn))
	}
}

func TestWorkingDaysOfTheMonths(t *testing.T) {
	t.Parallel()
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	for year, months := range map[int][12]int{
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	} {
		for m, want := range months {
			first := clock.NewDate(year, time.Month(m+1), 1)
			require.Equal(t, want, cal.WorkdaysBetween(first.AddDays(-1), first.AddMonths(1).AddDays(-1)), "%d-%02d", year, m+1)
		}
	}
	require.True(t, cal.Provisional(clock.NewDate(2027, 1, 1)))
	require.False(t, cal.Provisional(clock.NewDate(2026, 12, 31)))
}
