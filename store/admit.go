package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
)

// Sees reports whether the actor may know of the case at all: an enterprise only its own, a department only what was handed to it.
func Sees(actor process.Actor, c process.Case) bool {
	switch {
	case actor.Type != process.Person:
		return true
	case actor.Has(process.Enterprise):
		return actor.EnterpriseID == c.EnterpriseID
	case len(actor.Roles) == 1 && actor.Has(process.Department):
		return slices.Contains(c.UnitIDs, actor.UnitID)
	}
	return true
}

// admit refuses an actor who may not see the case or not issue the command, and one who read an older version.
func (d *door[S, E]) admit(ctx context.Context, before S) error {
	header, actor := d.kind.header(&before), d.order.Call.Actor
	relation := access.Other
	if d.locked != nil {
		if !Sees(actor, *header) {
			return notFound()
		}
		if d.kind.own(before, actor) {
			relation = access.Own
		}
	}
	if err := access.Check(actor, d.order.Command, relation); err != nil {
		return err
	}
	if v := d.order.Call.IfVersion; v != nil && *v != header.Version {
		return d.explain(ctx, process.Refuse(process.StaleVersion, "这件事刚刚被别人改过，请看过改动后再提交。", "The case has been changed since you read it; look at the change first."))
	}
	return nil
}

// explain adds to a refusal for being late who was first, and what they did.
func (d *door[S, E]) explain(ctx context.Context, err error) error {
	var refusal *process.Refusal
	if !errors.As(err, &refusal) || d.locked == nil || (refusal.Code != process.StaleVersion && refusal.Code != process.StageMoved) {
		return err
	}
	row, readErr := d.q.LastEvent(ctx, d.order.CaseID)
	if readErr != nil {
		return fmt.Errorf("read the last event of case %s: %w", d.order.CaseID, readErr)
	}
	event, readErr := eventOf(row)
	if readErr != nil {
		return readErr
	}
	event.Restated = nil
	late := *refusal
	late.Since = &process.Conflict{Version: event.Version, Event: event}
	return &late
}
