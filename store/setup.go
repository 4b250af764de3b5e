package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
)

// Step is a part of the first start that may be interrupted: until it is on record as complete, the next start takes it up again.
type Step string

// The steps of the first start.
const (
	Loaded  Step = "loaded"  // all demo data is there
	Started Step = "started" // every open case has its workflow
	Stocked Step = "library" // the shipped entries of the hazard library are there
)

// Complete records that a step has been done to its end.
func (s *Store) Complete(ctx context.Context, step Step, now time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	if err := s.queries.CompleteStep(ctx, park.ID, string(step), now); err != nil {
		return fmt.Errorf("record that the zone is %s: %w", step, err)
	}
	return nil
}

// Completed reports whether a step has been done to its end.
func (s *Store) Completed(ctx context.Context, step Step) (bool, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return false, err
	}
	done, err := s.queries.StepCompleted(ctx, park.ID, string(step))
	if err != nil {
		return false, fmt.Errorf("read whether the zone is %s: %w", step, err)
	}
	return done, nil
}

// KeysOf returns the keys under which machinery without an id of its own, such as an import, has recorded events.
func (s *Store) KeysOf(ctx context.Context, actor process.ActorType) (map[string]bool, error) {
	keys, err := s.queries.KeysOf(ctx, string(actor)+"::")
	if err != nil {
		return nil, fmt.Errorf("read the keys of %s: %w", actor, err)
	}
	found := make(map[string]bool, len(keys))
	for _, key := range keys {
		found[key] = true
	}
	return found, nil
}

// CountOpen returns how many cases are open.
func (s *Store) CountOpen(ctx context.Context) (int, error) {
	n, err := s.queries.CountOpenCases(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the open cases: %w", err)
	}
	return int(n), nil
}
