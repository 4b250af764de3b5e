package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// HeldCase is an open case in which somebody has a place.
type HeldCase = sqlc.HeldByRow

// Held is everything that somebody leaves behind.
type Held struct {
	Cases       []HeldCase
	Units       int // headed, or as deputy
	Enterprises int // looked after as liaison officer
	Templates   int // of inspections, that name them
	Absences    int // of others, in which they stand in
}

// Empty reports whether nothing is left behind.
func (h Held) Empty() bool { return len(h.Cases)+h.Units+h.Enterprises+h.Templates+h.Absences == 0 }

// HeldBy returns everything that somebody holds at an instant.
func (s *Store) HeldBy(ctx context.Context, userID string, at time.Time) (Held, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return Held{}, err
	}
	h := Held{}
	if h.Cases, err = s.queries.HeldBy(ctx, userID, park.ID); err != nil {
		return h, fmt.Errorf("read what %s holds: %w", userID, err)
	}
	places, err := s.queries.PlacesOf(ctx, park.ID, userID, clock.DateOf(at))
	if err != nil {
		return h, fmt.Errorf("read which places %s has: %w", userID, err)
	}
	h.Units, h.Enterprises, h.Templates, h.Absences = int(places.Units), int(places.Enterprises), int(places.Templates), int(places.Absences)
	return h, nil
}

// PassPlaces gives the places of somebody who leaves to a successor, or with "" to nobody: the units they head, the enterprises they look after,
// the templates of inspections that name them (to nobody where the successor is no inspector), and whom they stand in for. An absence whose deputy the successor may not be stays as it is, without anybody to stand in: that of the successor, or
// of somebody of another body. Each is on record as a change of its register.
func (s *Store) PassPlaces(ctx context.Context, by process.Actor, userID, successorID, reason string, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	inspector := ""
	switch may, err := s.queries.MayInspect(ctx, successorID); {
	case err != nil:
		return fmt.Errorf("look whether %s inspects: %w", successorID, err)
	case may:
		inspector = successorID
	}
	for _, place := range []struct {
		name   register.Name
		fields []string
		to     string
		of     func(context.Context, string, string) ([]string, error)
	}{
		{register.UnitsName, []string{"head_id", "deputy_id"}, successorID, s.queries.HeadedBy},
		{register.EnterprisesName, []string{"liaison_id"}, successorID, s.queries.LiaisonOf},
		{register.VisitPlansName, []string{"first_id", "second_id"}, inspector, s.queries.InspectedBy},
	} {
		ids, err := place.of(ctx, park.ID, userID)
		if err != nil {
			return fmt.Errorf("read which %s %s has: %w", place.name, userID, err)
		}
		wanted := []Keeping{}
		for _, id := range ids {
			doc, err := s.replaced(ctx, place.name, id, place.fields, userID, place.to)
			if err != nil {
				return err
			}
			wanted = append(wanted, Keeping{ID: id, Record: doc, Note: reason})
		}
		if _, err := s.Keep(ctx, by, place.name, wanted, at); err != nil {
			return err
		}
	}
	return s.passDeputies(ctx, by, userID, successorID, reason, at)
}

func (s *Store) passDeputies(ctx context.Context, by process.Actor, userID, successorID, reason string, at time.Time) error {
	passed, err := s.queries.PassDeputies(ctx, given(successorID), userID, clock.DateOf(at))
	if err != nil || len(passed) == 0 {
		return wrapped(err, "pass on whom %s stands in for", userID)
	}
	names, err := s.Titles(ctx, register.PeopleName)
	if err != nil {
		return err
	}
	for i, absent := range passed {
		change := Changed{Field: "deputy_id", Old: names[userID], New: names[absent.DeputyID]}
		when := at.Add(time.Duration(i) * time.Microsecond) // each deed has an instant of its own
		if err := s.Note(ctx, by, register.PeopleName, absent.UserID, names[absent.UserID], "changed", reason, []Changed{change}, when); err != nil {
			return err
		}
	}
	return nil
}

// MaySucceed refuses a successor who cannot take the place of somebody who leaves: one who has left, or is of another kind of body: staff follow
// staff, and an enterprise's contact one of the same enterprise. Nobody ("") is no fault here.
func (s *Store) MaySucceed(ctx context.Context, userID, successorID string) error {
	leaver, err := s.queries.EnterpriseOf(ctx, userID)
	if err != nil {
		return fmt.Errorf("look for %s: %w", userID, err)
	}
	if successorID == "" {
		return nil
	}
	if leaver.EnterpriseID == "" {
		return s.isStaff(ctx, "successor_id", successorID)
	}
	var heir sqlc.EnterpriseOfRow
	if isID(successorID) == nil {
		heir, err = s.queries.EnterpriseOf(ctx, successorID)
	}
	if orNone(err) != nil {
		return fmt.Errorf("look for %s: %w", successorID, err)
	}
	if heir.Ended || heir.EnterpriseID != leaver.EnterpriseID {
		return process.RefuseField("successor_id", "请选择同一家企业的联系人。", "Choose a contact of the same enterprise.")
	}
	return nil
}

func wrapped(err error, doing string, about ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(doing+": %w", append(about, err)...)
}

// replaced is a record with another person in some of its fields. Nobody is head and deputy at once, or two inspectors.
func (s *Store) replaced(ctx context.Context, name register.Name, id string, fields []string, from, to string) (json.RawMessage, error) {
	record, err := s.Record(ctx, name, id)
	if err != nil {
		return nil, err
	}
	doc := map[string]any{}
	if err := json.Unmarshal(record.Doc, &doc); err != nil {
		return nil, fmt.Errorf("understand a record of %s: %w", name, err)
	}
	for _, field := range fields {
		if doc[field] == from {
			doc[field] = to
		}
	}
	for _, pair := range [][2]string{{"head_id", "deputy_id"}, {"first_id", "second_id"}} {
		if doc[pair[0]] == to && doc[pair[1]] == to && to != "" {
			doc[pair[1]] = ""
		}
	}
	return json.Marshal(doc)
}

// MergedInto returns the enterprise that an enterprise was merged into, or "".
func (s *Store) MergedInto(ctx context.Context, enterpriseID string) (string, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return "", err
	}
	into, err := s.queries.MergedInto(ctx, park.ID, enterpriseID)
	if orNone(err) != nil {
		return "", fmt.Errorf("read what enterprise %s was merged into: %w", enterpriseID, err)
	}
	return into, nil
}

// CasesOf returns the cases of an enterprise, and of those merged into it, that do not name the other one by its present name.
func (s *Store) CasesOf(ctx context.Context, enterpriseID, intoID, name string) ([]sqlc.CasesOfEnterpriseRow, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.CasesOfEnterprise(ctx, sqlc.CasesOfEnterpriseParams{ParkID: park.ID, EnterpriseID: enterpriseID, IntoID: intoID, Name: name})
	if err != nil {
		return nil, fmt.Errorf("read the cases of enterprise %s: %w", enterpriseID, err)
	}
	return rows, nil
}

// Merge moves the contacts, buildings and names of an enterprise to another one and takes it off the lists. Once it
// returns no case comes to the enterprise that went: those that came until then are CasesOf, to be moved by the caller. Merging into one that has
// itself been merged is refused.
func (s *Store) Merge(ctx context.Context, by process.Actor, from, into register.Enterprise, fromID, intoID, reason string, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin to merge %s: %w", from.Name, err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after the commit there is nothing to take back
	if err := s.merge(ctx, tx, park.ID, from, fromID, intoID); err != nil {
		return fmt.Errorf("merge %s into %s: %w", from.Name, into.Name, err)
	}
	q := s.queries.WithTx(tx)
	for _, deed := range []struct{ id, title, old, new string }{{fromID, from.ShortName, from.ShortName, into.ShortName}, {intoID, into.ShortName, from.ShortName, into.ShortName}} {
		list, err := json.Marshal([]Changed{{Field: "merged_into", Old: deed.old, New: deed.new}})
		if err != nil {
			return err
		}
		if err := q.AddRegisterEvent(ctx, sqlc.AddRegisterEventParams{ParkID: park.ID, At: at, ActorID: by.ID, ActorName: by.Name, Register: string(register.EnterprisesName),
			RecordID: deed.id, Title: deed.title, Deed: "merged", Changes: list, Note: reason}); err != nil {
			return fmt.Errorf("record the merging of %s: %w", from.Name, err)
		}
	}
	return tx.Commit(ctx)
}

func (s *Store) merge(ctx context.Context, tx pgx.Tx, park string, from register.Enterprise, fromID, intoID string) error {
	q := s.queries.WithTx(tx)
	if err := q.LockEnterprises(ctx); err != nil {
		return err
	}
	if err := q.HoldEnterprises(ctx); err != nil {
		return err
	}
	n, err := q.MergeEnterprise(ctx, intoID, park, fromID)
	if err != nil {
		return err
	}
	if n == 0 {
		return noRecord()
	}
	if err := q.MoveContacts(ctx, intoID, park, fromID); err != nil {
		return err
	}
	if err := q.MoveBuildings(ctx, intoID, park, fromID); err != nil {
		return err
	}
	if err := q.MoveNames(ctx, intoID, fromID); err != nil {
		return err
	}
	return q.InheritCode(ctx, from.CreditCode, park, intoID)
}
