package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/server/blobs"
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

// TestNobodyWaitsForAFullDisk: once it is known that a disk is full each deed is told at once, until there is room; who knows of none looks for none.
func TestNobodyWaitsForAFullDisk(t *testing.T) {
	t.Parallel()
	full := told(&pgconn.PgError{Code: "53100"}, nil)
	looks, seen := 0, full
	r := &readiness{look: func(context.Context) error { looks++; return seen }}
	require.NoError(t, r.full(t.Context()))
	require.Zero(t, looks, "nobody has seen anything")
	require.ErrorIs(t, r.check(t.Context()), app.ErrFull)
	for range 3 {
		require.ErrorIs(t, r.full(t.Context()), app.ErrFull)
	}
	require.Equal(t, 1, looks)
	r.at, seen = r.at.Add(-readyHolds), errors.New("the engine is away")
	require.NoError(t, r.full(t.Context()), "there is room again")
	require.NoError(t, r.full(t.Context()))
	require.Equal(t, 2, looks)
}

// TestALookIsBounded: what hangs is not ready, and says so in time, even when the first who asked has gone.
func TestALookIsBounded(t *testing.T) {
	t.Parallel()
	r := &readiness{look: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
	gone, leave := context.WithCancel(t.Context())
	leave()
	require.ErrorIs(t, r.check(gone), context.DeadlineExceeded)
}

// TestAFullDiskIsNamed: whatever fails for want of room, and however little it says of it, is told as what it is; what fails otherwise is not.
func TestAFullDiskIsNamed(t *testing.T) {
	t.Parallel()
	full, roomy := func() error { return errors.New("the disk of /data is full") }, func() error { return nil }
	later := fmt.Errorf("advance: %w", errors.Join(app.ErrUnavailable, context.DeadlineExceeded)) // of a command that was tried again and again
	connect := fmt.Errorf("read the case: %w", &pgconn.ConnectError{})                            // PostgreSQL has died for want of room
	extend, file := &pgconn.PgError{Code: "53100"}, errors.Join(blobs.ErrUnavailable, &fs.PathError{Op: "write", Err: syscall.ENOSPC})
	for name, c := range map[string]struct {
		err   error
		room  func() error
		ready error
		full  bool
	}{
		"WhatPostgresSays":        {extend, nil, nil, true},
		"WhatTheFilesSay":         {file, nil, nil, true},
		"AnUploadsOwnFile":        {fmt.Errorf("receive: %w", syscall.ENOSPC), nil, nil, true},
		"PostgresHasDied":         {connect, full, nil, true},
		"PostgresDiedOtherwise":   {connect, roomy, nil, false},
		"TooLate":                 {later, full, nil, true},
		"TooLateAndReadySaysSo":   {later, nil, told(extend, nil), true},
		"TooLateForAnotherReason": {later, roomy, errors.New("reach the engine"), false},
		"AnyOtherFault":           {errors.New("broken"), full, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &Server{room: c.room, Ready: func(context.Context) error { return c.ready }}
			require.Equal(t, c.full, errors.Is(s.away(t.Context(), c.err), app.ErrFull))
		})
	}
}
