package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
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
	id, ok := value.ID(order.CaseID)
	if !ok {
		return process.Outcome{}, notFound()
	}
	order.CaseID = id
	kind, ok := kinds.Of(order.Command.KindOf())
	if !ok {
		return process.Outcome{}, process.Refuse(process.UnknownCommand, "没有这个操作。", "There is no such command.")
	}
	command, err := kind.Read(order.Command, order.Input) // tidied: the door trusts nobody who comes to it
	if err != nil {
		return process.Outcome{}, err
	}
	order.Input = command.Given
	for attempt := 1; ; attempt++ {
		outcome, err := s.apply(ctx, kind, order, command)
		outcome.Event.Restated = nil // for the history and for verification; too large to travel with every answer
		if err == nil || attempt == 4 || !raced(err) {
			return outcome, s.refused(err, "command", string(order.Command), "case_id", order.CaseID)
		}
	}
}

// raced reports whether two transactions got in each other's way, so that trying again is right: for instance two first commands with one key.
func raced(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "23505" || pg.Code == "40001" || pg.Code == "40P01")
}

// apply runs one command in one transaction.
func (s *Store) apply(ctx context.Context, kind process.Entry, order process.Order, command process.Act) (process.Outcome, error) {
	request, err := requestHash(order, nil)
	if err != nil {
		return process.Outcome{}, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return process.Outcome{}, err
	}
	talk, err := s.talk(ctx)
	if err != nil {
		return process.Outcome{}, fmt.Errorf("begin %s on case %s: %w", order.Command, order.CaseID, err)
	}
	defer talk.end(ctx)
	d := door{store: s, kind: kind, tables: tablesOf(kind.Kind), talk: talk, q: talk.q, park: park.ID, order: order, request: request}

	before, err := d.enter(ctx, command)
	if err != nil {
		return process.Outcome{}, err
	}
	if err := d.compare(); err != nil {
		return process.Outcome{}, err
	}
	if outcome, done, err := d.replay(ctx, before); done || err != nil {
		return outcome, err
	}
	if err := d.admit(ctx, before, command); err != nil {
		return process.Outcome{}, err
	}
	if outcome, done, err := d.settled(ctx, before, command); done || err != nil {
		return outcome, err
	}
	if err := d.fresh(ctx, before, command.About); err != nil {
		return process.Outcome{}, err
	}
	env, err := d.look.env(ctx, before, command, d.kind)
	if err != nil {
		return process.Outcome{}, err
	}
	decision, err := command.Decide(before, d.order.Call, env) // the door has said on its copy of the call who reads the deed
	if err != nil {
		return process.Outcome{}, d.explain(ctx, err)
	}
	if err := d.waits(ctx, decision.Follow); err != nil {
		return process.Outcome{}, err
	}
	return d.record(ctx, before, decision)
}

// door is one command's way through the transaction: enter (one round trip), decide (none), tell (one, when somebody is told or a number is
// drawn), write and commit (one).
type door struct {
	store   *Store
	kind    process.Entry
	tables  tables
	talk    *talk
	q       *sqlc.Queries // for what is asked only on the way to a refusal or a replay
	park    string
	order   process.Order
	request []byte            // what is kept with the key: the command, with its files by their content
	named   []byte            // the same with its files by their ids, as it was kept before
	locked  *sqlc.LockCaseRow // nil when the case is not there yet
	stands  sqlc.EnterRow     // what stands about the command beside the case
	look    lookup
	chosen  process.Audience // by the writer, where the command leaves it to them
}

// enter makes every other command on the case wait and returns the case as it stands, or an empty one to be opened: a case that is not there may
// only be opened. What the rules need beside it is asked in the same round trip.
func (d *door) enter(ctx context.Context, command process.Act) (process.Subject, error) {
	var doc json.RawMessage
	gate, passes := command.Input.(interface{ PassesGate() bool })
	call := d.order.Call
	asked := sqlc.EnterParams{CaseID: d.order.CaseID, ParkID: d.park, Kind: string(d.kind.Kind), Viewers: viewers(call.Actor),
		KeyOwner: call.Actor.KeyOwner(), Key: call.Key}
	gated := passes && gate.PassesGate()
	d.look = d.lookup(command)
	err := d.talk.begin(ctx, d.hurry(ctx),
		func(q *sqlc.Queries) error {
			row, err := q.LockCase(ctx, d.order.CaseID)
			if err == nil {
				d.locked = &row
			}
			return orNone(err)
		},
		func(q *sqlc.Queries) (err error) {
			d.stands, err = q.Enter(ctx, asked)
			return err
		},
		func(q *sqlc.Queries) (err error) {
			doc, err = d.tables.load(q, ctx, d.order.CaseID)
			return orNone(err)
		},
		d.look.people(ctx, d.order.CaseID), d.look.received(ctx, d.order.CaseID), d.look.belonging(ctx, d.order.CaseID, gated), d.look.gate(ctx, d.order.CaseID, gated), d.look.likely(ctx))
	switch {
	case err != nil:
		return nil, fmt.Errorf("enter %s on case %s: %w", d.order.Command, d.order.CaseID, err)
	case d.locked == nil && !command.Opens, d.locked != nil && d.locked.Kind != string(d.kind.Kind):
		return nil, notFound()
	}
	d.look.remember(d.stands)
	d.look.known.counted = gated
	if d.locked == nil {
		subject := d.kind.Blank()
		*subject.Header() = process.Case{ID: d.order.CaseID, ParkID: d.park, Kind: d.kind.Kind, OpenedAt: call.OccurredAt}
		return subject, nil
	}
	return d.kind.Load(doc)
}

// hurry lets a command that came through the engine commit without waiting for the disk, where the engine waits for both (EngineFlushes).
func (d *door) hurry(ctx context.Context) step {
	return func(q *sqlc.Queries) error {
		if !d.store.flushed || d.order.Run == "" {
			return nil
		}
		return q.CommitWithoutFlush(ctx)
	}
}

// orNone takes "no rows" for an answer.
func orNone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// compare takes the files that came with the command by their content, now that they are known.
func (d *door) compare() error {
	d.named = d.request
	received := d.look.uploads()
	if len(received) == 0 {
		return nil
	}
	var err error
	d.request, err = requestHash(d.order, func(id string) string { return received[id].SHA256 })
	return err
}

// replay answers a key that was seen before with its stored event, and refuses it for anything else than the same command.
func (d *door) replay(ctx context.Context, now process.Subject) (process.Outcome, bool, error) {
	seen := d.stands.SeenVersion
	if seen == nil {
		return process.Outcome{}, false, nil
	}
	if !slices.ContainsFunc([][]byte{d.request, d.named}, func(same []byte) bool { return bytes.Equal(same, d.stands.SeenRequest) }) {
		return process.Outcome{}, true, process.Refuse(process.KeyReused, "这个请求标识已经用于另一项操作，请刷新页面后重试。",
			"This idempotency key has been used for something else.")
	}
	row, err := d.q.EventAt(ctx, d.order.CaseID, *seen)
	if err != nil {
		return process.Outcome{}, true, fmt.Errorf("read event %d of case %s: %w", *seen, d.order.CaseID, err)
	}
	event, err := eventOf(row)
	if err != nil {
		return process.Outcome{}, true, err
	}
	return process.Outcome{Event: event, Standing: now.Header().Standing(), Replayed: true}, true, nil
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
