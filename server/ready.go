package server

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
)

// How long a look at what the server needs may take, and how long what was seen holds: however many ask, one write a second is made.
const (
	readyPatience = 2 * time.Second
	readyHolds    = time.Second
)

// readiness finds out whether a command could be carried out now. It is safe for concurrent use.
type readiness struct {
	look func(ctx context.Context) error

	mu   sync.Mutex
	at   time.Time
	seen error
}

// lookAt returns a readiness of a database and a place for files that take a write, and an engine that answers. What is not ready because a disk is full
// is an app.ErrFull: whoever is told only that something cannot be reached looks everywhere but there.
func lookAt(p Parts) *readiness {
	return &readiness{look: func(ctx context.Context) error {
		wrote := make(chan error, 1)
		go func() {
			err := p.Store.Writable(ctx)
			if p.Blobs != nil {
				err = errors.Join(err, p.Blobs.Writable(ctx))
			}
			wrote <- err
		}()
		if p.Client == nil {
			return told(errors.Join(<-wrote, errors.New("there is no engine")), p.Room)
		}
		_, err := p.Client.CheckHealth(ctx, &client.CheckHealthRequest{})
		if err != nil {
			err = fmt.Errorf("reach the engine: %w", err)
		}
		return told(errors.Join(<-wrote, err), p.Room)
	}}
}

// full is an app.ErrFull as long as a disk is, from when somebody has seen that it is: then it looks again, else it does not.
func (r *readiness) full(ctx context.Context) error {
	r.mu.Lock()
	known := errors.Is(r.seen, app.ErrFull)
	r.mu.Unlock()
	if !known {
		return nil
	}
	if err := r.check(ctx); errors.Is(err, app.ErrFull) {
		return err
	}
	return nil
}

// check returns what was seen within the last second, or looks. A caller that goes away leaves the look to the others.
func (r *readiness) check(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.at) < readyHolds {
		return r.seen
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readyPatience)
	defer cancel()
	r.seen = r.look(ctx)
	r.at = time.Now()
	return r.seen
}
