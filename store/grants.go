package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// writerRole is the role that holds what the application may do. It belongs to the cluster of databases and not to this one: a dump that is put into
// another cluster does not bring it along.
const writerRole = "parkway_writer"

// allow makes the role of those who write when it is missing, and lets it do again what the migrations say, in their order. Where all is as it
// should be nothing changes.
func allow(ctx context.Context, db *sql.DB) error {
	statements, err := permissions()
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("let the application use the schema: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if _, err := tx.ExecContext(ctx, "DO $$ BEGIN CREATE ROLE "+writerRole+" NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"); err != nil {
		return fmt.Errorf("make the role %s: %w", writerRole, err)
	}
	for _, p := range statements {
		on := p.on
		if p.tables != nil {
			if on, err = present(ctx, tx, p.tables); err != nil {
				return err
			}
			if on == "" {
				continue
			}
		}
		if _, err := tx.ExecContext(ctx, p.verb+" "+p.what+" ON "+on+" "+p.link+" "+writerRole); err != nil {
			return fmt.Errorf("let the application use the schema: %s %s ON %s: %w", p.verb, p.what, on, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("let the application use the schema: %w", err)
	}
	return nil
}

// present returns those of the tables that are there, as a list for a statement.
func present(ctx context.Context, tx *sql.Tx, tables []string) (string, error) {
	there := []string{}
	for _, t := range tables {
		var found bool
		if err := tx.QueryRowContext(ctx, "SELECT to_regclass($1) IS NOT NULL", "public."+t).Scan(&found); err != nil {
			return "", fmt.Errorf("look for the table %s: %w", t, err)
		}
		if found {
			there = append(there, pgx.Identifier{t}.Sanitize())
		}
	}
	return strings.Join(there, ", "), nil
}

// permission is a GRANT or REVOKE of a migration: on tables, or on something else.
type permission struct {
	verb, what, on, link string
	tables               []string
}

// permissions reads what the migrations let the writers do. "All tables" are those that there were then.
func permissions() ([]permission, error) {
	statement := regexp.MustCompile(`(?m)^(GRANT|REVOKE) ([A-Z, ()a-z_]+?) ON ([^;]+?) (TO|FROM) ` + writerRole + `\b|^CREATE (?:UNLOGGED )?TABLE (\w+)`)
	files, err := fs.Glob(schema(), "*.sql")
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	found, tables := []permission{}, []string{"goose_db_version"}
	for _, name := range files {
		text, err := fs.ReadFile(schema(), name)
		if err != nil {
			return nil, fmt.Errorf("read the migrations: %w", err)
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		for _, m := range statement.FindAllStringSubmatch(up, -1) {
			if m[5] != "" {
				tables = append(tables, m[5])
				continue
			}
			p := permission{verb: m[1], what: m[2], on: m[3], link: m[4]}
			switch first, _, _ := strings.Cut(p.on, " "); {
			case p.on == "ALL TABLES IN SCHEMA public":
				p.tables = slices.Clone(tables)
			case first != "ALL" && first != "SCHEMA" && first != "FUNCTION" && first != "SEQUENCE":
				for _, t := range strings.Split(strings.TrimPrefix(p.on, "TABLE "), ",") {
					p.tables = append(p.tables, strings.TrimSpace(t))
				}
			}
			found = append(found, p)
		}
	}
	return found, nil
}
