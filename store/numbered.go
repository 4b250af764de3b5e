package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// same is what is open already at the same place in the same words. Two who record it at once see each other.
func (l lookup) same(ctx context.Context, c process.Case, as *process.Sameness) ([]process.Numbered, error) {
	if as == nil {
		return nil, nil
	}
	id, ok := value.ID(as.EnterpriseID)
	if !ok || as.Place == "" || as.Says == "" {
		return nil, nil
	}
	if err := l.q.HoldPaper(ctx, c.ParkID+"/"+string(c.Kind)+"/"+id+"/"+as.Place+"/"+as.Says); err != nil {
		return nil, fmt.Errorf("hold what is put on file: %w", err)
	}
	rows, err := l.q.OpenAlready(ctx, sqlc.OpenAlreadyParams{EnterpriseID: id, CaseID: c.ID, Place: as.Place, Says: as.Says})
	if err != nil {
		return nil, fmt.Errorf("look what is open in the same words: %w", err)
	}
	all := make([]process.Numbered, 0, len(rows))
	for _, r := range rows {
		all = append(all, process.Numbered{Number: r.Number, Title: r.Title})
	}
	return all, nil
}

// numbered are the other cases of the kind that have an official paper of the number. Two who put the same one on file at once see each other: the number is held until
// the command is done.
func (l lookup) numbered(ctx context.Context, c process.Case, number string) ([]process.Numbered, error) {
	if number == "" {
		return nil, nil
	}
	if err := l.q.HoldPaper(ctx, c.ParkID+"/"+string(c.Kind)+"/"+number); err != nil {
		return nil, fmt.Errorf("hold the number of a paper: %w", err)
	}
	rows, err := l.q.CasesNumbered(ctx, sqlc.CasesNumberedParams{ParkID: c.ParkID, Kind: string(c.Kind), Number: number, CaseID: c.ID})
	if err != nil {
		return nil, fmt.Errorf("look which cases have a paper of the number: %w", err)
	}
	all := make([]process.Numbered, 0, len(rows))
	for _, r := range rows {
		all = append(all, process.Numbered{Number: r.Number, Title: r.Title, Slot: r.Stage, Other: r.Other})
	}
	return all, nil
}
