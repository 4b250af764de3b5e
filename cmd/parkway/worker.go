package main

import (
	"context"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
)

type workerCommand struct {
	config.Database
	config.Temporal
	config.Keys
	config.Channels
	config.Log
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
	db, err := openStore(ctx, url, log)
	if err != nil {
		return err
	}
	defer db.Close()
	engine, err := dial(ctx, c.Temporal, log)
	if err != nil {
		return err
	}
	defer engine.Close()
	zone := &turn.Follower{Store: db, Log: log}
	w, err := worker.Start(ctx, worker.Parts{Store: db, Client: engine, TaskQueue: c.TaskQueue, Secret: key, Allowed: allowed, PublicURL: c.PublicURL, Now: zone.Now, Ahead: zone.Ahead, Log: log})
	if err != nil {
		return err
	}
	log.Info("working", "task_queue", c.TaskQueue)
	<-ctx.Done()
	w.Stop()
	return nil
}
