package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/cmd/desk"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/standalone/terminal"
	"github.com/parkway-zone/parkway/store"
)

// place is where the data lies.
type place struct {
	config.Standalone
	config.Owner
	config.Log
}

type setupCommand struct {
	place
	desk.Setup
}

// Run sets a zone up in a folder in which nothing runs, and prints the first administrator's password, once.
func (c *setupCommand) Run(ctx context.Context) error {
	if _, err := c.Wanted().Checked(); err != nil { // before anything is made
		return c.Refused(err)
	}
	db, done, err := c.open(ctx)
	if err != nil {
		return err
	}
	err = c.Found(ctx, db)
	done()
	if err == nil {
		fmt.Println("start the program without arguments: parkway-standalone")
	}
	return err
}

type adminPasswordCommand struct {
	place
	desk.AdminPassword
}

// AfterApply says where the database is.
func (c *adminPasswordCommand) AfterApply(k *kong.Context) error {
	k.Bind(desk.Opener(c.open))
	return nil
}

type registerCommand struct {
	place
	desk.Registers
}

// AfterApply says where the database is.
func (c *registerCommand) AfterApply(k *kong.Context) error {
	k.Bind(desk.Opener(c.open))
	return nil
}

// open opens the database of the folder: of the program that runs on it, or else of a PostgreSQL that is started for as long as it is needed.
func (p *place) open(ctx context.Context) (*store.Store, func(), error) {
	if err := config.Check(p); err != nil {
		return nil, nil, err
	}
	dir, err := filepath.Abs(p.DataDir)
	if err != nil {
		return nil, nil, err
	}
	calendar, err := definitions.Calendar()
	if err != nil {
		return nil, nil, err
	}
	file, err := terminal.File(p.LogPath())
	if p.ToTerminal() || err != nil {
		return nil, nil, errors.Join(errors.New("PARKWAY_LOG: a command writes its log to a file; leave it empty"), err)
	}
	log := p.LoggerTo(file)
	if standalone.Running(dir) {
		url, err := standalone.AppURL(dir, p.MigrateDatabaseURL)
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		db, err := store.Open(ctx, url, calendar, log)
		return db, func() { db.Close(); _ = file.Close() }, err
	}
	machine, err := standalone.StartDatabase(ctx, standalone.Options{Dir: dir, Postgres: p.MigrateDatabaseURL, Log: log,
		Progress: func(words string) { log.Info(words) }, Fatal: func(err error) { log.Error("PostgreSQL cannot go on", "error", err) }})
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	stop := func() {
		if err := errors.Join(machine.Stop(), file.Close()); err != nil {
			log.Error("not stopped in order", "error", err)
		}
	}
	if err := store.Migrate(ctx, machine.OwnerURL(), machine.AppRole()); err != nil {
		stop()
		return nil, nil, err
	}
	db, err := store.Open(ctx, machine.AppURL(), calendar, log)
	if err != nil {
		stop()
		return nil, nil, err
	}
	return db, func() { db.Close(); stop() }, nil
}
