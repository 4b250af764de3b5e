package store

import (
	"context"
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
)

// Sealed is a passage through a gate with its seal, and the stage as the definition it was passed under names it.
type Sealed struct {
	lifecycle.Passage
	Project process.Case
	Stage   lifecycle.Stage
}

// Seal returns what stood when a gate was passed, by the passage's seq; it is kept when the project is sent back. It refuses with NotFound where
// there is none, and for an enterprise: notes and names in it are for the zone's own offices.
func (s *Store) Seal(ctx context.Context, actor process.Actor, id string, seq int) (Sealed, error) {
	if actor.Has(process.Enterprise) || len(onlyUUIDs([]string{id})) == 0 {
		return Sealed{}, notFound()
	}
	if err := mustSee(ctx, s.queries, actor, id); err != nil {
		return Sealed{}, err
	}
	p, err := loadSubject(ctx, s.queries, projects(), id)
	if err != nil {
		return Sealed{}, err
	}
	i := slices.IndexFunc(p.Passages, func(passage lifecycle.Passage) bool { return passage.Seq == seq && passage.Seal != nil })
	if i < 0 {
		return Sealed{}, notFound()
	}
	sealed := Sealed{Passage: p.Passages[i], Project: p.Case}
	under := p.Case
	under.DefinitionVersion = sealed.Seal.DefinitionVersion
	d, err := definition[lifecycle.Definition](ctx, lookup{store: s, q: s.queries}, under)
	if err != nil {
		return sealed, err
	}
	sealed.Stage, err = d.Stage(sealed.Passage.Stage)
	return sealed, err
}
