package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/workflows"
)

// atOnce is how many messages one round of the courier carries.
const atOnce = 50

// Collect groups what is to be told into messages and says which of them may go now.
func (a *Activities) Collect(ctx context.Context) (workflows.Round, error) {
	for {
		n, err := a.Store.PlanMessages(ctx, a.Now())
		if err != nil {
			return workflows.Round{}, err
		}
		if n == 0 {
			break
		}
	}
	now := a.Now()
	ids, next, err := a.Store.DueMessages(ctx, now, atOnce)
	if err != nil {
		return workflows.Round{}, err
	}
	round := workflows.Round{Messages: ids, Next: max(next.Sub(now), 2*time.Second)}
	if len(ids) == atOnce {
		round.Next = 0
	}
	return round, nil
}

// Deliver brings one message to one person over one channel, once; the outcome is on record either way.
func (a *Activities) Deliver(ctx context.Context, id int64) error {
	d, err := a.Store.BeginDelivery(ctx, id, a.Safe, a.compose, a.Now(), time.Now())
	if err != nil || d == nil {
		return err
	}
	failure := a.Post.Send(ctx, d.Channel, d.Message)
	if a.Count != nil {
		a.Count.Delivery(d.Channel.Name, string(d.Channel.Kind), failure != nil)
	}
	if failure != nil {
		a.Log.Warn("message not delivered", "message_id", id, "channel", d.Channel.Name, "reason", failure.Error())
	}
	return a.Store.EndDelivery(context.WithoutCancel(ctx), d, failure, a.Now(), time.Now())
}

// Digest queues the leaders' morning digest. A demo zone has mornings of its own, which Heal sees.
func (a *Activities) Digest(ctx context.Context) (int, error) {
	if a.ahead() != 0 {
		return 0, nil
	}
	return a.digest(ctx)
}

// ownMorning queues the digest of a demo zone that lives in its own time, once its morning has come: the schedule goes by the machine's.
func (a *Activities) ownMorning(ctx context.Context) error {
	now := a.Now()
	if a.ahead() == 0 || now.Before(clock.DateOf(now).Start().Add(8*time.Hour+30*time.Minute)) {
		return nil
	}
	_, err := a.digest(ctx)
	return err
}

func (a *Activities) digest(ctx context.Context) (int, error) {
	n, err := a.Store.TellMorning(ctx, a.Now())
	if err != nil {
		return 0, fmt.Errorf("queue the morning digest: %w", err)
	}
	if n > 0 {
		a.prompt()
	}
	return n, nil
}

// prompt wakes the courier, without waiting for it.
func (a *Activities) prompt() {
	if a.Prompt != nil {
		a.Prompt()
	}
}
