package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
)

func openStore(ctx context.Context, url string, log *slog.Logger, options ...store.Option) (*store.Store, error) {
	calendar, err := definitions.Calendar()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, url, calendar, log, options...)
	if errors.Is(err, store.ErrOldSchema) {
		err = errors.New("the data is of an earlier release, or its first start has not got to its end: start this program on it, which backs the data up and brings it up to date")
	}
	return db, err
}

type reconcileCommand struct{ keeping }

// Run starts what is missing in the engine of the program that runs on the folder. A start does the same by itself.
func (c *reconcileCommand) Run(ctx context.Context) error {
	p, err := c.program(ctx)
	if err != nil {
		return err
	}
	if !standalone.Running(p.dir) {
		return errors.New("nothing runs on this folder: start it, which starts what is missing by itself")
	}
	url, err := p.runningURL(ctx)
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, p.log)
	if err != nil {
		return err
	}
	defer db.Close()
	address, err := standalone.RunningEngine(p.dir)
	if err != nil {
		return err
	}
	engine, err := client.DialContext(ctx, client.Options{HostPort: address, Namespace: p.Namespace, Logger: p.log})
	if err != nil {
		return fmt.Errorf("reach the engine on %s: %w", address, err)
	}
	defer engine.Close()
	zone := &turn.Follower{Store: db, Log: p.log}
	if err := zone.Start(ctx); err != nil {
		return err
	}
	a := &app.App{Store: db, Engine: &app.Engine{Client: engine, TaskQueue: p.TaskQueue, Cases: db}, Log: p.log, Now: zone.Now}
	n, err := a.Reconcile(ctx, func(int) {})
	if err != nil {
		return err
	}
	orphans, err := a.Orphans(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d open cases have their workflow; %d workflows without a case were ended\n", n, orphans)
	return nil
}
