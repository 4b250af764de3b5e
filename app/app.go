// Package app holds the use cases that the API and the pages share: Do passes a command to the case's workflow, everything else reads.
package app

import (
	"context"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// App serves one zone. It is safe for concurrent use.
type App struct {
	Store  *store.Store
	Engine *Engine
	Log    *slog.Logger
	Now    func() time.Time
	Room   func(ctx context.Context) error                             // ErrFull while a disk is known to be full, so that nobody waits to be told; nil: nobody knows
	Count  func(name process.Name, outcome string, took time.Duration) // told of every command and how long its caller waited; nil: nobody is
}

// Engine is the connection to Temporal.
type Engine struct {
	Client    client.Client
	TaskQueue string
	Cases     Cases
}

// Cases knows which cases there are: no workflow is started for one that does not exist.
type Cases interface {
	// Standing returns where a case stands, or a refusal with NotFound.
	Standing(ctx context.Context, id string) (process.Standing, error)
}

// Request is a command as a face of the program received it.
type Request struct {
	CaseID     string // empty for commands that open a case
	Command    process.Name
	Input      any // the command; its JSON form is what is recorded
	Key        string
	Actor      process.Actor
	OccurredAt time.Time // zero: now
	IfVersion  *int64
}
