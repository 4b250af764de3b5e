package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/tracing"
)

// openStore connects to PostgreSQL; what cannot be reached is told at once, because somebody sits there.
func openStore(ctx context.Context, url string, log *slog.Logger, options ...store.Option) (*store.Store, error) {
	calendar, err := definitions.Calendar()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, url, calendar, log, options...)
}

// awaitStore is openStore for servers and workers: in a container world everything starts at once, so they wait for PostgreSQL to come up.
func awaitStore(ctx context.Context, url string, log *slog.Logger, options ...store.Option) (*store.Store, error) {
	return await(ctx, log, func() (*store.Store, error) { return openStore(ctx, url, log, options...) })
}

// dial connects to the engine, waiting for it to come up.
func dial(ctx context.Context, t config.Temporal, log *slog.Logger, traces *tracing.Tracing) (client.Client, error) {
	between, err := traces.Engine()
	if err != nil {
		return nil, err
	}
	engine, err := await(ctx, log, func() (client.Client, error) {
		return client.DialContext(ctx, client.Options{HostPort: t.Address, Namespace: t.Namespace, Logger: log, Interceptors: between,
			ConnectionOptions: client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionNone{}}})
	})
	if err != nil {
		return nil, fmt.Errorf("PARKWAY_TEMPORAL_ADDRESS: no engine answers on %s; set it to the frontend of a Temporal server that runs: %w", t.Address, err)
	}
	return engine, nil
}

// await tries until it works, as long as patience lasts. What waiting cannot mend is told at once.
func await[T any](ctx context.Context, log *slog.Logger, try func() (T, error)) (T, error) {
	deadline := time.Now().Add(config.Patience)
	for {
		result, err := try()
		if err == nil || wrong(err) || time.Now().After(deadline) {
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

// wrong reports whether a setting is to blame and not a moment: a host that nobody knows, a password or a database that PostgreSQL refuses, a
// database that this program must not serve.
func wrong(err error) bool {
	if errors.Is(err, store.ErrTwoZones) || errors.Is(err, store.ErrNewData) {
		return true
	}
	var unknown *net.DNSError
	if errors.As(err, &unknown) && unknown.IsNotFound {
		return true
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code[:2] == "28" || pg.Code == "3D000" || pg.Code == "42704") // invalid authorization, no such database, no such role
}

// blamed says which setting of the command is to blame when PostgreSQL cannot be reached.
func blamed(command any, err error) error {
	var connect *pgconn.ConnectError
	if !errors.As(err, &connect) {
		return err
	}
	variable := "PARKWAY_DATABASE_URL"
	if _, owner := reflect.Indirect(reflect.ValueOf(command)).Type().FieldByName("Owner"); owner {
		variable = "PARKWAY_MIGRATE_DATABASE_URL"
	}
	return fmt.Errorf("%s: PostgreSQL cannot be used under it; set it to one that answers, with its role, password and database: %w", variable, short{connect})
}

// short tells an error of several lines in one: what was tried, and how it ended last.
type short struct{ error }

func (s short) Error() string {
	lines := strings.Split(strings.TrimSpace(s.error.Error()), "\n")
	if len(lines) == 1 {
		return lines[0]
	}
	return lines[0] + " " + strings.TrimSpace(lines[len(lines)-1])
}
