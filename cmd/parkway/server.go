package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/tracing"
	"github.com/parkway-zone/parkway/turn"
)

type serverCommand struct {
	config.Database
	config.Temporal
	config.Web
	config.Keys
	config.Channels
	config.Files
	config.Log
	config.Metrics
	config.Traces
}

// Run serves until the context ends.
func (c *serverCommand) Run(ctx context.Context) error {
	log := c.Logger()
	url, err := c.URL()
	if err != nil {
		return err
	}
	key, err := c.Secret()
	if err != nil {
		return err
	}
	proxies, err := c.Proxies()
	if err != nil {
		return err
	}
	allowed, err := c.Allowed()
	if err != nil {
		return err
	}
	if c.BlobURL == "" {
		return errors.New("PARKWAY_BLOB_URL: there is no place for files; set it to one, e.g. file:///var/lib/parkway/files")
	}
	traces, err := tracing.Start(ctx, c.Traces, "parkway-server")
	if err != nil {
		return err
	}
	defer traces.Stop()
	db, err := awaitStore(ctx, url, log, store.Traced(traces.SQL()), store.ReachedAt(c.PublicURL))
	if err != nil {
		return err
	}
	defer db.Close()
	engine, err := dial(ctx, c.Temporal, log, traces)
	if err != nil {
		return err
	}
	defer engine.Close()
	files, err := blobs.Open(ctx, c.BlobURL, c.UploadLimit)
	if err != nil {
		return err
	}
	defer files.Close() //nolint:errcheck // uploads are flushed one by one
	numbers := metrics.New()
	zone := &turn.Follower{Store: db, Log: log}
	if err := zone.Start(ctx); err != nil {
		return err
	}
	itself, err := os.Executable() // it draws previews as a process of its own
	if err != nil {
		return fmt.Errorf("find this program, which draws previews as a process of its own: %w", err)
	}
	s, err := server.New(server.Parts{Store: db, Client: engine, TaskQueue: c.TaskQueue, Blobs: files, Secret: key, Secure: c.SecureCookies,
		Proxies: proxies, Demo: seed.DemoAccounts(ctx, db), Now: zone.Now, Allowed: allowed, Count: numbers.Command, Draw: pictures.Apart(itself), Traced: traces.Requests(), Log: log})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; set PARKWAY_LISTEN to a free address", c.Listen, err)
	}
	watched, err := c.Metrics.Listener()
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	log.Info("serving", "address", listener.Addr().String())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Serve(ctx, listener) })
	if watched != nil {
		group.Go(func() error {
			return numbers.Serve(ctx, watched, &metrics.Watched{Cases: db, Orphans: s.App.CountOrphans, Now: zone.Now, Log: log})
		})
	}
	return group.Wait()
}
