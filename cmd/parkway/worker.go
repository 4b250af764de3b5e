package main

import (
	"context"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/tracing"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
)

type workerCommand struct {
	config.Database
	config.Flush
	config.Temporal
	config.Keys
	config.Channels
	config.Log
	config.Metrics
	config.Traces
}

// Run works until the context ends, then lets running tasks finish.
func (c *workerCommand) Run(ctx context.Context) error {
	log := c.Logger()
	url, err := c.URL()
	if err != nil {
		return err
	}
	key, err := c.Secret()
	if err != nil {
		return err
	}
	allowed, err := c.Allowed()
	if err != nil {
		return err
	}
	traces, err := tracing.Start(ctx, c.Traces, "parkway-worker")
	if err != nil {
		return err
	}
	defer traces.Stop()
	db, err := awaitStore(ctx, url, log, store.Traced(traces.SQL()), store.EngineFlushes(c.OnePostgres), store.ReachedAt(c.PublicURL))
	if err != nil {
		return err
	}
	defer db.Close()
	engine, err := dial(ctx, c.Temporal, log, traces)
	if err != nil {
		return err
	}
	defer engine.Close()
	watched, err := c.Metrics.Listener()
	if err != nil {
		return err
	}
	numbers, zone := metrics.New(), &turn.Follower{Store: db, Log: log}
	if err := zone.Start(ctx); err != nil {
		return err
	}
	w, err := worker.Start(ctx, worker.Parts{Store: db, Client: engine, TaskQueue: c.TaskQueue, Secret: key, Allowed: allowed, PublicURL: c.PublicURL, Now: zone.Now, Ahead: zone.Ahead,
		Count: numbers, Log: log})
	if err != nil {
		return err
	}
	defer w.Stop()
	log.Info("working", "task_queue", c.TaskQueue)
	if watched == nil {
		<-ctx.Done()
		return nil
	}
	cases := &app.App{Store: db, Engine: &app.Engine{Client: engine, TaskQueue: c.TaskQueue, Cases: db}, Log: log, Now: zone.Now}
	return numbers.Serve(ctx, watched, &metrics.Watched{Cases: db, Orphans: cases.CountOrphans, Now: zone.Now, Log: log})
}
