package store

import (
	"context"
	"errors"
	"time"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// askedFor is how long the rules are asked what else is wrong: bad input is answered within a second, also while somebody else holds the case.
const askedFor = time.Second

// Faults asks the rules what they would refuse of a command as far as it could be understood, and returns that refusal; nil where they would not, or where
// the command never came to them. The door is entered as by any command and left without writing: nothing is recorded, drawn or told. It is asked only
// when a command is refused anyway, so that a person hears of everything at once.
func (s *Store) Faults(ctx context.Context, order process.Order, command process.Act) *process.Refusal {
	kind, ok := kinds.Of(order.Command.KindOf())
	if !ok || command.Input == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, askedFor)
	defer cancel()
	err := s.rehearse(ctx, kind, order, command)
	var refusal *process.Refusal
	if err != nil && !errors.As(err, &refusal) {
		s.log.Warn("what else is wrong could not be asked", "command", order.Command, "error", err)
	}
	return refusal
}

func (s *Store) rehearse(ctx context.Context, kind process.Entry, order process.Order, command process.Act) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	talk, err := s.talk(ctx)
	if err != nil {
		return err
	}
	defer talk.end(ctx)
	d := door{store: s, kind: kind, tables: tablesOf(kind.Kind), talk: talk, q: talk.q, park: park.ID, order: order}
	before, err := d.enter(ctx, command)
	if err != nil {
		return err
	}
	if err := d.admit(ctx, before, command); err != nil {
		return err
	}
	env, err := d.look.env(ctx, before, command, d.kind)
	if err != nil {
		return err
	}
	_, err = command.Decide(before, d.order.Call, env)
	return err
}
