package definitions_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/permit"
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

// The day a limit of working days ends on.
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

// TestPublishedVersionsStay holds the JSON form of versions that zones have published: a program that writes them otherwise refuses to start
// on an older database.
func TestPublishedVersionsStay(t *testing.T) {
	t.Parallel()
	projects, err := definitions.Projects()
	require.NoError(t, err)
	hazards, err := definitions.Hazards()
	require.NoError(t, err)
	permits, err := definitions.Shipped(permit.Entry())
	require.NoError(t, err)
	for name, c := range map[string]struct {
		definition any
		sum        string
	}{
		"project v1": {projects[0], "cb278dc6fa34d7e5a9fe41ae19fe89e2f8039e12c5f16fd845e26a12dd1d2118"}, "project v2": {projects[1], "7e01d01319077ff5fbbd1655eeceb79113d5578eeee4ec95451e9bf878e4d709"}, "project v3": {projects[2], "e22b0da1f33d4559a56c884d7cf84a44f3f136fbd544fbdb5d53199d6ce6e926"}, "project v4": {projects[3], "b168768d1c6c9c2d52178419dc17abbbaf2fa9a4fbf2f4a5a7d8d4f4d096adc4"}, "permit v1": {permits[0], "334e171c863fda2515b20329ff628e3a753b47e331c8ad46033e90a79c7e2b06"}, "hazard v1": {hazards[0], "0dc60c6b771b8f28b7e2058e32b55cbd11b74c01ec21b97539c2e4e4749c3e01"}, "hazard v2": {hazards[1], "0dd12ae1e10a33ccb9df00e1799e267137ac170b11317f40a32c32c7f3861d3a"},
	} {
		text, err := json.Marshal(c.definition)
		require.NoError(t, err)
		require.Equal(t, c.sum, fmt.Sprintf("%x", sha256.Sum256(text)), name)
	}
}
