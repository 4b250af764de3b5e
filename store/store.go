// Package store keeps the truth in PostgreSQL. Apply is the door: the only function that changes a case. Everything else reads.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Store reads and writes one Parkway database. It is safe for concurrent use.
type Store struct {
	pool        *pgxpool.Pool
	queries     *sqlc.Queries
	shipped     clock.Calendar
	log         *slog.Logger
	definitions sync.Map // published definitions never change, so they are read once
}

// Open connects to the database as the application's role. It fails when the database cannot be reached, its schema is older than
// the program, or it holds two zones. watch is for measurements: it sees the pool's settings before it is opened.
func Open(ctx context.Context, url string, calendar clock.Calendar, log *slog.Logger, watch ...func(*pgxpool.Config)) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	// Filters of lists are optional parameters; a plan made for the parameters at hand drops the unused ones.
	config.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	config.ConnConfig.RuntimeParams["max_parallel_workers_per_gather"] = "0" // many readers at once, each with a short query
	config.ConnConfig.RuntimeParams["jit"] = "off"                           // compiling takes longer than any list here may
	config.ConnConfig.RuntimeParams["work_mem"] = "32MB"                     // what somebody sees of 100,000 cases is looked up in a hash
	config.ConnConfig.RuntimeParams["random_page_cost"] = "1.1"              // the indexes that lists are read from lie in memory
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.ConnConfig.RuntimeParams["application_name"] = "parkway"
	config.ConnConfig.ConnectTimeout = 3 * time.Second
	config.AfterConnect = func(_ context.Context, conn *pgx.Conn) error {
		registerDates(conn.TypeMap())
		return nil
	}
	for _, w := range watch {
		w(config)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	s := &Store{pool: pool, queries: sqlc.New(pool), shipped: calendar, log: log}
	if err := s.checkSchema(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	if _, err := s.Park(ctx); err != nil && !errors.Is(err, ErrNoPark) {
		pool.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for running queries and closes the connections.
func (s *Store) Close() { s.pool.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }
