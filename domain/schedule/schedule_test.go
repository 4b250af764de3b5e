package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/schedule"
)

func day(m, d int) clock.Date { return clock.NewDate(2024, 1, 1).AddMonths(m - 1).AddDays(d - 1) }

func TestSubjects(t *testing.T) {
	t.Parallel()
	s := schedule.Subject("step:2#:doors")
	require.Equal(t, []string{"step", "2#", "doors"}, []string{s.Sort(), s.Building(), s.ID()})
	s = "step::levelling"
	require.Equal(t, []string{"step", "", "levelling"}, []string{s.Sort(), s.Building(), s.ID()})
	s = "stage:construction"
	require.Equal(t, []string{"stage", "", "construction"}, []string{s.Sort(), s.Building(), s.ID()})
}

func TestPlanAgainstActual(t *testing.T) {
	t.Parallel()
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	b := schedule.Baseline{Targets: []schedule.Target{{Subject: "stage:a", On: day(10, 11)}, {Subject: "stage:b", On: day(11, 8)}, {Subject: "stage:c", On: day(12, 20)}, {Subject: "permit:p", On: day(11, 1)}}}
	lines := schedule.Against([]schedule.Line{{Subject: "stage:a", Finished: day(10, 14)}, {Subject: "stage:b", Started: day(10, 14)}, {Subject: "stage:c"}, {Subject: "permit:p", Finished: day(11, 1)},
		{Subject: "step::x"}, {Subject: "permit:q", Spared: true}}, b, day(11, 18), cal)
	states := []schedule.State{}
	for _, l := range lines {
		states = append(states, l.State)
	}
	require.Equal(t, []schedule.State{schedule.Missed, schedule.Late, schedule.Open, schedule.Kept, schedule.Unplanned, schedule.Spared}, states)
	require.Equal(t, 3, lines[0].Days)
	require.Equal(t, 2, lines[0].Workdays, "Saturday the 12th was worked for the National Day, and Sunday was off")
	require.Equal(t, 10, lines[1].Days)
	require.Equal(t, 6, lines[1].Workdays)
	require.Equal(t, -32, lines[2].Days, "so many are left")
	require.Equal(t, day(11, 8), lines[2].From, "a stage is planned from the target of the one before")
	first, ok := schedule.First(lines)
	require.True(t, ok)
	require.Equal(t, schedule.Subject("stage:b"), first.Subject)
	require.Equal(t, 1, schedule.Count(lines, schedule.Late))
}

// TestDeviationsAgree: days and working days have the same sign, and what is late is after its target, whatever the days.
func TestDeviationsAgree(t *testing.T) {
	t.Parallel()
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	rapid.Check(t, func(r *rapid.T) {
		target, today := day(1, 1).AddDays(rapid.IntRange(0, 700).Draw(r, "target")), day(1, 1).AddDays(rapid.IntRange(0, 700).Draw(r, "today"))
		l := schedule.Against([]schedule.Line{{Subject: "stage:a"}}, schedule.Baseline{Targets: []schedule.Target{{Subject: "stage:a", On: target}}}, today, cal)[0]
		require.Equal(r, today.After(target), l.State == schedule.Late)
		require.Equal(r, target.AddDays(l.Days), today)
		require.GreaterOrEqual(r, l.Days*l.Workdays, 0)
		require.LessOrEqual(r, max(l.Workdays, -l.Workdays), max(l.Days, -l.Days))
	})
}

func TestALaterPlanIsLaidOverTheFormer(t *testing.T) {
	t.Parallel()
	was := []schedule.Target{{Subject: "stage:a", On: day(1, 1)}, {Subject: "stage:b", On: day(2, 1)}}
	now := schedule.With(was, []schedule.Target{{Subject: "stage:a"}, {Subject: "stage:b", On: day(3, 1)}, {Subject: "permit:p", On: day(2, 2)}})
	require.Equal(t, []schedule.Target{{Subject: "permit:p", On: day(2, 2)}, {Subject: "stage:b", On: day(3, 1)}}, now)
	require.Len(t, was, 2)
}
