package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// ProjectPermits is a project with all permits it may need, in their order.
type ProjectPermits struct {
	Project project.Project
	Way     permit.Way
}

// Permits returns a project with its permits laid out on the catalogue in force, as far as the actor may see them, or a refusal with NotFound when
// there is no such project that they may see.
func (s *Store) Permits(ctx context.Context, actor process.Actor, id string, now time.Time) (ProjectPermits, error) {
	var result ProjectPermits
	today := clock.DateOf(now)
	p, err := s.Project(ctx, actor, id, today)
	if err != nil {
		return result, err
	}
	result.Project = p.Project
	catalogue, err := s.Catalogue(ctx)
	if err != nil {
		return result, err
	}
	rows, err := s.queries.PermitsOf(ctx, &id, viewers(actor))
	if err != nil {
		return result, fmt.Errorf("read the permits of %s: %w", id, err)
	}
	known := make([]permit.Known, 0, len(rows))
	for _, r := range rows {
		k, err := knownPermit(r)
		if err != nil {
			return result, err
		}
		k.Overdue = !k.Done && !k.DueOn.IsZero() && !k.DueOn.End().After(now)
		if actor.Has(process.Enterprise) {
			k.Holder, k.Agents = Outsider(actor).Holder(k.Holder, process.Text{Chinese: "园区管委会", English: "zone management committee"}), []string{}
			k.Urges = []permit.Urge{}
		}
		known = append(known, k)
	}
	result.Way = catalogue.WayOf(string(p.SiteMode), p.Done, leftStages(p.Project), known, today)
	if actor.Has(process.Enterprise) { // it is the zone's to see to
		return result, nil
	}
	unmet, err := s.Unmet(ctx, id)
	if err != nil {
		return result, err
	}
	for _, u := range unmet {
		of := permit.Unmet{Unmet: u}
		if err := json.Unmarshal(u.Input, &of.Asked); err != nil {
			return result, fmt.Errorf("understand %s: %w", u.Command, err)
		}
		if of.Asked != (permit.Asked{}) { // else it is about no permit, and stands on the case's own page
			result.Way.Unmet = append(result.Way.Unmet, of)
		}
	}
	return result, nil
}

// leftStages are the stages that the project has behind it, those before it came to Parkway among them. Until construction begins what they lack can still be
// made up for, and is next.
func leftStages(p project.Project) map[string]bool {
	left := map[string]bool{}
	if p.ConstructionStartedOn.IsZero() {
		return left
	}
	for _, at := range p.Passages {
		left[string(at.Stage)] = slices.Contains([]string{lifecycle.Passed, lifecycle.Skipped, lifecycle.TakenOver}, at.Outcome)
	}
	return left
}

// Catalogue returns the catalogue of permits in force.
func (s *Store) Catalogue(ctx context.Context) (permit.Definition, error) {
	rules, err := s.LatestRules(ctx, permit.Kind)
	d, _ := rules.(permit.Definition) // the kind's rules are always of this type
	return d, err
}

func knownPermit(r sqlc.PermitsOfRow) (permit.Known, error) {
	var facts permit.Permit
	if err := json.Unmarshal(r.Facts, &facts); err != nil {
		return permit.Known{}, fmt.Errorf("understand the permit %s: %w", r.Number, err)
	}
	k := permit.Known{ID: r.ID, Number: r.Number, Title: r.Title, Item: r.Stage, Part: facts.Part, State: r.State, Done: r.Done, Round: int(r.Round), DueOn: r.DueOn, Provisional: r.Provisional,
		AppliedOn: facts.AppliedOn, IssuedOn: facts.IssuedOn, ValidUntil: facts.ValidUntil, Certificate: facts.Certificate, Agents: []string{}, Urges: append([]permit.Urge{}, facts.Urges...)}
	if r.HolderID != "" {
		k.Holder = &process.Holder{Kind: process.HolderKind(r.HolderKind), ID: r.HolderID, Name: r.HolderName}
		if r.HolderSince != nil {
			k.Holder.Since = *r.HolderSince
		}
	}
	if facts.Agency != nil {
		for _, a := range facts.Agency.Agents {
			k.Agents = append(k.Agents, a.Name)
		}
	}
	return k, nil
}

// PermitPortfolio counts the open permits that the actor may see by department, in the catalogue's order; a department without any stands in it too.
func (s *Store) PermitPortfolio(ctx context.Context, actor process.Actor, now time.Time) ([]permit.Portfolio, error) {
	catalogue, err := s.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	figures, err := s.permitFigures(ctx, actor, now)
	return catalogue.PortfolioOf(figures), err
}

// permitFigures counts the open permits that the actor may see, by permit and state.
func (s *Store) permitFigures(ctx context.Context, actor process.Actor, now time.Time) ([]permit.Figure, error) {
	park, ids, wide, err := s.scope(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.PermitFigures(ctx, sqlc.PermitFiguresParams{Now: now, ParkID: park, Viewers: ids, Wide: wide})
	if err != nil {
		return nil, fmt.Errorf("count permits: %w", err)
	}
	figures := make([]permit.Figure, 0, len(rows))
	for _, r := range rows {
		figures = append(figures, permit.Figure{Item: r.Stage, State: r.State, Count: int(r.Count), Overdue: int(r.Overdue)})
	}
	return figures, nil
}
