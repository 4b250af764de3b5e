// Command parkway-standalone runs all of Parkway on one machine: PostgreSQL, the workflow engine, the worker and the server.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
)

// options are all settings of the program.
type options struct {
	config.Standalone
	config.Owner
	config.Temporal
	config.Web
	config.Keys
	config.Channels
	config.Files
	config.Log
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("parkway-standalone"), kong.Description("园程 Parkway on one machine."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, stop)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "parkway:", err)
		os.Exit(1)
	}
}

// say tells the person at the terminal what is being done.
func say(words string) { fmt.Println("  " + words) }

// run starts everything in order, serves until the context ends, and stops everything in the opposite order.
func run(ctx context.Context, o options, stop context.CancelFunc) (err error) {
	began := time.Now()
	log := o.Logger()
	dir, err := filepath.Abs(o.DataDir)
	if err != nil {
		return err
	}
	if standalone.Running(dir) {
		return standalone.ErrRunning
	}
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set PARKWAY_LISTEN to a free address", o.Listen, err)
	}
	machine, err := standalone.Start(ctx, standalone.Options{Dir: dir, Postgres: o.MigrateDatabaseURL, Namespace: o.Namespace, Log: log, Progress: say, Fatal: func(err error) {
		log.Error("the engine cannot go on", "error", err)
		stop()
	}})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() {
		say("正在停止… / stopping")
		err = errors.Join(err, machine.Stop())
	}()
	if err := store.Migrate(ctx, machine.OwnerURL(), machine.AppRole()); err != nil {
		return err
	}
	return serve(ctx, o, machine, listener, dir, began)
}

// serve opens the store, loads the demo data on the first start, and runs worker and server on the machine.
func serve(ctx context.Context, o options, machine *standalone.Machine, listener net.Listener, dir string, began time.Time) error {
	log := o.Logger()
	calendar, err := definitions.Calendar()
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, machine.AppURL(), calendar, log)
	if err != nil {
		return err
	}
	defer db.Close()
	fresh, err := prepare(ctx, o, db)
	if err != nil {
		return err
	}
	engine, err := machine.Client(ctx, log)
	if err != nil {
		return err
	}
	defer engine.Close()
	now, hand, err := hand(ctx, o, db, engine)
	if err != nil {
		return err
	}
	key, err := secretKey(o, machine)
	if err != nil {
		return err
	}
	allowed, err := o.Allowed()
	if err != nil {
		return err
	}
	parts := worker.Parts{Store: db, Client: engine, TaskQueue: o.TaskQueue, Secret: key, Allowed: allowed, PublicURL: o.PublicURL, Now: now, Log: log}
	if hand != nil {
		parts.Ahead = hand.Ahead
	}
	w, err := worker.Start(ctx, parts)
	if err != nil {
		return err
	}
	defer w.Stop()
	s, files, err := assemble(ctx, o, db, engine, machine, dir, key, hand)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // a folder that is only read has nothing to flush
	if fresh {
		say("正在为示例事项启动流程… / starting the workflows of the demo cases")
		if _, err := s.App.Reconcile(ctx, func(int) {}); err != nil {
			return err
		}
	}
	announce(o, listener, began)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Serve(ctx, listener) })
	if hand != nil {
		group.Go(func() error { return hand.Run(ctx) })
	}
	return group.Wait()
}

// hand returns the zone's time: the machine's or, for a demo zone alone, that of a clock which can be turned.
func hand(ctx context.Context, o options, db *store.Store, engine client.Client) (func() time.Time, *turn.Clock, error) {
	park, err := db.Park(ctx)
	if err != nil || !park.Demo {
		return time.Now, nil, err
	}
	c, err := turn.New(ctx, db, o.Logger())
	if err != nil {
		return nil, nil, err
	}
	c.Waker = &app.Engine{Client: engine, TaskQueue: o.TaskQueue, Cases: db}
	c.Prompt = func(ctx context.Context) error { return worker.Prompt(ctx, engine, o.TaskQueue) }
	return c.Now, c, nil
}

// secretKey is the configured key, or the machine's own.
func secretKey(o options, machine *standalone.Machine) ([]byte, error) {
	if o.SecretKey == "" && o.SecretKeyFile == "" {
		var err error
		if o.SecretKey, err = machine.Secret("secret-key"); err != nil {
			return nil, err
		}
	}
	return o.Secret()
}

// prepare publishes the definitions, and loads the demo zone when there is no zone yet. It reports whether it did.
func prepare(ctx context.Context, o options, db *store.Store) (bool, error) {
	_, err := db.Park(ctx)
	switch {
	case errors.Is(err, store.ErrNoPark) && o.Demo:
		say("正在载入示例数据（2024 年工作总结）… / loading the demo data")
		return true, seed.Load(ctx, db, time.Now())
	case errors.Is(err, store.ErrNoPark):
		return false, errors.New("the zone has not been set up: start with --demo (PARKWAY_DEMO=true) for the demo data, or set one up with `parkway setup`")
	case err != nil:
		return false, err
	}
	return false, seed.Publish(ctx, db)
}

func assemble(ctx context.Context, o options, db *store.Store, engine client.Client, machine *standalone.Machine, dir string, key []byte, hand *turn.Clock) (*server.Server, *blobs.Keeper, error) {
	if o.BlobURL == "" {
		o.BlobURL = "file://" + filepath.ToSlash(filepath.Join(dir, "files"))
	}
	files, err := blobs.Open(ctx, o.BlobURL, o.UploadLimit)
	if err != nil {
		return nil, nil, err
	}
	allowed, err := o.Allowed()
	if err != nil {
		return nil, nil, err
	}
	now := time.Now
	if hand != nil {
		now = hand.Now
	}
	proxies, err := o.Proxies()
	if err != nil {
		return nil, nil, err
	}
	s, err := server.New(server.Parts{Store: db, Client: engine, TaskQueue: o.TaskQueue, Blobs: files, Secret: key, Secure: o.SecureCookies, Proxies: proxies,
		Demo: seed.DemoAccounts(ctx, db), Now: now, Clock: hand, Allowed: allowed, Log: o.Logger()})
	if err != nil {
		return nil, nil, err
	}
	s.EngineUI, err = machine.UI(server.EngineUIPath)
	return s, files, err
}

// announce prints where to go and who to be.
func announce(o options, listener net.Listener, began time.Time) {
	fmt.Printf("\n  园程 Parkway 已就绪 / ready in %.1f s: http://%s\n", time.Since(began).Seconds(), listener.Addr())
	if o.Demo {
		fmt.Printf("  示例账号 / demo accounts, password %s:\n", auth.DemoPassword)
		for _, a := range seed.Accounts() {
			fmt.Printf("    %-14s %s\n", a.Username, a.Role)
		}
	}
	fmt.Println("  Ctrl-C 停止 / stops everything")
}
