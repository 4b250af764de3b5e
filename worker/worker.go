// Package worker runs the workflows and activities of Parkway on a Temporal worker.
package worker

import (
	"context"
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/activities"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/workflows"
)

// Options are the settings of a worker; the numbers were measured on two cores.
type Options struct {
	TaskQueue string
	Log       *slog.Logger
}

// New returns a worker with everything registered under its explicit name. Start and Stop it, or Run it.
func New(c client.Client, a *activities.Activities, options Options) sdk.Worker {
	return NewWith(c, a, options)
}

// World is what the registered activities do; tests put a faulty one in its place.
type World interface {
	Apply(ctx context.Context, order process.Order) (process.Outcome, error)
	Standing(ctx context.Context, caseID string) (process.Standing, error)
	Heal(ctx context.Context) (int, error)
	Batch(ctx context.Context, b workflows.Batch) (int, error)
	Collect(ctx context.Context) (workflows.Round, error)
	Deliver(ctx context.Context, message int64) error
	Digest(ctx context.Context) (int, error)
}

// NewWith is New with another world.
func NewWith(c client.Client, a World, options Options) sdk.Worker {
	w := sdk.New(c, options.TaskQueue, sdk.Options{
		MaxConcurrentWorkflowTaskPollers: 24,
		StickyScheduleToStartTimeout:     time.Second, // a case that a dead worker knew by heart goes to another worker after that
		DeadlockDetectionTimeout:         5 * time.Second,
		WorkerStopTimeout:                500 * time.Millisecond, // what is cut off is tried again: every activity can be repeated
		DisableRegistrationAliasing:      true,
	})
	register(w, a)
	return w
}

// Registry is the part of a worker that takes registrations; the replayer and the test environment have it too.
type Registry interface {
	RegisterWorkflowWithOptions(w any, options workflow.RegisterOptions)
	RegisterActivityWithOptions(a any, options activity.RegisterOptions)
}

func register(r Registry, a World) {
	for _, kind := range kinds.All() {
		r.RegisterWorkflowWithOptions(workflows.Of(kind), workflow.RegisterOptions{Name: kind.Workflow})
	}
	r.RegisterWorkflowWithOptions(workflows.Watchdog, workflow.RegisterOptions{Name: workflows.WatchdogType})
	r.RegisterActivityWithOptions(a.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})
	r.RegisterActivityWithOptions(a.Standing, activity.RegisterOptions{Name: workflows.StandingActivity})
	r.RegisterWorkflowWithOptions(workflows.RunBatch, workflow.RegisterOptions{Name: workflows.BatchType})
	r.RegisterActivityWithOptions(a.Batch, activity.RegisterOptions{Name: workflows.BatchActivity})
	r.RegisterWorkflowWithOptions(workflows.Courier, workflow.RegisterOptions{Name: workflows.CourierType})
	r.RegisterWorkflowWithOptions(workflows.Digest, workflow.RegisterOptions{Name: workflows.DigestType})
	r.RegisterActivityWithOptions(a.Collect, activity.RegisterOptions{Name: workflows.CollectActivity})
	r.RegisterActivityWithOptions(a.Deliver, activity.RegisterOptions{Name: workflows.DeliverActivity})
	r.RegisterActivityWithOptions(a.Digest, activity.RegisterOptions{Name: workflows.DigestActivity})
	r.RegisterActivityWithOptions(a.Heal, activity.RegisterOptions{Name: workflows.HealActivity})
}
