package definitions_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
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

// TestPublishedVersionsStay holds the JSON form of every version that is shipped, of every kind, against the one that zones have published: a program that
// writes them otherwise refuses to start on an older database. UPDATE=1 adds the new ones to testdata; it never changes a line.
func TestPublishedVersionsStay(t *testing.T) {
	t.Parallel()
	const file = "testdata/published.txt"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	published := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		name, sum, ok := strings.Cut(line, ": ")
		require.True(t, ok, line)
		published[name] = sum
	}
	shipped := 0
	for _, kind := range kinds.All() {
		versions, err := definitions.Shipped(kind)
		require.NoError(t, err)
		for _, d := range versions {
			text, err := json.Marshal(d)
			require.NoError(t, err)
			name, sum := fmt.Sprintf("%s v%d", kind.Kind, d.Edition()), fmt.Sprintf("%x", sha256.Sum256(text))
			shipped++
			if published[name] == "" && os.Getenv("UPDATE") == "1" {
				published[name] = sum
			}
			require.Equal(t, published[name], sum, "%s was published with other content: write the next version. A new version is added by UPDATE=1", name)
		}
	}
	require.Len(t, published, shipped, "no published version goes away")
	if os.Getenv("UPDATE") == "1" {
		lines := []string{}
		for name, sum := range published {
			lines = append(lines, name+": "+sum+"\n")
		}
		slices.Sort(lines)
		require.NoError(t, os.WriteFile(file, []byte(strings.Join(lines, "")), 0o600))
	}
}
