package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// around answers what the rules ask of the zone beside the case: its departments, the cases that wait, what belongs to other cases, an enterprise's projects, the cases named.
func (l lookup) around(ctx context.Context, c process.Case, rules process.Rules, needs process.Needs, found *process.Found) error {
	if needs.RulesOf != "" {
		version, err := l.q.LatestDefinition(ctx, c.ParkID, string(needs.RulesOf))
		if err != nil {
			return fmt.Errorf("read the latest definition of %s: %w", needs.RulesOf, err)
		}
		other, _ := kinds.Of(needs.RulesOf) // there is a definition of it
		if found.Rules, err = l.published(ctx, c.ParkID, other, version); err != nil {
			return err
		}
	}
	var err error
	if found.Numbered, err = l.numbered(ctx, c, needs.Numbered); err != nil {
		return err
	}
	if needs.Departments {
		rows, err := l.q.Departments(ctx, c.ParkID)
		if err != nil {
			return fmt.Errorf("list the departments: %w", err)
		}
		bodies := bodiesOf(rows)
		found.Departments, found.UnitAliases = bodies.Units, bodies.Aliases
	}
	if summoning, ok := rules.(process.Summoning); ok && needs.Waiting {
		rows, err := l.q.CasesWaiting(ctx, c.ParkID, summoning.Summons())
		if err != nil {
			return fmt.Errorf("list the cases that wait: %w", err)
		}
		for _, r := range rows {
			found.Waiting = append(found.Waiting, offered(r))
		}
	}
	if len(needs.ChildrenOf) > 0 {
		rows, err := l.q.ChildrenOf(ctx, needs.ChildrenOf)
		if err != nil {
			return fmt.Errorf("list what belongs to other cases: %w", err)
		}
		found.ChildrenOf = map[string][]process.Child{}
		for _, r := range rows {
			found.ChildrenOf[*r.ParentID] = append(found.ChildrenOf[*r.ParentID], process.Child{ID: r.ID, Kind: process.Kind(r.Kind), Slot: r.Stage, State: r.State, Done: r.Done, Says: r.Says,
				Number: r.Number, Title: r.Title, Round: int(r.Round), DueOn: r.DueOn, Holder: r.HolderName, OpenedOn: clock.DateOf(r.OpenedAt)})
		}
	}
	if len(needs.ProjectsOf) > 0 {
		rows, err := l.q.ProjectsOf(ctx, needs.ProjectsOf)
		if err != nil {
			return fmt.Errorf("list the projects of enterprises: %w", err)
		}
		for _, r := range rows {
			found.Projects = append(found.Projects, offered(sqlc.CasesWaitingRow(r)))
		}
	}
	for _, meant := range needs.Others {
		kind, id, err := l.beside(ctx, c.ParkID, meant)
		if err != nil {
			return err
		}
		other, err := l.other(ctx, c, kind, id)
		if err != nil {
			return err
		}
		if other != nil {
			if a, ok := other.Subject.(process.Absorbing); ok && len(a.Absorbed()) > 0 {
				if other.Firms, err = l.q.EnterprisesOf(ctx, a.Absorbed()); err != nil {
					return fmt.Errorf("list the enterprises of what went on within case %s: %w", id, err)
				}
			}
			found.Others = append(found.Others, *other)
		}
	}
	return nil
}

// beside is a case named by id or number that another one is about without belonging to it, where the actor may see it. "": there is none.
func (l lookup) beside(ctx context.Context, park, named string) (process.Kind, string, error) {
	return l.meant(ctx, named, func(id *string) (sqlc.FindParentRow, error) {
		row, err := l.q.FindOther(ctx, park, id, named)
		return sqlc.FindParentRow(row), err
	})
}

// offered is another case as a form offers it.
func offered(r sqlc.CasesWaitingRow) process.Parent {
	return process.Parent{Case: process.Case{ID: r.ID, Kind: process.Kind(r.Kind), Number: r.Number, Title: r.Title, Stage: r.Stage}}
}
