package app

import (
	"context"
	"errors"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
)

// MostAtOnce is how many cases can be handed over in one go.
const MostAtOnce = 100

// Handed is what came of handing one case over.
type Handed struct {
	CaseID  string
	Case    process.Standing // empty when the actor may not know of it
	Refused *process.Refusal // why not; nil: it was handed over
	Away    bool             // it could not be tried: the same key may be sent again
}

// HandOver gives several cases to one person, each by itself, and says of each what came of it. The key counts for all of them: sent again, nothing
// is handed over twice.
func (a *App) HandOver(ctx context.Context, actor process.Actor, cases []string, toID, reason, key string) []Handed {
	results := make([]Handed, 0, len(cases))
	for _, id := range cases {
		results = append(results, a.handOver(ctx, actor, id, casework.HandOver{ToKind: process.HeldByPerson, ToID: toID, Reason: reason}, "bulk/"+key))
	}
	return results
}

func (a *App) handOver(ctx context.Context, actor process.Actor, id string, input casework.HandOver, key string) Handed {
	standing, err := a.Store.Standing(ctx, id)
	if err == nil {
		_, err = a.Do(ctx, Request{CaseID: id, Key: key, Actor: actor, Command: standing.Kind.Does(casework.HandOverVerb), Input: input})
	}
	result := Handed{CaseID: id, Case: standing}
	switch {
	case err == nil:
	case errors.As(err, &result.Refused):
		if result.Refused.Code == process.NotFound { // not theirs to see: neither is its name
			result.Case = process.Standing{}
		}
	default:
		result.Away = true
	}
	return result
}
