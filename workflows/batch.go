package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/domain/process"
)

// BatchType is the workflow type of a reasoned deed on many cases.
const BatchType = "Batch"

// BatchActivity is the name of the activity that carries a batch out.
const BatchActivity = "batch"

// The batches there are.
const (
	Recalendar = "recalendar" // reckon open cases by the calendar in force
	Adopt      = "adopt"      // move open cases to a version of their definition
)

// Batch is one reasoned deed on many cases. Every case it touches gets an event with the batch's key, and each person one notice.
type Batch struct {
	ID      string        `json:"id"`
	Deed    string        `json:"deed"`
	Reason  string        `json:"reason"`
	Actor   process.Actor `json:"actor"`
	At      time.Time     `json:"at"`
	Version string        `json:"version"`        // of the calendar, for Recalendar
	Seq     int           `json:"seq,omitempty"`  // of the calendar, for Recalendar
	Kind    process.Kind  `json:"kind,omitempty"` // of the cases, for Adopt
	Number  int           `json:"number,omitempty"`
}

// Key is the idempotency key under which the batch touches each case, once.
func (b Batch) Key() string { return "batch/" + b.ID }

// CalendarBatch is the batch that reckons open cases by a version of the calendar.
func CalendarBatch(seq int, version, reason string, actor process.Actor, at time.Time) Batch {
	return Batch{ID: fmt.Sprintf("calendar-%d", seq), Deed: Recalendar, Reason: reason, Actor: actor, At: at, Version: version, Seq: seq}
}

// RunBatch carries a batch out until every case has been touched, however often workers die meanwhile. It returns how many cases it touched.
func RunBatch(ctx workflow.Context, b Batch) (int, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Hour,
		HeartbeatTimeout:    30 * time.Second,
		Summary:             b.Deed + " " + b.Version,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: time.Minute},
	})
	var touched int
	err := workflow.ExecuteActivity(ctx, BatchActivity, b).Get(ctx, &touched)
	return touched, err
}
