package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// DemoClock returns how far the clock of a demo zone was turned forward, and to what time it is being turned, if it is.
func (s *Store) DemoClock(ctx context.Context) (time.Duration, *time.Time, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return 0, nil, err
	}
	row, err := s.queries.DemoClock(ctx, park.ID)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read the demo's clock: %w", err)
	}
	return time.Duration(row.Ahead * float64(time.Second)), row.Goal, nil
}

// StartDemoClock gives a demo zone its clock. The database refuses a zone that is not a demo.
func (s *Store) StartDemoClock(ctx context.Context) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.StartDemoClock(ctx, park.ID)
}

// SetDemoClock turns the clock of a demo zone.
func (s *Store) SetDemoClock(ctx context.Context, ahead time.Duration) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.SetDemoClock(ctx, ahead.Seconds(), park.ID)
}

// SetDemoGoal says to what time the clock of a demo zone is to be turned; nil: it is there.
func (s *Store) SetDemoGoal(ctx context.Context, goal *time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.SetDemoGoal(ctx, goal, park.ID)
}

// NextInstant returns the next instant after now at which something is to happen: a rung fires or a message may go. ok is false when nothing is.
func (s *Store) NextInstant(ctx context.Context, now time.Time) (time.Time, bool, error) {
	var next time.Time
	wake, err := s.queries.NextWake(ctx, now)
	if err == nil {
		next = wake
	} else if !errors.Is(err, pgx.ErrNoRows) {
		return next, false, fmt.Errorf("find the next wake: %w", err)
	}
	message, err := s.queries.NextMessage(ctx)
	if err == nil {
		if message = message.Add(settle + time.Second); message.After(now) && (next.IsZero() || message.Before(next)) {
			next = message
		}
	} else if !errors.Is(err, pgx.ErrNoRows) {
		return next, false, fmt.Errorf("find the next message: %w", err)
	}
	return next, !next.IsZero(), nil
}
