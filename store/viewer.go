package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// viewers are the ids an actor goes by in the table sight (access.SightOf): nil for who sees every case. Every list, count, search, history, page,
// file and live page asks by these ids, in SQL and in Go: there is no second rule.
func viewers(actor process.Actor) []string {
	sight := access.SightOf(actor)
	if sight.Every {
		return nil
	}
	return onlyUUIDs(sight.As)
}

// manyInSight is from how many cases on a list is walked in its order and each looked up in what is in sight. Below it, beginning there is faster.
const manyInSight = 2000

// wide reports whether somebody who goes by the ids sees so many cases that a list is better walked in order.
func (s *Store) wide(ctx context.Context, ids []string) (bool, error) {
	if ids == nil {
		return false, nil
	}
	n, err := s.queries.CountSight(ctx, ids, manyInSight)
	if err != nil {
		return false, fmt.Errorf("count what is in sight: %w", err)
	}
	return n == manyInSight, nil
}

// scope is what a count narrows by for the actor: the zone, whom the cases have to be in sight of (nil: all are), and whether that is wide.
func (s *Store) scope(ctx context.Context, actor process.Actor) (park string, ids []string, wide bool, err error) {
	p, err := s.Park(ctx)
	if err != nil {
		return "", nil, false, err
	}
	ids = viewers(actor)
	wide, err = s.wide(ctx, ids)
	return p.ID, ids, wide, err
}

// sees reports whether the actor may know of the case at all.
func sees(ctx context.Context, q *sqlc.Queries, actor process.Actor, caseID string) (bool, error) {
	ids := viewers(actor)
	if ids == nil {
		return true, nil
	}
	seen, err := q.InSight(ctx, caseID, ids)
	if err != nil {
		return false, fmt.Errorf("look whether case %s is in sight: %w", caseID, err)
	}
	return seen, nil
}

// mustSee refuses with NotFound when the actor may not know of the case.
func mustSee(ctx context.Context, q *sqlc.Queries, actor process.Actor, caseID string) error {
	seen, err := sees(ctx, q, actor, caseID)
	if err == nil && !seen {
		return notFound()
	}
	return err
}

// ownEnterprise is the one enterprise that an enterprise's contact sees; nil for everybody else.
func ownEnterprise(actor process.Actor) *string {
	if actor.Type == process.Person && actor.Has(process.Enterprise) {
		return &actor.EnterpriseID
	}
	return nil
}

// ListOf is the list of a kind as the actor has it: an enterprise has none of what is the offices' own, a department none of what is the staff's.
func ListOf(actor process.Actor, kind process.Entry) listing.List {
	if ownEnterprise(actor) != nil {
		return kind.List.Outside()
	}
	if outside.Guest(actor) {
		return kind.List.Guests()
	}
	return kind.List
}

// InSight returns which of the cases the actor may know of, in no order.
func (s *Store) InSight(ctx context.Context, actor process.Actor, cases []string) ([]string, error) {
	ids := viewers(actor)
	if ids == nil || len(cases) == 0 {
		return cases, nil
	}
	seen, err := s.queries.CasesInSight(ctx, ids, cases)
	if err != nil {
		return nil, fmt.Errorf("look which cases are in sight: %w", err)
	}
	return seen, nil
}

// given returns nil for an empty filter.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func givenYear(year int) *int32 {
	if year == 0 {
		return nil
	}
	y := int32(year)
	return &y
}
