package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// What was found by what somebody typed.
type (
	// FoundEnterprise is an enterprise; Alias is the other name it was found by, if it was.
	FoundEnterprise = sqlc.FindEnterprisesRow
	// FoundPerson is somebody who can be chosen.
	FoundPerson = sqlc.FindPeopleRow
	// FoundUnit is a section or department that can be chosen.
	FoundUnit = sqlc.FindUnitsRow
	// NamedPerson is how somebody who was chosen is shown.
	NamedPerson = sqlc.PersonNamedRow
)

// mostTyped is how many characters of what somebody types are looked for.
const mostTyped = 100

// plain gives a name the form in which names are compared: the same as the SQL function plain.
func plain(words string) string {
	return strings.ToLower(norm.NFKC.String(strings.Join(strings.Fields(words), "")))
}

// typed checks what was typed and gives it the form in which names are compared.
func typed(words string) (string, error) {
	words, err := process.Optional("q", words, mostTyped)
	return plain(words), err
}

// FindEnterprises returns the enterprises in the actor's sight whose name, short name, alias, credit code or pinyin initials answer what was typed,
// the closest first; the first by short name when nothing was typed. An enterprise's contact finds its own only.
func (s *Store) FindEnterprises(ctx context.Context, actor process.Actor, words string, size int) ([]FoundEnterprise, error) {
	wanted, err := typed(words)
	if err != nil {
		return nil, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	if wanted == "" {
		rows, err := s.queries.FirstEnterprises(ctx, park.ID, ownEnterprise(actor), int32(size))
		if err != nil {
			return nil, fmt.Errorf("list the first enterprises: %w", err)
		}
		found := make([]FoundEnterprise, 0, len(rows))
		for _, r := range rows {
			found = append(found, FoundEnterprise(r))
		}
		return found, nil
	}
	return s.findEnterprises(ctx, park.ID, actor, wanted, comparedWhileTyping, size)
}

// comparedWhileTyping is how many enterprises that fit are compared when one of them is to be chosen: all of any zone.
const comparedWhileTyping = 10_000

func (s *Store) findEnterprises(ctx context.Context, parkID string, actor process.Actor, wanted string, most, size int) ([]FoundEnterprise, error) {
	found, err := s.queries.FindEnterprises(ctx, sqlc.FindEnterprisesParams{ParkID: parkID, Wanted: wanted, Own: ownEnterprise(actor), Most: int32(most), Size: int32(size)})
	if err != nil {
		return nil, fmt.Errorf("find enterprises: %w", err)
	}
	return found, nil
}

// FindPeople returns the people of a circle, apart from those barred, whose name, account or pinyin initials answer what was typed, the closest
// first; all by name when nothing was typed. It refuses an actor who has no form that offers the circle.
func (s *Store) FindPeople(ctx context.Context, actor process.Actor, circle choice.Circle, words string, barred []string, size int) ([]FoundPerson, error) {
	if !circle.Finds(actor) {
		return nil, process.Refuse(process.NotAllowed, "这里没有你可以选择的人员。", "There is nobody here for you to choose.")
	}
	wanted, err := typed(words)
	if err != nil {
		return nil, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	if circle == choice.Deputies {
		return s.findDeputies(ctx, park.ID, actor.ID, wanted, size)
	}
	p := sqlc.FindPeopleParams{ParkID: park.ID, Wanted: wanted, Barred: onlyUUIDs(barred), Size: int32(size)}
	for _, role := range circle.Roles() {
		p.Roles = append(p.Roles, string(role))
	}
	found, err := s.queries.FindPeople(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("find people: %w", err)
	}
	return found, nil
}

func (s *Store) findDeputies(ctx context.Context, parkID, userID, wanted string, size int) ([]FoundPerson, error) {
	rows, err := s.queries.FindDeputies(ctx, sqlc.FindDeputiesParams{ParkID: parkID, UserID: userID, Wanted: wanted, Size: int32(size)})
	if err != nil {
		return nil, fmt.Errorf("find deputies: %w", err)
	}
	found := make([]FoundPerson, 0, len(rows))
	for _, r := range rows {
		found = append(found, FoundPerson(r))
	}
	return found, nil
}

// FindUnits returns the sections and departments, apart from those barred, whose name or pinyin initials answer what was typed, for an actor who
// may hand something to one.
func (s *Store) FindUnits(ctx context.Context, actor process.Actor, words string, barred []string, size int) ([]FoundUnit, error) {
	if !choice.Workers.Finds(actor) {
		return nil, process.Refuse(process.NotAllowed, "这里没有你可以选择的单位。", "There is no body here for you to choose.")
	}
	wanted, err := typed(words)
	if err != nil {
		return nil, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	found, err := s.queries.FindUnits(ctx, sqlc.FindUnitsParams{ParkID: park.ID, Barred: onlyUUIDs(barred), Wanted: wanted, Size: int32(size)})
	if err != nil {
		return nil, fmt.Errorf("find units: %w", err)
	}
	return found, nil
}

// PersonNamed returns how somebody is shown whom the actor has chosen, or a refusal with NotFound.
func (s *Store) PersonNamed(ctx context.Context, actor process.Actor, id string) (NamedPerson, error) {
	if len(onlyUUIDs([]string{id})) == 0 || len(onlyUUIDs([]string{actor.ID})) == 0 {
		return NamedPerson{}, notFound()
	}
	park, err := s.Park(ctx)
	if err != nil {
		return NamedPerson{}, err
	}
	person, err := s.queries.PersonNamed(ctx, sqlc.PersonNamedParams{ParkID: park.ID, ID: id, Offices: choice.Workers.Finds(actor), ActorID: actor.ID})
	if errors.Is(err, pgx.ErrNoRows) {
		return person, notFound()
	}
	if err != nil {
		return person, fmt.Errorf("read person %s: %w", id, err)
	}
	return person, nil
}
