package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
)

// Unmet returns what should have followed by itself for a permit from deeds on a case or on what belongs to it, and was refused: a person has to see to it. It is tried again
// meanwhile, and gone once it is done.
func (s *Store) Unmet(ctx context.Context, caseID string) ([]permit.Unmet, error) {
	rows, err := s.queries.UnmetFollowUps(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("list what did not follow from deeds on %s: %w", caseID, err)
	}
	all := []permit.Unmet{}
	for _, r := range rows {
		u := permit.Unmet{Command: process.Name(r.Command), BecauseID: r.ID, BecauseNumber: r.Number, Since: r.CreatedAt}
		refusal := process.Refusal{}
		if err := json.Unmarshal(r.Refused, &refusal); err != nil {
			return nil, fmt.Errorf("understand why %s was refused: %w", r.Command, err)
		}
		u.Says = process.Text{Chinese: refusal.Chinese, English: refusal.English}
		if err := json.Unmarshal(r.Input, &u.Asked); err != nil {
			return nil, fmt.Errorf("understand %s: %w", r.Command, err)
		}
		all = append(all, u)
	}
	return all, nil
}
