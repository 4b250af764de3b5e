package server

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestManyAskOneLooks: a storm of health checks is one write, and all hear what it found.
func TestManyAskOneLooks(t *testing.T) {
	t.Parallel()
	away := errors.New("away")
	var looks atomic.Int32
	r := &readiness{look: func(context.Context) error { looks.Add(1); return away }}
	var asking sync.WaitGroup
	for range 50 {
		asking.Go(func() {
			if !errors.Is(r.check(t.Context()), away) {
				t.Error("somebody heard something else")
			}
		})
	}
	asking.Wait()
	require.EqualValues(t, 1, looks.Load())
	r.at = r.at.Add(-readyHolds)
	require.ErrorIs(t, r.check(t.Context()), away)
	require.EqualValues(t, 2, looks.Load(), "what was seen holds for a second")
}

// TestALookIsBounded: what hangs is not ready, and says so in time, even when the first who asked has gone.
func TestALookIsBounded(t *testing.T) {
	t.Parallel()
	r := &readiness{look: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
	gone, leave := context.WithCancel(t.Context())
	leave()
	require.ErrorIs(t, r.check(gone), context.DeadlineExceeded)
}
