package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

var errNoZone = errors.New("no zone has been set up in this folder: set PARKWAY_DEMO=true (or give --demo) to start with the demo data; for a real zone set " +
	"PARKWAY_MIGRATE_DATABASE_URL to a PostgreSQL in which `parkway migrate` and `parkway setup` have made one")

// prepare publishes the definitions, and loads the demo zone where there is none yet or a start before was interrupted while loading it.
func (p *program) prepare(ctx context.Context, db *store.Store) error {
	park, err := db.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark) && !p.Demo:
		return errNoZone
	case err != nil && !errors.Is(err, store.ErrNoPark):
		return err
	case err == nil && !park.Demo:
		return seed.Publish(ctx, db)
	}
	if err == nil {
		loaded, err := seed.Loaded(ctx, db)
		if err != nil {
			return err
		}
		if loaded {
			return seed.Publish(ctx, db)
		}
	}
	p.progress("正在载入示例数据（2024 年工作总结）… / loading the demo data")
	return seed.Load(ctx, db, time.Now())
}

// startWorkflows starts the workflow of every open case unless a start before has done so to its end. It reports whether the engine has lost
// some since: those are started while people already work.
func (p *program) startWorkflows(ctx context.Context, a *app.App) (lost bool, err error) {
	started, err := a.Store.Completed(ctx, store.Started)
	if err != nil {
		return false, err
	}
	if started {
		lost, err = a.Missing(ctx)
		return lost, err
	}
	p.progress("正在为在办事项启动流程… / starting the workflows of the open cases")
	if _, err := a.Reconcile(ctx, func(int) {}); err != nil {
		return false, err
	}
	return false, a.Store.Complete(ctx, store.Started, time.Now())
}

// reconcile starts the workflows that the engine has lost. What it does not manage, the watchdog does when the case's time comes.
func (p *program) reconcile(ctx context.Context, a *app.App) error {
	p.log.Warn("the engine knows fewer workflows than there are open cases; starting what is missing")
	n, err := a.Reconcile(ctx, func(int) {})
	if err != nil && ctx.Err() == nil {
		p.log.Error("workflows not started", "error", err)
		return nil
	}
	p.log.Info("every open case has its workflow", "cases", n)
	return nil
}

// announce prints where to go, who to be, and where the log is.
func (p *program) announce(ctx context.Context, db *store.Store) {
	p.say(fmt.Sprintf("\n  园程 Parkway 已就绪 / ready in %.1f s: http://%s", time.Since(p.began).Seconds(), p.listener.Addr()))
	if accounts := seed.DemoAccounts(ctx, db); len(accounts) > 0 {
		p.say(fmt.Sprintf("  示例账号 / demo accounts, password %s:", auth.DemoPassword))
		for _, a := range accounts {
			p.say(fmt.Sprintf("    %-14s %s", a.Username, a.Role))
		}
	}
	if !p.ToTerminal() {
		p.say("  日志 / log: " + p.LogPath())
	}
	p.say("  Ctrl-C 停止 / stops everything")
}
