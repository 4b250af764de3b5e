package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Batch is the record of a reasoned deed on many cases.
type Batch = sqlc.BatchesRow

// PassedOver is a case that a batch passed over, and why.
type PassedOver = sqlc.PassedOverRow

// BeginBatch notes that a batch is under way: until it ends its notices wait, so that each person gets one message. whole is all it takes to start
// it anew. Repeating it changes nothing.
func (s *Store) BeginBatch(ctx context.Context, id, deed, by string, whole any, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	text, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	if err := s.queries.BeginBatch(ctx, sqlc.BeginBatchParams{ID: id, ParkID: park.ID, Deed: deed, About: text, ByName: by, StartedAt: at}); err != nil {
		return fmt.Errorf("begin batch %s: %w", id, err)
	}
	return nil
}

// EndBatch notes that a batch is through, with how many cases it touched.
func (s *Store) EndBatch(ctx context.Context, id string, touched int, at time.Time) error {
	if err := s.queries.EndBatch(ctx, &at, int32(touched), id); err != nil {
		return fmt.Errorf("end batch %s: %w", id, err)
	}
	return nil
}

// PassOver notes that a batch passed a case over, and why.
func (s *Store) PassOver(ctx context.Context, id, caseID string, why *process.Refusal, at time.Time) error {
	err := s.queries.PassOver(ctx, sqlc.PassOverParams{BatchID: id, CaseID: caseID, Code: string(why.Code), Zh: why.Chinese, En: why.English, At: at})
	if err != nil {
		return fmt.Errorf("note that batch %s passed case %s over: %w", id, caseID, err)
	}
	return nil
}

// ForgetPassedOver takes back whom an earlier try of a batch passed over.
func (s *Store) ForgetPassedOver(ctx context.Context, id string) error {
	if err := s.queries.ForgetPassedOver(ctx, id); err != nil {
		return fmt.Errorf("forget what batch %s passed over: %w", id, err)
	}
	return nil
}

// OpenBatches returns the batches that began before the instant and have not ended, each whole as it was begun.
func (s *Store) OpenBatches(ctx context.Context, before time.Time) ([]json.RawMessage, error) {
	rows, err := s.queries.OpenBatches(ctx, before)
	if err != nil {
		return nil, fmt.Errorf("list open batches: %w", err)
	}
	return rows, nil
}

// Batches returns the latest batches.
func (s *Store) Batches(ctx context.Context, size int) ([]Batch, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.Batches(ctx, park.ID, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	return rows, nil
}

// PassedOver returns the cases that a batch passed over.
func (s *Store) PassedOver(ctx context.Context, batch string, size int) ([]PassedOver, error) {
	rows, err := s.queries.PassedOver(ctx, batch, int32(size))
	if err != nil {
		return nil, fmt.Errorf("list what batch %s passed over: %w", batch, err)
	}
	return rows, nil
}

// Published refuses a version of a kind's definition that has not been published.
func (s *Store) Published(ctx context.Context, kind process.Kind, version int) error {
	versions, err := s.DefinitionVersions(ctx)
	if err != nil {
		return fmt.Errorf("list the published definitions: %w", err)
	}
	for _, v := range versions {
		if v.Kind == string(kind) && int(v.Version) == version {
			return nil
		}
	}
	return process.RefuseField("version", "没有这个版本的流程，请从已发布的版本里选择。", "There is no such version of the process; choose one that is published.")
}
