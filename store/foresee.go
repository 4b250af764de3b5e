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
func (s *Store) climbers(ctx context.Context, parkID string, p sqlc.ClimbersParams, cal clock.Calendar) ([]climber, error) {
	rows, err := s.queries.Climbers(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("read the deadlines ahead: %w", err)
	}
	return s.read(ctx, parkID, rows, cal)
}

// openClimbers is climbers by id instead of by what comes next.
func (s *Store) openClimbers(ctx context.Context, p sqlc.OpenClimbersParams, cal clock.Calendar) ([]climber, error) {
	open, err := s.queries.OpenClimbers(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("read open deadlines: %w", err)
	}
	rows := make([]sqlc.ClimbersRow, 0, len(open))
	for _, r := range open {
		rows = append(rows, sqlc.ClimbersRow(r))
	}
	return s.read(ctx, p.ParkID, rows, cal)
}

func (s *Store) read(ctx context.Context, parkID string, rows []sqlc.ClimbersRow, cal clock.Calendar) ([]climber, error) {
	all := make([]climber, 0, len(rows))
	for _, r := range rows {
		c := climber{row: r, climb: ladder.Climb{Calendar: cal, Variant: r.Variant, CaseID: r.ID}}
		if string(r.Clock) == "null" {
			c.fault = fmt.Errorf("case %s has a wake and no clock that runs", r.ID)
		} else if err := json.Unmarshal(r.Clock, &c.climb.Clock); err != nil {
			c.fault = fmt.Errorf("understand the clock of case %s: %w", r.ID, err)
		} else if c.climb.Ladder, err = s.ladderOf(ctx, parkID, r, c.climb.Clock.Name); err != nil {
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

// told is who will be told of a rung: what reaches people by the enterprise reaches those of each further one (process.Case.ToEach). What is written of these was
// written by the door.
func (c climber) told(step ladder.Step) []process.Notice {
	of := process.Case{EnterpriseID: c.row.EnterpriseID}
	if json.Unmarshal(c.row.Also, &of.Also) != nil {
		of.Also = nil
	}
	return of.ToEach(c.people().Notices([]ladder.Step{step}))
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

// Outlook returns a page of what will happen until the instant if nobody acts: the next cases in the order in which something happens to them, with
// everything ahead of each, and where the next page begins.
func (s *Store) Outlook(ctx context.Context, actor process.Actor, now, until time.Time, after Cursor, size int) ([]Foreseen, Cursor, error) {
	list := listed("outlook")
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	wake, id, err := place.read()
	if err != nil {
		return nil, "", err
	}
	park, cal, err := s.parkAndCalendar(ctx)
	if err != nil {
		return nil, "", err
	}
	all, err := s.climbers(ctx, park.ID, sqlc.ClimbersParams{Before: &until, AfterWake: wake, AfterID: id, Viewers: viewers(actor), Size: int32(size) + 1}, cal)
	if err != nil {
		return nil, "", err
	}
	all, next := page(all, size, func(c climber) (string, string) { return c.row.WakeOrder, c.row.ID })
	steps, err := s.foreseen(ctx, park.ID, all, now, until)
	if err != nil {
		return nil, "", err
	}
	r, err := s.reader(ctx, actor)
	return outsideSteps(r, steps), next.of(list), err
}

// CountAhead returns to how many open cases that the actor may see something happens before the instant.
func (s *Store) CountAhead(ctx context.Context, actor process.Actor, until time.Time) (int, error) {
	n, err := s.queries.CountClimbers(ctx, &until, viewers(actor))
	if err != nil {
		return 0, fmt.Errorf("count what is ahead: %w", err)
	}
	return int(n), nil
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
		ToKind process.HolderKind `json:"to_kind"`
		ToID   string             `json:"to_id"`
		On     clock.Date         `json:"on"`
	}
	steps, questions, of := []Foreseen{}, []question{}, [][]int{}
	known := map[question]int{} // each party is looked up once for a day, however many rungs reach it
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
			for _, n := range c.told(step) {
				q := question{n.ToKind, n.ToID, clock.DateOf(step.At)}
				i, there := known[q]
				if !there {
					i, known[q] = len(questions), len(questions)
					questions, of = append(questions, q), append(of, nil)
				}
				of[i] = append(of[i], len(steps)-1)
			}
		}
	}
	list, err := json.Marshal(questions)
	if err != nil {
		return nil, err
	}
	reached, err := s.queries.ReachedPeople(ctx, parkID, list)
	if err != nil {
		return nil, fmt.Errorf("find who will be told: %w", err)
	}
	for _, r := range reached {
		for _, i := range of[r.Ord-1] {
			f := &steps[i]
			if !slices.ContainsFunc(f.People, func(p Reached) bool { return p.ID == r.ID }) {
				f.People = append(f.People, Reached{ID: r.ID, Name: r.Name, Deputy: r.Deputy, Channels: r.Channels})
			}
		}
	}
	slices.SortStableFunc(steps, func(a, b Foreseen) int { return a.At.Compare(b.At) })
	return steps, nil
}
