package standalone

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/tools/common/schema"
	toolsql "go.temporal.io/server/tools/sql"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// beingMade is the comment of a database of the engine until its first schema is complete. The engine's statements cannot all be repeated, so what
// an interrupted start left is thrown away: nothing is in it yet.
const beingMade = "Parkway: being made"

// noSuchDatabase is PostgreSQL's code of a database that is not there (PostgreSQL, appendix A).
const noSuchDatabase = "3D000"

// migrateEngine brings both schemas of the engine up to date; the server refuses to start on an older one. It can be repeated, and taken up after
// it was interrupted.
func migrateEngine(ctx context.Context, pg *postgres.Cluster) error {
	for _, part := range []struct{ database, schema string }{{engineDatabase, "postgresql/v12/temporal"}, {visibilityDatabase, "postgresql/v12/visibility"}} {
		fresh, err := makeRoom(ctx, pg, part.database)
		if err != nil {
			return err
		}
		if err := migratePart(sqlConfig(pg, part.database, 2), part.schema); err != nil {
			return fmt.Errorf("bring the engine's database %s up to date: %w", part.database, err)
		}
		if fresh {
			if err := exec(ctx, pg, part.database, "COMMENT ON DATABASE "+pgx.Identifier{part.database}.Sanitize()+" IS NULL"); err != nil {
				return fmt.Errorf("record that the engine's database %s is complete: %w", part.database, err)
			}
		}
	}
	return slimVisibility(ctx, pg)
}

// makeRoom makes a half-made database anew, and reports whether the database is empty and marked as being made. What a start that was killed had sent goes on in
// the server: the database that was there a moment ago may be gone when this one comes to it.
func makeRoom(ctx context.Context, pg *postgres.Cluster, database string) (bool, error) {
	conn, err := pgx.Connect(ctx, pg.OwnerURL(database))
	if gone := (*pgconn.PgError)(nil); errors.As(err, &gone) && gone.Code == noSuchDatabase {
		if err := exec(ctx, pg, "postgres", "CREATE DATABASE "+pgx.Identifier{database}.Sanitize()); err != nil {
			return false, fmt.Errorf("make the engine's database %s: %w", database, err)
		}
		conn, err = pgx.Connect(ctx, pg.OwnerURL(database))
	}
	if err != nil {
		return false, fmt.Errorf("reach the engine's database %s: %w", database, err)
	}
	defer conn.Close(ctx)
	var half, empty bool
	err = conn.QueryRow(ctx, `SELECT coalesce((SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()), '') = $1,
		NOT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')`, beingMade).Scan(&half, &empty)
	if err != nil {
		return false, fmt.Errorf("see how far the engine's database %s is: %w", database, err)
	}
	if !half && !empty {
		return false, nil
	}
	conn.Close(ctx)
	name := pgx.Identifier{database}.Sanitize()
	statements := []string{"COMMENT ON DATABASE " + name + " IS '" + beingMade + "'"}
	if half {
		statements = append([]string{"DROP DATABASE " + name + " WITH (FORCE)", "CREATE DATABASE " + name}, statements...)
	}
	for _, statement := range statements {
		if err := exec(ctx, pg, "postgres", statement); err != nil {
			return false, fmt.Errorf("make the engine's database %s: %w", database, err)
		}
	}
	return true, nil
}

// exec runs one statement as the owner.
func exec(ctx context.Context, pg *postgres.Cluster, database, statement string) error {
	conn, err := pgx.Connect(ctx, pg.OwnerURL(database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func migratePart(cfg *config.SQL, name string) error {
	logger := log.NewNoopLogger()
	conn, err := toolsql.NewConnection(cfg, logger)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ReadSchemaVersion(); err != nil {
		if err := schema.NewSetupSchemaTask(conn, &schema.SetupConfig{InitialVersion: "0.0"}, logger).Run(); err != nil {
			return err
		}
	}
	return schema.NewUpdateSchemaTask(conn, &schema.UpdateConfig{SchemaName: name}, logger).Run()
}

// slimVisibility drops indexes of search attributes that Parkway never sets: they cost 24 KB of write-ahead log for every workflow that is
// opened or closed, and no list of Parkway reads them.
func slimVisibility(ctx context.Context, pg *postgres.Cluster) error {
	conn, err := pgx.Connect(ctx, pg.OwnerURL(visibilityDatabase))
	if err != nil {
		return fmt.Errorf("reach the engine's visibility database: %w", err)
	}
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'executions_visibility'
		AND indexname ~ '^by_(bool|datetime|double|int|keyword|text|keyword_list)_?[0-9]+$'`)
	if err != nil {
		return fmt.Errorf("list the engine's indexes: %w", err)
	}
	unused, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("list the engine's indexes: %w", err)
	}
	for _, index := range unused {
		if _, err := conn.Exec(ctx, "DROP INDEX IF EXISTS "+pgx.Identifier{index}.Sanitize()); err != nil {
			return fmt.Errorf("drop the unused index %s: %w", index, err)
		}
	}
	return nil
}
