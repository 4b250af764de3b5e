// Package turn is the clock of a demo zone. It tells the demo's own time, which began on the day of its report and runs on from there, and an
// administrator can turn it forward: a month of reminders plays in a minute against the real rules, workflows and channels. A real zone has no
// such clock: its database refuses one, and the program does not make one for it. Sessions, tokens and the vendors' limits go by the machine's
// time in every zone.
package turn

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// Furthest is how far a demo can be turned at once.
const Furthest = 366 * 24 * time.Hour

// Waker wakes the workflow of a case.
type Waker interface {
	Wake(ctx context.Context, kind process.Kind, caseID string) error
}

// Clock tells the demo's time. It is safe for concurrent use.
type Clock struct {
	Store  *store.Store
	Waker  Waker
	Prompt func(ctx context.Context) error // wakes the courier
	Log    *slog.Logger

	Patience time.Duration // how long the turning waits while no case acts

	ahead atomic.Int64
	goal  atomic.Pointer[time.Time]
	asked chan struct{}
}

// New returns the clock of the store's zone, which must be a demo. One that has none yet, because an older program loaded it, has the machine's time.
func New(ctx context.Context, s *store.Store, log *slog.Logger) (*Clock, error) {
	if err := s.StartDemoClock(ctx, 0); err != nil {
		return nil, fmt.Errorf("start the demo's clock: %w", err)
	}
	ahead, goal, err := s.DemoClock(ctx)
	if err != nil {
		return nil, err
	}
	c := &Clock{Store: s, Log: log, Patience: patience, asked: make(chan struct{}, 1)}
	c.ahead.Store(int64(ahead))
	c.goal.Store(goal)
	return c, nil
}

// Now is the demo's time.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Ahead()) }

// Ahead is how far the demo's time is ahead of the machine's; negative when it lies before it.
func (c *Clock) Ahead() time.Duration { return time.Duration(c.ahead.Load()) }

// Goal is the time the clock is being turned to, or nil when it stands.
func (c *Clock) Goal() *time.Time { return c.goal.Load() }

// Turn begins turning the clock forward to a time; Run does the turning. It refuses to turn back, and too far.
func (c *Clock) Turn(ctx context.Context, to time.Time) error {
	switch {
	case !to.After(c.Now()):
		return process.RefuseField("to", "时间只能往前走。", "Time only goes forward.")
	case to.After(c.Now().Add(Furthest)):
		return process.RefuseField("to", "一次最多快进一年。", "A year at once at most.")
	}
	if err := c.Store.SetDemoGoal(ctx, &to); err != nil {
		return err
	}
	c.goal.Store(&to)
	select {
	case c.asked <- struct{}{}:
	default:
	}
	return nil
}

// Run turns the clock whenever it is asked, until the context ends.
func (c *Clock) Run(ctx context.Context) error {
	for {
		for goal := c.Goal(); goal != nil && ctx.Err() == nil; goal = c.Goal() {
			if err := c.step(ctx, *goal); err != nil && ctx.Err() == nil {
				c.Log.Warn("the clock was not turned; trying again", "error", err)
				pause(ctx, time.Second)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-c.asked:
		}
	}
}

// step goes to the next instant at which something happens, and lets it happen: so rungs fire in their order and at their time.
func (c *Clock) step(ctx context.Context, goal time.Time) error {
	now := c.Now()
	if err := c.settle(ctx); err != nil {
		return err
	}
	next, ok, err := c.Store.NextInstant(ctx, now)
	if err != nil {
		return err
	}
	if !ok || next.After(goal) {
		next = goal
	}
	morning := digest(now)
	if morning.Before(next) {
		next = morning
	}
	ahead := c.Ahead() + max(next.Sub(now), 0)
	if err := c.Store.SetDemoClock(ctx, ahead); err != nil {
		return err
	}
	c.ahead.Store(int64(ahead))
	if next.Equal(morning) {
		if _, err := c.Store.TellMorning(ctx, c.Now()); err != nil {
			return err
		}
	}
	if err := c.settle(ctx); err != nil {
		return err
	}
	if !c.Now().Before(goal) {
		c.goal.Store(nil)
		return c.Store.SetDemoGoal(ctx, nil)
	}
	return nil
}

// digest is the next morning digest after the instant.
func digest(now time.Time) time.Time {
	at := clock.DateOf(now).Start().Add(8*time.Hour + 30*time.Minute)
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// settle wakes every case whose time has come and waits until all have acted, and until the messages that may go have gone. What does not
// settle in time, for instance because a channel is away, is left to the watchdog and the courier; a case that does not act is noted as stuck
// and not waited for again.
func (c *Clock) settle(ctx context.Context) error {
	if err := c.act(ctx); err != nil {
		return err
	}
	due := func() (bool, error) {
		if _, err := c.Store.PlanMessages(ctx, c.Now()); err != nil {
			return false, err
		}
		ids, _, err := c.Store.DueMessages(ctx, c.Now(), 1)
		return len(ids) > 0, err
	}
	for deadline := time.Now().Add(3 * time.Second); time.Now().Before(deadline); {
		waiting, err := due()
		if err != nil || !waiting {
			return err
		}
		if err := c.Prompt(ctx); err != nil {
			return err
		}
		pause(ctx, 30*time.Millisecond)
	}
	return nil
}

// patience is how long the turning waits while no case acts, unless the clock says otherwise.
const patience = 20 * time.Second

// act wakes every case whose time has come and waits until all have acted. As long as fewer are left each time, it waits on.
func (c *Clock) act(ctx context.Context) error {
	deadline, fewest := time.Now().Add(c.Patience), -1
	for woken := map[string]bool{}; ctx.Err() == nil; {
		late, err := c.Store.WakesBy(ctx, c.Now(), 500)
		if err != nil || len(late) == 0 {
			return err
		}
		if fewest < 0 || len(late) < fewest {
			deadline, fewest = time.Now().Add(c.Patience), len(late)
		}
		if time.Now().After(deadline) {
			c.Log.Warn("the clock is turned on without cases that do not act", "count", len(late))
			return c.Store.NoteStuck(ctx, late, c.Now())
		}
		for _, ref := range late {
			if !woken[ref.ID] {
				woken[ref.ID] = true
				if err := c.Waker.Wake(ctx, ref.Kind, ref.ID); err != nil {
					return err
				}
			}
		}
		pause(ctx, 20*time.Millisecond)
	}
	return ctx.Err()
}

// pause waits a little before looking again, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
