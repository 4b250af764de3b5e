package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"go.temporal.io/sdk/activity"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// Batch carries a batch out: one command after the other through the cases' workflows, so that their timers follow. It may be tried again
// after any fault: what was done is found done, by key. It returns how many cases the batch has touched in all.
func (a *Activities) Batch(ctx context.Context, b workflows.Batch) (int, error) {
	// Twice: a command that was under way while the calendar changed may still have been reckoned by the old one.
	for range 2 {
		refs, err := a.batchCases(ctx, b)
		if err != nil {
			return 0, err
		}
		for i, ref := range refs {
			activity.RecordHeartbeat(ctx, i)
			if err := a.touch(ctx, b, ref); err != nil {
				return 0, fmt.Errorf("%s case %s: %w", b.Deed, ref.ID, err)
			}
		}
	}
	about := map[string]any{"deed": b.Deed, "version": b.Version, "reason": b.Reason, "by": b.Actor.Name}
	touched, err := a.Store.TellOfBatch(ctx, process.NoticeCalendar, b.Key(), about, b.At)
	if err != nil || b.Deed != workflows.Recalendar {
		return touched, err
	}
	return touched, a.Store.SettleCalendar(ctx, b.Seq, touched, b.At)
}

func (a *Activities) batchCases(ctx context.Context, b workflows.Batch) ([]store.CaseRef, error) {
	if b.Deed == workflows.Adopt {
		return a.Store.CasesToAdopt(ctx, b.Kind, b.Number)
	}
	return a.Store.CasesToMove(ctx)
}

// touch passes the batch's command to one case. A case that needs nothing, or was closed meanwhile, is passed over.
func (a *Activities) touch(ctx context.Context, b workflows.Batch, ref store.CaseRef) error {
	var input any = map[string]any{"calendar": b.Version, "reason": b.Reason}
	if b.Deed == workflows.Adopt {
		input = map[string]any{"version": b.Number, "reason": b.Reason}
	}
	text, err := json.Marshal(input)
	if err != nil {
		return err
	}
	_, err = a.Commander.Carry(ctx, process.Order{CaseID: ref.ID, Command: process.Name(string(ref.Kind) + "." + b.Deed), Input: text,
		Call: process.Call{Key: b.Key(), Actor: through(b.Actor), OccurredAt: b.At, RecordedAt: b.At}})
	var refusal *process.Refusal
	if errors.As(err, &refusal) && (refusal.Code == process.NothingChanged || refusal.Code == process.Closed) {
		return nil
	}
	return err
}

// through is the person whose deed the batch carries, with keys of the batch's own: a person's key never meets them.
func through(actor process.Actor) process.Actor {
	actor.Through = process.TheBatch
	return actor
}
