package register_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
)

// TestAVisitByOthersLiesBehind: one that has not taken place is none, and a year mistyped is asked back, also of the first day of a template.
func TestAVisitByOthersLiesBehind(t *testing.T) {
	t.Parallel()
	today := clock.NewDate(2024, time.November, 18)
	for day, field := range map[clock.Date]string{today: "", today.AddDays(-300): "", today.AddDays(1): "on", clock.NewDate(2204, 1, 1): "on", clock.NewDate(1990, 1, 1): "on"} {
		err := register.OtherVisit{On: day}.Timely(today)
		if field == "" {
			require.NoError(t, err)
			continue
		}
		require.Equal(t, field, process.RefusalOf(err).Fields[0].Name, day.String())
	}
	require.Equal(t, "from", process.RefusalOf(register.VisitPlan{From: clock.NewDate(2204, 1, 1)}.Timely(today)).Fields[0].Name)
	require.NoError(t, register.VisitPlan{From: today.AddDays(200)}.Timely(today))
}
