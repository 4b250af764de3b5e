package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Care is who looks after an enterprise: its liaison officer and the department in charge of its trade.
type Care = sqlc.EnterpriseCareRow

// Care returns who looks after an enterprise.
func (s *Store) Care(ctx context.Context, enterpriseID string) (Care, error) {
	park, err := s.Park(ctx)
	if err = errors.Join(err, isID(enterpriseID)); err != nil {
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
	if err := errors.Join(isID(enterpriseID), s.isStaff(ctx, "liaison_id", liaisonID), s.isUnit(ctx, "department_id", departmentID)); err != nil {
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
	if err := errors.Join(isID(unitID), s.isStaff(ctx, "head_id", userID)); err != nil {
		return err
	}
	n, err := s.queries.SetUnitHead(ctx, given(userID), park.ID, unitID)
	return oneRow(n, err, "say who heads the unit")
}

// isStaff refuses, naming the field, an id of nobody who works here; none is nobody's.
func (s *Store) isStaff(ctx context.Context, field, id string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	return isStaff(ctx, s.queries, park.ID, field, id)
}

func isStaff(ctx context.Context, q *sqlc.Queries, parkID, field, id string) error {
	if id == "" {
		return nil
	}
	staff, err := staffOf(ctx, q, parkID)
	if err != nil {
		return err
	}
	return among(staff, field, id)
}

// staffOf are the ids of everybody who works here.
func staffOf(ctx context.Context, q *sqlc.Queries, parkID string) (map[string]bool, error) {
	staff, err := q.Staff(ctx, parkID)
	if err != nil {
		return nil, fmt.Errorf("look for the person: %w", err)
	}
	ids := make(map[string]bool, len(staff))
	for _, c := range staff {
		ids[c.ID] = true
	}
	return ids, nil
}

// among refuses, naming the field, somebody who is not one of them.
func among(staff map[string]bool, field, id string) error {
	if !staff[id] {
		return process.Refuse(process.UnknownParty, "没有找到这个人员，请重新选择。", "There is no such active person; choose again.").At(field)
	}
	return nil
}

// isUnit refuses, naming the field, an id of no section or department; none is none's.
func (s *Store) isUnit(ctx context.Context, field, id string) error {
	if id == "" {
		return nil
	}
	units, err := s.Units(ctx)
	if err != nil {
		return fmt.Errorf("look for the unit: %w", err)
	}
	if !slices.ContainsFunc(units, func(u Unit) bool { return u.ID == id }) {
		return process.Refuse(process.UnknownParty, "没有找到这个单位，请重新选择。", "There is no such body; choose again.").At(field)
	}
	return nil
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
