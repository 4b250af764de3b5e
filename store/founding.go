package store

import (
	"context"
	"fmt"
)

// Founding waits until nobody else sets a zone up, here or in another program on the database, and keeps them waiting until done is called.
func (s *Store) Founding(ctx context.Context) (done func(), err error) {
	s.founding.Lock() // one connection waits, however many ask: the one who goes on needs others
	tx, err := s.door.Begin(ctx)
	if err == nil {
		if err = s.queries.WithTx(tx).LockRegister(ctx, "founding"); err != nil {
			_ = tx.Rollback(context.WithoutCancel(ctx)) // the error before says what is wrong
		}
	}
	if err != nil {
		s.founding.Unlock()
		return nil, fmt.Errorf("wait for others who set the zone up: %w", err)
	}
	return func() {
		_ = tx.Rollback(context.WithoutCancel(ctx)) // it held a lock and wrote nothing
		s.founding.Unlock()
	}, nil
}
