package store

import (
	"context"
	"time"
)

// heldFor is how long what can change is taken as it was read: what another server changed is known here after it.
const heldFor = 5 * time.Second

// held is something that can change, as it was read.
type held[T any] struct {
	value T
	at    time.Time
}

// holding returns what is known under the key when it was read lately, and reads it otherwise. Whoever changes it here calls forget.
func holding[T any](ctx context.Context, s *Store, key string, read func(context.Context) (T, error)) (T, error) {
	if known, ok := s.definitions.Load(key); ok {
		if seen, fresh := known.(held[T]); fresh && time.Since(seen.at) < heldFor {
			return seen.value, nil
		}
	}
	value, err := read(ctx)
	if err == nil {
		s.definitions.Store(key, held[T]{value: value, at: time.Now()})
	}
	return value, err
}

// forget lets what is held under the key be read again.
func (s *Store) forget(key string) { s.definitions.Delete(key) }
