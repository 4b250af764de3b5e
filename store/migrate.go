package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

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

// Migrate brings the schema up to date as its owner and lets appRole (when not empty) use it. It can be repeated and run by several at once.
func Migrate(ctx context.Context, ownerURL, appRole string) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("read the owner's database address: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer db.Close()
	return withLock(ctx, db, func() error {
		provider, err := goose.NewProvider(goose.DialectPostgres, db, schema())
		if err != nil {
			return fmt.Errorf("read the migrations: %w", err)
		}
		if _, err := provider.Up(ctx); err != nil {
			return fmt.Errorf("migrate the schema: %w", err)
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

// ErrOldSchema means that `parkway migrate` has not been run for this version of the program.
var ErrOldSchema = errors.New("the database schema is older than this program; run `parkway migrate` first")

// checkSchema fails with ErrOldSchema when migrations of this program are missing in the database.
func (s *Store) checkSchema(ctx context.Context) error {
	entries, err := fs.ReadDir(schema(), ".")
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	var applied int
	err = s.pool.QueryRow(ctx, "SELECT count(*) FROM goose_db_version WHERE is_applied AND version_id > 0").Scan(&applied)
	var missing *pgconn.PgError
	if errors.As(err, &missing) && (missing.Code == "42P01" || missing.Code == "42501") {
		return ErrOldSchema
	}
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	if applied < len(entries) {
		return ErrOldSchema
	}
	return nil
}
