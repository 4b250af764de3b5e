package ladder_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
)

func hazards() ladder.Ladder {
	wd := clock.WorkingDay
	return ladder.Ladder{Floor: ladder.Floor{Every: 5, To: []ladder.Audience{ladder.Holder}, Level: ladder.Normal}, Rungs: []ladder.Rung{
		{ID: "listed", From: "start", Unit: wd, Every: 5, Only: []string{"major"}, To: []ladder.Audience{ladder.Leader}, Level: ladder.Red, Act: ladder.List},
		{ID: "before", Offset: -3, Unit: wd, To: []ladder.Audience{ladder.Contact}, Level: ladder.Normal, Act: ladder.Remind},
		{ID: "due", Unit: wd, To: []ladder.Audience{ladder.Holder}, Level: ladder.Normal, Act: ladder.FlagOverdue},
		{ID: "order", Offset: 3, Unit: wd, To: []ladder.Audience{ladder.Holder}, Level: ladder.Red, Act: ladder.SupervisionOrder},
		{ID: "refer", Offset: 10, Unit: wd, To: []ladder.Audience{ladder.Department}, Level: ladder.Red, Act: ladder.Refer},
	}}
}

func climb(k clock.Clock, variant string) ladder.Climb {
	return ladder.Climb{Ladder: hazards(), Clock: k, Calendar: clock.Calendar{Version: "test"}, Variant: variant, CaseID: "x"}
}

func names(steps []ladder.Step) []string {
	var all []string
	for _, s := range steps {
		all = append(all, clock.DateOf(s.At).String()[5:]+" "+s.ID)
	}
	return all
}

func TestForecast(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 11, 2)
	k := clock.StartUntil("rectify", "", start, clock.NewDate(2026, 11, 13), clock.Calendar{})
	require.NoError(t, hazards().Valid())
	require.Equal(t, []string{"11-10 before", "11-14 due", "11-18 order", "11-27 refer", "12-04 floor#1", "12-11 floor#2"},
		names(climb(k, "general").Ahead(clock.NewDate(2026, 12, 11).End())))
	require.Equal(t, []string{"11-02 start:listed", "11-09 start:listed#1", "11-10 before"}, names(climb(k, "major").Ahead(clock.NewDate(2026, 11, 13).Start()))[:3])
	require.Equal(t, k.Deadline().UTC(), climb(k, "general").Ahead(k.Deadline())[1].At, "the flag is raised at the deadline itself")
}

func TestShortDeadlinesAreNotRemindedOfBeforehand(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 11, 11)
	k := clock.StartUntil("rectify", "", start, clock.NewDate(2026, 11, 13), clock.Calendar{})
	require.Equal(t, "due", climb(k, "general").Ahead(start.AddDays(60).Start())[0].ID)
}

func TestStandingStillAndStoppedClocksAreSilent(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 11, 2)
	k := clock.StartUntil("rectify", "", start, clock.NewDate(2026, 11, 13), clock.Calendar{})
	for _, silent := range []clock.Clock{k.Pause(start.AddDays(2), "x"), k.Stop(start.AddDays(2).Start(), clock.Calendar{}), {}} {
		_, more := climb(silent, "general").Next()
		require.False(t, more)
	}
}

func TestTheFloorGoesOnAfterFourHundredDays(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 1, 5)
	k := clock.StartUntil("rectify", "", start, clock.NewDate(2026, 1, 16), clock.Calendar{})
	fired := map[string]int{}
	for now := start.Start(); now.Before(start.AddDays(800).Start()); now = now.Add(24 * time.Hour) {
		c := climb(k, "general")
		due := c.Due(now)
		for _, s := range due {
			fired[s.ID]++
		}
		k = ladder.Fire(k, due, now)
		next, more := climb(k, "general").Next()
		require.True(t, more, "it never falls silent")
		require.True(t, next.At.After(now), "and never spins")
		require.Less(t, next.At.Sub(now), 30*24*time.Hour)
	}
	for id, n := range fired {
		require.Equal(t, 1, n, id)
	}
	require.Contains(t, fired, "floor#100")
}

// TestEachRungFiresOnceInOrder: whatever is paused, resumed and extended in between, no rung fires twice for one end of the clock, none
// before its time, and the climb always knows a next step while the clock is live.
func TestEachRungFiresOnceInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := clock.NewDate(2026, 3, 2).AddDays(rapid.IntRange(0, 30).Draw(t, "start"))
		cal := clock.Calendar{Version: "test"}
		unit := rapid.SampledFrom([]clock.Unit{clock.WorkingDay, clock.Day, clock.WorkingHour}).Draw(t, "unit")
		k := clock.Start("x", clock.Limit{Amount: rapid.IntRange(0, 30).Draw(t, "amount"), Unit: unit}, start.Start().Add(10*time.Hour), cal)
		variant := rapid.SampledFrom([]string{"general", "major"}).Draw(t, "variant")
		now := start.Start().Add(10 * time.Hour)
		for range 40 {
			switch rapid.SampledFrom([]string{"wake", "wake", "wake", "pause", "resume", "extend"}).Draw(t, "step") {
			case "wake":
				now = now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour)
				due := climb(k, variant).Due(now)
				k = ladder.Fire(k, due, now)
			case "pause":
				k = k.Pause(clock.DateOf(now), "x")
			case "resume":
				k = k.Resume(clock.DateOf(now), cal)
			case "extend":
				k = k.Extend(clock.Extension{On: clock.DateOf(now), Amount: rapid.IntRange(1, 10).Draw(t, "by")}, cal)
			}
			if _, more := climb(k, variant).Next(); k.Live() && !more {
				t.Fatalf("silent at %s: %+v", now, k)
			}
		}
		seen := map[string]bool{}
		for _, f := range k.Fired {
			key := f.Rung + f.Deadline.String()
			if seen[key] || f.At.Before(f.Due) {
				t.Fatalf("%s fired twice or early: %+v", f.Rung, k.Fired)
			}
			seen[key] = true
		}
	})
}

// TestFiringsFromBeforeEndsHadANameStayWithTheirEnd: rungs that fired before a pause or a calendar moved the end, in an older version, do not
// count for the end that stands now.
func TestFiringsFromBeforeEndsHadANameStayWithTheirEnd(t *testing.T) {
	t.Parallel()
	start := clock.NewDate(2026, 11, 2)
	k := clock.StartUntil("stage", "", start, clock.NewDate(2026, 11, 13), clock.Calendar{})
	for _, s := range climb(k, "general").Due(clock.NewDate(2026, 11, 19).Start()) {
		k.Fired = append(k.Fired, clock.Firing{Rung: s.ID, Due: s.At, At: s.At})
	}
	require.NotEmpty(t, k.Fired)
	next, _ := climb(k, "general").Next()
	require.Equal(t, "refer", next.ID, "as long as the end stands they count")
	k.GivenOn = clock.Date{}
	k.Pauses = append(k.Pauses, clock.Pause{From: clock.NewDate(2026, 11, 10), To: clock.NewDate(2026, 12, 10)})
	k = k.Reckon(clock.Calendar{})
	require.Equal(t, []string{"12-08 before", "12-14 due", "12-16 order", "12-25 refer"}, names(climb(k, "general").Ahead(clock.NewDate(2026, 12, 28).Start())))
}

// TestAClosingMakesVoidWhatLiesAheadAlone: no rung that has fired, also not in the deed that closes the case, and none whose time had come, whether somebody was told or not.
func TestAClosingMakesVoidWhatLiesAheadAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := clock.NewDate(2026, 11, 2)
		k := clock.StartUntil("rectify", "", start, start.AddDays(rapid.IntRange(0, 30).Draw(t, "days")), clock.Calendar{})
		at := start.Start().Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "hours")) * time.Hour)
		before := climb(k, "general")
		if rapid.Bool().Draw(t, "fires") {
			k = ladder.Fire(k, before.Due(at), at)
		}
		k = before.Cancel(k.Stop(at, clock.Calendar{}), at)
		told := map[string]bool{}
		for _, f := range k.Fired {
			told[f.Rung] = true
		}
		for _, c := range k.Cancelled {
			require.False(t, told[c.Rung], "%s has fired", c.Rung)
			require.True(t, c.Due.After(c.At), "%s had come", c.Rung)
		}
		ahead := 0
		for _, s := range before.Ahead(time.Time{}) {
			if s.At.After(at) {
				ahead++
			}
		}
		require.Len(t, k.Cancelled, ahead, "and every one of them")
	})
}
