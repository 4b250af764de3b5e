package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// Deadlines explains every deadline a case ever had, and what comes next if nobody acts.
type Deadlines struct {
	process.Case
	Clocks  []Explained // the present one first
	Ahead   []Foreseen
	Told    []Told
	Rules   process.Rules // names the clocks that are stages
	Now     time.Time
	Horizon clock.Date
}

// Explained is a clock with its ledger, and its days split by who had the ball.
type Explained struct {
	clock.Clock
	Ledger clock.Ledger
	Shares []process.Share
	Late   int // of the clock's units (hours begun, not minutes), by which it was stopped late, or is late now
}

// Told is one person told about the case, with how it fared.
type Told = sqlc.CaseNoticesRow

// ahead is how far a case's forecast looks.
const ahead = 60 * 24 * time.Hour

// Deadlines returns the deadlines of a case, or a refusal with NotFound when there is none that the actor may see.
func (s *Store) Deadlines(ctx context.Context, actor process.Actor, id string, now time.Time) (Deadlines, error) {
	v, err := s.Case(ctx, actor, id)
	if err != nil {
		return Deadlines{}, err
	}
	d := Deadlines{Case: *v.Subject.Header(), Rules: v.Env.Rules, Now: now, Horizon: clock.DateOf(now.Add(ahead))}
	clocks := *v.Subject.Timed()
	if err := s.explain(ctx, &d, clocks); err != nil {
		return d, err
	}
	park, cal, err := s.parkAndCalendar(ctx)
	if err != nil {
		return d, err
	}
	all, err := s.openClimbers(ctx, sqlc.OpenClimbersParams{ParkID: park.ID, After: firstID, One: &id, Size: 1}, cal)
	if err != nil {
		return d, err
	}
	if d.Ahead, err = s.foreseen(ctx, park.ID, all, now, now.Add(ahead)); err != nil {
		return d, err
	}
	r, err := s.caseReader(ctx, actor, id)
	if err != nil {
		return d, err
	}
	if r != nil { // who else was told, and by what name, is not the enterprise's business
		d.Ahead = outsideSteps(r, d.Ahead)
		for i := range d.Clocks {
			d.Clocks[i].Shares = r.Shares(d.Kind, d.Clocks[i].Shares)
		}
		return d, nil
	}
	if d.Told, err = s.queries.CaseNotices(ctx, &id, 200); err != nil {
		return d, fmt.Errorf("read who was told about case %s: %w", id, err)
	}
	return d, nil
}

// explain adds ledgers and shares, each by the calendar the clock was reckoned with.
func (s *Store) explain(ctx context.Context, d *Deadlines, clocks []clock.Clock) error {
	rows, err := s.queries.Holdings(ctx, d.ID)
	if err != nil {
		return fmt.Errorf("read who held case %s: %w", d.ID, err)
	}
	holdings := make([]process.Holding, 0, len(rows))
	for _, r := range rows {
		holdings = append(holdings, process.Holding{From: r.OccurredAt, Holder: process.Holder{ID: r.HolderID, Kind: process.HolderKind(r.HolderKind), Name: r.HolderName}})
	}
	slices.SortStableFunc(holdings, func(a, b process.Holding) int { return a.From.Compare(b.From) })
	for _, k := range slices.Backward(clocks) {
		cal, err := s.CalendarVersion(ctx, k.Calendar)
		if err != nil {
			return err
		}
		until := k.StoppedOn
		if until.IsZero() {
			until = clock.DateOf(d.Now)
		}
		late := k.LateBy
		if k.StoppedOn.IsZero() {
			late = k.Lateness(d.Now, cal)
		}
		d.Clocks = append(d.Clocks, Explained{Clock: k, Ledger: k.Ledger(cal), Shares: process.Shares(k, holdings, until, cal), Late: late})
	}
	return nil
}
