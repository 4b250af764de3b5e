package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// waits refuses a deed because of which something would be put on file of which one for the same waits already (process.Once), or is about to be put on file: the case is
// held, so that of two who ask at once the second one finds the first.
func (d *door) waits(ctx context.Context, ups []process.FollowUp) error {
	for _, up := range ups {
		kind, known := kinds.Of(up.Kind)
		if up.CaseID != "" || !known || d.locked == nil {
			continue
		}
		input, err := json.Marshal(up.Input)
		if err != nil {
			return fmt.Errorf("write %s: %w", up.Command, err)
		}
		act, err := kind.Read(up.Command, input)
		if err != nil {
			return err
		}
		once, is := act.Input.(process.Once)
		if m, may := act.Input.(process.Meaning); !is || may && m.Meant() {
			continue
		}
		if err := d.alone(ctx, kind, up.Command, once); err != nil {
			return err
		}
	}
	return nil
}

// alone refuses what is the same as something that waits.
func (d *door) alone(ctx context.Context, kind process.Entry, command process.Name, once process.Once) error {
	rules, err := lookup{store: d.store, q: d.q}.rules(ctx, process.Case{ParkID: d.park, Kind: kind.Kind})
	if err != nil {
		return err
	}
	rows, err := d.q.FollowUpsWaiting(ctx, d.order.CaseID, string(command))
	if err != nil {
		return fmt.Errorf("look what waits because of case %s: %w", d.order.CaseID, err)
	}
	for _, r := range rows {
		other, err := kind.Read(command, r.Input)
		if err != nil {
			return fmt.Errorf("understand what waits because of case %s: %w", d.order.CaseID, err)
		}
		if o, is := other.Input.(process.Once); is && o.Same(rules) == once.Same(rules) {
			return once.Waits(r.Number)
		}
	}
	return nil
}
