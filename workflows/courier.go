package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// CourierType is the workflow type that brings messages to people; there is one, with the id CourierID.
const (
	CourierType = "Courier"
	CourierID   = "courier"
)

// The activities of the courier.
const (
	CollectActivity = "collect" // groups what is to be told and says which messages may go
	DeliverActivity = "deliver" // brings one message over one channel, once
)

// Round is what collecting found.
type Round struct {
	Messages []int64       `json:"messages"`
	Next     time.Duration `json:"next"` // how long until there may be more
}

// longestPause is how long the courier rests at most: the net under a prompt that was lost.
const longestPause = 30 * time.Second

// Courier collects and delivers for ever. A prompt (PokeSignal) wakes it at once. Retrying is the store's business, where each try is on
// record; the engine's own retries only bridge a database that is away.
func Courier(ctx workflow.Context) error {
	patient := temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 30 * time.Second}
	collecting := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &patient, Summary: "汇总通知"})
	delivering := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &patient, Summary: "发送通知"})
	prompts := workflow.GetSignalChannel(ctx, PokeSignal)
	for !workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
		var round Round
		if err := workflow.ExecuteActivity(collecting, CollectActivity).Get(ctx, &round); err != nil {
			return err
		}
		tries := make([]workflow.Future, 0, len(round.Messages))
		for _, id := range round.Messages {
			tries = append(tries, workflow.ExecuteActivity(delivering, DeliverActivity, id))
		}
		for _, try := range tries {
			if err := try.Get(ctx, nil); err != nil {
				workflow.GetLogger(ctx).Warn("delivery not carried out", "error", err)
			}
		}
		if err := rest(ctx, prompts, min(max(round.Next, time.Second), longestPause)); err != nil {
			return err
		}
	}
	for prompts.ReceiveAsync(nil) { // the new run begins by collecting anyway
	}
	return workflow.NewContinueAsNewError(ctx, CourierType)
}

// rest waits until somebody prompts or the pause is over.
func rest(ctx workflow.Context, prompts workflow.ReceiveChannel, pause time.Duration) error {
	timing, stop := workflow.WithCancel(ctx)
	defer stop()
	timer := workflow.NewTimer(timing, pause)
	selector := workflow.NewSelector(ctx)
	selector.AddFuture(timer, func(workflow.Future) {})
	selector.AddReceive(prompts, func(c workflow.ReceiveChannel, _ bool) {
		for c.ReceiveAsync(nil) {
		}
	})
	selector.Select(ctx)
	return ctx.Err()
}

// DigestType is the workflow type of the leaders' morning digest; a schedule runs it at 08:30.
const DigestType = "Digest"

// DigestActivity is the name of the activity that queues the digest.
const DigestActivity = "digest"

// Digest queues the morning digest for every leader, on working days.
func Digest(ctx workflow.Context) (int, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, Summary: "领导晨报"})
	var told int
	err := workflow.ExecuteActivity(ctx, DigestActivity).Get(ctx, &told)
	return told, err
}
