package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
)

// tooLate turns "you may not" into who has the case since when, for an actor who had it in hand before: somebody else was faster.
func (d *door) tooLate(ctx context.Context, c process.Case, refused error) error {
	actor := d.order.Call.Actor
	if d.locked == nil || actor.Type != process.Person || !access.May(actor, d.order.Command, access.Own) {
		return refused
	}
	held, err := d.q.HeldBefore(ctx, d.order.CaseID, onlyUUIDs([]string{actor.ID, actor.UnitID}))
	if err != nil {
		return fmt.Errorf("look who had case %s: %w", d.order.CaseID, err)
	}
	if !held {
		return refused
	}
	if actor.Has(process.Enterprise) {
		c.Holder = Outsider(actor).Holder(c.Holder, outside.HolderFunction(c.Kind))
	}
	return d.explain(ctx, process.Taken(c))
}

// explain adds to a refusal for being late who was first, and what they did. To an enterprise the first one is a function; a department reads of it what its history tells.
func (d *door) explain(ctx context.Context, err error) error {
	var refusal *process.Refusal
	if !errors.As(err, &refusal) || d.locked == nil {
		return err
	}
	event, found, readErr := d.first(ctx, refusal)
	if readErr != nil {
		return readErr
	}
	if !found {
		return err
	}
	late := *refusal
	conflict := process.Conflict{Version: event.Version, Event: event}
	switch actor := d.order.Call.Actor; {
	case actor.Has(process.Enterprise):
		r := Outsider(actor)
		if err := others(ctx, d.q, &r, d.order.CaseID); err != nil {
			return err
		}
		conflict = r.Conflict(conflict)
	case outside.Guest(actor): // as its history tells it: nothing of how the other side is being won
		conflict.Event = outside.GuestEvents([]process.Event{event})[0]
	}
	late.Since = &conflict
	if refusal.Moved != "" && refusal.Moved != process.MovedHolder {
		name, at := doer(conflict.Event.Actor, d.order.Call.Actor), conflict.Event.RecordedAt.In(clock.Zone())
		late.Chinese += "最近一步由" + name + "在" + at.Format("1月2日 15:04") + "办理。"
		late.English += " The last step was taken by " + name + " at " + at.Format("2 Jan 15:04") + "."
	}
	return &late
}

// doer is who did something, in the words of a sentence: what follows by itself from a person's deed is that person's, what the clock does is nobody's.
func doer(by, reader process.Actor) string {
	switch {
	case by.Type != process.Clock:
		return by.Name
	case by.Behalf != "" && !reader.Has(process.Enterprise) && !outside.Guest(reader):
		return by.Behalf
	}
	return "系统"
}

// first finds the event that made the refusal true: the last one of all for a stale version, the last one that moved the fact otherwise.
func (d *door) first(ctx context.Context, r *process.Refusal) (process.Event, bool, error) {
	if r.Moved == "" && r.Code != process.StaleVersion && r.Code != process.StageMoved {
		return process.Event{}, false, nil
	}
	row, err := d.q.LastMove(ctx, d.order.CaseID, given(r.Moved))
	if errors.Is(err, pgx.ErrNoRows) {
		return process.Event{}, false, nil
	}
	if err != nil {
		return process.Event{}, false, fmt.Errorf("read who was first on case %s: %w", d.order.CaseID, err)
	}
	event, err := eventOf(row)
	return event, err == nil, err
}
