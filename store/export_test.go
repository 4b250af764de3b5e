package store

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Keep writes a case as the door does, and reads it back as the door does. The rules are not asked.
func Keep(ctx context.Context, s *Store, subject process.Subject) (process.Subject, error) {
	doc, err := document(subject)
	if err != nil {
		return nil, err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback(ctx)
	q := s.queries.WithTx(tx)
	if err := q.SaveCase(ctx, doc, make([]byte, 32)); err != nil {
		return nil, err
	}
	kind, _ := kinds.Of(subject.Header().Kind)
	if err := tablesOf(kind.Kind).save(q, ctx, doc); err != nil {
		return nil, err
	}
	if err := q.SaveParts(ctx, doc); err != nil {
		return nil, err
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, err
	}
	return loadSubject(ctx, s.queries, kind, subject.Header().ID)
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
