package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
)

// Ledger is what stands beside the columns that a list sorts by, of some of its rows: by case and column, days as 2026-11-23.
type Ledger map[string]map[string]string

// Add reads it of more rows. Of a kind that has no such columns, and for an enterprise or a department that was handed a case, there is nothing: it names the zone's people
// and what they wrote for each other.
func (l Ledger) Add(ctx context.Context, s *Store, actor process.Actor, kind process.Entry, rows []ListRow) error {
	if len(ListOf(actor, kind).Beside) == 0 || len(rows) == 0 {
		return nil
	}
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return l.read(ctx, s, ids, nil)
}

// read reads some columns of some cases; nil: all of them.
func (l Ledger) read(ctx context.Context, s *Store, ids, columns []string) error {
	found, err := s.queries.Ledger(ctx, columns, ids)
	if err != nil {
		return fmt.Errorf("read the ledger of %d cases: %w", len(ids), err)
	}
	for _, one := range found {
		says := map[string]string{}
		if err := json.Unmarshal(one.Doc, &says); err != nil {
			return fmt.Errorf("understand the ledger of case %s: %w", one.CaseID, err)
		}
		l[one.CaseID] = says
	}
	return nil
}
