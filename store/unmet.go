package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// UnmetOf is Unmet of a case that the actor may see, for the zone's own staff: others have nothing to see to.
func (s *Store) UnmetOf(ctx context.Context, actor process.Actor, caseID string) ([]process.Unmet, error) {
	if _, err := s.head(ctx, actor, caseID); err != nil {
		return nil, err
	}
	if !actor.OfStaff() {
		return []process.Unmet{}, nil
	}
	return s.Unmet(ctx, caseID)
}

// Unmet returns what should have followed by itself from deeds on a case, on what belongs to it, or to the case itself, and was refused: a person has to see to it.
// It is tried again meanwhile, and gone once it is done.
func (s *Store) Unmet(ctx context.Context, caseID string) ([]process.Unmet, error) {
	rows, err := s.queries.UnmetFollowUps(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("list what did not follow from deeds on %s: %w", caseID, err)
	}
	all := []process.Unmet{}
	for _, r := range rows {
		u := process.Unmet{Command: process.Name(r.Command), BecauseID: r.ID, BecauseNumber: r.Number, Since: r.CreatedAt, Input: r.Input}
		refusal := process.Refusal{}
		if err := json.Unmarshal(r.Refused, &refusal); err != nil {
			return nil, fmt.Errorf("understand why %s was refused: %w", r.Command, err)
		}
		u.Says = process.Text{Chinese: refusal.Chinese, English: refusal.English}
		if u.What, err = s.carried(ctx, u.Command, r.CaseID, r.Input); err != nil {
			return nil, err
		}
		all = append(all, u)
	}
	return all, nil
}

// carried says in words what a command carries that follows from another deed: as the command says it, else the title of the case that it is about.
func (s *Store) carried(ctx context.Context, command process.Name, caseID string, input json.RawMessage) (process.Text, error) {
	entry, ok := kinds.Of(command.KindOf())
	if !ok {
		return process.Text{Chinese: string(command), English: string(command)}, nil
	}
	if act, err := entry.Read(command, input); err == nil {
		if c, ok := act.Input.(process.Carrying); ok {
			rules, err := s.LatestRules(ctx, command.KindOf())
			if err != nil {
				return process.Text{}, err
			}
			return c.Carries(rules), nil
		}
	}
	if of, err := s.Standing(ctx, caseID); err == nil {
		return process.Text{Chinese: of.Title, English: of.Title}, nil
	}
	return process.Text{Chinese: string(command), English: string(command)}, nil
}

// unmetReport says what should have followed, as its kind calls it, and why it was refused; over: it came too late, and is not tried again.
func (s *Store) unmetReport(ctx context.Context, up FollowUp, refusal *process.Refusal, over bool) (json.RawMessage, error) {
	what, err := s.carried(ctx, up.Order.Command, up.Order.CaseID, up.Order.Input)
	if err != nil {
		return nil, err
	}
	return json.Marshal(casework.ReportUnmet{What: what.Chinese, Why: refusal.Chinese, Over: over})
}

// owed reports whether a command carries what somebody has decided, so that a refusal for good has to be told.
func owed(command process.Name) bool {
	entry, ok := kinds.Of(command.KindOf())
	about, known := entry.About(command)
	return ok && known && about.Owed
}
