package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Standing returns where a case stands, or a refusal with NotFound. It is for the machinery: it asks nobody's permission.
func (s *Store) Standing(ctx context.Context, id string) (process.Standing, error) {
	if len(onlyUUIDs([]string{id})) == 0 {
		return process.Standing{}, notFound()
	}
	row, err := sqlc.New(s.door).Standing(ctx, id) // always the same question, and every workflow that begins asks it
	if errors.Is(err, pgx.ErrNoRows) {
		return process.Standing{}, notFound()
	}
	if err != nil {
		return process.Standing{}, fmt.Errorf("read where case %s stands: %w", id, err)
	}
	standing := process.Standing{CaseID: row.ID, Kind: process.Kind(row.Kind), Number: row.Number, Title: row.Title, Version: row.Version,
		State: row.State, Stage: row.Stage, Round: int(row.Round), Done: row.Done, DueOn: row.DueOn, NextWake: row.NextWake, Wake: row.Wake}
	if row.HolderID != "" {
		standing.Holder = &process.Holder{Kind: process.HolderKind(row.HolderKind), ID: row.HolderID, Name: row.HolderName}
		if row.HolderSince != nil {
			standing.Holder.Since = *row.HolderSince
		}
	}
	return standing, nil
}

// CaseRef names a case.
type CaseRef struct {
	ID   string
	Kind process.Kind
}

// OpenCases returns a page of all open cases in the order of their ids.
func (s *Store) OpenCases(ctx context.Context, after string, size int) ([]CaseRef, error) {
	if after == "" {
		after = firstID
	}
	rows, err := s.queries.OpenCases(ctx, after, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list open cases: %w", err)
	}
	refs := make([]CaseRef, 0, len(rows))
	for _, r := range rows {
		refs = append(refs, CaseRef{ID: r.ID, Kind: process.Kind(r.Kind)})
	}
	return refs, nil
}
