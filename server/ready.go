package server

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
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

// lookAt returns a readiness of a database and a place for files that take a write, and an engine that answers.
func lookAt(db *store.Store, files *blobs.Keeper, engine client.Client) *readiness {
	return &readiness{look: func(ctx context.Context) error {
		wrote := make(chan error, 1)
		go func() {
			err := db.Writable(ctx)
			if files != nil {
				err = errors.Join(err, files.Writable(ctx))
			}
			wrote <- err
		}()
		_, err := engine.CheckHealth(ctx, &client.CheckHealthRequest{})
		if err != nil {
			err = fmt.Errorf("reach the engine: %w", err)
		}
		return errors.Join(<-wrote, err)
	}}
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
