package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Apply is the door: the only way a case changes. In one transaction it locks the case, answers a repeated key with the stored event,
// asks the rules, appends the event to the chain, updates the row and queues notices. It returns a *process.Refusal when the rules say no,
// and any other error when the database could not be used; then nothing has changed and the same key may be tried again.
//
// Whatever the caller knew, the outcome's Standing is where the case stands now.
func (s *Store) Apply(ctx context.Context, order process.Order) (process.Outcome, error) {
	order.Call.OccurredAt = order.Call.OccurredAt.UTC().Truncate(time.Microsecond)
	order.Call.RecordedAt = order.Call.RecordedAt.UTC().Truncate(time.Microsecond)
	if err := order.Call.Check(); err != nil {
		return process.Outcome{}, err
	}
	if len(onlyUUIDs([]string{order.CaseID})) == 0 {
		return process.Outcome{}, notFound()
	}
	kind, ok := kinds.Of(order.Command.KindOf())
	if !ok {
		return process.Outcome{}, process.Refuse(process.UnknownCommand, "没有这个操作。", "There is no such command.")
	}
	for attempt := 1; ; attempt++ {
		outcome, err := s.apply(ctx, kind, order)
		outcome.Event.Restated = nil // for the history and for verification; too large to travel with every answer
		if err == nil || attempt == 4 || !raced(err) {
			return outcome, err
		}
	}
}

// raced reports whether two transactions got in each other's way, so that trying again is right: for instance two first commands with one key.
func raced(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "23505" || pg.Code == "40001" || pg.Code == "40P01")
}

// apply runs one command in one transaction.
func (s *Store) apply(ctx context.Context, kind process.Entry, order process.Order) (process.Outcome, error) {
	command, err := kind.Read(order.Command, order.Input)
	if err != nil {
		return process.Outcome{}, err
	}
	request, err := requestHash(order)
	if err != nil {
		return process.Outcome{}, err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return process.Outcome{}, fmt.Errorf("begin %s on case %s: %w", order.Command, order.CaseID, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit there is nothing to roll back; before one the error in hand matters
	d := door{store: s, kind: kind, tx: tx, q: s.queries.WithTx(tx), order: order, request: request}

	if err := d.lock(ctx); err != nil {
		return process.Outcome{}, err
	}
	if outcome, done, err := d.replay(ctx); done || err != nil {
		return outcome, err
	}
	before, err := d.read(ctx)
	if err != nil {
		return process.Outcome{}, err
	}
	if err := d.admit(ctx, before, command); err != nil {
		return process.Outcome{}, err
	}
	if outcome, done, err := d.settled(ctx, before, command); done || err != nil {
		return outcome, err
	}
	if err := d.fresh(ctx, before); err != nil {
		return process.Outcome{}, err
	}
	env, err := d.lookup(command).env(ctx, before, command)
	if err != nil {
		return process.Outcome{}, err
	}
	decision, err := command.Decide(before, d.order.Call, env) // the door has said on its copy of the call who reads the deed
	if err != nil {
		return process.Outcome{}, d.explain(ctx, err)
	}
	outcome, err := d.record(ctx, before, decision)
	if err != nil {
		return process.Outcome{}, err
	}
	if err := tx.Commit(ctx); err != nil {
		return process.Outcome{}, fmt.Errorf("commit %s on case %s: %w", order.Command, order.CaseID, err)
	}
	return outcome, nil
}

// door is one command's way through the transaction.
type door struct {
	store   *Store
	kind    process.Entry
	tx      pgx.Tx
	q       *sqlc.Queries
	order   process.Order
	request []byte
	locked  *sqlc.LockCaseRow // nil when the case is not there yet
	chosen  process.Audience  // by the writer, where the command leaves it to them
}

// lock makes every other command on the case wait. A case that is not there may only be opened.
func (d *door) lock(ctx context.Context) error {
	row, err := d.q.LockCase(ctx, d.order.CaseID)
	switch {
	case errors.Is(err, pgx.ErrNoRows) && d.order.Command == d.kind.Opens:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return notFound()
	case err != nil:
		return fmt.Errorf("lock case %s: %w", d.order.CaseID, err)
	case row.Kind != string(d.kind.Kind):
		return notFound()
	}
	d.locked = &row
	return nil
}

// replay answers a key that was seen before with its stored event, and refuses it for anything else than the same command.
func (d *door) replay(ctx context.Context) (process.Outcome, bool, error) {
	if d.locked == nil {
		return process.Outcome{}, false, nil
	}
	seen, err := d.q.EventByKey(ctx, d.order.CaseID, d.order.Call.Actor.KeyOwner(), d.order.Call.Key)
	if errors.Is(err, pgx.ErrNoRows) {
		return process.Outcome{}, false, nil
	}
	if err != nil {
		return process.Outcome{}, false, fmt.Errorf("look for key in case %s: %w", d.order.CaseID, err)
	}
	if string(seen.RequestHash) != string(d.request) {
		return process.Outcome{}, true, process.Refuse(process.KeyReused, "这个请求标识已经用于另一项操作，请刷新页面后重试。",
			"This idempotency key has been used for something else.")
	}
	row, err := d.q.EventAt(ctx, d.order.CaseID, seen.Version)
	if err != nil {
		return process.Outcome{}, true, fmt.Errorf("read event %d of case %s: %w", seen.Version, d.order.CaseID, err)
	}
	event, err := eventOf(row)
	if err != nil {
		return process.Outcome{}, true, err
	}
	now, err := d.read(ctx)
	if err != nil {
		return process.Outcome{}, true, err
	}
	return process.Outcome{Event: event, Standing: now.Header().Standing(), Replayed: true}, true, nil
}

// read loads the case with its facts, or prepares an empty one to be opened.
func (d *door) read(ctx context.Context) (process.Subject, error) {
	if d.locked == nil {
		park, err := d.q.Park(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the park: %w", err)
		}
		subject := d.kind.Blank()
		*subject.Header() = process.Case{ID: d.order.CaseID, ParkID: park.ID, Kind: d.kind.Kind, OpenedAt: d.order.Call.OccurredAt}
		return subject, nil
	}
	return loadSubject(ctx, d.q, d.kind, d.order.CaseID)
}

func loadSubject(ctx context.Context, q *sqlc.Queries, kind process.Entry, id string) (process.Subject, error) {
	doc, err := tablesOf(kind.Kind).load(q, ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, notFound()
	}
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	return kind.Load(doc)
}

func notFound() error {
	return process.Refuse(process.NotFound, "没有找到这件事，或者它不归你看。", "There is no such case, or it is not yours to see.")
}
