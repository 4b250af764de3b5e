package process

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/clock"
)

// Visited is an enterprise as it is now, and when it was visited and is to be visited.
type Visited struct {
	Party         // that it is now: one that was merged is the one that it became
	Status string // what is known of it: "" it works
	Visits []Visit
}

// Visit is an inspection of an enterprise, planned or made, as far as planning the next one asks.
type Visit struct {
	CaseID  string
	Number  string
	On      clock.Date
	For     string // the campaign, or what sort of inspection
	Sort    string // that sort by its id, where For names it
	Outcome string // of one that found nobody
	Done    bool
	By      string // who answers for it, and of which section; of a visit by another body that body, which has no case here
	PlanID  string // the template that it follows from
}

// Called is the number of the inspection, or whose visit it was where it is no case of ours.
func (v Visit) Called() string {
	if v.Number == "" {
		return v.By
	}
	return v.Number
}

// VisitPlan is a template of recurring inspections, as far as one that follows from it asks.
type VisitPlan struct {
	ID          string
	Name        string
	EveryMonths int
	From        clock.Date // when the first is due
	Covers      bool       // it means the enterprise that is to be visited
}

// Known is what is known of an enterprise from a deed on: the register of enterprises says it in the deed's own transaction, with the deed's actor.
type Known struct {
	EnterpriseID string
	Status       string
	Note         string // beside the change, in the record of deeds
}

// Checklist is a published version of a checklist, line by line.
type Checklist struct {
	ID      string
	Name    string
	Version int
	Basic   []string
	Site    []string
	Serious []string
}

// Tenancy is an enterprise that sits on the site of another one.
type Tenancy struct {
	ID       string
	Name     string
	Place    string
	Landlord bool // the other way round: it is the one whose site it is
}

// Standing is what it is on the site.
func (t Tenancy) Standing() Text {
	chinese, english := "承租", "tenant"
	if t.Landlord {
		chinese, english = "出租", "landlord"
	}
	if t.Place != "" {
		chinese, english = chinese+" "+t.Place, english+", "+t.Place
	}
	return Text{Chinese: chinese, English: english}
}

// Said is the enterprise with what it is on the site.
func (t Tenancy) Said() Text {
	stands := t.Standing()
	return Text{Chinese: t.Name + "（" + stands.Chinese + "）", English: t.Name + " (" + stands.English + ")"}
}

// Inspectors returns who inspects: the actor, when it is a person, and the others named. An inspection needs as many different people of the zone's staff as are
// needed (安全生产法 art. 68: two sign), and nobody of an enterprise; auditors look on.
func (d Directory) Inspectors(ids []string, call Call, needed int) ([]Party, error) {
	found, faults := []Party{}, Faults{}
	add := func(id, field string) {
		for _, p := range found {
			if p.ID == id {
				return
			}
		}
		if id == "" {
			return
		}
		party, err := d.Find(HeldByPerson, id)
		switch {
		case err != nil:
			faults.Note(Pointing(err, field))
		case party.Has(Enterprise) || party.Has(Auditor) || party.EnterpriseID != "":
			faults.Note(RefuseField(field, party.Name+"不是园区工作人员，不能作检查人员。", "Inspectors must be staff of the zone, which "+party.Name+" is not."))
		default:
			found = append(found, party)
		}
	}
	if call.Actor.Type == Person {
		add(call.Actor.ID, "inspector_ids")
	}
	for i, id := range ids {
		add(id, ElementAt("inspector_ids", i))
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if len(found) < needed {
		return nil, Refuse(SamePerson, "检查和复查须有两名不同的检查人员。", "An inspection needs two different inspectors.").At("inspector_ids")
	}
	return found, nil
}

// Statuses are what is known of an enterprise that does not work as usual, in their order. An enterprise of which nobody said anything works.
func Statuses() []string {
	return []string{"half_stopped", "stopped", "renovating", "vacant", "sealed", "moved", "closed", "demolished"}
}

// KnownStatus reports whether an enterprise can have the status; "" is that it works.
func KnownStatus(status string) bool { return status == "" || slices.Contains(Statuses(), status) }

// Gone reports whether nobody is met any more at an enterprise with the status.
func Gone(status string) bool {
	return slices.Contains([]string{"vacant", "sealed", "moved", "closed", "demolished"}, status)
}
