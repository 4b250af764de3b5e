// Package activities is what workflows ask of the world: pass a command through the door, read where a case stands, heal what fell behind.
package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/trace"
	"go.temporal.io/sdk/temporal"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/workflows"
)

// Activities holds what the activities need. Its methods are registered under the names in package workflows.
type Activities struct {
	Store     *store.Store
	Waker     Waker
	Commander Commander
	Post      *notify.Post
	Safe      *notify.Safe
	PublicURL string // where links in messages lead, without a slash at the end
	Prompt    func() // wakes the courier; nil: it wakes by itself within half a minute
	Log       *slog.Logger
	Now       func() time.Time
	Ahead     func() time.Duration // how far a demo's time is ahead of the machine's; nil: not at all
	Behind    func(n int)          // told how many cases the watchdog found behind; nil: nobody is told
	Count     Counter              // nil: nobody counts
}

// Counter counts what is done, for whoever runs the program.
type Counter interface {
	Door(by process.ActorType, outcome string, took time.Duration)
	Delivery(channel, kind string, failed bool)
}

// Waker gets the workflow of a case going: it pokes a running one and starts a missing one.
type Waker interface {
	Wake(ctx context.Context, kind process.Kind, caseID string) error
	// Renew ends a workflow that does not get on and starts it anew: what it should know is in PostgreSQL.
	Renew(ctx context.Context, kind process.Kind, caseID string) error
}

// Commander passes a command to the workflow of a case, starting it when it is missing. It returns a *process.Refusal when the rules say no.
type Commander interface {
	Carry(ctx context.Context, order process.Order) (process.Outcome, error)
	StartBatch(ctx context.Context, b workflows.Batch) error
}

// Apply passes a command through the door. A refusal travels as a non-retryable error with the refusal in its details.
func (a *Activities) Apply(ctx context.Context, order process.Order) (process.Outcome, error) {
	began := time.Now()
	ctx, span := trace.SpanFromContext(ctx).TracerProvider().Tracer("parkway").Start(ctx, "door "+string(order.Command),
		trace.WithAttributes(attribute.String("parkway.case", order.CaseID), attribute.String("parkway.by", string(order.Call.Actor.Type)))) // nothing, unless the caller is traced
	defer span.End()
	outcome, err := a.Store.Apply(ctx, order)
	span.SetAttributes(attribute.String("parkway.outcome", process.WordOf(outcome, err, "failed")))
	if a.Count != nil {
		a.Count.Door(order.Call.Actor.Type, process.WordOf(outcome, err, "failed"), time.Since(began))
	}
	outcome.Standing.Ahead = a.ahead()
	if outcome.Told > 0 {
		a.prompt()
	}
	if err != nil && order.Call.Actor.Type == process.Clock {
		a.noteReason(ctx, order.CaseID, err)
	}
	return outcome, travel(err)
}

// noteReason keeps why the clock's command did not come through, for the operations page.
func (a *Activities) noteReason(ctx context.Context, caseID string, why error) {
	if err := a.Store.NoteReason(context.WithoutCancel(ctx), caseID, why.Error()); err != nil {
		a.Log.Warn("reason not kept", "case_id", caseID, "error", err)
	}
}

// Standing reads where a case stands.
func (a *Activities) Standing(ctx context.Context, caseID string) (process.Standing, error) {
	standing, err := a.Store.Standing(ctx, caseID)
	standing.Ahead = a.ahead()
	return standing, travel(err)
}

func (a *Activities) ahead() time.Duration {
	if a.Ahead == nil {
		return 0
	}
	return a.Ahead()
}

// travel makes a refusal fit to cross the engine.
func travel(err error) error {
	var refusal *process.Refusal
	if errors.As(err, &refusal) {
		return temporal.NewApplicationErrorWithOptions(refusal.Error(), workflows.RefusalType,
			temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{refusal}})
	}
	return err
}

// healAtOnce bounds one minute's work; what is left is found again the minute after.
const healAtOnce = 500

// Heal gets the workflows of late cases going and returns how many were late. One that cannot be woken, or that was woken in vain, holds up
// no other: it is noted, and tried again less and less often.
func (a *Activities) Heal(ctx context.Context) (int, error) {
	now := a.Now()
	late, err := a.Store.LateWakes(ctx, now, healAtOnce)
	if err != nil {
		return 0, fmt.Errorf("look for cases that fell behind: %w", err)
	}
	var failed error
	refs := make([]store.CaseRef, 0, len(late))
	for _, c := range late {
		refs = append(refs, c.CaseRef)
		wake := a.Waker.Wake
		if c.Renew {
			wake = a.Waker.Renew
		}
		if err := wake(ctx, c.Kind, c.ID); err != nil {
			failed = errors.Join(failed, fmt.Errorf("wake case %s: %w", c.ID, err))
		}
	}
	failed = errors.Join(failed, a.Store.NoteWoken(ctx, refs, now))
	if len(late) > 0 {
		a.Log.Warn("cases fell behind and were woken", "count", len(late))
	}
	if a.Behind != nil {
		a.Behind(len(late))
	}
	failed = errors.Join(failed, a.followUps(ctx), a.resume(ctx), a.ownMorning(ctx))
	a.carryNames(ctx)
	return len(late), failed
}

// namesEachTime is how long names are carried to the cases at a time, after all else: an enterprise with thousands of cases takes several turns.
const namesEachTime = 15 * time.Second

// carryNames lets a name that cannot be carried to a case stay in line, and says so each time: it is no reason to do the rest of the watchdog's work again.
func (a *Activities) carryNames(ctx context.Context) {
	within, cancel := context.WithTimeout(ctx, namesEachTime)
	defer cancel()
	if _, err := a.Store.CarryNames(within, a.Now); err != nil && within.Err() == nil {
		a.Log.Warn("a name did not reach every case", "error", err)
	}
}

// followUps carries out what has to happen because of deeds and has not happened yet: the process that should have done it died, or the engine was away.
func (a *Activities) followUps(ctx context.Context) error {
	_, err := a.Store.CarryFollowUps(ctx, "", a.Now(), func(ctx context.Context, order process.Order) error {
		_, err := a.Commander.Carry(ctx, order)
		return err
	})
	return err
}

// resume starts the batch of a calendar that was put into force while the engine was away, and batches that the engine has lost.
func (a *Activities) resume(ctx context.Context) error {
	recently := a.Now().Add(-time.Minute)
	begun, err := a.Store.OpenBatches(ctx, recently)
	if err != nil {
		return err
	}
	for _, text := range begun {
		var b workflows.Batch
		if err := json.Unmarshal(text, &b); err != nil {
			return fmt.Errorf("understand an open batch: %w", err)
		}
		if err := a.Commander.StartBatch(ctx, b); err != nil { // one that runs is found running
			return err
		}
	}
	open, err := a.Store.UnsettledCalendar(ctx, recently)
	if err != nil || open == nil {
		return err
	}
	actor := process.Actor{Type: process.Person, ID: open.ByID, Name: open.ByName, Roles: []process.Role{process.Administrator}}
	return a.Commander.StartBatch(ctx, workflows.CalendarBatch(int(open.Seq), open.Version, open.Reason, actor, open.CreatedAt))
}
