package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Keep writes a case as the door does, and reads it back as the door does. The rules are not asked.
func Keep(ctx context.Context, s *Store, subject process.Subject) (process.Subject, error) {
	kind, _ := kinds.Of(subject.Header().Kind)
	return KeepOf(ctx, s, kind, subject)
}

// KeepOf is Keep for a kind that need not be in the registry.
func KeepOf(ctx context.Context, s *Store, kind process.Entry, subject process.Subject) (process.Subject, error) {
	id := subject.Header().ID
	paper, err := write(tablesOf(kind.Kind), subject, make([]byte, 32), nil, kind.Papers(subject))
	if err != nil {
		return nil, err
	}
	talk, err := s.talk(ctx)
	if err != nil {
		return nil, err
	}
	defer talk.end(ctx)
	steps := paper.whole(ctx)
	before, err := loadSubject(ctx, talk.q, kind, id)
	if err == nil {
		changes, err := process.Compare(before, subject)
		if err != nil {
			return nil, err
		}
		steps = paper.moved(ctx, touched(kind, before, subject, changes))
	}
	if err := errors.Join(talk.begin(ctx), talk.commit(ctx, steps)); err != nil {
		return nil, err
	}
	return loadSubject(ctx, s.queries, kind, id)
}

// AgeEvents rewrites a case's events, as only the owner of the schema can, to the form in which they were recorded before changes held every fact.
func AgeEvents(ctx context.Context, owner *pgx.Conn, id string) error {
	if _, err := owner.Exec(ctx, "ALTER TABLE events DISABLE TRIGGER events_append_only"); err != nil {
		return err
	}
	q := sqlc.New(owner)
	rows, err := q.Chain(ctx, id, 0, 1000)
	if err != nil {
		return err
	}
	prev := firstPrevHash()
	for _, row := range rows {
		row.Form, row.Told, row.Restated, row.PrevHash = 0, nil, nil, prev
		row.Changes = json.RawMessage(`[{"path": "attachments[1].name", "old": null, "new": "one of several"}]`)
		sum, err := linkOf(row).sum()
		if err != nil {
			return err
		}
		if _, err := owner.Exec(ctx, "UPDATE events SET form = 0, told = NULL, restated = NULL, changes = $3, prev_hash = $4, hash = $5 WHERE case_id = $1 AND version = $2",
			id, row.Version, row.Changes, prev, sum); err != nil {
			return err
		}
		prev = sum
	}
	_, err = owner.Exec(ctx, "UPDATE cases SET head_hash = $2 WHERE id = $1", id, prev)
	return err
}

// Planned is how often prepared statements were planned once and for all, and how often for the parameters at hand.
type Planned struct{ Generic, Custom int }

// Plans counts on every connection of the door and of the lists.
func Plans(ctx context.Context, s *Store) (door, lists Planned, err error) {
	for pool, n := range map[*pgxpool.Pool]*Planned{s.door: &door, s.pool: &lists} {
		for _, conn := range pool.AcquireAllIdle(ctx) {
			var generic, custom int
			err = errors.Join(err, conn.QueryRow(ctx, "SELECT coalesce(sum(generic_plans), 0)::integer, coalesce(sum(custom_plans), 0)::integer FROM pg_prepared_statements WHERE parameter_types <> '{}'",
				pgx.QueryExecModeSimpleProtocol).Scan(&generic, &custom))
			conn.Release()
			n.Generic, n.Custom = n.Generic+generic, n.Custom+custom
		}
	}
	return door, lists, err
}

// HeardTable is one of the tables of readings, by the name that the migration gives it.
type HeardTable struct{ Name, Signs string }

// HeardTables are the tables of readings.
func HeardTables() []HeardTable {
	return []HeardTable{{"twice", heardTwice}, {"ahead", heardAhead}, {"behind", heardBehind}, {"family", heardFamily}, {"usual", heardUsual}}
}

// Heard is heard for tests.
func Heard(name string) string { return heard(name) }

// Spoken is what names sort by in lists that the program sorts.
func Spoken(name string) []byte {
	return (&voice{collator: collate.New(language.Chinese, collate.Numeric)}).key(name)
}

// CountCards and Listen are count and listen for tests.
func CountCards(ctx context.Context, db *sql.DB) (int64, error) { return count(ctx, db) }

// Listen is listen for tests.
func Listen(ctx context.Context, db *sql.DB, cards int64, ticks <-chan time.Time, done <-chan struct{}, tell func(words string)) {
	listen(ctx, db, cards, ticks, done, tell)
}

// BesideValue is what a column beside sorts by.
func BesideValue(column listing.Column, said string) any { return besideValue(column, said) }
