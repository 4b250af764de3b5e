package store

import (
	"context"
	"fmt"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Care is who looks after an enterprise: its liaison officer and the department in charge of its trade.
type Care = sqlc.EnterpriseCareRow

// Care returns who looks after an enterprise.
func (s *Store) Care(ctx context.Context, enterpriseID string) (Care, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return Care{}, err
	}
	return s.queries.EnterpriseCare(ctx, park.ID, enterpriseID)
}

// SetCare says who looks after an enterprise; an empty id means nobody.
func (s *Store) SetCare(ctx context.Context, enterpriseID, liaisonID, departmentID string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	n, err := s.queries.SetEnterpriseCare(ctx, sqlc.SetEnterpriseCareParams{ParkID: park.ID, ID: enterpriseID, LiaisonID: given(liaisonID), DepartmentID: given(departmentID)})
	return oneRow(n, err, "say who looks after the enterprise")
}

// SetHead says who heads a section (科长); an empty id means nobody.
func (s *Store) SetHead(ctx context.Context, unitID, userID string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	n, err := s.queries.SetUnitHead(ctx, given(userID), park.ID, unitID)
	return oneRow(n, err, "say who heads the unit")
}

// oneRow refuses with NotFound what changed no row.
func oneRow(n int64, err error, doing string) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if n == 0 {
		return process.Refuse(process.NotFound, "没有找到。", "There is no such thing.")
	}
	return nil
}
