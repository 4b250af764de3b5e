package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/cmd/desk"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
)

type migrateCommand struct {
	config.Owner
	config.Database
	config.Keys
	config.Files
	config.Log
	config.Upgrades
}

// Run makes the application's role where it is missing, migrates and, when a zone is set up, publishes the shipped definitions. It can be repeated.
// Data of an earlier release is backed up first, or the person says that it need not be.
func (c *migrateCommand) Run(ctx context.Context) error {
	url, err := c.Owner.URL()
	if err != nil {
		return err
	}
	log := c.Logger()
	due, err := await(ctx, log, func() (*store.Upgrade, error) { return store.Due(ctx, url) })
	if err != nil {
		return err
	}
	if err := makeAppRole(ctx, url, c.Database, c.AppRole); err != nil {
		return err
	}
	if err := c.backedUp(ctx, url, due); err != nil {
		return err
	}
	tell := func(words string) {
		fmt.Println(words)
		log.Info("the data is brought up to date", "words", words)
	}
	if _, err := await(ctx, log, func() (bool, error) { return true, store.MigrateTelling(ctx, url, c.AppRole, tell) }); err != nil {
		return err
	}
	db, err := openStore(ctx, url, log)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := seed.Publish(ctx, db); err != nil && !errors.Is(err, store.ErrNoPark) {
		return err
	}
	fmt.Println("the schema is up to date")
	return nil
}

type setupCommand struct {
	config.Owner
	config.Log
	desk.Setup
}

// Run sets a zone up and prints the first administrator's password, once. Where a run before was interrupted it goes on from there.
func (c *setupCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, c.Logger())
	if err != nil {
		return err
	}
	defer db.Close()
	return c.Found(ctx, db)
}

type adminPasswordCommand struct {
	config.Database
	config.Log
	desk.AdminPassword
}

// AfterApply says where the database is.
func (c *adminPasswordCommand) AfterApply(k *kong.Context) error { return opened(k, c.Database, c.Log) }

type registerCommand struct {
	config.Database
	config.Log
	desk.Registers
}

// AfterApply says where the database is.
func (c *registerCommand) AfterApply(k *kong.Context) error { return opened(k, c.Database, c.Log) }

type lettersCommand struct {
	config.Database
	config.Log
	desk.Letters
}

// AfterApply says where the database is.
func (c *lettersCommand) AfterApply(k *kong.Context) error { return opened(k, c.Database, c.Log) }

// opened lets the commands that both programs have open this one's database.
func opened(k *kong.Context, d config.Database, l config.Log) error {
	k.Bind(desk.Opener(func(ctx context.Context) (*store.Store, func(), error) {
		if err := d.Check(); err != nil {
			return nil, nil, err
		}
		url, err := d.URL()
		if err != nil {
			return nil, nil, err
		}
		db, err := openStore(ctx, url, l.Logger())
		if err != nil {
			return nil, nil, err
		}
		return db, db.Close, nil
	}))
	return nil
}

type seedCommand struct {
	config.Owner
	config.Log
}

// Run loads the demo zone. It can be repeated and resumed.
func (c *seedCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, c.Logger())
	if err != nil {
		return err
	}
	defer db.Close()
	if err := seed.Load(ctx, db, time.Now()); err != nil {
		return err
	}
	fmt.Println("the demo zone is loaded; `parkway reconcile` starts the workflows of its open cases")
	return nil
}

type reconcileCommand struct {
	config.Database
	config.Temporal
	config.Log
}

// Run starts what is missing in the engine.
func (c *reconcileCommand) Run(ctx context.Context) error {
	log := c.Logger()
	url, err := c.URL()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, url, log)
	if err != nil {
		return err
	}
	defer db.Close()
	engine, err := dial(ctx, c.Temporal, log, nil)
	if err != nil {
		return err
	}
	defer engine.Close()
	zone := &turn.Follower{Store: db, Log: log}
	if err := zone.Start(ctx); err != nil {
		return err
	}
	a := &app.App{Store: db, Engine: &app.Engine{Client: engine, TaskQueue: c.TaskQueue, Cases: db}, Log: log, Now: zone.Now}
	n, err := a.Reconcile(ctx, func(n int) { fmt.Printf("%d open cases\n", n) })
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
