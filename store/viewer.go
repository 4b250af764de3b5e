package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// viewers are the ids an actor goes by in the table sight, which says who sees which case: nil for the zone's own staff and the machinery, who
// see every case. An enterprise's people see by their enterprise alone, a department's officers by themselves and by their department. Every list,
// count, search, history, page and file asks by these ids, in SQL and in Go: there is no second rule.
func viewers(actor process.Actor) []string {
	switch {
	case actor.Type != process.Person || access.Staffs(actor):
		return nil
	case actor.Has(process.Enterprise):
		return onlyUUIDs([]string{actor.EnterpriseID})
	}
	return onlyUUIDs([]string{actor.ID, actor.UnitID})
}

// manyInSight is from how many cases on a list is walked in order and looked at one by one. Below it, beginning at what is in sight is faster.
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
