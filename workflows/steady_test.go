package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// timers counts what the run does to timers: each deed of these is an event of its history.
type timers struct{ started, cancelled int }

func watch(env *testsuite.TestWorkflowEnvironment) *timers {
	n := &timers{}
	env.SetOnTimerScheduledListener(func(string, time.Duration) { n.started++ })
	env.SetOnTimerCanceledListener(func(string) { n.cancelled++ })
	return n
}

// told is what the workflow last heard of its case.
func told(t *testing.T, env *testsuite.TestWorkflowEnvironment) process.Standing {
	t.Helper()
	var value converter.EncodedValue
	value, err := env.QueryWorkflow(workflows.StandingQuery)
	require.NoError(t, err)
	var s process.Standing
	require.NoError(t, value.Get(&s))
	return s
}

func TestACommentLeavesTheTimerAlone(t *testing.T) {
	t.Parallel()
	d := &door{}
	env := environment(t, d)
	n := watch(env)
	d.standing = standing(env.Now().Add(7 * 24 * time.Hour))
	for hour := range 5 {
		update(env, time.Duration(hour+1)*time.Hour, hazard.Kind.Does(casework.CommentVerb))
	}
	env.RegisterDelayedCallback(func() {
		require.Equal(t, int64(6), told(t, env).Version, "every comment was heard")
		require.Equal(t, timers{started: 1}, *n, "neither started nor cancelled for a comment")
		d.standing.Done, d.standing.NextWake = true, nil
		env.SignalWorkflow(workflows.PokeSignal, nil)
	}, 24*time.Hour)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: workflows.Begin("h").Loop})
	require.NoError(t, env.GetWorkflowError())
	require.Len(t, d.orders, 5)
}

// TestTheTimerFollowsTheNextWake: wherever the wake went while the timer stood, the clock's command comes at the wake, once, and not before.
func TestTheTimerFollowsTheNextWake(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		change func(*process.Standing)
		rings  time.Duration // after the start; by the zone's time
		timers timers
	}{
		"Later":      {func(s *process.Standing) { later := s.NextWake.Add(5 * day); s.NextWake = &later }, 12 * day, timers{started: 2}},
		"Sooner":     {func(s *process.Standing) { sooner := s.NextWake.Add(-5 * day); s.NextWake = &sooner }, 2 * day, timers{started: 2, cancelled: 1}},
		"Turned":     {func(s *process.Standing) { s.Ahead = 3 * day }, 7 * day, timers{started: 2, cancelled: 1}},
		"TurnedOver": {func(s *process.Standing) { s.Ahead = 30 * day }, 30*day + time.Hour, timers{started: 1, cancelled: 1}}, // the wake has passed: at once
		"Nothing":    {func(s *process.Standing) { s.NextWake = nil }, 0, timers{started: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &door{}
			env := environment(t, d)
			n := watch(env)
			start := env.Now()
			d.standing = standing(start.Add(7 * day))
			begin := d.standing
			env.RegisterDelayedCallback(func() { c.change(&d.standing) }, time.Hour)
			update(env, time.Hour, hazard.Kind.Does(casework.CommentVerb))
			env.RegisterDelayedCallback(func() {
				d.standing.Done, d.standing.NextWake = true, nil
				env.SignalWorkflow(workflows.PokeSignal, nil)
			}, 60*day)
			env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: begin, Loop: workflows.Begin("h").Loop})
			require.NoError(t, env.GetWorkflowError())
			require.Equal(t, c.timers, *n)
			if c.rings == 0 {
				require.Len(t, d.orders, 1, "the comment")
				return
			}
			require.Len(t, d.orders, 2, "the comment, and the clock once")
			require.Equal(t, hazard.Kind.Does(casework.RemindVerb), d.orders[1].Command)
			require.Equal(t, start.Add(c.rings).UTC(), d.orders[1].Call.OccurredAt.UTC())
		})
	}
}
