package store

import (
	"context"
	"slices"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
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
	if actor.Has(process.Enterprise) {
		return Sealed{}, notFound()
	}
	v, err := s.whole(ctx, actor, id)
	if err != nil {
		return Sealed{}, err
	}
	p, ok := v.Subject.(*project.Project)
	if !ok {
		return Sealed{}, notFound()
	}
	i := slices.IndexFunc(p.Passages, func(passage lifecycle.Passage) bool { return passage.Seq == seq && passage.Seal != nil })
	if i < 0 {
		return Sealed{}, notFound()
	}
	read := *p
	if outside.Guest(actor) {
		read = outside.GuestProject(read)
	}
	sealed := Sealed{Passage: read.Passages[i], Project: p.Case}
	under := p.Case
	under.DefinitionVersion = sealed.Seal.DefinitionVersion
	rules, err := lookup{store: s, q: s.queries}.rules(ctx, under)
	if err != nil {
		return sealed, err
	}
	d, _ := rules.(lifecycle.Definition) // the kind's rules are always of this type
	sealed.Stage, err = d.Stage(sealed.Passage.Stage)
	return sealed, err
}
