package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// DemoClock returns how far the time of a demo zone is ahead of the machine's (negative: it lies before it), and to what time it is being turned,
// if it is. A zone without such a clock is not ahead.
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

// StartDemoClock gives a demo zone its clock, unless it has one. Where something has been recorded already, it began in the machine's time and stays
// there. The database refuses a zone that is not a demo.
func (s *Store) StartDemoClock(ctx context.Context, ahead time.Duration) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.StartDemoClock(ctx, park.ID, ahead.Seconds())
}

// ZoneTime is the zone's time at a time of the machine: the same, except in a demo zone.
func (s *Store) ZoneTime(ctx context.Context, machine time.Time) (time.Time, error) {
	ahead, _, err := s.DemoClock(ctx)
	return machine.Add(ahead), err
}

// MarkSamples says which cases a demo adds to its report: pages mark them, and a year's figures leave them out. The database refuses a real zone.
func (s *Store) MarkSamples(ctx context.Context, ids []string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return s.queries.MarkSamples(ctx, park.ID, ids)
}

// Invented returns the short names of the enterprises that do not exist. A real zone has none.
func (s *Store) Invented(ctx context.Context) (map[string]bool, error) {
	park, err := s.Park(ctx)
	if err != nil || !park.Demo {
		return nil, err
	}
	names, err := s.queries.InventedEnterprises(ctx, park.ID)
	if err != nil {
		return nil, fmt.Errorf("read which enterprises are invented: %w", err)
	}
	invented := make(map[string]bool, len(names))
	for _, name := range names {
		invented[name] = true
	}
	return invented, nil
}

// SettleNotices makes what was told before the instant history: it counts as read and is not sent any more.
func (s *Store) SettleNotices(ctx context.Context, before time.Time) error {
	return s.queries.SettleNotices(ctx, before)
}

// AddSink gives a demo zone the channel that never leaves the machine, and reaches everybody over it who has no other. It can be repeated. The
// database refuses a real zone.
func (s *Store) AddSink(ctx context.Context, id, name string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	if err := s.queries.AddSink(ctx, sqlc.AddSinkParams{ID: id, ParkID: park.ID, Name: name, PerMinute: int32(notify.Sink.PerMinute())}); err != nil {
		return fmt.Errorf("add the channel %s: %w", name, err)
	}
	return s.queries.RouteEverybody(ctx, id, park.ID)
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
