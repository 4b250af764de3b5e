package store

import "github.com/parkway-zone/parkway/domain/process"

// viewer returns the two filters by which an actor sees only what is its business: an enterprise's contact its own enterprise's cases, a
// department's officer the cases that were handed to the department. Everybody else sees the whole zone.
func viewer(actor process.Actor) (enterprise, unit *string) {
	switch {
	case actor.Type != process.Person:
		return nil, nil
	case actor.Has(process.Enterprise):
		return &actor.EnterpriseID, nil
	case len(actor.Roles) == 1 && actor.Has(process.Department):
		return nil, &actor.UnitID
	}
	return nil, nil
}

// given returns nil for an empty filter.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func givenYear(year int) *int32 {
	if year == 0 {
		return nil
	}
	y := int32(year)
	return &y
}
