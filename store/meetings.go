package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/store/sqlc"
)

// MeetingToCome is a meeting that is to be held, and whether a project is on its agenda.
type MeetingToCome = sqlc.MeetingsToComeRow

// MeetingsToCome returns the meetings that are to be held, the next first.
func (s *Store) MeetingsToCome(ctx context.Context, projectID string) ([]MeetingToCome, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.MeetingsToCome(ctx, projectID, park.ID)
	if err != nil {
		return nil, fmt.Errorf("find the meetings to come: %w", err)
	}
	return rows, nil
}
