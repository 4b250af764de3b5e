package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/schedule"
	"github.com/parkway-zone/parkway/domain/works"
)

// TestALongPlanIsMovedForWhatItMoves: of a plan of 1,800 targets that is moved fourteen times, each version costs what it moved, in the row and in the history, and the
// history says from which day to which.
func TestALongPlanIsMovedForWhatItMoves(t *testing.T) {
	t.Parallel()
	b := setup(t)
	manager := b.As(process.ProjectManager)
	id := b.openProject(t, "construction")
	b.do(t, manager, id, project.AddBuildingsName, project.AddBuildings{Codes: "1#-100#"})
	p, err := b.Store.Project(t.Context(), manager, id, clock.DateOf(b.now))
	require.NoError(t, err)
	day := clock.DateOf(b.now).AddDays(100)
	targets := []schedule.Target{}
	for _, l := range p.Lines(p.Definition, nil) {
		if l.Subject.Sort() == schedule.Step {
			targets = append(targets, schedule.Target{Subject: l.Subject, On: day})
		}
	}
	reason := ""
	for part := range slices.Chunk(targets, 1000) {
		b.do(t, manager, id, project.PlanName, project.Plan{Targets: part, Reason: reason})
		reason = "分两次定完"
	}
	for n := range 14 {
		moved := slices.Clone(targets[n*100 : n*100+100])
		for i := range moved {
			moved[i].On = day.AddDays(n + 1)
		}
		start := time.Now()
		outcome := b.do(t, manager, id, project.PlanName, project.Plan{Targets: moved, Reason: "顺延"})
		t.Logf("version %d: %s, %d facts", n+3, time.Since(start), len(outcome.Event.Changes))
		said := 0
		for _, c := range outcome.Event.Changes {
			if strings.HasSuffix(c.Path, ".was") {
				said++
				require.Equal(t, `"`+day.String()+`"`, string(c.New))
			}
		}
		require.Equal(t, 100, said)
		require.Less(t, len(outcome.Event.Changes), 310)
	}
	start := time.Now()
	b.do(t, manager, id, project.RecordProgressName, project.RecordProgress{Buildings: []works.Span{"1#"}, Steps: []string{"foundation"}, State: works.Running})
	t.Logf("a step of %d targets: %s", len(targets), time.Since(start))
	start = time.Now()
	p, err = b.Store.Project(t.Context(), manager, id, clock.DateOf(b.now))
	require.NoError(t, err)
	t.Logf("read: %s", time.Since(start))
	require.Len(t, p.Baseline(0).Targets, len(targets))
	require.Equal(t, day.AddDays(14), p.Baseline(0).Of(targets[1399].Subject))
	require.Equal(t, day, p.Baseline(2).Of(targets[1399].Subject), "a former version stands as it was")
	start = time.Now()
	v, err := b.Store.Verify(t.Context(), b.As(process.Auditor), id)
	require.NoError(t, err)
	require.Empty(t, v.Faults())
	t.Logf("verified: %s", time.Since(start))
}
