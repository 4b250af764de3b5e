package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/tracing"
)

// openStore connects to PostgreSQL, waiting for it to come up.
func openStore(ctx context.Context, url string, log *slog.Logger, options ...store.Option) (*store.Store, error) {
	calendar, err := definitions.Calendar()
	if err != nil {
		return nil, err
	}
	return await(ctx, log, func() (*store.Store, error) { return store.Open(ctx, url, calendar, log, options...) })
}

// dial connects to the engine, waiting for it to come up.
func dial(ctx context.Context, t config.Temporal, log *slog.Logger, traces *tracing.Tracing) (client.Client, error) {
	between, err := traces.Engine()
	if err != nil {
		return nil, err
	}
	return await(ctx, log, func() (client.Client, error) {
		return client.DialContext(ctx, client.Options{HostPort: t.Address, Namespace: t.Namespace, Logger: log, Interceptors: between,
			ConnectionOptions: client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionNone{}}})
	})
}

// await tries until it works, for a minute: in a container world everything starts at once.
func await[T any](ctx context.Context, log *slog.Logger, try func() (T, error)) (T, error) {
	deadline := time.Now().Add(config.Patience)
	for {
		result, err := try()
		if err == nil || errors.Is(err, store.ErrTwoZones) || time.Now().After(deadline) {
			return result, err
		}
		log.Warn("waiting for a dependency", "error", err)
		select {
		case <-ctx.Done():
			return result, fmt.Errorf("stopped while waiting: %w", err)
		case <-time.After(2 * time.Second):
		}
	}
}
