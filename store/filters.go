package store

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Filter is a saved selection of a list.
type Filter = sqlc.FiltersRow

// With whom a saved selection is shared.
const (
	SharedWithNobody = "own"
	SharedWithUnit   = "unit"  // the staff of its owner's unit
	SharedWithStaff  = "staff" // all staff of the zone
)

// SharedWith lists with whom the actor may share a saved selection: enterprises and departments keep theirs to themselves.
func SharedWith(actor process.Actor) []string {
	switch {
	case !actor.OfStaff():
		return []string{SharedWithNobody}
	case actor.UnitID == "":
		return []string{SharedWithNobody, SharedWithStaff}
	}
	return []string{SharedWithNobody, SharedWithUnit, SharedWithStaff}
}

// Filters returns the actor's saved selections of a list and, for staff, those that colleagues share with them.
func (s *Store) Filters(ctx context.Context, actor process.Actor, list string) ([]Filter, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := s.queries.Filters(ctx, sqlc.FiltersParams{UserID: actor.ID, ParkID: park.ID, List: list, Staff: actor.OfStaff(), UnitID: given(actor.UnitID)})
	for i := range kept { // some were kept with a place
		kept[i].Query = Selection(kept[i].Query)
	}
	return kept, err
}

// Selection is the query of a list's address without the place in the list: a selection begins at its first page.
func Selection(query string) string {
	values, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return ""
	}
	for name, all := range values {
		all = slices.DeleteFunc(all, func(v string) bool { return v == "" })
		if slices.Contains([]string{"cursor", "after", "before", "page", "size", "print", "format", "draft", "shown", "_find"}, name) || strings.HasSuffix(name, "_words") || len(all) == 0 {
			delete(values, name)
			continue
		}
		values[name] = all
	}
	return values.Encode()
}

// SaveFilter keeps a selection of a list, without the place in it, under a name; the same name again changes it. It refuses to share it further than the
// actor may, and what the list does not know: a name it does not have, a value that cannot be, days that end before they begin.
func (s *Store) SaveFilter(ctx context.Context, actor process.Actor, list, name, query, with string) error {
	park, err := s.Park(ctx)
	if err != nil {
		return err
	}
	name, err = process.Required("name", name, 40)
	if err != nil {
		return err
	}
	if query, err = process.Optional("query", query, 2000); err != nil {
		return err
	}
	kind, ok := kinds.At(list)
	if !ok {
		return process.RefuseField("list", "没有这个列表。", "There is no such list.")
	}
	asked, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return process.RefuseField("query", "筛选的内容读不出来，请回到列表重新筛选。", "The selection cannot be read; go back to the list and choose again.")
	}
	known, faults, err := s.Understood(ctx, actor, kind, asked)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return &Unknown{Faults: faults}
	}
	query = known.Encode()
	if with == "" {
		with = SharedWithNobody
	}
	if !slices.Contains(SharedWith(actor), with) {
		return process.Refuse(process.NotAllowed, "只有园区工作人员可以共享筛选，共享范围为本科室或全体工作人员。", "Only the zone's staff share a selection, with their own section or with all staff.")
	}
	return s.queries.SaveFilter(ctx, sqlc.SaveFilterParams{ID: uuid.NewString(), ParkID: park.ID, UserID: actor.ID, Name: name, List: list, Query: query, SharedWith: with})
}

// Unknown is a selection that its list does not know all of, with what it does not know, as the address names it.
type Unknown struct{ Faults []process.Field }

// Refusal is the refusal of the selection: every fault stands at the field in which the selection came, in the words that name gives the name of a condition.
func (u *Unknown) Refusal(name func(string) (chinese, english string)) *process.Refusal {
	refusal := process.Refuse(process.InvalidInput, "筛选里有这个列表不认识的内容，没有保存。", "The list does not know all of the selection: it was not kept.")
	for _, fault := range u.Faults {
		chinese, english := name(fault.Name)
		refusal = refusal.With(process.Field{Name: "query", Chinese: chinese + "：" + fault.Chinese, English: english + ": " + fault.English})
	}
	return refusal
}

// Error names the first of what is not known.
func (u *Unknown) Error() string { return u.Unwrap().Error() }

// Unwrap is the refusal in the names that the address has.
func (u *Unknown) Unwrap() error {
	return u.Refusal(func(name string) (chinese, english string) { return name, name })
}

// DropFilter forgets a selection: of the person's own, or one that is shared by somebody of the unit whose head they are.
func (s *Store) DropFilter(ctx context.Context, userID, id string) error {
	if len(onlyUUIDs([]string{id})) == 0 {
		return notFound()
	}
	n, err := s.queries.DropFilter(ctx, id, userID)
	return oneRow(n, err, "forget the filter")
}
