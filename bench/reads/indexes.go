package reads

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// index is one that no constraint stands on: it can rest while rows are copied, and is made of all of them at once afterwards.
type index struct {
	table, name, definition string
}

// rest drops the indexes that may rest and returns them. Kept up row by row, they take longer than all that is written.
func rest(ctx context.Context, conn *pgx.Conn) ([]index, error) {
	rows, err := conn.Query(ctx, `SELECT t.relname, c.relname, pg_get_indexdef(c.oid) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
		WHERE t.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = c.oid) ORDER BY c.relname`)
	if err != nil {
		return nil, fmt.Errorf("look at the indexes: %w", err)
	}
	resting, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (i index, err error) {
		err = row.Scan(&i.table, &i.name, &i.definition)
		return i, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the indexes: %w", err)
	}
	for _, i := range resting {
		if _, err := conn.Exec(ctx, "DROP INDEX "+pgx.Identifier{i.name}.Sanitize()); err != nil {
			return nil, fmt.Errorf("let %s rest: %w", i.name, err)
		}
	}
	return resting, nil
}

// wake makes the indexes again of those tables of which the question is true.
func wake(ctx context.Context, conn *pgx.Conn, resting []index, of func(table string) bool) error {
	if _, err := conn.Exec(ctx, "SET maintenance_work_mem = '1GB'"); err != nil {
		return fmt.Errorf("give the indexes room: %w", err)
	}
	for _, i := range resting {
		if !of(i.table) {
			continue
		}
		if _, err := conn.Exec(ctx, i.definition); err != nil {
			return fmt.Errorf("make %s again: %w", i.name, err)
		}
	}
	return nil
}

// listed says of which tables the lists are written at the end, out of all others.
func listed(table string) bool { return table == "cards" || table == "labels" || table == "dealt" }
