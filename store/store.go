// Package store keeps the truth in PostgreSQL. Apply is the door: the only function that changes a case. Everything else reads.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Store reads and writes one Parkway database. It is safe for concurrent use.
type Store struct {
	pool        *pgxpool.Pool // for what people read: lists with optional filters, planned for the filters at hand
	door        *pgxpool.Pool // for commands and for who is asking: statements that are always the same, planned once
	queries     *sqlc.Queries
	shipped     clock.Calendar
	log         *slog.Logger
	definitions sync.Map // published definitions never change, so they are read once
	flushed     bool     // the engine flushes what the door committed
	founding    sync.Mutex
	among       int    // how many cases are looked through for what stands beside the columns of a list
	address     string // under which people reach Parkway: the QR codes of letters lead there
}

// Option changes how the database is opened.
type Option func(*options)

type options struct {
	changes []func(*pgxpool.Config)
	flushed bool
	address string
}

// Configured changes both pools before they are opened.
func Configured(change func(*pgxpool.Config)) Option {
	return func(o *options) { o.changes = append(o.changes, change) }
}

// Traced lets a tracer look on at each statement; nil is nobody.
func Traced(tracer pgx.QueryTracer) Option {
	return Configured(func(c *pgxpool.Config) {
		if tracer != nil {
			c.ConnConfig.Tracer = tracer
		}
	})
}

// EngineFlushes says that the engine keeps its own tables in the same PostgreSQL server. Then a command that came through the engine waits for the
// disk once and not twice: the door commits without waiting, and the engine, which commits after the door and before the caller is answered, flushes
// the log up to its own place, so the door's with it. What was answered is durable; a crash between the two loses a command that nobody was answered,
// and its key may be sent again (docs/decisions/0013).
func EngineFlushes(does bool) Option { return func(o *options) { o.flushed = does } }

// ReachedAt says under which address people reach Parkway; the QR codes of letters lead there.
func ReachedAt(address string) Option {
	return func(o *options) { o.address = strings.TrimSuffix(address, "/") }
}

// Open connects to the database as the application's role. It fails when the database cannot be reached, its schema is older than
// the program, or it holds two zones.
func Open(ctx context.Context, url string, calendar clock.Calendar, log *slog.Logger, chosen ...Option) (*Store, error) {
	o := options{address: "http://127.0.0.1:8080"}
	for _, choose := range chosen {
		choose(&o)
	}
	lists, err := connect(ctx, url, "force_custom_plan", o)
	if err != nil {
		return nil, err
	}
	door, err := connect(ctx, url, "force_generic_plan", o)
	if err != nil {
		lists.Close()
		return nil, err
	}
	s := &Store{pool: lists, door: door, queries: sqlc.New(lists), shipped: calendar, log: log, flushed: o.flushed, among: MostBeside, address: o.address}
	if err := s.checkSchema(ctx); err != nil {
		s.Close()
		return nil, err
	}
	if _, err := s.Park(ctx); err != nil && !errors.Is(err, ErrNoPark) {
		s.Close()
		return nil, err
	}
	return s, nil
}

// connect opens a pool whose connections plan as told (docs/decisions/0009): a list's filters are optional parameters, and a plan made for the
// parameters at hand drops the unused ones; a command's statements are always the same, and planning them took longer than carrying them out.
func connect(ctx context.Context, url, plans string, o options) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	config.ConnConfig.RuntimeParams["plan_cache_mode"] = plans
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
	for _, change := range o.changes {
		change(config)
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return pool, nil
}

// Close waits for running queries and closes the connections.
func (s *Store) Close() {
	s.pool.Close()
	s.door.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }
