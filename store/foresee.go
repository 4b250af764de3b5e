package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// climber is an open case with its clock and ladder.
type climber struct {
	row   sqlc.ClimbersRow
	climb ladder.Climb
	fault error // why its clock or its ladder cannot be read: one damaged case is passed over, and holds up no other
}

// climbers reads a page of open cases with the clock that has not stopped, reckoned against the calendar. Callers pass over those with a fault.
func (s *Store) climbers(ctx context.Context, p sqlc.ClimbersParams, cal clock.Calendar) ([]climber, error) {
	rows, err := s.queries.Climbers(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("read open deadlines: %w", err)
	}
	all := make([]climber, 0, len(rows))
	for _, r := range rows {
		c := climber{row: r, climb: ladder.Climb{Calendar: cal, Variant: r.Variant, CaseID: r.ID}}
		if err := json.Unmarshal(r.Clock, &c.climb.Clock); err != nil {
			c.fault = fmt.Errorf("understand the clock of case %s: %w", r.ID, err)
		} else if c.climb.Ladder, err = s.ladderOf(ctx, p.ParkID, r, c.climb.Clock.Name); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			c.fault = err
		}
		if c.fault != nil {
			s.log.Warn("a damaged case was passed over", "case_id", r.ID, "error", c.fault)
		}
		all = append(all, c)
	}
	return all, nil
}

func (s *Store) ladderOf(ctx context.Context, parkID string, r sqlc.ClimbersRow, name string) (ladder.Ladder, error) {
	l := lookup{store: s, q: s.queries}
	rules, err := l.rules(ctx, process.Case{ParkID: parkID, Kind: process.Kind(r.Kind), DefinitionVersion: int(r.DefinitionVersion)})
	if err != nil {
		return ladder.Ladder{}, err
	}
	return rules.LadderOf(name), nil
}

func (c climber) people() process.People {
	p := process.People{ManagerID: c.row.ManagerID, LeaderID: c.row.LeaderID, LiaisonID: c.row.LiaisonID, EnterpriseID: c.row.EnterpriseID}
	if c.row.HolderID != "" {
		p.Holder = &process.Holder{Kind: process.HolderKind(c.row.HolderKind), ID: c.row.HolderID, Name: c.row.HolderName}
	}
	return p
}

// Foreseen is a rung that will fire if nobody acts: when, what it means, and who will be told over what.
type Foreseen struct {
	ladder.Step
	CaseID      string
	Kind        process.Kind
	Number      string
	Title       string
	Enterprise  string
	Holder      string
	HolderKind  string
	HolderID    string
	DueOn       clock.Date
	Provisional bool // falls into a year whose holidays are not published
	People      []Reached
}

// Reached is somebody a rung will reach.
type Reached struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Deputy   string   `json:"deputy,omitempty"` // who stands in for them that day
	Channels []string `json:"channels"`         // beside in the program itself, the first one first
}

// ToLeader reports whether with this rung it becomes a leader's problem.
func (f Foreseen) ToLeader() bool { return slices.Contains(f.To, ladder.Leader) }

// longest is how many open cases one forecast looks at.
const longest = 5000

// Foresee returns what will happen in the zone until the instant if nobody acts, in order: every rung of every open case the actor may see.
func (s *Store) Foresee(ctx context.Context, actor process.Actor, now, until time.Time) ([]Foreseen, error) {
	park, cal, err := s.parkAndCalendar(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.climbers(ctx, sqlc.ClimbersParams{ParkID: park.ID, After: firstID, Before: &until, Viewers: viewers(actor), Size: longest}, cal)
	if err != nil {
		return nil, err
	}
	steps, err := s.foreseen(ctx, park.ID, all, now, until)
	if err != nil {
		return nil, err
	}
	r, err := s.reader(ctx, actor)
	return outsideSteps(r, steps), err
}

func (s *Store) parkAndCalendar(ctx context.Context) (Park, clock.Calendar, error) {
	park, err := s.Park(ctx)
	if err != nil {
		return park, clock.Calendar{}, err
	}
	cal, err := s.currentCalendar(ctx, s.queries, park.ID)
	return park, cal, err
}

// foreseen lists the steps ahead of the cases and finds out whom each reaches.
func (s *Store) foreseen(ctx context.Context, parkID string, all []climber, now, until time.Time) ([]Foreseen, error) {
	type question struct {
		process.Notice
		On clock.Date `json:"on"`
	}
	steps, questions, of := []Foreseen{}, []question{}, []int{}
	for _, c := range all {
		if c.fault != nil {
			continue
		}
		for _, step := range c.climb.Ahead(until) {
			if step.At.After(until) {
				continue
			}
			if step.At.Before(now) {
				step.At = now
			}
			steps = append(steps, Foreseen{Step: step, CaseID: c.row.ID, Kind: process.Kind(c.row.Kind), Number: c.row.Number, Title: c.row.Title,
				Enterprise: c.row.EnterpriseName, Holder: c.row.HolderName, HolderKind: c.row.HolderKind, HolderID: c.row.HolderID, DueOn: c.row.DueOn, Provisional: c.climb.Calendar.Provisional(clock.DateOf(step.At)), People: []Reached{}})
			for _, n := range c.people().Notices([]ladder.Step{step}) {
				questions, of = append(questions, question{n, clock.DateOf(step.At)}), append(of, len(steps)-1)
			}
		}
	}
	list, err := json.Marshal(questions)
	if err != nil {
		return nil, err
	}
	reached, err := s.queries.ReachedPeople(ctx, list, parkID)
	if err != nil {
		return nil, fmt.Errorf("find who will be told: %w", err)
	}
	for _, r := range reached {
		f := &steps[of[r.Ord-1]]
		if !slices.ContainsFunc(f.People, func(p Reached) bool { return p.ID == r.ID }) {
			f.People = append(f.People, Reached{ID: r.ID, Name: r.Name, Deputy: r.Deputy, Channels: r.Channels})
		}
	}
	slices.SortStableFunc(steps, func(a, b Foreseen) int { return a.At.Compare(b.At) })
	return steps, nil
}
