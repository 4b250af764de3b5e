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
	if err := c.backedUp(ctx, url, due); err != nil {
		return err
	}
	if err := makeAppRole(ctx, url, c.Database, c.AppRole); err != nil {
		return err
	}
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
	park, err := db.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark):
		park = store.Park{ID: uuid.NewString(), Code: "zone", Name: c.Zone, ShortName: c.Short, Letters: c.Letters}
		err = db.AddPark(ctx, park)
	case err == nil && (park.Demo || park.Name != c.Zone):
		err = fmt.Errorf("the zone %s is set up already; a database holds one zone", park.Name)
	}
	if err != nil {
		return err
	}
	if err := seed.Publish(ctx, db); err != nil {
		return err
	}
	password, err := firstAdministrator(ctx, db, park)
	if err != nil {
		return err
	}
	fmt.Printf("the zone is set up; sign in as admin with %s and choose a password of your own\n", password)
	return nil
}

// firstAdministrator makes the first account. Where it is there and nobody has used it, its password may have been lost with the run that made it:
// it gets a new one. It refuses a zone in which people work.
func firstAdministrator(ctx context.Context, db *store.Store, park store.Park) (password string, err error) {
	a, err := auth.New(auth.Auth{Queries: db.Accounts(), ParkID: func(context.Context) (string, error) { return park.ID, nil }, Now: time.Now, Log: slog.Default()})
	if err != nil {
		return "", err
	}
	by := process.Actor{Type: process.Import, Name: "setup"}
	users, err := db.Accounts().Users(ctx, park.ID)
	if err != nil {
		return "", fmt.Errorf("read the accounts: %w", err)
	}
	if len(users) == 0 {
		return a.CreateUser(ctx, by, auth.Account{Username: "admin", Name: "管理员", Role: process.Administrator})
	}
	first, err := db.Accounts().UserByID(ctx, users[0].ID)
	if err != nil {
		return "", fmt.Errorf("read the first account: %w", err)
	}
	if len(users) > 1 || first.Username != "admin" || !first.MustChange {
		return "", fmt.Errorf("the zone %s is set up already, and its administrator has signed in", park.Name)
	}
	return a.ResetPassword(ctx, by, first.ID)
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
