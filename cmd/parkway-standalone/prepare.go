package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
)

// prepare publishes the definitions, and loads the demo zone where there is none yet or a start before was interrupted while loading it. A zone of
// one's own is set up in the browser, which publishes them.
func (p *program) prepare(ctx context.Context, db *store.Store) error {
	park, err := db.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark) && !p.Demo:
		return nil
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

// invite prints the link by which the zone is set up.
func (p *program) invite(link *founding.Link) {
	p.say(fmt.Sprintf("\n  这里还没有园区。请用浏览器打开这条一次性链接来建立 / no zone yet: open this one-time link in a browser to set one up\n\n    %s\n", link.URL("http://"+reachable(p.listener.Addr().String()))))
	p.say("  只有第一个打开它的浏览器能用；要换一个浏览器，请重新启动程序 / only the first browser that opens it; for another one start the program again")
	p.say("  也可以停下来，改用命令建立 / or stop and use the command: parkway-standalone setup --zone 名称 --short 简称 --letters 字头")
	p.say("  想先看示例 / to look at the demo first: PARKWAY_DEMO=true")
	p.say("  Ctrl-C 停止 / stops everything")
}

// reachable is an address of this machine that a browser on it can open: one that stands for all of them cannot be.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return address
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
