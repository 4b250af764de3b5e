package app

import (
	"context"
	"errors"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// MostAtOnce is how many cases can be handed over in one go.
const MostAtOnce = 100

// Handed is what came of handing one case over.
type Handed struct {
	CaseID  string
	Case    process.Case     // empty when the actor may not know of it
	Refused *process.Refusal // why not; nil: it was handed over
	Away    bool             // it could not be tried: the same key may be sent again
}

// MayHandOver refuses whoever may pass on no case of any kind.
func MayHandOver(actor process.Actor) error {
	var err error
	for _, kind := range kinds.All() {
		if err = access.Check(actor, kind.Kind.Does(casework.HandOverVerb), access.Own); err == nil {
			return nil
		}
	}
	return err
}

// HandOver gives several cases to one person, each by itself, and says of each what came of it. The key counts for all of them: sent again, nothing
// is handed over twice.
func (a *App) HandOver(ctx context.Context, actor process.Actor, cases []string, toID, reason, key string) []Handed {
	results := make([]Handed, 0, len(cases))
	for _, id := range cases {
		results = append(results, a.handOver(ctx, Request{CaseID: id, Key: "bulk/" + key, Actor: actor}, toID, reason))
	}
	return results
}

// handOver makes the person the one who answers for the case, where whoever does has it in hand and everybody in that function acts on every case;
// elsewhere it hands it over.
func (a *App) handOver(ctx context.Context, r Request, toID, reason string) Handed {
	result := Handed{CaseID: r.CaseID}
	c, err := a.Store.Case(ctx, r.Actor, r.CaseID)
	if err == nil {
		result.Case = *c.Subject.Header()
		r.Command, r.Input = c.Kind.Does(casework.HandOverVerb), casework.HandOver{ToKind: process.HeldByPerson, ToID: toID, Reason: reason}
		assign, team := c.Kind.Does(casework.AssignVerb), c.Subject.Team()
		answers := c.Lead.All && len(team) > 0 && result.Case.Holder != nil && result.Case.Holder.ID == *team[0].ID
		if answers && access.May(r.Actor, assign, access.Relation(c.Subject.Own(r.Actor))) {
			r.Command, r.Input = assign, casework.Assign{Role: team[0].Name, UserID: toID, Reason: reason}
		}
		_, err = a.Do(ctx, r)
	}
	result.Away = err != nil && !errors.As(err, &result.Refused)
	return result
}
