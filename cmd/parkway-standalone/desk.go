package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/alecthomas/kong"

	"github.com/parkway-zone/parkway/cmd/desk"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/standalone/terminal"
	"github.com/parkway-zone/parkway/store"
)

// place is where the data lies that a command of the desk works on.
type place struct {
	keeping
	config.Upgrades
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
	k.Bind(desk.Opener(c.openFilled))
	return nil
}

type registerCommand struct {
	place
	desk.Registers
}

// AfterApply says where the database is.
func (c *registerCommand) AfterApply(k *kong.Context) error {
	k.Bind(desk.Opener(c.openFilled))
	return nil
}

type lettersCommand struct {
	place
	desk.Letters
}

// AfterApply says where the database is.
func (c *lettersCommand) AfterApply(k *kong.Context) error {
	k.Bind(desk.Opener(c.openFilled))
	return nil
}

// openFilled opens the database of a folder in which there is one already; it makes none.
func (p *place) openFilled(ctx context.Context) (*store.Store, func(), error) {
	if err := p.Upgrades.Check(); err != nil { // a setting that is wrong comes before what there is to do
		return nil, nil, err
	}
	if err := filled(p.DataDir); err != nil {
		return nil, nil, err
	}
	return p.open(ctx)
}

// open opens the database of the folder: of the program that runs on it, or else of a PostgreSQL that is started for as long as it is needed. It
// refuses what a start refuses, and data of an earlier release is backed up before it is brought up to date.
func (p *place) open(ctx context.Context) (*store.Store, func(), error) {
	db, done, err := p.opened(ctx)
	return db, done, standalone.Told(p.DataDir, err)
}

func (p *place) opened(ctx context.Context) (*store.Store, func(), error) {
	if err := p.Upgrades.Check(); err != nil {
		return nil, nil, err
	}
	run, err := p.program(ctx)
	if err != nil {
		return nil, nil, err
	}
	run.Upgrades = p.Upgrades
	file, err := terminal.File(p.LogPath())
	if p.ToTerminal() || err != nil {
		return nil, nil, errors.Join(errors.New("PARKWAY_LOG: a command writes its log to a file; leave it empty"), err)
	}
	run.log = p.LoggerTo(file)
	if standalone.Running(run.dir) {
		url, err := standalone.AppURL(ctx, run.dir, run.theirs)
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		db, err := openStore(ctx, url, run.log)
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		return db, func() { db.Close(); _ = file.Close() }, nil
	}
	run.machine, err = standalone.StartDatabase(ctx, standalone.Options{Dir: run.dir, Postgres: run.theirs, Namespace: run.Namespace, Log: run.log,
		Progress: func(words string) { run.log.Info(words) }, Fatal: func(err error) { run.log.Error("PostgreSQL cannot go on", "error", err) }})
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	stop := func() {
		if err := errors.Join(run.machine.Stop(), file.Close()); err != nil {
			run.log.Error("not stopped in order", "error", err)
		}
	}
	db, err := run.upToDate(ctx)
	if err != nil {
		stop()
		return nil, nil, err
	}
	return db, func() { db.Close(); stop() }, nil
}
