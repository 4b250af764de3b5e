package activities

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"go.temporal.io/sdk/activity"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// Batch carries a batch out: one command after the other through the cases' workflows, so that their timers follow. It may be tried again
// after any fault: what was done is found done, by key. A case that refuses or cannot get on is passed over, on record, and the rest goes on.
// It returns how many cases the batch has touched in all.
func (a *Activities) Batch(ctx context.Context, b workflows.Batch) (int, error) {
	about := map[string]any{"deed": b.Deed, "version": b.Version, "reason": b.Reason, "by": b.Actor.Name}
	if err := a.Store.BeginBatch(ctx, b.ID, b.Deed, b.Actor.Name, b, b.At); err != nil {
		return 0, err
	}
	// Twice: a command that was under way while the calendar changed may still have been reckoned by the old one, and a case that could not get
	// on may have been busy.
	var passed map[string]*process.Refusal
	for range 2 {
		var err error
		if passed, err = a.walk(ctx, b); err != nil {
			return 0, err
		}
	}
	if err := a.Store.ForgetPassedOver(ctx, b.ID); err != nil { // by an earlier try
		return 0, err
	}
	unreached := false
	for id, why := range passed {
		unreached = unreached || why.Code == process.Stuck
		if err := a.Store.PassOver(ctx, b.ID, id, why, a.Now()); err != nil {
			return 0, err
		}
	}
	touched, err := a.Store.TellOfBatch(ctx, process.NoticeCalendar, b.Key(), about, a.Now())
	if err != nil {
		return 0, err
	}
	if err := a.Store.EndBatch(ctx, b.ID, touched, a.Now()); err != nil || b.Deed != workflows.Recalendar || unreached {
		return touched, err // a calendar that has not reached every case is not settled: the watchdog starts the batch again
	}
	return touched, a.Store.SettleCalendar(ctx, b.Seq, touched, a.Now())
}

// oneCase is how long a batch waits for one case.
const oneCase = 20 * time.Second

// walk passes the batch's command to every case that is left, and returns those that refused or could not be reached, with the reason.
func (a *Activities) walk(ctx context.Context, b workflows.Batch) (map[string]*process.Refusal, error) {
	refs, err := a.batchCases(ctx, b)
	if err != nil {
		return nil, err
	}
	passed := map[string]*process.Refusal{}
	for i, ref := range refs {
		activity.RecordHeartbeat(ctx, i)
		err := a.touch(ctx, b, ref)
		var refusal *process.Refusal
		if err == nil || errors.As(err, &refusal) {
			if refusal != nil {
				passed[ref.ID] = refusal
			}
			continue
		}
		if err := errors.Join(ctx.Err(), a.Store.Ping(ctx)); err != nil { // not the case is at fault: all of it is tried again
			return nil, err
		}
		a.Log.Warn("a batch could not reach a case", "batch", b.ID, "case_id", ref.ID, "error", err)
		passed[ref.ID] = process.Refuse(process.Stuck, "这件事暂时推不动，请在运行状况页查看。", "The case cannot get on at the moment; see the operations page.")
	}
	return passed, nil
}

func (a *Activities) batchCases(ctx context.Context, b workflows.Batch) ([]store.CaseRef, error) {
	if b.Deed == workflows.Adopt {
		return a.Store.CasesToAdopt(ctx, b.Kind, b.Number)
	}
	return a.Store.CasesToMove(ctx, clock.DateOf(a.Now()))
}

// touch passes the batch's command to one case. A case that needs nothing, or was closed meanwhile, is passed over in silence.
func (a *Activities) touch(ctx context.Context, b workflows.Batch, ref store.CaseRef) error {
	var input any = map[string]any{"calendar": b.Version, "reason": b.Reason}
	if b.Deed == workflows.Adopt {
		input = map[string]any{"version": b.Number, "reason": b.Reason}
	}
	text, err := json.Marshal(input)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, oneCase)
	defer cancel()
	now := a.Now() // the batch may be older: it was started anew, or waited for a worker
	_, err = a.Commander.Carry(ctx, process.Order{CaseID: ref.ID, Command: process.Name(string(ref.Kind) + "." + b.Deed), Input: text,
		Call: process.Call{Key: b.Key(), Actor: through(b.Actor), OccurredAt: now, RecordedAt: now}})
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
