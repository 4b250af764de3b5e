package worker

import (
	"context"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"github.com/parkway-zone/parkway/activities"
	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
)

// Parts are what a running worker is made of.
type Parts struct {
	Store     *store.Store
	Client    client.Client
	TaskQueue string
	Secret    []byte         // opens the channels' secrets
	Allowed   []netip.Prefix // private addresses that channels may reach
	PublicURL string         // where links in messages lead
	Now       func() time.Time
	Ahead     func() time.Duration // how far a demo's time is ahead of the machine's; nil: not at all
	Count     activities.Counter   // nil: nobody counts
	Log       *slog.Logger
}

// Worker is a worker that runs.
type Worker struct {
	sdk.Worker
	stop context.CancelFunc
	done chan struct{}
}

// Stop lets running tasks finish.
func (w *Worker) Stop() {
	w.Worker.Stop()
	w.stop()
	<-w.done
}

// Start starts a worker with its schedules and returns it running; the caller stops it.
func Start(ctx context.Context, p Parts) (*Worker, error) {
	safe, err := notify.NewSafe(p.Secret)
	if err != nil {
		return nil, err
	}
	engine := &app.Engine{Client: p.Client, TaskQueue: p.TaskQueue, Cases: p.Store}
	prompts := make(chan struct{}, 1)
	a := &activities.Activities{Store: p.Store, Waker: engine, Commander: engine, Now: p.Now, Ahead: p.Ahead, Count: p.Count, Log: p.Log, Safe: safe,
		Post: notify.NewPost(time.Now, p.Allowed), PublicURL: p.PublicURL, Prompt: func() {
			select {
			case prompts <- struct{}{}:
			default: // one is on its way
			}
		}}
	w := New(p.Client, a, Options{TaskQueue: p.TaskQueue, Log: p.Log})
	if err := w.Start(); err != nil {
		return nil, fmt.Errorf("start the worker: %w", err)
	}
	if err := EnsureSchedules(ctx, p.Client, p.TaskQueue); err != nil {
		w.Stop()
		return nil, err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	started := &Worker{Worker: w, stop: stop, done: make(chan struct{})}
	go started.pass(running, prompts, p)
	return started, nil
}

// pass hands prompts on to the courier, at most one a second: a storm of notices is one prompt.
func (w *Worker) pass(ctx context.Context, prompts <-chan struct{}, p Parts) {
	defer close(w.done)
	calm := time.NewTicker(time.Second)
	defer calm.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-prompts:
		}
		if err := Prompt(ctx, p.Client, p.TaskQueue); err != nil && ctx.Err() == nil {
			p.Log.Warn("courier not woken; it wakes by itself", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-calm.C:
		}
	}
}
