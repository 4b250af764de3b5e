package casework

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/process"
)

// NamePartyVerb is what NameParty does.
const NamePartyVerb process.Verb = "name_party"

// NameParty says by what name a person, a unit or an enterprise goes now, wherever the case names it as it stands: who has it in hand, to whom it goes back,
// who answers for it, which enterprise it is about; an open case wherever a name stands beside an id. Closed cases follow in the former. Events, and what is sealed,
// keep the name of their time.
type NameParty struct {
	PartyID string `json:"party_id" doc:"Whose name changed."`
	Reason  string `json:"reason" minLength:"1" maxLength:"4000" doc:"Why."`
}

// About says that it comes with a change in a register, on all cases that name the party. Nobody's form is out of date for it.
func (NameParty) About(of process.Leading) process.About {
	return process.About{Name: of.Kind.Does(NamePartyVerb), Any: process.Of(admin), AddsOnly: true, Readers: process.Offices, By: process.ByBatch}
}

// Mentions returns the party.
func (c NameParty) Mentions() []string { return []string{c.PartyID} }

// Act refuses with NothingChanged a case that says so already. Whoever has the case keeps it, since when they had it.
func (c NameParty) Act(on process.Subject, _ process.Call, env process.Env) (process.Deed, error) {
	reason, err := process.Required("reason", c.Reason, process.TextLimit)
	if err != nil {
		return process.Deed{}, err
	}
	party, known := env.Directory[c.PartyID] // also somebody whose account has ended: closed cases name them still
	if !known {
		return process.Deed{}, process.RefuseField("party_id", "没有找到这个人员或单位。", "There is no such person or body.")
	}
	changed, header := false, on.Header()
	say := func(id string, name *string) {
		if id == party.ID && *name != party.Name {
			*name, changed = party.Name, true
		}
	}
	say(header.EnterpriseID, &header.EnterpriseName)
	header.Also = slices.Clone(header.Also)
	for i := range header.Also {
		say(header.Also[i].ID, &header.Also[i].Name)
	}
	for _, holder := range []**process.Holder{&header.Holder, &header.DelegatedBy} {
		if *holder != nil {
			renamed := **holder // what stood before the deed may share it
			say(renamed.ID, &renamed.Name)
			*holder = &renamed
		}
	}
	for _, post := range on.Team() {
		say(*post.ID, post.Person)
	}
	if !header.Done {
		changed = process.Rename(on, party.ID, party.Name) || changed
	}
	if !changed {
		return process.Deed{}, process.Unmoved()
	}
	return process.Deed{Reason: reason}, nil
}
