package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

type migrateCommand struct {
	config.Owner
	config.Log
}

// Run migrates and, when a zone is set up, publishes the shipped definitions. It can be repeated.
func (c *migrateCommand) Run(ctx context.Context) error {
	url, err := c.URL()
	if err != nil {
		return err
	}
	log := c.Logger()
	if _, err := await(ctx, log, func() (bool, error) { return true, store.Migrate(ctx, url, c.AppRole) }); err != nil {
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
	Zone    string `required:"" help:"Name of the zone."`
	Short   string `required:"" help:"Its short name."`
	Letters string `required:"" help:"What the numbers of official letters begin with, e.g. 泗开安监."`
}

// Run sets a zone up and prints the first administrator's password, once.
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
	if _, err := db.Park(ctx); !errors.Is(err, store.ErrNoPark) {
		return errors.Join(err, errors.New("a zone is set up already"))
	}
	park := store.Park{ID: uuid.NewString(), Code: "zone", Name: c.Zone, ShortName: c.Short, Letters: c.Letters}
	if err := db.AddPark(ctx, park); err != nil {
		return err
	}
	if err := seed.Publish(ctx, db); err != nil {
		return err
	}
	a, err := auth.New(auth.Auth{Queries: db.Accounts(), ParkID: func(context.Context) (string, error) { return park.ID, nil }, Now: time.Now, Log: slog.Default()})
	if err != nil {
		return err
	}
	password, err := a.CreateUser(ctx, process.Actor{Type: process.Import, Name: "setup"}, auth.Person{Username: "admin", Name: "管理员", Role: process.Administrator})
	if err != nil {
		return err
	}
	fmt.Printf("the zone is set up; sign in as admin with %s and choose a password of your own\n", password)
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
	engine, err := dial(ctx, c.Temporal, log)
	if err != nil {
		return err
	}
	defer engine.Close()
	a := &app.App{Store: db, Engine: &app.Engine{Client: engine, TaskQueue: c.TaskQueue, Cases: db}, Log: log, Now: time.Now}
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
