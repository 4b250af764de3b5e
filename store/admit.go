package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// admit refuses an actor who may not see the case or not issue the command, a deed dated back that may not be, and readers who cannot be chosen.
// It says on the call who may read the words and files that come with the deed.
func (d *door) admit(ctx context.Context, before process.Subject, command process.Act) error {
	header, actor := before.Header(), d.order.Call.Actor
	relation := access.Other
	if d.locked != nil {
		if !d.stands.InSight {
			return notFound()
		}
		if process.HasPart(before, actor, d.order.Call.Day()) {
			relation = access.Own
		} else if !access.May(actor, d.order.Command, relation) && access.May(actor, d.order.Command, access.Own) {
			absent, err := d.store.inPlaceOf(ctx, d.q, d.park, before, actor, d.order.Call.Today())
			if err != nil {
				return err
			}
			if absent != "" { // the event says in whose place
				relation, d.order.Call.Actor.Behalf = access.Own, absent
			}
		}
	}
	if err := access.Check(actor, d.order.Command, relation); err != nil {
		return d.tooLate(ctx, *header, err)
	}
	if err := d.dated(*header); err != nil {
		return err
	}
	return d.address(*header, command)
}

// dated refuses to date a deed back where its description or the actor does not permit that, and before the case began. How far back within the
// case is for the rules of each command: not before the stage, the notice or the hand-in that it follows.
func (d *door) dated(c process.Case) error {
	call := d.order.Call
	switch {
	case !call.DatedBack():
		return nil
	case !access.MayDateBack(call.Actor, d.order.Command):
		return process.Refuse(process.ImpossibleDate, "这一步以收到的时间为准，不能填写更早的发生时间。",
			"This counts from when it is received; it cannot be dated back. Leave the time of the deed out.").At("occurred_on")
	case d.locked != nil && call.Day().Before(clock.DateOf(c.OpenedAt)):
		day := clock.DateOf(c.OpenedAt).String()
		return process.Refuse(process.ImpossibleDate, "发生日期早于立案的日期 "+day+"。", "The day lies before the case was opened, "+day+".").At("occurred_on")
	}
	return nil
}

// address notes who reads the deed: what the writer chose, where the command's description leaves it to them.
func (d *door) address(before process.Case, command process.Act) error {
	if a, ok := command.Input.(process.Readable); ok {
		d.chosen = a.ReadBy()
	}
	actor := d.order.Call.Actor
	switch {
	case d.chosen != "" && d.chosen != process.Inside && d.chosen != process.Shared:
		return process.RefuseField("audience", "请选择仅内部可见，或企业也能看到。", "Choose inside, or shared with the enterprise.")
	case d.chosen == process.Inside && actor.Has(process.Enterprise):
		return process.RefuseField("audience", "企业提交的内容，园区和企业都能看到。", "What an enterprise writes is read by the zone and the enterprise.")
	}
	_, d.order.Call.Audience = access.Audience(d.order.Command, actor, d.chosen, heldByEnterprise(before))
	return nil
}

func heldByEnterprise(c process.Case) bool {
	return c.Holder != nil && c.Holder.Kind == process.HeldByEnterprise
}

// fresh refuses an actor who read an older version. What only adds does not depend on what was read, and does not make what others read older.
func (d *door) fresh(ctx context.Context, before process.Subject, about process.About) error {
	v := d.order.Call.IfVersion
	if v == nil || *v == before.Header().Version || about.AddsOnly {
		return nil
	}
	stale := process.Refuse(process.StaleVersion, "这件事刚刚被别人改过，请看过改动后再提交。", "The case has been changed since you read it; look at the change first.")
	if *v > before.Header().Version {
		return d.explain(ctx, stale)
	}
	moved, err := d.q.MovedSince(ctx, d.order.CaseID, *v, d.adding())
	switch {
	case err != nil:
		return fmt.Errorf("look what happened on case %s since version %d: %w", d.order.CaseID, *v, err)
	case moved:
		return d.explain(ctx, stale)
	}
	return nil
}

// adding are the commands of the kind that only add.
func (d *door) adding() []string {
	names := []string{}
	for _, about := range d.kind.Abouts() {
		if about.AddsOnly {
			names = append(names, string(about.Name))
		}
	}
	return names
}

// settled answers a command that finds its work done by the same actor with the event that did it: nothing is recorded twice, under whichever key.
func (d *door) settled(ctx context.Context, before process.Subject, command process.Act) (process.Outcome, bool, error) {
	s, ok := command.Input.(process.Settled)
	if !ok || d.locked == nil || !s.Settled(before, d.order.Call) {
		return process.Outcome{}, false, nil
	}
	header := before.Header()
	row, err := d.q.LastDeed(ctx, d.order.CaseID, string(d.order.Command), d.order.Call.Actor.ID)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return process.Outcome{}, true, fmt.Errorf("look for the earlier %s on case %s: %w", d.order.Command, d.order.CaseID, err)
	}
	if err == nil {
		event, err := eventOf(row)
		if err != nil {
			return process.Outcome{}, true, err
		}
		if h := event.Outcome.Holder; h != nil && header.Holder != nil && h.Since.Equal(header.Holder.Since) {
			return process.Outcome{Event: event, Standing: header.Standing(), Replayed: true}, true, nil
		}
	}
	return process.Outcome{}, true, process.Refuse(process.NothingChanged, "这件事现在就在你手里。", "You have it in hand already.")
}
