package schedule_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/schedule"
)

// TestEveryVersionOfAPlanStandsWhole: whatever was moved, set and taken away, each version is found again as it was, from what it changed alone, and beside versions
// that were recorded whole.
func TestEveryVersionOfAPlanStandsWhole(t *testing.T) {
	t.Parallel()
	day := clock.NewDate(2025, time.January, 1)
	rapid.Check(t, func(t *rapid.T) {
		var now []schedule.Target
		versions, whole := []schedule.Baseline{}, [][]schedule.Target{}
		for n := range rapid.IntRange(1, 14).Draw(t, "versions") {
			given := []schedule.Target{}
			for _, s := range rapid.SliceOfDistinct(rapid.SampledFrom([]schedule.Subject{"stage:a", "stage:b", "permit:c", "step:1#:d", "step::e"}), rapid.ID).Draw(t, "subjects") {
				g := schedule.Target{Subject: s}
				if days := rapid.IntRange(0, 5).Draw(t, "day"); days > 0 {
					g.On = day.AddDays(days)
				}
				given = append(given, g)
			}
			next := schedule.With(now, given)
			b := schedule.Baseline{Seq: n + 1, Moves: schedule.Moved(now, next)}
			if rapid.Bool().Draw(t, "recorded whole") || len(b.Moves) == 0 {
				b.Moves, b.Targets = nil, next
			}
			for _, m := range b.Moves {
				if m.Was == m.On || m.Was != schedule.At(versions, 0).Of(m.Subject) {
					t.Fatalf("%+v: it was %s", m, schedule.At(versions, 0).Of(m.Subject))
				}
			}
			now = next
			versions, whole = append(versions, b), append(whole, next)
		}
		for i := range versions {
			if got := schedule.At(versions, i+1); got.Seq != i+1 || !slices.Equal(got.Targets, whole[i]) {
				t.Fatalf("version %d: %+v, not %+v", i+1, got.Targets, whole[i])
			}
		}
		require.Equal(t, whole[len(whole)-1], schedule.At(versions, 0).Targets)
	})
	require.Zero(t, schedule.At(nil, 1))
}
