package access

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
)

// Sight is the one description of who may know of a case: its enterprise, and every person and body that was ever handed it or told of it; beside
// them the zone's own staff and the machinery, who see every case. Parties says who is put in sight by a deed, SightOf by which ids somebody sees,
// MayBeTold who can be told at all. The database keeps what Parties says in the table sight, written by triggers; a test holds the two against each
// other over random lives of cases (TestSightIsWhatTheRuleSays).
type Sight struct {
	Every bool     // sees every case
	As    []string // else those that are in sight for one of these ids
}

// SightOf returns what an actor may know of. An enterprise's people see by their enterprise alone, whatever they were told themselves; a
// department's officers see by themselves and by their department; whoever has no role sees what they themselves were handed or told.
func SightOf(actor process.Actor) Sight {
	switch {
	case actor.Type != process.Person || Staffs(actor):
		return Sight{Every: true}
	case actor.Has(process.Enterprise):
		return Sight{As: given(actor.EnterpriseID)}
	}
	return Sight{As: given(actor.ID, actor.UnitID)}
}

// Parties are the ids for which a case is in sight after a deed, beside those it was in sight for before; sight is taken away only from an enterprise that the case is addressed to no more (lose_sight, decisions/0090). A case of a
// private kind is not in sight for the enterprises it is addressed to.
func Parties(after process.Case, told []process.Told) []string {
	ids := slices.Clone(after.UnitIDs)
	if kind, _ := kinds.Of(after.Kind); !kind.Private {
		ids = append(ids, after.Firms()...)
	}
	if after.Holder != nil {
		ids = append(ids, after.Holder.ID)
	}
	for _, t := range told {
		ids = append(ids, t.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Sees reports whether a case that is in sight for the parties may be known.
func (s Sight) Sees(parties []string) bool {
	return s.Every || slices.ContainsFunc(s.As, func(id string) bool { return slices.Contains(parties, id) })
}

// MayBeTold reports whether a person of the enterprise ("" for everybody who is of none) may be told of a case that is addressed to the firms: nobody is told
// of another enterprise's case.
func MayBeTold(enterpriseID string, firms []string) bool {
	return enterpriseID == "" || slices.Contains(firms, enterpriseID)
}

func given(ids ...string) []string {
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}
