package store

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

const (
	// foundAtMost is how many of the cases that fit are compared for the best match.
	foundAtMost = 600
	// foundThrough is through how many enterprises, and how many people, that answer the words cases are found, and how many of each.
	foundThrough, foundOfEach = 20, 100
	// firmsAtMost is how many enterprises that fit are compared.
	firmsAtMost = 300
	// everybodyMeant are all people of any zone who can have one name.
	everybodyMeant = 1000
)

// Finding is what was found by what somebody typed.
type Finding struct {
	Enterprises []FoundEnterprise
	Cases       []Hit
}

// Search finds enterprises, and cases by their number, the numbers of their letters, their title, its pinyin initials, former titles, their enterprise
// (by any of its names) and, for whom people have names, the people who manage them or have them in hand. Every word has to be found. The best match
// comes first, and a number that was typed in full on top; among equals the open ones that are due first. At most size cases and a few enterprises.
func (s *Store) Search(ctx context.Context, actor process.Actor, text string, size int) (Finding, error) {
	wanted, err := needleOf(text)
	if err != nil || wanted == nil {
		return Finding{Cases: []Hit{}}, err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return Finding{}, err
	}
	found := Finding{}
	if found.Enterprises, err = s.findEnterprises(ctx, park.ID, actor, plain(text), firmsAtMost, foundThrough); err != nil {
		return found, err
	}
	p := sqlc.SearchParams{ParkID: park.ID, Whole: wanted.whole, WholeEnd: wanted.whole + string(utf8.MaxRune), Keys: wanted.keys, Patterns: wanted.patterns,
		Viewers: viewers(actor), Most: foundAtMost, Reach: foundOfEach, Size: int32(size)}
	wide, err := s.wide(ctx, p.Viewers)
	if err != nil {
		return found, err
	}
	p.Narrow = p.Viewers != nil && !wide
	for _, e := range found.Enterprises {
		p.Firms = append(p.Firms, e.ID)
	}
	if p.AlsoMeant, err = s.alsoAddressed(ctx, p.Firms); err != nil {
		return found, err
	}
	if p.People, err = s.peopleMeant(ctx, park.ID, actor, text, foundThrough); err != nil {
		return found, err
	}
	if found.Cases, err = s.queries.Search(ctx, p); err != nil {
		return found, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// meant puts into a list what its words mean, so that it finds what Search finds: the labels that say every word, and the cases of the enterprises
// and people whom the words name. A list leaves out nothing that fits, where the search stops at what one can read.
func (s *Store) meant(ctx context.Context, p *sqlc.ListParams, actor process.Actor, text string) error {
	wanted, err := needleOf(text)
	if err != nil || wanted == nil {
		return err
	}
	p.Keys, p.Patterns = wanted.keys, wanted.patterns
	if p.Firms, err = s.queries.EnterprisesMeant(ctx, p.ParkID, ownEnterprise(actor), plain(text)); err != nil {
		return fmt.Errorf("find whose cases are meant: %w", err)
	}
	if p.AlsoMeant, err = s.alsoAddressed(ctx, p.Firms); err != nil {
		return err
	}
	p.People, err = s.peopleMeant(ctx, p.ParkID, actor, text, everybodyMeant)
	return err
}

// peopleMeant are the people whom what was typed names. An enterprise reads functions instead of names, and finds by none.
func (s *Store) peopleMeant(ctx context.Context, parkID string, actor process.Actor, text string, most int32) ([]string, error) {
	if actor.EnterpriseID != "" {
		return nil, nil
	}
	people, err := s.queries.PeopleMeant(ctx, parkID, plain(text), most)
	if err != nil {
		return nil, fmt.Errorf("find whose cases are meant: %w", err)
	}
	return people, nil
}
