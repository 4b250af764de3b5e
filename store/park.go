package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/accounts"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The zone and what belongs to it.
type (
	// Park is the zone.
	Park = sqlc.ParkRow
	// Unit is a section of the zone or a department of the county.
	Unit = sqlc.UnitsRow
	// Enterprise is an enterprise with its aliases.
	Enterprise = sqlc.EnterprisesRow
	// Campaign is a campaign of inspections.
	Campaign = sqlc.CampaignsRow
	// Colleague is an active member of staff.
	Colleague = sqlc.StaffRow
	// Hit is one found case.
	Hit = sqlc.SearchRow
)

// ErrNoPark means that the zone has not been set up: run `parkway seed`, or `parkway setup` for a real zone.
var ErrNoPark = errors.New("the zone has not been set up yet")

// ErrTwoZones means that the database holds several zones, so that serving one of them would be a guess.
var ErrTwoZones = errors.New("the database holds more than one zone, and Parkway does not guess which one is meant")

// ErrOtherZone means that a zone was to be set up beside another one.
var ErrOtherZone = errors.New("a database holds one zone, and this one holds another already")

// Accounts returns the queries on accounts, for package auth.
func (s *Store) Accounts() *accounts.Queries { return accounts.New(s.door) }

// Park returns the zone this database serves, ErrNoPark, or an ErrTwoZones that names them.
func (s *Store) Park(ctx context.Context) (Park, error) {
	return holding(ctx, s, heldPark, func(ctx context.Context) (Park, error) {
		park, err := s.queries.Park(ctx)
		if errors.Is(err, pgx.ErrNoRows) {
			return park, s.noZone(ctx)
		}
		if err != nil {
			return park, fmt.Errorf("read the zone: %w", err)
		}
		return park, nil
	})
}

// heldPark is the key of the zone: its names can change.
const heldPark = "park"

// noZone says why there is no zone to serve.
func (s *Store) noZone(ctx context.Context) error {
	names, err := s.queries.ZoneNames(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("read the zones: %w", err)
	case len(names) < 2:
		return ErrNoPark
	}
	return fmt.Errorf("%w: %s. Restore the backup from before the second one was added, or set PARKWAY_DATABASE_URL to a database that holds one zone", ErrTwoZones, strings.Join(names, ", "))
}

// AddPark sets a zone up. Repeating it changes nothing; beside another zone it is refused with ErrOtherZone.
func (s *Store) AddPark(ctx context.Context, p Park) error {
	err := s.queries.AddPark(ctx, sqlc.AddParkParams(p))
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.ConstraintName == "parks_one" {
		return fmt.Errorf("set up the zone %s: %w (%s)", p.Name, ErrOtherZone, refused.Message)
	}
	if err != nil {
		return fmt.Errorf("set up the zone %s: %w", p.Name, err)
	}
	return nil
}

// Publish makes a version of a definition known. A version that was published before must be the same, else it is refused.
func (s *Store) Publish(ctx context.Context, kind process.Kind, version int, d any) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write definition %s v%d: %w", kind, version, err)
	}
	digest := sha256.Sum256(body)
	sum := hex.EncodeToString(digest[:])
	if err := s.queries.PublishDefinition(ctx, sqlc.PublishDefinitionParams{ParkID: park.ID, Kind: string(kind), Version: int32(version), Body: body, Sha256: sum}); err != nil {
		return fmt.Errorf("publish definition %s v%d: %w", kind, version, err)
	}
	kept, err := s.queries.DefinitionHash(ctx, park.ID, string(kind), int32(version))
	if err != nil {
		return fmt.Errorf("read definition %s v%d: %w", kind, version, err)
	}
	if kept != sum {
		return fmt.Errorf("definition %s v%d was published with other content; a published version is never edited, write version %d", kind, version, version+1)
	}
	s.forget(heldCatalogue(park.ID))
	return nil
}

// AddUnit adds a section of the zone or a department of the county.
func (s *Store) AddUnit(ctx context.Context, parkID string, u Unit) error {
	return s.queries.AddUnit(ctx, sqlc.AddUnitParams{ID: u.ID, ParkID: parkID, Name: u.Name, Kind: u.Kind})
}

// Units returns the sections and departments.
func (s *Store) Units(ctx context.Context) ([]Unit, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.Units(ctx, park.ID)
}

// Enterprises returns a page of enterprises by short name, those that answer the words by a name, an alias, pinyin initials or credit code, and where
// the next page begins. An enterprise's contact sees only its own.
func (s *Store) Enterprises(ctx context.Context, actor process.Actor, text string, after Cursor, size int) ([]Enterprise, Cursor, error) {
	list := listed("enterprises", text)
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	name, id, err := place.readName()
	if err != nil {
		return nil, "", err
	}
	words, err := typed(text)
	if err != nil {
		return nil, "", err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.queries.Enterprises(ctx, sqlc.EnterprisesParams{ParkID: park.ID, One: ownEnterprise(actor), Words: given(words), AfterName: name, AfterID: id, Size: int32(size) + 1})
	if err != nil {
		return nil, "", fmt.Errorf("list enterprises: %w", err)
	}
	rows, next := page(rows, size, func(e Enterprise) (string, string) { return e.ShortName, e.ID })
	return rows, next.of(list), nil
}

// Enterprise returns one enterprise, or a refusal with NotFound when the actor may not see it.
func (s *Store) Enterprise(ctx context.Context, actor process.Actor, id string) (Enterprise, error) {
	own := ownEnterprise(actor)
	id, ok := value.ID(id)
	if !ok || (own != nil && *own != id) {
		return Enterprise{}, notFound()
	}
	park, err := s.Park(ctx)
	if err != nil {
		return Enterprise{}, err
	}
	rows, err := s.queries.Enterprises(ctx, sqlc.EnterprisesParams{ParkID: park.ID, One: &id, AfterID: firstID, Size: 1})
	if err != nil {
		return Enterprise{}, fmt.Errorf("read enterprise %s: %w", id, err)
	}
	if len(rows) == 0 {
		return Enterprise{}, notFound()
	}
	return rows[0], nil
}

// AddCampaign adds a campaign of inspections.
func (s *Store) AddCampaign(ctx context.Context, parkID string, c Campaign) error {
	return s.queries.AddCampaign(ctx, sqlc.AddCampaignParams{ID: c.ID, ParkID: parkID, Name: c.Name, StartedOn: c.StartedOn, EndedOn: c.EndedOn})
}

// AddChecklist adds a checklist of inspections.
func (s *Store) AddChecklist(ctx context.Context, parkID string, c process.Checklist) error {
	return s.queries.AddChecklist(ctx, sqlc.AddChecklistParams{ID: c.ID, ParkID: parkID, Name: c.Name, Basic: c.Basic, Site: c.Site, Serious: c.Serious})
}

// Tenancy is an enterprise that sits on the site of another one.
type Tenancy = sqlc.AddTenancyParams

// AddTenancy adds one.
func (s *Store) AddTenancy(ctx context.Context, parkID string, t Tenancy) error {
	t.ParkID = parkID
	return s.queries.AddTenancy(ctx, t)
}

// Campaigns returns the campaigns, the latest first, with how many hazards each found: who is not of the zone's staff knows only those in which something in their
// sight was found.
func (s *Store) Campaigns(ctx context.Context, actor process.Actor) ([]Campaign, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.Campaigns(ctx, viewers(actor), park.ID)
}

// Staff returns everybody active who is not of an enterprise.
func (s *Store) Staff(ctx context.Context) ([]Colleague, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	return s.queries.Staff(ctx, park.ID)
}
