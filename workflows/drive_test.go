package workflows_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// door is a door for tests: it remembers what it was asked and answers with a standing that the test sets.
type door struct {
	orders   []process.Order
	standing process.Standing
	err      func(process.Order) error
	does     func(process.Order) // what a command changes
	gate     chan struct{}       // nil, or closed when it may say where the case stands
}

func (d *door) Apply(_ context.Context, order process.Order) (process.Outcome, error) {
	d.orders = append(d.orders, order)
	if d.err != nil {
		if err := d.err(order); err != nil {
			return process.Outcome{}, err
		}
	}
	d.standing.Version++
	if d.does != nil {
		d.does(order)
	}
	if order.Command == hazard.Kind.Does(casework.RemindVerb) {
		d.standing.NextWake = nil
	}
	return process.Outcome{Standing: d.standing}, nil
}

func (d *door) Standing(context.Context, string) (process.Standing, error) {
	if d.gate != nil {
		<-d.gate
	}
	return d.standing, nil
}

func environment(t *testing.T, d *door) *testsuite.TestWorkflowEnvironment {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC))
	env.RegisterWorkflowWithOptions(workflows.Of(hazard.Entry()), workflow.RegisterOptions{Name: hazard.Entry().Workflow})
	env.RegisterActivityWithOptions(d.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})
	env.RegisterActivityWithOptions(d.Standing, activity.RegisterOptions{Name: workflows.StandingActivity})
	return env
}

func standing(wake time.Time) process.Standing {
	return process.Standing{CaseID: "h", Kind: hazard.Kind, Version: 1, State: "rectifying", DueOn: clock.DateOf(wake), NextWake: &wake}
}

// update sends a command after a while and returns where its answer will be.
func update(env *testsuite.TestWorkflowEnvironment, after time.Duration, name process.Name) *error {
	var result error
	env.RegisterDelayedCallback(func() {
		env.UpdateWorkflow(string(name), string(name)+after.String(), &testsuite.TestUpdateCallback{
			OnAccept: func() {}, OnReject: func(err error) { result = err }, OnComplete: func(_ any, err error) { result = err }},
			process.Order{Input: []byte("{}"), Call: process.Call{Key: "k"}})
	}, after)
	return &result
}

func TestClockFiresOverdueOnce(t *testing.T) {
	t.Parallel()
	d := &door{}
	env := environment(t, d)
	wake := env.Now().Add(7 * 24 * time.Hour)
	d.standing = standing(wake)
	env.RegisterDelayedCallback(func() { d.standing.Done = true; env.SignalWorkflow(workflows.PokeSignal, nil) }, 400*24*time.Hour)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: 2})
	require.NoError(t, env.GetWorkflowError())
	require.Len(t, d.orders, 1, "once in 400 days")
	require.Equal(t, hazard.Kind.Does(casework.RemindVerb), d.orders[0].Command)
	require.Equal(t, process.Clock, d.orders[0].Call.Actor.Type)
	require.True(t, d.orders[0].Call.OccurredAt.Equal(wake))
}

func TestClockWaitsOutAnOutage(t *testing.T) {
	t.Parallel()
	failures := 0
	d := &door{err: func(process.Order) error {
		if failures++; failures < 20 {
			return errors.New("the database is away")
		}
		return nil
	}}
	env := environment(t, d)
	d.standing = standing(env.Now().Add(time.Hour))
	env.RegisterDelayedCallback(func() { d.standing.Done = true; env.SignalWorkflow(workflows.PokeSignal, nil) }, 48*time.Hour)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: 2})
	require.NoError(t, env.GetWorkflowError())
	require.Nil(t, d.standing.NextWake, "it came through in the end")
	for _, order := range d.orders {
		require.Equal(t, d.orders[0].Call.Key, order.Call.Key, "always the same key")
	}
}

func TestRefusalReachesTheCaller(t *testing.T) {
	t.Parallel()
	d := &door{err: func(process.Order) error {
		return temporal.NewApplicationErrorWithOptions("no", workflows.RefusalType, temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{process.Refuse(process.Closed, "已结束", "closed")}})
	}}
	env := environment(t, d)
	d.standing = standing(env.Now().Add(time.Hour * 9999))
	answered := update(env, time.Minute, hazard.Kind.Does(casework.CommentVerb))
	env.RegisterDelayedCallback(func() { d.standing.Done = true; env.SignalWorkflow(workflows.PokeSignal, nil) }, time.Hour)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: 2})
	var application *temporal.ApplicationError
	require.ErrorAs(t, *answered, &application)
	require.Equal(t, workflows.RefusalType, application.Type())
	require.Len(t, d.orders, 1, "a refusal is not tried again")
}

func TestContinueAsNewKeepsTheStanding(t *testing.T) {
	t.Parallel()
	d := &door{}
	env := environment(t, d)
	d.standing = standing(env.Now().Add(9999 * time.Hour))
	update(env, time.Minute, hazard.Kind.Does(casework.CommentVerb))
	env.RegisterDelayedCallback(func() { env.SetContinueAsNewSuggested(true) }, 2*time.Minute)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: 2})
	var next *workflow.ContinueAsNewError
	require.ErrorAs(t, env.GetWorkflowError(), &next)
	require.Len(t, d.orders, 1)
	require.Contains(t, string(next.Input.Payloads[0].Data), `"version":2`)
}

// TestAReopenedCaseHasItsClock: a run that begins on a closed case, because a command opens it again, reminds in time.
func TestAReopenedCaseHasItsClock(t *testing.T) {
	t.Parallel()
	d := &door{}
	env := environment(t, d)
	began := env.Now()
	wake := began.Add(time.Hour)
	d.standing = process.Standing{CaseID: "h", Kind: hazard.Kind, Version: 7, State: "closed", Done: true}
	d.does = func(order process.Order) {
		if order.Command == hazard.ReopenName {
			d.standing.Done, d.standing.State, d.standing.NextWake = false, "rectifying", &wake
		}
	}
	d.gate = make(chan struct{}) // the command waits for its turn while the run hears that the case is closed
	env.RegisterDelayedCallback(func() {
		env.UpdateWorkflow(string(hazard.ReopenName), "reopen", &testsuite.TestUpdateCallback{OnAccept: func() { close(d.gate) }, OnReject: func(err error) { t.Error(err) }, OnComplete: func(any, error) {}},
			process.Order{Input: []byte("{}"), Call: process.Call{Key: "k"}})
	}, time.Millisecond)
	env.RegisterDelayedCallback(func() { d.standing.Done = true; env.SignalWorkflow(workflows.PokeSignal, nil) }, 9*time.Hour)
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Begin("h"))
	require.NoError(t, env.GetWorkflowError())
	require.Len(t, d.orders, 2)
	require.Equal(t, hazard.Kind.Does(casework.RemindVerb), d.orders[1].Command)
	require.True(t, d.orders[1].Call.OccurredAt.Equal(wake), "at its wake, not when somebody comes by")
}

func TestEndsWhenTheCaseIsDone(t *testing.T) {
	t.Parallel()
	d := &door{}
	env := environment(t, d)
	d.standing = standing(env.Now().Add(9999 * time.Hour))
	env.RegisterDelayedCallback(func() { d.standing.Done, d.standing.NextWake = true, nil }, time.Minute)
	update(env, 2*time.Minute, hazard.Kind.Does(casework.CommentVerb))
	env.ExecuteWorkflow(hazard.Entry().Workflow, workflows.Input{CaseID: "h", Standing: d.standing, Loop: 2})
	require.NoError(t, env.GetWorkflowError())
	require.True(t, env.IsWorkflowCompleted())
}
