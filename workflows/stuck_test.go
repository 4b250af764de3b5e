package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"context"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// faulty is a door that cannot get its case on: its next wake stays in the past whatever it answers to the clock.
type faulty struct {
	answer   func(*process.Standing) error // what it does to the clock's command
	standing process.Standing
	clock    int
	people   int
}

func (f *faulty) Apply(_ context.Context, order process.Order) (process.Outcome, error) {
	if order.Call.Actor.Type == process.Clock {
		f.clock++
		return process.Outcome{Standing: f.standing}, f.answer(&f.standing)
	}
	f.people++
	f.standing.Version++
	return process.Outcome{Standing: f.standing}, nil
}

func (f *faulty) Standing(context.Context, string) (process.Standing, error) { return f.standing, nil }

func no(code process.Code) error {
	return temporal.NewApplicationErrorWithOptions("no", workflows.RefusalType, temporal.ApplicationErrorOptions{NonRetryable: true,
		Details: []any{process.Refuse(code, "不行", "no")}})
}

// TestACaseThatCannotGetOnDoesNotSpin: whatever the door answers to the clock, the door is called a few times a day, people's commands go
// through, and the workflow can continue as new.
func TestACaseThatCannotGetOnDoesNotSpin(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(*process.Standing) error{
		"Replays":                  func(*process.Standing) error { return nil },
		"Refuses":                  func(*process.Standing) error { return no(process.NothingChanged) },
		"CannotBeReached":          func(*process.Standing) error { return context.DeadlineExceeded },
		"RecordsAndWakesInThePast": func(s *process.Standing) error { s.Version++; return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &faulty{answer: answer}
			var suite testsuite.WorkflowTestSuite
			suite.SetLogger(quiet{})
			env := suite.NewTestWorkflowEnvironment()
			env.SetStartTime(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
			env.RegisterWorkflowWithOptions(workflows.Of(hazard.Entry()), workflow.RegisterOptions{Name: hazard.Entry().Workflow})
			env.RegisterActivityWithOptions(f.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})
			env.RegisterActivityWithOptions(f.Standing, activity.RegisterOptions{Name: workflows.StandingActivity})
			f.standing = standing(env.Now().Add(-time.Hour))
			answers := []*error{}
			for day := range 9 {
				answers = append(answers, update(env, time.Duration(day)*24*time.Hour+time.Hour, hazard.Kind.Does(casework.CommentVerb)))
			}
			env.RegisterDelayedCallback(func() { env.SetContinueAsNewSuggested(true) }, 10*24*time.Hour)
			env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: f.standing, Loop: 2})
			var next *workflow.ContinueAsNewError
			require.ErrorAs(t, env.GetWorkflowError(), &next)
			require.Equal(t, 9, f.people)
			for _, answered := range answers {
				require.NoError(t, *answered)
			}
			most := 40 * 10 // a case that is refused or goes round: hourly in the end
			if name == "CannotBeReached" {
				most = 10 * 24 * 60 * 8 // each minute, with the tries of one call
			}
			require.Less(t, f.clock, most)
			require.Positive(t, f.clock)
		})
	}
}

// TestAWorkflowWithoutACaseEnds: an opening that was refused leaves nothing behind, nor does a start that no command follows.
func TestAWorkflowWithoutACaseEnds(t *testing.T) {
	t.Parallel()
	for name, opens := range map[string]bool{"RefusedOpening": true, "NoOpening": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var suite testsuite.WorkflowTestSuite
			env := suite.NewTestWorkflowEnvironment()
			env.RegisterWorkflowWithOptions(workflows.Of(hazard.Entry()), workflow.RegisterOptions{Name: hazard.Entry().Workflow})
			env.RegisterActivityWithOptions(func(context.Context, process.Order) (process.Outcome, error) {
				return process.Outcome{}, no(process.InvalidInput)
			}, activity.RegisterOptions{Name: workflows.ApplyActivity})
			env.RegisterActivityWithOptions(func(context.Context, string) (process.Standing, error) {
				return process.Standing{}, no(process.NotFound)
			},
				activity.RegisterOptions{Name: workflows.StandingActivity})
			var answered *error
			if opens {
				answered = update(env, 0, hazard.RecordName)
			}
			env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Begin("h"))
			require.True(t, env.IsWorkflowCompleted())
			require.NoError(t, env.GetWorkflowError())
			if opens {
				require.Error(t, *answered)
			}
		})
	}
}
