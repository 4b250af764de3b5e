package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// also looks up people beside those whom the command mentions: to whom the case may go by itself.
func (l lookup) also(ids ...string) lookup {
	l.ids = append(slices.Clone(l.ids), ids...)
	return l
}

// giver is who gets a delegated case back.
func giver(c process.Case) string {
	if c.DelegatedBy == nil {
		return ""
	}
	return c.DelegatedBy.ID
}

// successors adds those who can take the place of people whose accounts have ended. Mostly there are none, and nothing is asked.
func (l lookup) successors(ctx context.Context, c process.Case, found process.Directory) error {
	ended := []string{}
	for id, party := range found {
		if party.Disabled && party.Kind == process.HeldByPerson {
			ended = append(ended, id)
		}
	}
	if len(ended) == 0 {
		return nil
	}
	rows, err := l.q.Successors(ctx, c.ParkID, ended)
	if err != nil {
		return fmt.Errorf("find who takes the place of %v: %w", ended, err)
	}
	for _, r := range rows {
		party := process.Party{Kind: process.HeldByPerson, ID: r.ID, Name: r.Name, UnitID: r.UnitID, Roles: rolesOf(r.Roles)}
		found[r.ID] = party
		if left, ok := found[r.HeadsFor]; ok {
			left.HeadID = r.ID
			found[r.HeadsFor] = left
		}
	}
	return nil
}

// TellOfDeparture tells the head of the person's section and the leaders that an account has ended, and returns how many open cases are with the
// person, in hand or to be answered for. Somebody who has none leaves in silence.
func (s *Store) TellOfDeparture(ctx context.Context, by process.Actor, userID, name string, now time.Time) (int, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return 0, err
	}
	count, err := s.queries.CountHeldBy(ctx, park.ID, userID)
	if err != nil {
		return 0, fmt.Errorf("count the cases of %s: %w", userID, err)
	}
	if count == 0 {
		return 0, nil
	}
	about, err := json.Marshal(map[string]any{"by": by.Name, "reason": name, "count": count})
	if err != nil {
		return 0, err
	}
	if _, err := s.queries.TellOfDeparture(ctx, sqlc.TellOfDepartureParams{Now: now, About: about, ParkID: park.ID, UserID: userID}); err != nil {
		return 0, fmt.Errorf("tell of the departure of %s: %w", userID, err)
	}
	return int(count), nil
}
