package site

import (
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/ui"
)

// onFront is how many rows a block of the first page shows; movers is how many cases, those in which something happens soonest, it looks at for what
// comes to the desk: more than a zone has in a week, and read within the budget of a page.
const (
	onFront       = 10
	notableAtMost = 200 // cases with a finding, most of them folded
	movers        = 300
	caredAtMost   = 1000 // enterprises that one person looks after, most of them folded
)

// front answers what roles ask who hold little themselves: the leader, the auditor, the liaison officer, the administrator.
func (s *Site) front(c echo.Context) (ui.Front, error) {
	front, actor := ui.Front{}, actorOf(c)
	if !actor.Has(process.Enterprise) { // which would read of the others that there is something
		cases, enterprises, err := s.App.Store.Begun(c.Request().Context())
		if err != nil {
			return front, err
		}
		front.Idle, front.Begin = !cases, !enterprises
	}
	for _, block := range []struct {
		role process.Role
		fill func(echo.Context, *ui.Front) error
	}{{process.Leader, s.desk}, {process.Auditor, s.audit}, {process.LiaisonOfficer, s.cared}, {process.Administrator, s.machinery}} {
		if !actor.Has(block.role) {
			continue
		}
		if err := block.fill(c, &front); err != nil {
			return front, err
		}
	}
	return front, nil
}

// desk is the leader's: what is late, who has it, and what comes to the desk until Sunday if nobody acts.
func (s *Site) desk(c echo.Context, front *ui.Front) error {
	ctx, now := c.Request().Context(), s.App.Now()
	reds, holders, err := s.App.Store.Reds(ctx, now, onFront)
	if err != nil {
		return err
	}
	late, err := s.App.Store.CountReds(ctx, now)
	if err != nil {
		return err
	}
	until := ui.Sunday(clock.DateOf(now)).End().Add(-time.Second)
	steps, next, err := s.App.Store.Outlook(ctx, actorOf(c), now, until, "", movers)
	if err != nil {
		return err
	}
	steps = slices.DeleteFunc(steps, func(f store.Foreseen) bool { return !f.ToLeader() })
	front.Desk = &ui.Desk{Reds: reds, Late: late, Holders: holders, Steps: steps[:min(len(steps), onFront)], All: len(steps)}
	if next != "" {
		front.Desk.Looked = movers
	}
	return nil
}

// audit is the auditor's: what changed since the last visit, and at whose history to stop.
func (s *Site) audit(c echo.Context, front *ui.Front) error {
	ctx := c.Request().Context()
	since, err := s.App.Store.Arrive(ctx, actorOf(c).ID, s.App.Now())
	if err != nil {
		return err
	}
	audit := &ui.Audit{Since: since, First: onFront}
	if audit.Changed, err = s.App.Store.ChangedSince(ctx, since, onFront); err != nil {
		return err
	}
	if audit.Notable, err = s.App.Store.Notable(ctx, notableAtMost); err != nil {
		return err
	}
	front.Audit = audit
	return nil
}

// cared are the enterprises a liaison officer looks after.
func (s *Site) cared(c echo.Context, front *ui.Front) (err error) {
	front.Liaison = true
	ctx, actor := c.Request().Context(), actorOf(c)
	if front.Cared, err = s.App.Store.CaredFor(ctx, actor, s.App.Now(), caredAtMost); err != nil {
		return err
	}
	front.Cases, err = s.App.Store.CaredCases(ctx, actor, perPage)
	return err
}

// machinery is the administrator's: whether anything is stuck, and what was last sent.
func (s *Site) machinery(c echo.Context, front *ui.Front) error {
	ctx := c.Request().Context()
	late, err := s.App.Store.Lateness(ctx, s.App.Now())
	if err != nil {
		return err
	}
	m := &ui.Machinery{Lateness: late, Clock: s.Clock != nil, Begin: front.Begin}
	if m.Dead, err = s.App.Store.DeadMessages(ctx); err != nil {
		return err
	}
	if m.Sent, err = s.App.Store.Messages(ctx, "", 0, onFront); err != nil {
		return err
	}
	front.Machinery = m
	return nil
}
