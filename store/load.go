package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// ErrFilled means that a database holds something already, and nothing is restored over it.
var ErrFilled = errors.New("the database is not empty; restore into an empty folder or a new database")

// Load is what a database is restored from.
type Load struct {
	Schema    int64
	Tables    []Table
	Sequences map[string]int64
	Open      func(table string) (io.ReadCloser, error) // its rows
}

// Vacant fails with ErrFilled unless the database holds no zone and nothing of anybody else's.
func Vacant(ctx context.Context, ownerURL string) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(ctx)
	schema, err := schemaOf(ctx, conn)
	if err != nil {
		return err
	}
	if err := KnowsSchema(schema); err != nil {
		return err
	}
	if schema == 0 {
		var foreign string
		err := conn.QueryRow(ctx, "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm') AND relname !~ '^goose_' LIMIT 1").Scan(&foreign)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("look for what the database holds: %w", err)
		}
		return fmt.Errorf("%w (it holds the table %s)", ErrFilled, foreign)
	}
	switch zone, err := zoneOf(ctx, conn); {
	case err == nil:
		return fmt.Errorf("%w (it holds the zone %s)", ErrFilled, zone)
	case !errors.Is(err, ErrNoPark):
		return err
	}
	return nil
}

// Restore makes the schema as it was when the dump was made and fills it, in one transaction: interrupted, the database is as vacant as before. It
// fails with ErrFilled when the database holds anything, and with ErrNewData when the dump is of a newer program.
func Restore(ctx context.Context, ownerURL string, l Load) error {
	if err := KnowsSchema(l.Schema); err != nil {
		return err
	}
	if err := Vacant(ctx, ownerURL); err != nil {
		return err
	}
	if err := remake(ctx, ownerURL, l.Schema); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return l.fill(ctx, tx) })
}

// remake throws the vacant schema away and makes it as it was at a version.
func remake(ctx context.Context, ownerURL string, version int64) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("read the owner's database address: %w", err)
	}
	db := stdlib.OpenDB(*config)
	defer db.Close()
	return withLock(ctx, db, func() error {
		if _, err := db.ExecContext(ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
			return fmt.Errorf("make room: %w", err)
		}
		provider, err := goose.NewProvider(goose.DialectPostgres, db, schema())
		if err != nil {
			return fmt.Errorf("read the migrations: %w", err)
		}
		if _, err := provider.UpTo(ctx, version); err != nil {
			return fmt.Errorf("make the schema of version %d: %w", version, err)
		}
		return nil
	})
}

// fill copies every table's rows in. Foreign keys are taken away meanwhile and checked when they come back; what triggers keep is in the dump.
func (l Load) fill(ctx context.Context, tx pgx.Tx) error {
	type key struct{ table, name, says string }
	rows, err := tx.Query(ctx, "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 2")
	if err != nil {
		return fmt.Errorf("list the foreign keys: %w", err)
	}
	keys, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (k key, err error) { return k, row.Scan(&k.table, &k.name, &k.says) })
	if err != nil {
		return fmt.Errorf("list the foreign keys: %w", err)
	}
	for _, k := range keys {
		if _, err := tx.Exec(ctx, "ALTER TABLE "+k.table+" DROP CONSTRAINT "+k.name); err != nil {
			return fmt.Errorf("take the foreign key %s away: %w", k.name, err)
		}
	}
	for _, t := range l.Tables {
		if err := l.copy(ctx, tx, t); err != nil {
			return err
		}
	}
	for name, value := range l.Sequences {
		if _, err := tx.Exec(ctx, "SELECT setval("+quoted(pgx.Identifier{"public", name}.Sanitize())+"::regclass, "+strconv.FormatInt(value, 10)+")"); err != nil {
			return fmt.Errorf("set the sequence %s: %w", name, err)
		}
	}
	for _, k := range keys {
		if _, err := tx.Exec(ctx, "ALTER TABLE "+k.table+" ADD CONSTRAINT "+k.name+" "+k.says); err != nil {
			return fmt.Errorf("the archive contradicts itself at %s: %w", k.name, err)
		}
	}
	if _, err := tx.Exec(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("count what was restored: %w", err)
	}
	return nil
}

func (l Load) copy(ctx context.Context, tx pgx.Tx, t Table) error {
	name := pgx.Identifier{"public", t.Name}.Sanitize()
	for _, statement := range []string{"ALTER TABLE " + name + " DISABLE TRIGGER USER", "DELETE FROM " + name} { // what migrations put there is in the dump
		if _, err := tx.Exec(ctx, statement); err != nil {
			return fmt.Errorf("prepare the table %s: %w", t.Name, err)
		}
	}
	from, err := l.Open(t.Name)
	if err != nil {
		return err
	}
	defer from.Close()
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, from, "COPY "+t.head()+" FROM STDIN")
	if err != nil {
		return fmt.Errorf("fill the table %s: %w", t.Name, err)
	}
	if tag.RowsAffected() != t.Rows {
		return fmt.Errorf("fill the table %s: %d rows came, %d were written", t.Name, tag.RowsAffected(), t.Rows)
	}
	if _, err := tx.Exec(ctx, "ALTER TABLE "+name+" ENABLE TRIGGER USER"); err != nil {
		return fmt.Errorf("finish the table %s: %w", t.Name, err)
	}
	return nil
}

func quoted(text string) string { return "'" + text + "'" }
