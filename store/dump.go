package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Table is a table as a dump holds it: the columns that are written (generated ones make themselves), and how many rows.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Stored is a file that the database knows.
type Stored struct {
	SHA256    string `json:"sha256"`
	Size      int64  `json:"size"`
	MediaType string `json:"media_type"`
}

// Figures are what a database is compared by, before and after.
type Figures struct {
	Cases       int64  `json:"cases"`
	Open        int64  `json:"open"`
	Events      int64  `json:"events"`
	Attachments int64  `json:"attachments"`
	Files       int64  `json:"files"` // that differ
	Bytes       int64  `json:"bytes"` // of them
	People      int64  `json:"people"`
	Enterprises int64  `json:"enterprises"`
	Notices     int64  `json:"notices"`
	Heads       string `json:"heads"` // SHA-256 over every chain's head, in hex
}

// Dump is one moment of a database, of whatever release. People go on working meanwhile; what they do is not in it.
type Dump struct {
	conn   *pgx.Conn
	tx     pgx.Tx
	Schema int64  // version of the schema, as migrations count
	Server string // PostgreSQL's version
}

// OpenDump looks at the database as the schema's owner. It fails with ErrNoPark when no zone is in it.
func OpenDump(ctx context.Context, ownerURL string) (*Dump, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	d := &Dump{conn: conn}
	if d.tx, err = conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}); err != nil {
		return nil, errors.Join(fmt.Errorf("look at the database: %w", err), conn.Close(ctx))
	}
	if d.Schema, err = schemaOf(ctx, d.tx); err == nil && d.Schema == 0 {
		err = ErrNoPark
	}
	if err == nil { // what a newer program wrote it would leave out
		err = KnowsSchema(d.Schema)
	}
	if err == nil {
		err = d.tx.QueryRow(ctx, "SELECT current_setting('server_version')").Scan(&d.Server)
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	return d, nil
}

// Close ends the look.
func (d *Dump) Close() error { return d.conn.Close(context.Background()) }

// Zone returns the zone's name, or ErrNoPark.
func (d *Dump) Zone(ctx context.Context) (string, error) { return zoneOf(ctx, d.tx) }

// querier is a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// schemaOf returns the version of the schema, 0 when there is none.
func schemaOf(ctx context.Context, q querier) (int64, error) {
	var there bool
	if err := q.QueryRow(ctx, "SELECT to_regclass('public.goose_db_version') IS NOT NULL").Scan(&there); err != nil || !there {
		return 0, err
	}
	var version int64
	if err := q.QueryRow(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&version); err != nil {
		return 0, fmt.Errorf("read the version of the schema: %w", err)
	}
	return version, nil
}

func zoneOf(ctx context.Context, q querier) (string, error) {
	var name string
	err := q.QueryRow(ctx, "SELECT name FROM parks LIMIT 1").Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", ErrNoPark
	}
	if err != nil {
		return "", fmt.Errorf("read the zone: %w", err)
	}
	return name, nil
}

// Tables lists every table with what it is written with; the rows are not counted yet.
func (d *Dump) Tables(ctx context.Context) ([]Table, error) {
	rows, err := d.tx.Query(ctx, `SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> 'goose_db_version'
		GROUP BY 1 ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	tables, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Table, err error) { return t, row.Scan(&t.Name, &t.Columns) })
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	return tables, nil
}

// Write writes a table's rows as PostgreSQL's COPY does, and counts them.
func (d *Dump) Write(ctx context.Context, w io.Writer, t *Table) error {
	tag, err := d.conn.PgConn().CopyTo(ctx, w, "COPY "+t.head()+" TO STDOUT")
	if err != nil {
		return fmt.Errorf("read the table %s: %w", t.Name, err)
	}
	t.Rows = tag.RowsAffected()
	return nil
}

func (t *Table) head() string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pgx.Identifier{c}.Sanitize()
	}
	return pgx.Identifier{"public", t.Name}.Sanitize() + " (" + strings.Join(columns, ", ") + ")"
}

// Sequences returns how far every sequence has come.
func (d *Dump) Sequences(ctx context.Context) (map[string]int64, error) {
	found := map[string]int64{}
	rows, err := d.tx.Query(ctx, "SELECT sequencename::text, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename !~ '^goose_'")
	if err != nil {
		return nil, fmt.Errorf("read the sequences: %w", err)
	}
	var name string
	var value int64
	_, err = pgx.ForEachRow(rows, []any{&name, &value}, func() error { found[name] = value; return nil })
	if err != nil {
		return nil, fmt.Errorf("read the sequences: %w", err)
	}
	return found, nil
}

// Files lists every file that was received, each once.
func (d *Dump) Files(ctx context.Context) ([]Stored, error) {
	rows, err := d.tx.Query(ctx, "SELECT encode(sha256, 'hex'), max(size), min(media_type) FROM uploads GROUP BY 1 ORDER BY 1")
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	files, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Stored])
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	return files, nil
}

// Locked is a channel with its secrets as they are locked under the program's secret key.
type Locked struct {
	ID, Name string
	Secrets  []byte
}

// Locked lists every channel; there were none before releases had a table for them.
func (d *Dump) Locked(ctx context.Context) ([]Locked, error) {
	var there bool
	if err := d.tx.QueryRow(ctx, "SELECT to_regclass('public.channels') IS NOT NULL").Scan(&there); err != nil || !there {
		return nil, err
	}
	rows, err := d.tx.Query(ctx, "SELECT id::text, name, secrets FROM channels WHERE octet_length(secrets) > 0 ORDER BY name") // a demo's sink has none
	if err != nil {
		return nil, fmt.Errorf("list the channels: %w", err)
	}
	channels, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Locked])
	if err != nil {
		return nil, fmt.Errorf("list the channels: %w", err)
	}
	return channels, nil
}

// Figures counts what there is.
func (d *Dump) Figures(ctx context.Context) (Figures, error) {
	var f Figures
	err := d.tx.QueryRow(ctx, `SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM cases WHERE NOT done), (SELECT count(*) FROM events), (SELECT count(*) FROM attachments),
		(SELECT count(DISTINCT sha256) FROM uploads), (SELECT coalesce(sum(size), 0)::bigint FROM (SELECT max(size) AS size FROM uploads GROUP BY sha256) AS each),
		(SELECT count(*) FROM users), (SELECT count(*) FROM enterprises), (SELECT count(*) FROM notices)`).
		Scan(&f.Cases, &f.Open, &f.Events, &f.Attachments, &f.Files, &f.Bytes, &f.People, &f.Enterprises, &f.Notices)
	if err != nil {
		return f, fmt.Errorf("count what there is: %w", err)
	}
	rows, err := d.tx.Query(ctx, "SELECT id::text || ' ' || version || ' ' || encode(head_hash, 'hex') FROM cases ORDER BY id")
	if err != nil {
		return f, fmt.Errorf("read the chains' heads: %w", err)
	}
	sum, line := sha256.New(), ""
	if _, err := pgx.ForEachRow(rows, []any{&line}, func() error { _, err := io.WriteString(sum, line+"\n"); return err }); err != nil {
		return f, fmt.Errorf("read the chains' heads: %w", err)
	}
	f.Heads = hex.EncodeToString(sum.Sum(nil))
	return f, nil
}
