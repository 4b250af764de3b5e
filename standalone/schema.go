package standalone

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/tools/common/schema"
	toolsql "go.temporal.io/server/tools/sql"

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// migrateEngine brings both schemas of the engine up to date; the server refuses to start on an older one. It can be repeated.
func migrateEngine(ctx context.Context, pg *postgres.Cluster) error {
	for _, part := range []struct{ database, schema string }{{engineDatabase, "postgresql/v12/temporal"}, {visibilityDatabase, "postgresql/v12/visibility"}} {
		if err := migratePart(sqlConfig(pg, part.database, 2), part.schema); err != nil {
			return fmt.Errorf("bring the engine's database %s up to date: %w", part.database, err)
		}
	}
	return slimVisibility(ctx, pg)
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
// opened or closed, and no list of Parkway reads them (shared/temporal.md 7.1).
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
