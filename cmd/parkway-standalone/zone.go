package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
)

// zone is what worker and server share.
type zone struct {
	*program
	db      *store.Store
	engine  client.Client
	now     func() time.Time
	clock   *turn.Clock // of a demo zone; nil for a real one
	key     []byte
	allowed []netip.Prefix
	numbers *metrics.Numbers
	traced  echo.MiddlewareFunc // nil: nothing is
}

// zone takes up the zone's time, the machine's or, for a demo zone alone, that of a clock which can be turned, and its secret.
func (p *program) zone(ctx context.Context, db *store.Store, engine client.Client) (*zone, error) {
	z := &zone{program: p, db: db, engine: engine, now: time.Now, numbers: metrics.New()}
	park, err := db.Park(ctx)
	if err != nil && !errors.Is(err, store.ErrNoPark) {
		return nil, err
	}
	if park.Demo {
		if z.clock, err = turn.New(ctx, db, p.log); err != nil {
			return nil, err
		}
		z.clock.Waker = &app.Engine{Client: engine, TaskQueue: p.TaskQueue, Cases: db}
		z.clock.Prompt = func(ctx context.Context) error { return worker.Prompt(ctx, engine, p.TaskQueue) }
		z.now = z.clock.Now
	}
	if z.key, err = p.Secret(); err != nil {
		return nil, err
	}
	z.allowed, err = p.Allowed()
	return z, err
}

// worker returns what the worker is made of.
func (z *zone) worker() worker.Parts {
	parts := worker.Parts{Store: z.db, Client: z.engine, TaskQueue: z.TaskQueue, Secret: z.key, Allowed: z.allowed, PublicURL: z.PublicURL, Now: z.now, Count: z.numbers, Log: z.log}
	if z.clock != nil {
		parts.Ahead = z.clock.Ahead
	}
	return parts
}

// server puts the server together and opens the files.
func (z *zone) server(ctx context.Context) (*server.Server, error) {
	proxies, err := z.Proxies()
	if err != nil {
		return nil, err
	}
	if z.files == nil {
		if z.files, err = blobs.Open(ctx, config.FolderURL(filepath.Join(z.dir, "files")), z.UploadLimit); err != nil {
			return nil, err
		}
	}
	itself, err := os.Executable() // it draws previews as a process of its own
	if err != nil {
		return nil, fmt.Errorf("find this program, which draws previews as a process of its own: %w", err)
	}
	s, err := server.New(server.Parts{Store: z.db, Client: z.engine, TaskQueue: z.TaskQueue, Blobs: z.files, Secret: z.key, Secure: z.SecureCookies, Proxies: proxies,
		Demo: seed.DemoAccounts(ctx, z.db), Now: z.now, Clock: z.clock, Allowed: z.allowed, Count: z.numbers.Command, Draw: pictures.Apart(itself), Traced: z.traced, Room: z.room, Log: z.log})
	if err != nil {
		return nil, err
	}
	s.EngineUI, err = z.machine.UI(server.EngineUIPath)
	return s, err
}
