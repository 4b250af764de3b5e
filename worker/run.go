package worker

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"github.com/parkway-zone/parkway/activities"
	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/store"
)

// Start starts a worker with its schedules and returns it running; the caller stops it.
func Start(ctx context.Context, c client.Client, s *store.Store, taskQueue string, now func() time.Time, log *slog.Logger) (sdk.Worker, error) {
	engine := &app.Engine{Client: c, TaskQueue: taskQueue}
	a := &activities.Activities{Store: s, Waker: engine, Commander: engine, Now: now, Log: log}
	w := New(c, a, Options{TaskQueue: taskQueue, Log: log})
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("start the worker: %w", err)
	}
	if err := EnsureSchedules(ctx, c, taskQueue); err != nil {
		w.Stop()
		return nil, err
	}
	return w, nil
}
