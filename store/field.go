package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// ShipLibrary puts the entries that Parkway ships into the zone's hazard library, once: what an administrator changes, withdraws or has under the same name already stays
// as it is. It can be repeated.
func (s *Store) ShipLibrary(ctx context.Context, entries []json.RawMessage, at time.Time) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	if shipped, err := s.Completed(ctx, Stocked); err != nil || shipped {
		return err
	}
	return pgx.BeginFunc(ctx, s.door, func(tx pgx.Tx) error {
		q := s.queries.WithTx(tx)
		if err := q.LockRegister(ctx, string(register.LibraryName)); err != nil {
			return fmt.Errorf("hold the hazard library: %w", err)
		}
		for _, doc := range entries {
			if err := q.ShipFinding(ctx, doc, uuid.NewString(), park.ID); err != nil {
				return fmt.Errorf("ship an entry of the hazard library: %w", err)
			}
		}
		if err := q.CompleteStep(ctx, park.ID, string(Stocked), at); err != nil {
			return fmt.Errorf("record that the hazard library was shipped: %w", err)
		}
		return nil
	})
}

// What somebody needs at hand who records hazards where there is no network.
type (
	// FieldEnterprise is an enterprise that can be chosen; Search is what typing is held against: its names in one form and their pinyin initials.
	FieldEnterprise = sqlc.FieldEnterprisesRow
	// FieldPlace is a building or a tenant's place on an enterprise's site.
	FieldPlace = sqlc.FieldPlacesRow
	// FieldTenancy is a landlord and a tenant of a site.
	FieldTenancy = sqlc.FieldTenanciesRow
	// FieldPerson is somebody who inspects.
	FieldPerson = sqlc.FieldPeopleRow
	// FieldFinding is an entry of the hazard library.
	FieldFinding = sqlc.FieldFindingsRow
	// FieldLevel is a level by the office's own name.
	FieldLevel = sqlc.HazardLevelsRow
	// FieldVisit is an inspection for today, under way, or of the last week.
	FieldVisit = sqlc.FieldVisitsRow
)

// FieldKit is all of it, of one instant.
type FieldKit struct {
	Enterprises []FieldEnterprise
	Places      []FieldPlace
	Tenancies   []FieldTenancy
	People      []FieldPerson
	Library     []FieldFinding
	Visits      []FieldVisit
	Levels      []FieldLevel
	Enforces    bool
}

// stillVisited is for how many days after a visit what was found in it may still be written down in the field.
const stillVisited = 7

// FieldKit returns what the actor, who records hazards, needs at hand on the day.
func (s *Store) FieldKit(ctx context.Context, actor process.Actor, now time.Time) (FieldKit, error) {
	var k FieldKit
	park, err := s.Park(ctx)
	if err != nil {
		return k, err
	}
	day := clock.DateOf(now)
	k.Enforces = park.Authority == "delegated"
	asked := []func() error{
		func() (err error) { k.Enterprises, err = s.queries.FieldEnterprises(ctx, park.ID); return },
		func() (err error) { k.Places, err = s.queries.FieldPlaces(ctx, park.ID, day); return },
		func() (err error) { k.Tenancies, err = s.queries.FieldTenancies(ctx, park.ID, day); return },
		func() (err error) { k.People, err = s.queries.FieldPeople(ctx, park.ID, actor.ID); return },
		func() (err error) { k.Library, err = s.queries.FieldFindings(ctx, park.ID); return },
		func() (err error) {
			k.Visits, err = s.queries.FieldVisits(ctx, sqlc.FieldVisitsParams{ParkID: park.ID, Reader: actor.ID, Since: day.AddDays(-stillVisited).String(), Day: day.String()})
			return
		},
		func() (err error) { k.Levels, err = s.queries.HazardLevels(ctx, park.ID); return },
	}
	for _, ask := range asked {
		if err := ask(); err != nil {
			return k, fmt.Errorf("read what is needed in the field: %w", err)
		}
	}
	return k, nil
}

// FieldPlaces returns the places of one enterprise.
func (s *Store) FieldPlaces(ctx context.Context, enterpriseID string, now time.Time) ([]FieldPlace, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.queries.FieldPlaces(ctx, park.ID, clock.DateOf(now))
	if err != nil {
		return nil, fmt.Errorf("read the places of %s: %w", enterpriseID, err)
	}
	return slices.DeleteFunc(all, func(p FieldPlace) bool { return p.EnterpriseID != enterpriseID }), nil
}

// Address is under which people reach Parkway.
func (s *Store) Address() string { return s.address }
