package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// ToContact is a project whose other side is to be spoken to.
type ToContact = sqlc.ToContactRow

// likely asks what may be the same as what is put on file, together with everything else that is asked while entering.
func (l lookup) likely(ctx context.Context) step {
	return func(q *sqlc.Queries) (err error) {
		if by := l.known.likeness; by != nil {
			l.known.alike, err = alike(ctx, q, l.park, *by, viewers(l.actor))
		}
		return err
	}
}

// alike finds what may be the same as what is to be put on file.
func (l lookup) alike(ctx context.Context, parkID string, by process.Likeness) ([]process.Alike, error) {
	if l.known != nil && l.known.likeness != nil {
		return l.known.alike, nil
	}
	return alike(ctx, l.q, parkID, by, viewers(l.actor))
}

func alike(ctx context.Context, q *sqlc.Queries, parkID string, by process.Likeness, viewers []string) ([]process.Alike, error) {
	p := sqlc.AlikeParams{ParkID: parkID, Title: by.Title, Phone: by.Phone, Stages: project.Courted(), Viewers: viewers}
	if id, ok := value.ID(by.EnterpriseID); ok {
		p.EnterpriseID = &id
	}
	rows, err := q.Alike(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("look for what may be on file already: %w", err)
	}
	found := make([]process.Alike, 0, len(rows))
	for _, r := range rows {
		found = append(found, process.Alike{ID: r.ID, Number: r.Number, Title: r.Title, Enterprise: r.EnterpriseName, Manager: r.ManagerName, Stage: r.Stage, By: r.By})
	}
	return found, nil
}

// Alike returns the open projects in the actor's sight that may be the same as one that is to be put on file, five at most. It refuses what no name is.
func (s *Store) Alike(ctx context.Context, actor process.Actor, by process.Likeness) ([]process.Alike, error) {
	var faults process.Faults
	by.Title = faults.Text(process.Optional("title", by.Title, process.TitleLimit))
	by.Phone = faults.Text(process.Optional("phone", by.Phone, 40))
	if err := faults.Err(); err != nil {
		return nil, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return alike(ctx, s.queries, park.ID, by, viewers(actor))
}

// ToContact returns the projects of which the actor is to speak to the other side by the day, the longest due first.
func (s *Store) ToContact(ctx context.Context, actor process.Actor, today clock.Date, size int) ([]ToContact, error) {
	id, ok := value.ID(actor.ID)
	if !ok {
		return nil, nil
	}
	rows, err := s.queries.ToContact(ctx, &id, today, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list whom %s is to speak to: %w", actor.ID, err)
	}
	return rows, nil
}

// Funnel is how many projects stand where on the way to the agreement, and why others ended early.
type Funnel struct {
	Stages []FunnelStage `json:"stages" doc:"The stages in their order, with how many open projects stand in each."`
	Lost   []FunnelCause `json:"lost" doc:"Why projects ended before land was supplied."`
	Left   []FunnelCause `json:"withdrawn" doc:"Why projects ended after that."`
}

// FunnelStage is one stage of the funnel.
type FunnelStage struct {
	Stage      string       `json:"stage" example:"negotiation"`
	Name       process.Text `json:"name"`
	Count      int          `json:"count"`
	Pooled     int          `json:"pooled" doc:"Of them, in the pool of leads."`
	Investment string       `json:"investment" doc:"In yuan." example:"2050000000.00"`
	Steps      []FunnelStep `json:"steps" doc:"Of a stage with steps: each, and first those of which none was noted."`
}

// FunnelStep is one step of a stage.
type FunnelStep struct {
	Step  string `json:"step" doc:"Empty: none was noted." example:"intent"`
	Count int    `json:"count"`
}

// FunnelCause is one reason why projects ended early.
type FunnelCause struct {
	Cause string `json:"cause" doc:"Empty: in words alone." example:"elsewhere"`
	Count int    `json:"count"`
}

// Funnel counts the projects in the actor's sight: open ones by stage and step, and those that ended early by reason, of one year or with 0 of all.
func (s *Store) Funnel(ctx context.Context, actor process.Actor, year int) (Funnel, error) {
	funnel := Funnel{Stages: []FunnelStage{}, Lost: []FunnelCause{}, Left: []FunnelCause{}}
	definition, err := s.ProjectDefinition(ctx)
	if err != nil {
		return funnel, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return funnel, err
	}
	rows, err := s.queries.Funnel(ctx, park.ID, viewers(actor))
	if err != nil {
		return funnel, fmt.Errorf("count the funnel: %w", err)
	}
	for _, stage := range definition.Stages {
		if !definition.Committed(stage.ID) {
			funnel.Stages = append(funnel.Stages, funnelStage(stage, rows))
		}
	}
	p := sqlc.LostParams{ParkID: park.ID, Viewers: viewers(actor)}
	if year > 0 {
		days := InYear(year)
		p.ClosedFrom, p.ClosedTo = days.From, days.To
	}
	ended, err := s.queries.Lost(ctx, p)
	if err != nil {
		return funnel, fmt.Errorf("count why projects ended: %w", err)
	}
	for _, cause := range append(lifecycle.Endings(), "") {
		for _, r := range ended {
			switch one := (FunnelCause{Cause: cause, Count: int(r.Count)}); {
			case r.Ending != cause:
			case r.State == lifecycle.Lost:
				funnel.Lost = append(funnel.Lost, one)
			default:
				funnel.Left = append(funnel.Left, one)
			}
		}
	}
	return funnel, nil
}

func funnelStage(stage lifecycle.Stage, rows []sqlc.FunnelRow) FunnelStage {
	f := FunnelStage{Stage: string(stage.ID), Name: stage.Name, Steps: []FunnelStep{}}
	var investment project.Yuan
	counts := map[string]int{}
	for _, r := range rows {
		if r.Stage != f.Stage {
			continue
		}
		f.Count, investment = f.Count+int(r.Count), investment+project.Yuan(r.Investment)
		counts[r.Step] += int(r.Count)
		if r.Pooled {
			f.Pooled += int(r.Count)
		}
	}
	f.Investment = investment.String()
	if len(stage.Steps) > 0 {
		f.Steps = append(f.Steps, FunnelStep{Count: counts[""]})
	}
	for _, step := range stage.Steps {
		f.Steps = append(f.Steps, FunnelStep{Step: step, Count: counts[step]})
	}
	return f
}
