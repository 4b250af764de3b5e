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

// shelf is where the records of one register lie: the only thing that has to be said of a register beside its type.
type shelf struct {
	read func(ctx context.Context, q *sqlc.Queries, park string, one *string) ([]Recorded, error)
	keep func(ctx context.Context, q *sqlc.Queries, park string, k kept) error
}

// kept is a record that is to be written.
type kept struct {
	ID   string
	Doc  json.RawMessage
	Hash string // of a new account's password
	New  bool   // it is not there yet
}

// Recorded is a record of a register.
type Recorded struct {
	ID    string
	Doc   json.RawMessage // the JSON form of the register's type
	Ended bool            // an account that was ended, an enterprise that was merged into another
}

func shelves() map[register.Name]shelf {
	return map[register.Name]shelf{
		register.ZoneName: {
			read: rows((*sqlc.Queries).ZoneRecords, func(r sqlc.ZoneRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepZone(ctx, k.Doc, park, k.ID)
			},
		},
		register.UnitsName: {
			read: rows((*sqlc.Queries).UnitRecords, func(r sqlc.UnitRecordsRow) Recorded { return Recorded(r) }),
			keep: keepUnit,
		},
		register.PeopleName: {
			read: rows((*sqlc.Queries).PersonRecords, func(r sqlc.PersonRecordsRow) Recorded { return Recorded(r) }),
			keep: keepPerson,
		},
		register.EnterprisesName: {
			read: rows((*sqlc.Queries).EnterpriseRecords, func(r sqlc.EnterpriseRecordsRow) Recorded { return Recorded(r) }),
			keep: keepEnterprise,
		},
		register.BuildingsName: {
			read: rows((*sqlc.Queries).BuildingRecords, func(r sqlc.BuildingRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepBuilding(ctx, k.ID, park, k.Doc)
			},
		},
		register.CampaignsName: {
			read: rows((*sqlc.Queries).CampaignRecords, func(r sqlc.CampaignRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepCampaign(ctx, k.ID, park, k.Doc)
			},
		},
		register.ChecklistsName: {
			read: rows((*sqlc.Queries).ChecklistRecords, func(r sqlc.ChecklistRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepChecklist(ctx, k.ID, park, k.Doc)
			},
		},
		register.TenanciesName: {
			read: rows((*sqlc.Queries).TenancyRecords, func(r sqlc.TenancyRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepTenancy(ctx, k.ID, park, k.Doc)
			},
		},
		register.LevelsName: {
			read: rows((*sqlc.Queries).LevelRecords, func(r sqlc.LevelRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepLevel(ctx, k.ID, park, k.Doc)
			},
		},
		register.VisitPlansName: {
			read: rows((*sqlc.Queries).VisitPlanRecords, func(r sqlc.VisitPlanRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepVisitPlan(ctx, k.ID, park, k.Doc)
			},
		},
		register.OtherVisitsName: {
			read: rows((*sqlc.Queries).OtherVisitRecords, func(r sqlc.OtherVisitRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepOtherVisit(ctx, k.ID, park, k.Doc)
			},
		},
		register.LibraryName: {
			read: rows((*sqlc.Queries).FindingRecords, func(r sqlc.FindingRecordsRow) Recorded { return Recorded(r) }),
			keep: func(ctx context.Context, q *sqlc.Queries, park string, k kept) error {
				return q.KeepFinding(ctx, k.Doc, k.ID, park)
			},
		},
	}
}

// rows reads the rows of one query as records.
func rows[R any](query func(*sqlc.Queries, context.Context, string, *string) ([]R, error), as func(R) Recorded) func(context.Context, *sqlc.Queries, string, *string) ([]Recorded, error) {
	return func(ctx context.Context, q *sqlc.Queries, park string, one *string) ([]Recorded, error) {
		found, err := query(q, ctx, park, one)
		records := make([]Recorded, 0, len(found))
		for _, r := range found {
			records = append(records, as(r))
		}
		return records, err
	}
}

// Vacant reports whether the zone is still to be set up: there is none, or nobody has an account in it.
func (s *Store) Vacant(ctx context.Context) (bool, error) {
	if _, founded := s.definitions.Load("founded"); founded {
		return false, nil
	}
	vacant, err := s.queries.Vacant(ctx)
	if err != nil {
		return false, fmt.Errorf("look whether a zone has been set up: %w", err)
	}
	if !vacant {
		s.definitions.Store("founded", true)
	}
	return vacant, nil
}

// Records returns every record of a register in its order.
func (s *Store) Records(ctx context.Context, name register.Name) ([]Recorded, error) {
	return s.records(ctx, s.queries, name, nil)
}

// Record returns one record, or a refusal with NotFound.
func (s *Store) Record(ctx context.Context, name register.Name, id string) (Recorded, error) {
	if uuid.Validate(id) != nil || len(id) != 36 {
		return Recorded{}, noRecord()
	}
	found, err := s.records(ctx, s.queries, name, &id)
	if err == nil && len(found) == 0 {
		err = noRecord()
	}
	if err != nil {
		return Recorded{}, err
	}
	return found[0], nil
}

func noRecord() error {
	return process.Refuse(process.NotFound, "没有这一条。", "There is no such record.")
}

func (s *Store) records(ctx context.Context, q *sqlc.Queries, name register.Name, one *string) ([]Recorded, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	shelf, ok := shelves()[name]
	if !ok {
		return nil, noRecord()
	}
	found, err := shelf.read(ctx, q, park.ID, one)
	if err != nil {
		return nil, fmt.Errorf("read the register of %s: %w", name, err)
	}
	return found, nil
}

// Keeping is a record that somebody wants kept.
type Keeping struct {
	ID     string // "": a new one
	Record any    // of the register's type, or its JSON form
	Hash   string // of a new account's password
	Note   string // beside the change, in the record of deeds

	// From is the record as its writer saw it before they changed it, in its JSON form. What they left as it was stays as it is by now; what somebody
	// else changed meanwhile and they changed too is refused with StaleVersion, naming the field. nil: Record takes the place of whatever is there.
	From json.RawMessage
	// IfMatch is the header of that name: the Tag of the record that its writer saw, or several, or *. With another one by now it is refused with
	// StaleVersion. "": whatever is there.
	IfMatch string
}

// Outcome is what came of it.
type Outcome struct {
	ID      string
	Title   string
	Added   bool
	Changes []Changed // none: it was so already
	Tag     string    // of the record as it is now; empty where several were written at once
}

// Keep writes records of a register, all of them or none, with who did it and what changed. It refuses what the record's type refuses, a name that
// another record has, and references to what is not there; NotKept says which of them was at fault.
func (s *Store) Keep(ctx context.Context, by process.Actor, name register.Name, wanted []Keeping, at time.Time) ([]Outcome, error) {
	return s.KeepAgreed(ctx, by, name, wanted, at, func([]Outcome) error { return nil })
}

// KeepAgreed is Keep for somebody who has agreed to what would come of it: once all is written agreed is asked whether it is that, and an error of it takes
// everything back.
func (s *Store) KeepAgreed(ctx context.Context, by process.Actor, name register.Name, wanted []Keeping, at time.Time, agreed func([]Outcome) error) ([]Outcome, error) {
	done := make([]Outcome, 0, len(wanted))
	err := s.writing(ctx, by, name, at, true, func(w writer, _ pgx.Tx) error {
		w.many = len(wanted) > 1
		if err := w.called.read(ctx, w, len(wanted)); err != nil {
			return err
		}
		for i, k := range wanted {
			w.at = at.Add(time.Duration(i) * time.Microsecond) // each deed has an instant of its own: pages of deeds go on from one
			outcome, err := w.write(ctx, k)
			if err != nil {
				return &NotKept{Index: i, error: err}
			}
			done = append(done, outcome)
			counted(ctx, len(done), len(wanted))
		}
		return agreed(done)
	})
	if err == nil && name == register.ZoneName {
		s.forget(heldPark)
	}
	return done, err
}

// Tried is what would come of a record.
type Tried struct {
	Outcome
	Refused *process.Refusal // nil: it would be kept
}

// Try says of each record what Keep would make of it, and leaves everything as it was.
func (s *Store) Try(ctx context.Context, by process.Actor, name register.Name, wanted []Keeping, at time.Time) ([]Tried, error) {
	tried, err := s.tryAll(ctx, by, name, wanted, at, false)
	if errors.Is(err, errSomeRefused) {
		tried, err = s.tryAll(ctx, by, name, wanted, at, true)
	}
	return tried, err
}

// errSomeRefused means that one of several records was refused, after which the others can be tried only each by itself.
var errSomeRefused = errors.New("one of the records was refused")

// tryAll tries records, each in a transaction of its own within the one that is taken back, which takes twice as long, or all in one.
func (s *Store) tryAll(ctx context.Context, by process.Actor, name register.Name, wanted []Keeping, at time.Time, each bool) ([]Tried, error) {
	tried := make([]Tried, 0, len(wanted))
	err := s.writing(ctx, by, name, at, false, func(w writer, tx pgx.Tx) error {
		if err := w.called.read(ctx, w, len(wanted)); err != nil {
			return err
		}
		for _, k := range wanted {
			var one Tried
			var err error
			if each {
				one, err = w.try(ctx, tx, k)
			} else {
				one.Outcome, err = w.write(ctx, k)
			}
			var refusal *process.Refusal
			if errors.As(err, &refusal) {
				return errSomeRefused
			}
			if err != nil {
				return err
			}
			tried = append(tried, one)
			counted(ctx, len(tried), len(wanted))
		}
		return nil
	})
	return tried, err
}

// try writes a record, and takes it back at once when it is refused: those after it are tried all the same. What touches nothing needs no taking back.
func (w writer) try(ctx context.Context, tx pgx.Tx, k Keeping) (Tried, error) {
	var inner pgx.Tx
	w.before = func() (err error) {
		inner, err = tx.Begin(ctx)
		return err
	}
	outcome, err := w.write(ctx, k)
	if inner != nil {
		defer inner.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after the commit there is nothing to take back
	}
	var refusal *process.Refusal
	if errors.As(err, &refusal) {
		return Tried{Refused: refusal}, nil
	}
	if err == nil && inner != nil {
		err = inner.Commit(ctx)
	}
	return Tried{Outcome: outcome}, err
}

// writing does something with a register in one transaction, in which nobody else writes it.
func (s *Store) writing(ctx context.Context, by process.Actor, name register.Name, at time.Time, commit bool, do func(writer, pgx.Tx) error) error {
	r, ok := register.Of(name)
	if !ok {
		return noRecord()
	}
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin to write the register of %s: %w", name, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after the commit there is nothing to take back
	w := writer{store: s, q: s.queries.WithTx(tx), register: r, park: park.ID, by: by, at: at, titles: map[register.Name]map[string]string{}, staff: map[string]bool{}, called: &called{}}
	if err := w.q.LockRegister(ctx, "register "+string(name)); err != nil {
		return fmt.Errorf("wait for others who write the register of %s: %w", name, err)
	}
	if name == register.EnterprisesName || name == register.PeopleName || name == register.BuildingsName { // the latter name one, which is not merged away meanwhile
		if err := w.q.LockEnterprises(ctx); err != nil {
			return fmt.Errorf("wait for others who add or merge an enterprise: %w", err)
		}
	}
	if name == register.EnterprisesName {
		if err := w.q.ByIndexAlone(ctx); err != nil {
			return fmt.Errorf("look enterprises up by index: %w", err)
		}
	}
	w.trial = !commit
	if err := do(w, tx); err != nil || !commit {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("write the register of %s: %w", name, err)
	}
	return nil
}

// NotKept says which of several records was refused.
type NotKept struct {
	Index int
	error
}

// Unwrap returns why.
func (n *NotKept) Unwrap() error { return n.error }

// named turns what PostgreSQL refuses into a refusal of the field.
func named(err error, r register.Register) error {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Code {
	case "23505":
		return process.RefuseField(r.Known[0], "已经有同名的了，请换一个。", "There is one of this name already; choose another.")
	case "23503", "22P02":
		return process.Refuse(process.InvalidInput, "引用的人员、单位或企业不存在，请重新选择。", "A person, unit or enterprise it refers to is not there; choose again.")
	}
	return err
}
