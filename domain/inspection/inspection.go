// Package inspection is the inspection 检查 of an enterprise: who comes on which day and why, what was looked at by which version of a checklist, what was found,
// and who signed (安全生产法 art. 62, 65, 68; docs/decisions/0074). Each hazard found is a case of its own that belongs to the inspection.
package inspection

import (
	"slices"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/lettering"
	"github.com/parkway-zone/parkway/domain/listing"
	"github.com/parkway-zone/parkway/domain/process"
)

// Kind is the name of the kind.
const Kind process.Kind = "inspection"

// The states of an inspection.
const (
	Planned   = "planned"
	Visiting  = "visiting"  // the inspectors are there
	Inspected = "inspected" // signed, or the refusal to sign is on record; closed
	Missed    = "missed"    // nobody was found; closed with its outcome
	Cancelled = "cancelled" // nobody came; closed
)

// ToVisit is the clock until the day of the visit.
const ToVisit = "visit"

// What becomes of the record at its end: the unit's head on site signs, or refuses to, which is written down (art. 68).
const (
	Signed  = "signed"
	Refused = "refused"
)

// Inspection is one inspection as it stands. Which sort it is stands in its stage. Whom it is for stands in its target: the enterprise reads nothing of it
// before the inspectors are there, and so it becomes the case's enterprise only then.
type Inspection struct {
	process.Plain
	process.Correspondence
	On            clock.Date  `json:"visit_on"` // the day it is planned for
	TargetID      string      `json:"target_id"`
	TargetName    string      `json:"target_name"`
	Place         string      `json:"place"`
	CampaignID    string      `json:"campaign_id"`
	CampaignName  string      `json:"campaign_name"`
	Why           string      `json:"why"` // why the enterprise is visited again so soon
	ManagerID     string      `json:"manager_id"`
	ManagerName   string      `json:"manager_name"`
	Inspectors    []Inspector `json:"inspectors"`
	ListID        string      `json:"list_id"` // the checklist
	ListName      string      `json:"list_name"`
	ListVersion   int         `json:"list_version"`
	Serious       []string    `json:"serious"` // words of it that point to a major hazard
	Items         []Item      `json:"items"`
	HeldOn        clock.Date  `json:"held_on"` // the day of the visit
	From          string      `json:"came_at"` // 09:30
	Until         string      `json:"left_at"`
	CardsShown    bool        `json:"cards_shown"`
	Head          string      `json:"head"` // of the unit, on site
	HeadPost      string      `json:"head_post"`
	HeadPhone     string      `json:"head_phone"`
	Content       string      `json:"content"`  // what was looked at, where no checklist says it
	Handling      string      `json:"handling"` // what was ordered
	Signature     string      `json:"signature"`
	Refusal       string      `json:"refusal"` // the words with which the head refused to sign
	Outcome       string      `json:"outcome"` // of a visit that found nobody
	Proposes      string      `json:"proposes"`
	StatusVerdict string      `json:"status_verdict,omitempty"` // of what it proposes; "": nobody has decided
	StatusWhy     string      `json:"status_why,omitempty"`
	StatusBy      string      `json:"status_by,omitempty"`
	PlanID        string      `json:"plan_id,omitempty"` // the template that it follows from
	PlanName      string      `json:"plan_name,omitempty"`
	Excuse        string      `json:"excuse"` // why it was cancelled, or what was seen where nobody was
	PlanNumber    string      `json:"plan_number"`
	Together      []Beside    `json:"together"` // who sits on the site and is inspected together with it
}

// Beside is an enterprise that is inspected together with another one.
type Beside struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ElementName is the enterprise's id.
func (b Beside) ElementName(int) string { return b.ID }

// Inspector is who inspects, with the number of the card that is shown.
type Inspector struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Card string `json:"card"`
}

// ElementName is the inspector's id.
func (i Inspector) ElementName(int) string { return i.ID }

// The results of an item.
const (
	Pass          = "pass"
	Fail          = "fail"
	NotApplicable = "not_applicable"
)

// Item is one line of the checklist, as it was when the inspection took it, and its result.
type Item struct {
	Number   string `json:"number"` // b1, s2
	Group    string `json:"group"`
	Text     string `json:"text"`
	Clause   string `json:"clause"`
	Suggests string `json:"suggests"`
	Result   string `json:"result"` // "": not looked at yet
	Note     string `json:"note"`
}

// ElementName is its number.
func (i Item) ElementName(int) string { return i.Number }

// Env is what the door looked up for a decision.
type Env = process.Under[Definition]

// Command is a command on an inspection.
type Command = process.Command[Inspection, Env]

// Entry is the kind as the program sees it.
func Entry() process.Entry {
	return process.Enter(process.KindOf[Inspection, Env]{
		Kind: Kind, Series: "JC", Workflow: "Inspection", Path: "inspections", Lead: process.SafetySupervisor, LeadsAll: true,
		Inside:   process.Text{Chinese: "安监员", English: "safety supervisor"},
		Commands: Commands(), Common: slices.Concat(casework.Commands(), lettering.Commands()), List: listed(), Definition: Definition{},
		Env:   process.UnderOf[Definition],
		Clone: Inspection.clone,
		Needs: needs,
	})
}

func needs(i Inspection, command any) process.Needs {
	switch c := command.(type) {
	case Arrange:
		needs := process.Needs{Visits: c.EnterpriseID, VisitsNear: c.On, Checklist: c.ChecklistID, Campaign: c.CampaignID, Parent: c.With, VisitPlan: c.PlanID}
		if c.With != "" {
			needs.Together = c.EnterpriseID
		}
		return needs
	case Rearrange:
		near := i.On
		if c.On != nil {
			near = *c.On
		}
		return process.Needs{Visits: i.TargetID, VisitsNear: near, Checklist: c.checklist(), VisitPlan: i.PlanID}
	case Check, Conclude, FindNobody, SettleStatus:
		return process.Needs{Visits: i.TargetID, VisitsNear: i.On}
	case lettering.Issue:
		return process.Needs{Children: true}
	case Include:
		return process.Needs{Tenants: i.TargetID, VisitsNear: i.On}
	case nil:
		asks := process.Needs{Checklists: !i.Done, VisitPlans: i.Version == 0, Children: i.Version > 0, Parent: i.ParentID}
		if i.Version > 0 {
			asks.Visits, asks.VisitsNear = i.TargetID, i.On
		}
		if i.under() {
			asks.Tenants = i.TargetID
		}
		return asks
	}
	return process.Needs{}
}

// under reports whether it is planned or under way.
func (i Inspection) under() bool { return i.State == Planned || i.State == Visiting }

func (i Inspection) clone() Inspection {
	i.Plain, i.Items, i.Inspectors, i.Serious = i.Plain.Clone(), slices.Clone(i.Items), slices.Clone(i.Inspectors), slices.Clone(i.Serious)
	i.Together = slices.Clone(i.Together)
	return i
}

// Variant is empty: the ladder is the same for all sorts.
func (*Inspection) Variant() string { return "" }

// Team is whoever answers for it.
func (i *Inspection) Team() []process.Post {
	return []process.Post{{Name: "manager", ID: &i.ManagerID, Person: &i.ManagerName, Needs: process.SafetySupervisor, Carries: true}}
}

// People are whom the ladder can mean.
func (i *Inspection) People() process.People {
	return process.People{Holder: i.Holder, ManagerID: i.ManagerID}
}

// Own reports whether the actor inspects, answers for it, or has it in hand.
func (i *Inspection) Own(a process.Actor) bool {
	return a.ID != "" && (a.ID == i.ManagerID || i.HeldBy(a) || slices.ContainsFunc(i.Inspectors, func(s Inspector) bool { return s.ID == a.ID }))
}

// Reschedule moves the visit with its clock.
func (i *Inspection) Reschedule(to clock.Clock, _ process.Rules) error {
	if to.Name == ToVisit {
		i.On = to.DueOn
	}
	return nil
}

// Day is the day of the visit, or the one it is planned for.
func (i Inspection) Day() clock.Date {
	if !i.HeldOn.IsZero() {
		return i.HeldOn
	}
	return i.On
}

// Visited reports whether the inspection is of the enterprise: a hazard found in it is there.
func (i *Inspection) Visited(enterpriseID string) bool { return i.TargetID == enterpriseID }

// FoundIn is the campaign it belongs to, and the day before which no hazard was found in it; nothing was found where nobody came or was met.
func (i *Inspection) FoundIn() (campaignID string, day clock.Date, is bool) {
	return i.CampaignID, i.HeldOn, i.State != Cancelled && i.State != Missed
}

// Failed are the items that did not pass.
func (i Inspection) Failed() []Item { return i.with(Fail) }

// Left are the items that nobody has looked at.
func (i Inspection) Left() []Item { return i.with("") }

func (i Inspection) with(result string) []Item {
	return slices.DeleteFunc(slices.Clone(i.Items), func(x Item) bool { return x.Result != result })
}

// Outside is the inspection as its enterprise reads it: once it is signed the record as it was laid before it, and before that only that somebody came.
func (i *Inspection) Outside() process.Subject {
	shown := i.clone()
	shown.Why, shown.Proposes, shown.ManagerID, shown.PlanNumber, shown.Serious, shown.Together = "", "", "", "", []string{}, []Beside{}
	shown.StatusVerdict, shown.StatusWhy, shown.StatusBy, shown.PlanID, shown.PlanName = "", "", "", "", ""
	if shown.ManagerName = "安监员"; i.State != Inspected {
		shown.Items, shown.Inspectors, shown.Excuse, shown.Outcome, shown.CampaignID, shown.CampaignName = []Item{}, []Inspector{}, "", "", "", ""
	}
	for n := range shown.Inspectors {
		shown.Inspectors[n].ID = "" // names and cards are on the paper, accounts are not
	}
	return &shown
}

// in refuses a command that fits another state. A closed inspection says that first.
func (i *Inspection) in(states ...string) error {
	if err := process.UnderWay(&i.Case); err != nil {
		return err
	}
	if !slices.Contains(states, i.State) {
		return process.Refuse(process.WrongState, "检查已经开始，不能再这样办理。", "The inspection has begun; this does not fit any more.").After(process.MovedState)
	}
	return nil
}

// come notes that the inspectors are at the enterprise: from now on it knows.
func (i *Inspection) come(call process.Call, env Env) {
	if v := env.Found.Visited; v != nil { // by its present name, also where it was merged meanwhile
		i.TargetID, i.TargetName = v.ID, v.Name
	}
	i.EnterpriseID, i.EnterpriseName = i.TargetID, i.TargetName
	if i.HeldOn.IsZero() {
		i.HeldOn = call.Day()
	}
}

// listed is what the list of inspections shows and is narrowed by.
func listed() listing.List {
	list := listing.Staged(Planned, Visiting, Inspected, Missed, Cancelled)
	list.Also = append(list.Also, listing.Also{Name: "campaign", ID: true})
	return list
}
