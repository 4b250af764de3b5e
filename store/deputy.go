package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// inPlaceOf is the name of whoever is away on the day, has a part in the case, and has the actor standing in for them; "" when there is nobody (docs/decisions/0094).
// Only a person with an account stands in for anybody.
func (s *Store) inPlaceOf(ctx context.Context, q *sqlc.Queries, park string, subject process.Subject, actor process.Actor, day clock.Date) (string, error) {
	if actor.Type != process.Person || actor.Through != "" || len(onlyUUIDs([]string{actor.ID})) == 0 {
		return "", nil
	}
	rows, err := q.AwayFor(ctx, park, actor.ID, day)
	if err != nil {
		return "", fmt.Errorf("look for whom %s stands in: %w", actor.ID, err)
	}
	away := make([]process.Actor, 0, len(rows))
	for _, r := range rows {
		away = append(away, process.Actor{Type: process.Person, ID: r.ID, Name: r.Name, Roles: rolesOf(r.Roles), UnitID: r.UnitID, EnterpriseID: r.EnterpriseID})
	}
	absent, _ := process.InPlaceOf(subject, away, day)
	return absent.Name, nil
}

// Relation is how somebody stands to a case on the day: they have a part in it, be it in the place of somebody who is away.
func (s *Store) Relation(ctx context.Context, subject process.Subject, actor process.Actor, day clock.Date) (access.Relation, error) {
	if process.HasPart(subject, actor, day) {
		return access.Own, nil
	}
	absent, err := s.inPlaceOf(ctx, s.queries, subject.Header().ParkID, subject, actor, day)
	return access.Relation(absent != ""), err
}
