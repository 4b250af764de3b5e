package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// CaseRow is one case in a list of its kind.
type CaseRow = sqlc.CasesRow

// CaseFilter narrows a list of cases; its zero value is all of them.
type CaseFilter struct {
	Done         *bool
	State        string
	HolderID     string
	EnterpriseID string
	Overdue      bool
	Words        string
}

// Cases returns one page of the cases of a kind that the actor may see, the most urgent first, and where the next page begins.
func (s *Store) Cases(ctx context.Context, actor process.Actor, kind process.Kind, f CaseFilter, after Cursor, size int, now time.Time) ([]CaseRow, Cursor, error) {
	due, id, err := after.read()
	if err != nil {
		return nil, "", err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, "", err
	}
	p := sqlc.CasesParams{ParkID: park.ID, Kind: string(kind), Done: f.Done, State: given(f.State), HolderID: given(f.HolderID), EnterpriseID: given(f.EnterpriseID),
		AfterDue: due, AfterID: id, Size: int32(size) + 1}
	if f.Overdue {
		p.OverdueAt = &now
	}
	if p.Words, err = words(f.Words); err != nil {
		return nil, "", err
	}
	p.Viewers = viewers(actor)
	if p.Wide, err = s.wide(ctx, p.Viewers); err != nil {
		return nil, "", err
	}
	rows, err := s.queries.Cases(ctx, p)
	if err != nil {
		return nil, "", fmt.Errorf("list cases of kind %s: %w", kind, err)
	}
	rows, next := page(rows, size, func(r CaseRow) (string, string) { return r.DueOrder, r.ID })
	r, err := s.reader(ctx, actor)
	for i := range rows {
		rows[i].HolderID, rows[i].HolderName = shownHolder(r, kind, rows[i].HolderKind, rows[i].HolderID, rows[i].HolderName, "")
	}
	return rows, next, err
}
