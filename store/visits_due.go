package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/parkway-zone/parkway/domain/access"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// VisitsDue is how many inspections of the year's plan somebody is to see to: past their day, and within the month (安全生产法 art. 62: what is planned for the year is
// carried out). It is counted by the same query and rule as the page of the plan shows them.
type VisitsDue struct {
	Late int `json:"late"`
	Soon int `json:"soon"`
}

// VisitsDue is what the plan asks of the actor, as an inspector of a template or as the head of its section; nothing of anybody else.
func (s *Store) VisitsDue(ctx context.Context, actor process.Actor, today clock.Date) (VisitsDue, error) {
	park, err := s.Park(ctx)
	if err != nil || !access.SightOf(actor).Every || actor.ID == "" {
		return VisitsDue{}, err
	}
	meant, err := s.queries.PlansMean(ctx, park.ID, actor.ID)
	if err != nil || !meant {
		return VisitsDue{}, wrapped(err, "look whether the plan means somebody")
	}
	due, err := s.visitsDue(ctx, park, today)
	return due[actor.ID], err
}

// visitsDue is the same of everybody, by their ids.
func (s *Store) visitsDue(ctx context.Context, park Park, today clock.Date) (map[string]VisitsDue, error) {
	rows, err := s.plannedVisits(ctx, park)
	if err != nil {
		return nil, err
	}
	due := map[string]VisitsDue{}
	for _, r := range rows { // what stands in the way of a day, and what follows, is no matter of how many there are
		d := planned(r, YearOf{}, today)
		people := map[string]bool{d.HeadID: true, d.FirstID: !d.FirstGone, d.SecondID: !d.SecondGone}
		for id, there := range people {
			n := due[id]
			switch {
			case id == "" || !there:
				continue
			case d.Late:
				n.Late++
			case d.Openable:
				n.Soon++
			}
			due[id] = n
		}
	}
	return due, nil
}

// tellVisitsDue queues what the plan asks of each, and returns how many were told: every morning while something is late; what only comes within the month on the first
// morning of a week.
func (s *Store) tellVisitsDue(ctx context.Context, park Park, cal clock.Calendar, now time.Time) (int, error) {
	day := clock.DateOf(now)
	due, err := s.visitsDue(ctx, park, day)
	if err != nil {
		return 0, err
	}
	type told struct {
		ID    string         `json:"id"`
		About map[string]any `json:"about"`
	}
	weekly, people := firstOfWeek(cal, day), []told{}
	for id, n := range due {
		if n.Late > 0 || n.Soon > 0 && weekly {
			people = append(people, told{ID: id, About: map[string]any{"day": day, "late": n.Late, "soon": n.Soon}})
		}
	}
	if len(people) == 0 {
		return 0, nil
	}
	list, err := json.Marshal(people)
	if err != nil {
		return 0, err
	}
	n, err := s.queries.TellVisitsDue(ctx, now, list, park.ID)
	return int(n), wrapped(err, "tell what the plan of inspections asks for")
}

// firstOfWeek reports whether no day of its week before this one is worked.
func firstOfWeek(cal clock.Calendar, day clock.Date) bool {
	for d := day.AddDays(-1); d.Start().Weekday() != time.Sunday; d = d.AddDays(-1) {
		if cal.Works(d) {
			return false
		}
	}
	return true
}
