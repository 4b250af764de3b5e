package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// KnownEnterprise refuses to add an enterprise that is on file already, and says which one that is.
type KnownEnterprise struct {
	Refusal *process.Refusal
	ID      string
}

// Error returns the sentence.
func (k *KnownEnterprise) Error() string { return k.Refusal.Error() }

// Unwrap returns the refusal.
func (k *KnownEnterprise) Unwrap() error { return k.Refusal }

// AddEnterprise adds an enterprise with its aliases and returns its id. One that is on file already, by one of its names or its credit code, is
// refused.
func (s *Store) AddEnterprise(ctx context.Context, e Enterprise) (string, error) {
	return s.FileEnterprise(ctx, process.Actor{}, e, time.Time{})
}

// FileEnterprise is AddEnterprise with who does it and when, which is recorded among what was done to the registers.
func (s *Store) FileEnterprise(ctx context.Context, by process.Actor, e Enterprise, at time.Time) (string, error) {
	id, _, err := s.putEnterprise(ctx, e, func(q *sqlc.Queries, id string) error {
		if by.Name == "" {
			return nil
		}
		return s.filed(ctx, q, by, id, at)
	})
	var known *KnownEnterprise
	if errors.As(err, &known) {
		return "", known.Refusal
	}
	return id, err
}

// PutEnterprise is AddEnterprise for a caller who may repeat itself: when the enterprise with this id and name is there already, it is returned
// and was not added. Another one with one of its names or its credit code is a KnownEnterprise.
func (s *Store) PutEnterprise(ctx context.Context, e Enterprise) (id string, added bool, err error) {
	return s.putEnterprise(ctx, e, func(*sqlc.Queries, string) error { return nil })
}

// Filed records who added an enterprise together with a case, once the case is there. Repeated, it records nothing more.
func (s *Store) Filed(ctx context.Context, by process.Actor, id string, at time.Time) error {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin to record enterprise %s: %w", id, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after the commit there is nothing to take back
	q := s.queries.WithTx(tx)
	if err := q.LockEnterprises(ctx); err != nil {
		return fmt.Errorf("wait for others who add an enterprise: %w", err)
	}
	if err := s.filed(ctx, q, by, id, at); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// filed is Filed in a transaction.
func (s *Store) filed(ctx context.Context, q *sqlc.Queries, by process.Actor, id string, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	if done, err := q.Filed(ctx, park.ID, id); done || err != nil {
		return err
	}
	records, err := s.records(ctx, q, register.EnterprisesName, &id)
	if err != nil || len(records) == 0 {
		return err
	}
	r, _ := register.Of(register.EnterprisesName)
	w := writer{store: s, q: q, register: r, park: park.ID, by: by, at: at, titles: map[register.Name]map[string]string{}}
	changes, err := w.changes(ctx, nil, records[0].Doc)
	if err != nil {
		return err
	}
	list, err := json.Marshal(changes)
	if err != nil {
		return fmt.Errorf("write what was added: %w", err)
	}
	return q.AddRegisterEvent(ctx, sqlc.AddRegisterEventParams{ParkID: park.ID, At: at, ActorID: by.ID, ActorName: by.Name, Register: string(r.Name), RecordID: id,
		Title: w.title(records[0].Doc), Deed: "added", Changes: list})
}

func (s *Store) putEnterprise(ctx context.Context, e Enterprise, record func(q *sqlc.Queries, id string) error) (id string, added bool, err error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", false, err
	}
	if e.ID == "" {
		e.ID = uuid.NewString()
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return "", false, fmt.Errorf("begin to add an enterprise: %w", err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after the commit there is nothing to take back
	q := s.queries.WithTx(tx)
	if err := q.LockEnterprises(ctx); err != nil {
		return "", false, fmt.Errorf("wait for others who add an enterprise: %w", err)
	}
	if there, err := alreadyThere(ctx, q, park.ID, e); there || err != nil {
		return e.ID, false, err
	}
	if err := insertEnterprise(ctx, q, park.ID, e); err != nil {
		return "", false, err
	}
	if err := record(q, e.ID); err != nil {
		return "", false, fmt.Errorf("record that enterprise %s was added: %w", e.Name, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return "", false, fmt.Errorf("add enterprise %s: %w", e.Name, err)
	}
	return e.ID, true, nil
}

// compared are the names of an enterprise in the form in which names are compared.
func compared(name, short string, aliases []string) []string {
	names := []string{}
	for _, one := range append([]string{name, short}, aliases...) {
		if one = sought(one); one != "" {
			names = append(names, one)
		}
	}
	return names
}

// alreadyThere reports whether this very enterprise is on file, and refuses when another one goes by its names or its credit code.
func alreadyThere(ctx context.Context, q *sqlc.Queries, parkID string, e Enterprise) (bool, error) {
	same, err := q.SameEnterprise(ctx, sqlc.SameEnterpriseParams{ParkID: parkID, Names: compared(e.Name, e.ShortName, e.Aliases), CreditCode: e.CreditCode, ID: e.ID})
	if err != nil {
		return false, fmt.Errorf("look whether enterprise %s is on file: %w", e.Name, err)
	}
	switch {
	case len(same) == 0:
		return false, nil
	case same[0].ID == e.ID && sought(same[0].Name) == sought(e.Name):
		return true, nil
	}
	shown := same[0].ShortName
	if sought(same[0].Name) != sought(shown) {
		shown += "（" + same[0].Name + "）"
	}
	refusal := process.RefuseField("name", "已经有这家企业了："+shown+"，请直接选用。", "It is on file already: "+shown+". Choose that one.")
	return false, &KnownEnterprise{Refusal: refusal, ID: same[0].ID}
}

func insertEnterprise(ctx context.Context, q *sqlc.Queries, parkID string, e Enterprise) error {
	id, err := q.AddEnterprise(ctx, sqlc.AddEnterpriseParams{ID: e.ID, ParkID: parkID, Name: e.Name, ShortName: e.ShortName, Sector: e.Sector, Invented: e.Invented, CreditCode: e.CreditCode})
	var refused *pgconn.PgError
	switch {
	case errors.Is(err, pgx.ErrNoRows): // a row with this id that goes by another name
		return process.RefuseField("name", "已经有这家企业了。", "There is an enterprise of this name already.")
	case errors.As(err, &refused) && refused.ConstraintName == "enterprises_credit_code_check":
		return process.RefuseField("credit_code", "统一社会信用代码应是 18 位。", "A credit code has 18 characters.")
	case err != nil:
		return fmt.Errorf("add enterprise %s: %w", e.Name, err)
	}
	for _, alias := range e.Aliases {
		if err := q.AddEnterpriseAlias(ctx, id, alias); err != nil {
			return fmt.Errorf("add alias %s: %w", alias, err)
		}
	}
	return nil
}

// DropEnterprise takes back an enterprise that was added together with a case which was then refused. One that anything refers to stays.
func (s *Store) DropEnterprise(ctx context.Context, id string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	_, err = s.queries.DropEnterprise(ctx, park.ID, id)
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == "23503" { // somebody has just referred to it
		return nil
	}
	if err != nil {
		return fmt.Errorf("take back enterprise %s: %w", id, err)
	}
	return nil
}
