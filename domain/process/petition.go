package process

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Petition is a case in which somebody asks and somebody else decides: for more time, for a waiver, for a change of what is sealed. A kind of petition embeds it and
// says what is asked for.
type Petition struct {
	Plain
	AskedByID   string     `json:"by_id"`
	AskedByName string     `json:"by_name"`
	Why         string     `json:"why"`
	ManagerID   string     `json:"manager_id"`
	ManagerName string     `json:"manager_name"` // whoever follows it: at first who asked
	DecidedOn   clock.Date `json:"decided_on"`
	Opinion     string     `json:"opinion"`                // of whoever decided
	AskedForID  string     `json:"asked_for_id,omitempty"` // the enterprise for which somebody of it asks; "": the zone's own people ask
	AskedFor    string     `json:"asked_for_name,omitempty"`
}

// Ask notes who asks and why. They follow it until somebody else does.
func (p *Petition) Ask(id, name, why string) {
	p.AskedByID, p.AskedByName, p.ManagerID, p.ManagerName, p.Why = id, name, id, name, why
}

// AskFor addresses the petition to those to whom the case is addressed, where somebody of one of them asks: each of them sees it and hears the answer, whoever of them
// asked. In the zone it is followed by whoever runs the case.
func (p *Petition) AskFor(parent Parent, a Actor) {
	if !a.Has(Enterprise) {
		return
	}
	p.AskedForID, p.EnterpriseID, p.EnterpriseName, p.Also = a.EnterpriseID, parent.EnterpriseID, parent.EnterpriseName, parent.Also
	if i := slices.IndexFunc(p.Addressees(), func(firm Addressee) bool { return firm.ID == a.EnterpriseID }); i >= 0 {
		p.AskedFor = p.Addressees()[i].Name
	}
	p.ManagerID, p.ManagerName = parent.Responsible()
}

// Readdress addresses what an enterprise asked for to those to whom the case is addressed now, and reports whether that changed. One that is decided is shown to nobody
// new, and to nobody any more to whom the case is addressed no longer.
func (p *Petition) Readdress(parent Parent) bool {
	if p.AskedForID == "" || p.EnterpriseID != parent.EnterpriseID {
		return false
	}
	also := slices.Clone(parent.Also)
	if p.Done {
		also = slices.DeleteFunc(slices.Clone(p.Also), func(a Addressee) bool { return !parent.Addresses(a.ID) })
	}
	if len(also) == 0 {
		also = nil
	}
	changed := !slices.Equal(also, p.Also)
	p.Also = also
	return changed
}

// TellAsked tells whoever follows the petition, and where an enterprise asked all to whom it is addressed, what came of it.
func (p *Petition) TellAsked(kind string) []Notice {
	all := TellTeam(p, kind)
	if p.AskedForID != "" {
		all = append(all, Notice{Kind: kind, ToKind: HeldByEnterprise, ToID: p.EnterpriseID, As: []Function{AsContact}})
	}
	return all
}

// By is who asked, for a reader who may not know of all.
func (p *Petition) By() (id, name *string) { return &p.AskedByID, &p.AskedByName }

// Variant is empty: all petitions of a kind have the same ladder.
func (*Petition) Variant() string { return "" }

// Team is whoever follows the petition.
func (p *Petition) Team() []Post {
	return []Post{{Name: "manager", ID: &p.ManagerID, Person: &p.ManagerName}}
}

// People are whom the ladder can mean.
func (p *Petition) People() People { return People{Holder: p.Holder, ManagerID: p.ManagerID} }

// Own reports whether the actor asked, follows it, or has it in hand.
func (p *Petition) Own(a Actor) bool {
	if a.Has(Enterprise) {
		return p.Addresses(a.EnterpriseID)
	}
	return a.ID != "" && p.asks(a) || p.HeldBy(a)
}

// asks reports whether the actor asked, or follows the petition. What an enterprise asked for only its own people take back.
func (p *Petition) asks(a Actor) bool {
	if p.AskedForID != "" {
		return a.Has(Enterprise) && a.EnterpriseID == p.AskedForID
	}
	return a.ID == p.AskedByID || a.ID == p.ManagerID
}

// Asker says who asked, where that was no deed of the petition itself (Parted): nobody decides what they asked for.
func (p *Petition) Asker(d Duty) []string {
	if d == Asks && p.AskedByID != "" {
		return []string{p.AskedByID}
	}
	return nil
}

// FitsConsent says that to agree is the next step of whoever has an open petition in hand, and of no use to whoever asked.
func (p *Petition) FitsConsent(a Actor) Fit {
	switch {
	case p.Done || a.ID == p.AskedByID:
		return Not
	case p.HeldBy(a):
		return Leads
	}
	return Fits
}

// FitsRefusal says that to refuse lies beside agreeing.
func (p *Petition) FitsRefusal(a Actor) Fit {
	if p.FitsConsent(a) == Not {
		return Not
	}
	return Beside
}

// FitsWithdrawal says that only whoever asked, or follows it, is offered to take it back.
func (p *Petition) FitsWithdrawal(a Actor) Fit { return FitsWhen(!p.Done && p.asks(a)) }

// TakenBack refuses whoever only has the petition in hand, and one without a reason. called is what it is called.
func (p *Petition) TakenBack(called, reason string, call Call) (string, error) {
	if err := UnderWay(&p.Case); err != nil {
		return "", err
	}
	if call.Actor.Type == Person && !p.asks(call.Actor) {
		return "", Refuse(NotAllowed, "只有申请人可以撤回"+called+"。", "Only whoever asked takes the request back.")
	}
	return Required("reason", reason, TextLimit)
}

// End closes the petition; what was decided is judged, the rest is not.
func (p *Petition) End(state string, decided bool, call Call, cal clock.Calendar) {
	if decided {
		p.Judge(call, cal)
	} else {
		p.Supersede(call)
	}
	p.State = state
	p.Close(call.OccurredAt)
}
