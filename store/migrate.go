package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

func schema() fs.FS {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded two lines above
	}
	return folder
}

// Migrate brings the schema up to date as its owner and lets appRole (when not empty) use it. It goes forwards only: it fails with ErrNewData, and
// changes nothing, where a newer program has been. It can be repeated and run by several at once; the role of those who write is made anew where
// the database was brought from another cluster without it.
func Migrate(ctx context.Context, ownerURL, appRole string) error {
	return MigrateTelling(ctx, ownerURL, appRole, nil)
}

// MigrateTelling is Migrate for somebody who waits: tell hears, every five seconds, how far it is. nil: nobody does.
func MigrateTelling(ctx context.Context, ownerURL, appRole string, tell func(words string)) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("read the owner's database address: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer db.Close()
	return withLock(ctx, db, func() error {
		provider, err := goose.NewProvider(goose.DialectPostgres, db, schema(), inAnyOrder)
		if err != nil {
			return fmt.Errorf("read the migrations: %w", err)
		}
		if err := forwards(ctx, provider); err != nil {
			return err
		}
		if err := upwards(ctx, db, provider, tell); err != nil {
			return fmt.Errorf("migrate the schema: %w", err)
		}
		if err := allow(ctx, db); err != nil {
			return err
		}
		if appRole == "" || appRole == config.User {
			return nil
		}
		if _, err := db.ExecContext(ctx, "GRANT parkway_writer TO "+pgx.Identifier{appRole}.Sanitize()); err != nil {
			return fmt.Errorf("let %s use the schema: %w", appRole, err)
		}
		return nil
	})
}

// withLock runs f while no other migration of this database runs.
func withLock(ctx context.Context, db *sql.DB, f func() error) error {
	const number = 0x7061726b // "park"
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect as the schema's owner: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", number); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	err = f()
	_, unlockErr := conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", number)
	return errors.Join(err, unlockErr)
}

// ErrNewData means that a newer program has written the database.
var ErrNewData = errors.New("the data is of a newer release than this program; use that release, or restore a backup from before it into an empty folder or a new database. Nothing was changed")

// inAnyOrder lets a step be made whose number is lower than that of one already made: branches number their steps ahead, and a zone may have been made
// by a program between two merges.
var inAnyOrder = goose.WithAllowOutofOrder(true)

// newestSchema is the version that this program brings a schema to.
func newestSchema() (int64, error) {
	names, err := fs.Glob(schema(), "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	return goose.NumericComponent(slices.Max(names))
}

// forwards fails with ErrNewData when the database holds a version that this program does not know.
func forwards(ctx context.Context, provider *goose.Provider) error {
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the schema: %w", err)
	}
	return KnowsSchema(version)
}

// Known fails with ErrNewData where a newer program has been: nothing that a program does to a database is done to data that it does not know. An empty database,
// and one without a zone, is known.
func Known(ctx context.Context, ownerURL string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	version, err := schemaOf(ctx, conn)
	if err != nil {
		return err
	}
	return KnowsSchema(version)
}

// KnowsSchema fails with ErrNewData for a version of the schema that is of a newer program.
func KnowsSchema(version int64) error {
	newest, err := newestSchema()
	if err == nil && version > newest {
		err = fmt.Errorf("%w (schema %d; this program knows %d)", ErrNewData, version, newest)
	}
	return err
}

// Upgrade is what a program would do to the data of an earlier release.
type Upgrade struct {
	From, To int64  // versions of the schema
	Zone     string // whose data it is
}

// Due returns the upgrade that Migrate would make of a zone's data, nil when it would make none.
func Due(ctx context.Context, ownerURL string) (*Upgrade, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	u := &Upgrade{}
	if u.To, err = newestSchema(); err != nil {
		return nil, err
	}
	if u.From, err = schemaOf(ctx, conn); err != nil || u.From == 0 {
		return nil, err
	}
	if err := KnowsSchema(u.From); err != nil {
		return nil, err
	}
	if whole, err := complete(ctx, conn); err != nil || whole {
		return nil, err
	}
	if u.Zone, err = zoneOf(ctx, conn); errors.Is(err, ErrNoPark) {
		return nil, nil
	}
	return u, err
}

// ErrOldSchema means that `parkway migrate` has not been run for this version of the program.
var ErrOldSchema = errors.New("the database schema is older than this program; run `parkway migrate` first")

// checkSchema fails with ErrOldSchema when migrations of this program are missing in the database.
func (s *Store) checkSchema(ctx context.Context) error {
	version, err := schemaOf(ctx, s.pool)
	var whole bool
	if err == nil && version > 0 {
		whole, err = complete(ctx, s.pool)
	}
	var missing *pgconn.PgError
	if errors.As(err, &missing) && (missing.Code == "42P01" || missing.Code == "42501") {
		return ErrOldSchema
	}
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	if err := KnowsSchema(version); err != nil {
		return err
	}
	if !whole {
		return ErrOldSchema
	}
	return nil
}

// complete reports whether every migration of this program was made in the database.
func complete(ctx context.Context, q querier) (bool, error) {
	steps, err := fs.Glob(schema(), "*.sql")
	if err != nil {
		return false, fmt.Errorf("read the migrations: %w", err)
	}
	versions := make([]int64, len(steps))
	for i, name := range steps {
		if versions[i], err = goose.NumericComponent(name); err != nil {
			return false, fmt.Errorf("read the migrations: %w", err)
		}
	}
	var made int
	err = q.QueryRow(ctx, "SELECT count(DISTINCT version_id) FROM goose_db_version WHERE is_applied AND version_id = ANY ($1)", versions).Scan(&made)
	if err != nil {
		return false, fmt.Errorf("read what was migrated: %w", err)
	}
	return made == len(steps), nil
}

// LockedChannels returns the names of the channels whose secrets only the zone's secret key opens, none where there is no zone yet.
func LockedChannels(ctx context.Context, ownerURL string) (names []string, err error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	var there bool
	if err = conn.QueryRow(ctx, "SELECT to_regclass('channels') IS NOT NULL").Scan(&there); err != nil || !there {
		return nil, err
	}
	rows, err := conn.Query(ctx, "SELECT name FROM channels WHERE octet_length(secrets) > 0 ORDER BY name")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// ZoneOf returns the name of the zone in a database, "" where there is none yet.
func ZoneOf(ctx context.Context, ownerURL string) (string, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return "", fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	if version, err := schemaOf(ctx, conn); err != nil || version == 0 {
		return "", err
	}
	zone, err := zoneOf(ctx, conn)
	if errors.Is(err, ErrNoPark) {
		return "", nil
	}
	return zone, err
}
