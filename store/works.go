package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/lifecycle"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	built "github.com/parkway-zone/parkway/domain/works"
)

// Underway is a project in a list of how far its works are. Of one whose definition has no steps of buildings, Works is nil.
type Underway struct {
	ListRow
	Name  string // what the report calls it
	Works *project.Standing
	Told  built.Told
}

// UnderConstruction lists projects that the actor may see with how far their works are, the earliest begun first unless sorted otherwise: those in the stage that
// construction begins with, unless the conditions name stages.
func (s *Store) UnderConstruction(ctx context.Context, actor process.Actor, c Conditions, sort string, after Cursor, size int, now time.Time) ([]Underway, Cursor, error) {
	if err := s.buildingStage(ctx, &c); err != nil {
		return nil, "", err
	}
	if sort == "" {
		sort = "construction_started_on"
	}
	rows, next, err := s.List(ctx, actor, project.Kind, c, sort, after, size, now)
	if err != nil {
		return nil, "", err
	}
	all, ids := make([]Underway, 0, len(rows)), make([]string, 0, len(rows))
	for _, r := range rows {
		all, ids = append(all, Underway{ListRow: r, Name: r.Title}), append(ids, r.ID)
	}
	docs, err := s.queries.ProjectWorks(ctx, ids)
	if err != nil {
		return nil, "", fmt.Errorf("read how far %d projects are: %w", len(ids), err)
	}
	for _, doc := range docs {
		var p project.Project
		if err := json.Unmarshal(doc, &p); err != nil {
			return nil, "", fmt.Errorf("understand how far a project is: %w", err)
		}
		rules, err := lookup{store: s, q: s.queries}.rules(ctx, p.Case)
		if err != nil {
			return nil, "", err
		}
		one := &all[slices.Index(ids, p.ID)]
		d, _ := rules.(lifecycle.Definition) // the kind's rules are always of this type
		if one.Works = p.Works(d); one.Works != nil {
			one.Told = built.Told{Template: *d.Works, Site: p.Site()}
			one.Name = one.Told.Name
		}
	}
	return all, next, nil
}

// UnderConstructionCount is how many UnderConstruction lists in all.
func (s *Store) UnderConstructionCount(ctx context.Context, actor process.Actor, c Conditions, now time.Time) (int, error) {
	if err := s.buildingStage(ctx, &c); err != nil {
		return 0, err
	}
	totals, err := s.ListTotals(ctx, actor, project.Kind, c, now)
	return totals.Count, err
}

// buildingStage narrows to the stage with which construction begins, unless stages are named.
func (s *Store) buildingStage(ctx context.Context, c *Conditions) error {
	if len(c.In["stage"]) > 0 {
		return nil
	}
	d, err := s.ProjectDefinition(ctx)
	if err != nil {
		return err
	}
	in := maps.Clone(c.In)
	if in == nil {
		in = map[string][]string{}
	}
	for _, stage := range d.Stages {
		if stage.OnEnter == "construction_started_on" {
			in["stage"] = []string{string(stage.ID)}
		}
	}
	c.In = in
	return nil
}

// Said is the report of projects, as one paragraph.
func Said(all []Underway) process.Text {
	var told []built.Told
	for _, u := range all {
		if u.Works != nil {
			told = append(told, u.Told)
		}
	}
	return built.Report(told)
}
