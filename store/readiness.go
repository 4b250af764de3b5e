package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Writable fails unless the database takes a write and has it on disk. It costs one small transaction.
func (s *Store) Writable(ctx context.Context) error {
	n, err := s.queries.TouchReadiness(ctx)
	if err == nil && n != 1 {
		err = errors.New("the row for it is missing; run `parkway migrate`")
	}
	if err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}

// OutboxAge returns how long the oldest notice has waited to be planned or the oldest message to be sent, beyond its time; zero when none waits.
func (s *Store) OutboxAge(ctx context.Context, now time.Time) (time.Duration, error) {
	since, err := s.queries.OutboxSince(ctx, now)
	if err != nil {
		return 0, fmt.Errorf("look for the oldest message: %w", err)
	}
	return now.Sub(since), nil
}

// Unknown returns those of the ids that are no case's.
func (s *Store) Unknown(ctx context.Context, ids []string) ([]string, error) {
	known, err := s.queries.KnownCases(ctx, onlyUUIDs(ids))
	if err != nil {
		return nil, fmt.Errorf("look cases up: %w", err)
	}
	there := make(map[string]bool, len(known))
	for _, id := range known {
		there[id] = true
	}
	unknown := []string{}
	for _, id := range ids {
		if !there[id] {
			unknown = append(unknown, id)
		}
	}
	return unknown, nil
}
