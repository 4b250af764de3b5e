package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/inspection"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// plans finds the template that an inspection follows from, and those that can be chosen.
func (l lookup) plans(ctx context.Context, park string, needs process.Needs, found *process.Found) error {
	if needs.VisitPlans {
		rows, err := l.q.VisitPlans(ctx, park)
		if err != nil {
			return fmt.Errorf("list the templates of inspections: %w", err)
		}
		for _, r := range rows {
			found.VisitPlans = append(found.VisitPlans, process.VisitPlan{ID: r.ID, Name: r.Name})
		}
	}
	id, ok := value.ID(needs.VisitPlan)
	if !ok || found.Visited == nil {
		return nil
	}
	r, err := l.q.VisitPlanOf(ctx, &found.Visited.ID, park, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a template of inspections: %w", err)
	}
	found.VisitPlan = &process.VisitPlan{ID: r.ID, Name: r.Name, EveryMonths: int(r.EveryMonths), From: r.FirstOn, Covers: r.Covers}
	return nil
}

// know writes into the register of enterprises what is known of one by the deed.
func (d *door) know(ctx context.Context, known *process.Known) []step {
	if known == nil {
		return nil
	}
	actor := d.order.Call.Actor
	row := sqlc.KnowEnterpriseParams{ParkID: d.park, At: d.order.Call.RecordedAt, ActorID: actor.ID, ActorName: actor.Name, Status: known.Status, Note: known.Note, ID: known.EnterpriseID}
	return []step{func(q *sqlc.Queries) error { return q.KnowEnterprise(ctx, row) }}
}

// YearOf is for what an enterprise was visited in a year, by whomever, and the last time.
type YearOf struct {
	Times  int        // made and planned
	LastOn clock.Date // the latest made one; where there is none the latest planned one
	LastBy string
	For    string // the campaign or the purpose; "": Sort says it
	Sort   string
	Number string // of a case of ours
}

// DueVisit is an inspection that a template asks for.
type DueVisit struct {
	PlanID, Plan             string
	Sort, ChecklistID        string // no checklist that is withdrawn
	Section, HeadID          string
	FirstID, SecondID        string
	First, Second            string
	FirstGone, SecondGone    bool // their account has ended
	EnterpriseID, Enterprise string
	Invented                 bool
	EveryMonths              int
	DueOn                    clock.Date
	Foreseen                 bool       // it follows once the one before it was made on its day
	LastOn                   clock.Date // by this template
	OpenID, OpenNumber       string     // the one that is planned or under way
	OpenOn                   clock.Date
	Year                     YearOf
	Near                     *process.Visit // the one that stands in the way of the day, made or planned, whoever comes
	Earliest                 clock.Date     // from which day on no reason is asked for; zero: nothing stands in the way
	Openable, Late           bool
}

// NeedsWhy reports whether whoever arranges it on its day has to say why.
func (d DueVisit) NeedsWhy() bool { return d.Near != nil }

// PlannedAhead is how many years after this one can be planned.
const PlannedAhead = 2

// PlanYear is the year that is asked for where it can be planned: this one or one of the two after it, else this one.
func PlanYear(asked int, today clock.Date) int {
	if asked > today.Year() && asked <= today.Year()+PlannedAhead {
		return asked
	}
	return today.Year()
}

// VisitPlan is what the templates ask for until the end of a year, the first due first, with every visit of that year: of this year what is late too, and in December
// what can be arranged for January; of a later one what is due in it. For the zone's own staff, or a refusal with NotFound.
func (s *Store) VisitPlan(ctx context.Context, actor process.Actor, year int, today clock.Date) ([]DueVisit, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	if !access.SightOf(actor).Every {
		return nil, notFound()
	}
	return s.visitPlan(ctx, park, year, today)
}

func (s *Store) visitPlan(ctx context.Context, park Park, year int, today clock.Date) ([]DueVisit, error) {
	rows, err := s.plannedVisits(ctx, park)
	if err != nil {
		return nil, err
	}
	visits, err := s.yearVisits(ctx, park.ID, year, today)
	if err != nil {
		return nil, err
	}
	days, err := s.visitGap(ctx, park)
	if err != nil {
		return nil, err
	}
	begin, end := clock.NewDate(year, time.January, 1), clock.NewDate(year, time.December, 31)
	if soon := today.AddDays(inspection.Early); year == today.Year() && soon.After(end) {
		end = soon
	}
	around, err := s.visitsAround(ctx, park.ID, today, end, days)
	if err != nil {
		return nil, err
	}
	plan := []DueVisit{}
	for _, r := range rows {
		d := planned(r, visits[r.EnterpriseID], today)
		next := d
		for d.DueOn.Before(begin) && (d.Foreseen || year > today.Year()) { // of a later year what is due in it
			d = d.then(today)
		}
		for ; !d.DueOn.After(end) || d.OpenID != ""; d = d.then(today) {
			if on := d.day(today); d.OpenID == "" {
				if free, near := inspection.FreeFrom(around[d.EnterpriseID], on, days); near != nil {
					d.Near, d.Earliest = near, free
				}
			}
			plan = append(plan, d)
			d.Near, d.Earliest = nil, next.Earliest
		}
	}
	slices.SortStableFunc(plan, func(a, b DueVisit) int {
		return cmp.Or(cmp.Compare(a.DueOn.String(), b.DueOn.String()), cmp.Compare(a.Enterprise, b.Enterprise), cmp.Compare(a.Plan, b.Plan), cmp.Compare(a.EnterpriseID+a.PlanID, b.EnterpriseID+b.PlanID))
	})
	return plan, nil
}

// plannedVisits is whom each template means, with what was made by it and is open.
func (s *Store) plannedVisits(ctx context.Context, park Park) ([]sqlc.PlannedVisitsRow, error) {
	gone := slices.DeleteFunc(process.Statuses(), func(status string) bool { return !process.Gone(status) })
	rows, err := s.queries.PlannedVisits(ctx, gone, park.ID)
	return rows, wrapped(err, "read what the templates ask for")
}

// planned is the next visit that a template asks for.
func planned(r sqlc.PlannedVisitsRow, year YearOf, today clock.Date) DueVisit {
	d := DueVisit{PlanID: r.PlanID, Plan: r.Plan, Sort: r.Sort, ChecklistID: r.ChecklistID, Section: r.Section, HeadID: r.HeadID, FirstID: r.FirstID, SecondID: r.SecondID, First: r.FirstName, Second: r.SecondName,
		FirstGone: r.FirstGone, SecondGone: r.SecondGone, EnterpriseID: r.EnterpriseID, Enterprise: r.Enterprise, Invented: r.Invented, EveryMonths: int(r.EveryMonths), LastOn: r.LastOn, Year: year}
	if r.ListGone {
		d.ChecklistID = ""
	}
	d.DueOn = inspection.DueOn(r.FirstOn, int(r.EveryMonths), r.LastOn)
	if opened := strings.Split(r.Opened, "|"); len(opened) == 3 {
		d.OpenID, d.OpenNumber = opened[0], opened[1]
		d.OpenOn, _ = clock.ParseDate(opened[2]) // it is a day of the database
	}
	d.Openable = d.OpenID == "" && today.DaysUntil(d.DueOn) <= inspection.Early
	d.Late = d.OpenID == "" && d.DueOn.Before(today) || d.OpenOn.After(d.DueOn) // put off, it is no sooner made
	return d
}

// day is the day that is proposed for it: its own, or today where that has passed.
func (d DueVisit) day(today clock.Date) clock.Date {
	if d.DueOn.Before(today) {
		return today
	}
	return d.DueOn
}

// then is the one that follows it, foreseen: its months count from when this one can be made, and what is late is made today at the soonest.
func (d DueVisit) then(today clock.Date) DueVisit {
	made := d.day(today)
	if d.OpenOn.After(made) {
		made = d.OpenOn
	}
	d.DueOn = made.AddMonths(d.EveryMonths)
	d.Foreseen, d.Openable, d.Late, d.OpenID, d.OpenNumber, d.OpenOn = true, false, false, "", "", clock.Date{}
	return d
}

// visitsAround are the visits that can stand in the way of what is due from today to a day, by the enterprise.
func (s *Store) visitsAround(ctx context.Context, park string, today, end clock.Date, days int) (map[string][]process.Visit, error) {
	around := map[string][]process.Visit{}
	if days == 0 {
		return around, nil
	}
	rules, err := lookup{store: s, q: s.queries}.rules(ctx, process.Case{ParkID: park, Kind: inspection.Kind})
	if err != nil {
		return nil, err
	}
	rows, err := s.queries.VisitsAround(ctx, sqlc.VisitsAroundParams{FirstDay: today.AddDays(-days).String(), LastDay: end.AddDays(days).String(), ParkID: park, Today: today})
	if err != nil {
		return nil, fmt.Errorf("list the visits around what is due: %w", err)
	}
	for _, r := range rows {
		v := process.Visit{CaseID: r.ID, Number: r.Number, On: r.VisitOn, For: r.Campaign, Done: r.Done, By: by(r.ByName, r.Section)}
		if v.For == "" {
			v.For, v.Sort = rules.StageName(r.Stage).Chinese, r.Stage
		}
		around[r.EnterpriseID] = append(around[r.EnterpriseID], v)
	}
	return around, nil
}

// visitGap is within how many days another visit needs a reason.
func (s *Store) visitGap(ctx context.Context, park Park) (int, error) {
	rules, err := lookup{store: s, q: s.queries}.rules(ctx, process.Case{ParkID: park.ID, Kind: inspection.Kind})
	if err != nil {
		return 0, err
	}
	d, _ := rules.(inspection.Definition) // the kind's rules are always of this type
	return d.Gap(visitGapOf(park)), nil
}

// visitGapOf is what the zone has set of it; nil: nothing.
func visitGapOf(park Park) *int {
	if park.VisitGapDays == nil {
		return nil
	}
	return new(int(*park.VisitGapDays))
}

func (s *Store) yearVisits(ctx context.Context, park string, year int, today clock.Date) (map[string]YearOf, error) {
	first := clock.NewDate(year, time.January, 1)
	rows, err := s.queries.YearVisits(ctx, sqlc.YearVisitsParams{Since: clock.NewDate(min(year, today.Year())-2, time.January, 1).String(), LastDay: clock.NewDate(year, time.December, 31).String(), ParkID: park, Today: today, FirstDay: first})
	if err != nil {
		return nil, fmt.Errorf("count the visits of %d: %w", year, err)
	}
	visits := make(map[string]YearOf, len(rows))
	for _, r := range rows {
		one := YearOf{Times: int(r.Times), LastOn: r.VisitOn, LastBy: by(r.ByName, r.Section), For: r.What, Number: r.Number}
		if r.Plain {
			one.For, one.Sort = "", r.What
		}
		visits[r.EnterpriseID] = one
	}
	return visits, nil
}

// EnterpriseVisits is what an enterprise was visited for and is to be visited for, whoever comes, around a day, as it stands today: for the zone's own staff, or a refusal with NotFound.
func (s *Store) EnterpriseVisits(ctx context.Context, actor process.Actor, id string, near, today clock.Date) (process.Visited, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return process.Visited{}, err
	}
	known, ok := value.ID(id)
	if !ok || !access.SightOf(actor).Every {
		return process.Visited{}, notFound()
	}
	l := lookup{store: s, q: s.queries, day: today}
	rules, err := l.rules(ctx, process.Case{ParkID: park.ID, Kind: inspection.Kind})
	if err != nil {
		return process.Visited{}, err
	}
	visited, err := l.visited(ctx, park.ID, known, near, rules)
	if err == nil && visited == nil {
		err = notFound()
	}
	if err != nil {
		return process.Visited{}, err
	}
	return *visited, nil
}

// AddVisitPlan puts a template of recurring inspections on record. Repeating it writes the same again.
func (s *Store) AddVisitPlan(ctx context.Context, parkID, id string, p register.VisitPlan) error {
	doc, err := json.Marshal(p)
	if err == nil {
		err = s.queries.KeepVisitPlan(ctx, id, parkID, doc)
	}
	if err != nil {
		return fmt.Errorf("add the template %s: %w", p.Name, err)
	}
	return nil
}

// AddOtherVisit puts a visit by another body on record. Repeating it writes the same again.
func (s *Store) AddOtherVisit(ctx context.Context, parkID, id string, v register.OtherVisit) error {
	doc, err := json.Marshal(v)
	if err == nil {
		err = s.queries.KeepOtherVisit(ctx, id, parkID, doc)
	}
	if err != nil {
		return fmt.Errorf("add the visit of %s: %w", v.Body, err)
	}
	return nil
}

// ProposedStatus is a status of an enterprise that a visit proposes.
type ProposedStatus = sqlc.ProposedStatusesRow

// ProposedStatuses are those on which nobody has decided, for the zone's own staff, or a refusal with NotFound.
func (s *Store) ProposedStatuses(ctx context.Context, actor process.Actor, today clock.Date) ([]ProposedStatus, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, err
	}
	if !access.SightOf(actor).Every {
		return nil, notFound()
	}
	return s.proposedStatuses(ctx, park.ID, today)
}

func (s *Store) proposedStatuses(ctx context.Context, park string, today clock.Date) ([]ProposedStatus, error) {
	rows, err := s.queries.ProposedStatuses(ctx, today, park)
	if err != nil {
		return nil, fmt.Errorf("list what statuses are proposed: %w", err)
	}
	return slices.DeleteFunc(rows, func(r ProposedStatus) bool {
		known := process.Visited{Party: process.Party{ID: r.EnterpriseID, Name: r.Enterprise}, Status: r.Status}
		if !r.MetOn.IsZero() {
			known.Visits = []process.Visit{{On: r.MetOn, Done: true}}
		}
		return inspection.Inspection{TargetID: r.TargetID, HeldOn: r.HeldOn, Proposes: r.Proposes}.Outdated(&known) != nil
	}), nil
}
