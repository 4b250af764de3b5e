package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/outside"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
)

// Case is one case of any kind as a page or the API reads it: with its kind and what its offers and forms ask beside it.
type Case struct {
	process.Entry
	Subject process.Subject
	Env     process.Env
}

// Case returns one case as the actor may read it, or a refusal with NotFound when there is none that they may see.
func (s *Store) Case(ctx context.Context, actor process.Actor, id string) (Case, error) {
	v, err := s.whole(ctx, actor, id)
	if err != nil {
		return v, err
	}
	if p, ok := v.Subject.(*project.Project); ok && outside.Guest(actor) {
		read := outside.GuestProject(*p)
		v.Subject = &read
	}
	r, err := s.fileReader(ctx, actor, id)
	if r == nil || err != nil {
		return v, err
	}
	v.Subject = r.Subject(v.Subject)
	return v, nil
}

// whole is a case that the actor may see, with everything on it.
func (s *Store) whole(ctx context.Context, actor process.Actor, id string) (Case, error) {
	row, err := s.head(ctx, actor, id)
	if err != nil {
		return Case{}, err
	}
	kind, ok := kinds.Of(process.Kind(row.Kind))
	if !ok {
		return Case{}, notFound()
	}
	v := Case{Entry: kind}
	if v.Subject, err = loadSubject(ctx, s.queries, kind, id); err != nil {
		return v, err
	}
	return v, s.surround(ctx, &v, kind.Asks(v.Subject))
}

// Blank is a case of the kind that is about to be opened, for its form.
func (s *Store) Blank(ctx context.Context, kind process.Entry) (Case, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return Case{}, err
	}
	v := Case{Entry: kind, Subject: kind.Blank()}
	v.Subject.Header().ParkID, v.Subject.Header().Kind = park.ID, kind.Kind
	return v, s.surround(ctx, &v, kind.Asks(v.Subject))
}

// surround looks up what offers and forms ask beside the case.
func (s *Store) surround(ctx context.Context, v *Case, needs process.Needs) error {
	l, c := lookup{store: s, q: s.queries}, *v.Subject.Header()
	var err error
	if v.Env.Rules, err = l.rules(ctx, c); err != nil {
		return err
	}
	if v.Env.Calendar, err = s.Calendar(ctx); err != nil {
		return err
	}
	if v.Env.Found, err = l.found(ctx, c, v.Env.Rules, needs); err != nil || c.Version == 0 || c.Done {
		return err
	}
	v.Env.Found.Took, err = l.took(ctx, c.ID, v.Entry)
	return err
}

// LatestRules returns the latest published definition of a kind: what a new case will follow.
func (s *Store) LatestRules(ctx context.Context, kind process.Kind) (process.Rules, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return lookup{store: s, q: s.queries}.rules(ctx, process.Case{ParkID: park.ID, Kind: kind})
}

// RulesOf returns the definition a case is pinned to.
func (s *Store) RulesOf(ctx context.Context, standing process.Standing) (process.Rules, error) {
	row, err := s.queries.CaseHead(ctx, standing.CaseID)
	if err != nil {
		return nil, fmt.Errorf("read the definition of case %s: %w", standing.CaseID, err)
	}
	return lookup{store: s, q: s.queries}.rules(ctx, process.Case{ParkID: row.ParkID, Kind: standing.Kind, DefinitionVersion: int(row.DefinitionVersion)})
}
