package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// alsoAddressed are the cases that are addressed to one of the enterprises beside another one; nil: to none, so that what lists them is planned as if there were no
// such thing.
func (s *Store) alsoAddressed(ctx context.Context, enterprises []string) ([]string, error) {
	if len(enterprises) == 0 {
		return nil, nil
	}
	ids, err := s.queries.AlsoAddressed(ctx, enterprises)
	if err != nil {
		return nil, fmt.Errorf("look what is addressed to enterprises beside others: %w", err)
	}
	return ids, nil
}

// alsoInHand are the cases that wait for the actor's enterprise although another one has them in hand, because they are addressed to both; nil: none.
func (s *Store) alsoInHand(ctx context.Context, actor process.Actor) ([]string, error) {
	own := ownEnterprise(actor)
	if own == nil {
		return nil, nil
	}
	ids, err := s.queries.AlsoInHand(ctx, *own)
	if err != nil {
		return nil, fmt.Errorf("look what waits for an enterprise beside others: %w", err)
	}
	return ids, nil
}

// Together are the enterprises that share a site with one on a day: its tenants, and those whose tenant it is.
func (s *Store) Together(ctx context.Context, enterpriseID string, day clock.Date) ([]process.Tenancy, error) {
	return together(ctx, s.queries, enterpriseID, day)
}
