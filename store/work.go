package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The rows of somebody's work.
type (
	// WorkRow is one case on a tab of somebody's work.
	WorkRow = sqlc.DealtTabRow
	// WorkCounts says how much lies on each tab. What somebody has in hand or can claim is exact; of what they had a hand in, were copied on or
	// watch, Plenty stands for as many or more.
	WorkCounts struct {
		Todo, Claim, Done, Copied, Started, Watched int32
		InPlaceOf                                   []Absent
	}
	// Absent is somebody whom a person stands in for today, until when, and how much they have in hand.
	Absent = sqlc.InPlaceOfRow
)

// Deputy is how much those have in hand whom somebody stands in for.
func (n WorkCounts) Deputy() (count int32) {
	for _, absent := range n.InPlaceOf {
		count += absent.Count
	}
	return count
}

// Of is how much lies on a tab; -1 where it is more than is counted.
func (n WorkCounts) Of(tab string) int {
	count := map[string]int32{todoTab: n.Todo, claimTab: n.Claim, deputyTab: n.Deputy(), "done": n.Done, "copied": n.Copied, "started": n.Started, "watched": n.Watched}[tab]
	if !slices.Contains(heldTabs(), tab) && count >= Plenty {
		return -1
	}
	return int(count)
}

// Plenty is up to where what somebody once dealt with is counted: nobody needs to know whether it was 1,200 or 1,300.
const Plenty = 1000

// The tabs of what somebody has in hand, can claim, or does in the place of somebody who is away; the others are of what they once dealt with.
const (
	todoTab   = "todo"
	claimTab  = "claim"
	deputyTab = "deputy"
)

// heldTabs are those of what is in hand: of oneself, of one's unit, of those whom one stands in for. How much lies there is exact.
func heldTabs() []string { return []string{todoTab, claimTab, deputyTab} }

// WorkTabs lists the tabs of somebody's work: to do, can be claimed, to do in the place of somebody who is away, done, copied to me, started by me, watched.
func WorkTabs() []string { return append(heldTabs(), "done", "copied", "started", "watched") }

// WorkTab returns one page of one tab of the actor's work, the most urgent first; of what they do in somebody's place on no day in particular there is none.
func (s *Store) WorkTab(ctx context.Context, actor process.Actor, tab string, after Cursor, size int) ([]WorkRow, Cursor, error) {
	return s.WorkOn(ctx, actor, tab, clock.Date{}, after, size)
}

// WorkOn is WorkTab on a day: who is away then is stood in for.
func (s *Store) WorkOn(ctx context.Context, actor process.Actor, tab string, today clock.Date, after Cursor, size int) ([]WorkRow, Cursor, error) {
	list := listed("work", tab)
	place, err := after.within(list)
	if err != nil {
		return nil, "", err
	}
	due, id, err := place.read()
	if err != nil {
		return nil, "", err
	}
	park, err := s.Park(ctx)
	if err != nil {
		return nil, "", err
	}
	var rows []WorkRow
	if slices.Contains(heldTabs(), tab) {
		held := sqlc.HeldTabParams{ParkID: park.ID, UserID: actor.ID, AfterDue: due, AfterID: id, Size: int32(size) + 1}
		if err := s.whose(ctx, actor, tab, today, &held); err != nil {
			return nil, "", err
		}
		rows, err = s.heldTab(ctx, held)
	} else {
		rows, err = s.dealtTab(ctx, sqlc.DealtTabParams{ParkID: park.ID, UserID: actor.ID, Tab: tab, Viewers: viewers(actor), AfterDue: due, AfterID: id, Size: int32(size) + 1})
	}
	if err != nil {
		return nil, "", fmt.Errorf("list the work of %s: %w", actor.ID, err)
	}
	rows, next := page(rows, size, func(r WorkRow) (string, string) { return r.DueOrder, r.ID })
	r, err := s.reader(ctx, actor)
	for i := range rows {
		rows[i].HolderID, rows[i].HolderName = shownHolder(r, process.Kind(rows[i].Kind), rows[i].HolderKind, rows[i].HolderID, rows[i].HolderName, "")
	}
	return rows, next.of(list), err
}

// whose says whose cases lie on a tab of what is in hand.
func (s *Store) whose(ctx context.Context, actor process.Actor, tab string, today clock.Date, held *sqlc.HeldTabParams) (err error) {
	switch tab {
	case deputyTab:
		absent, err := s.InPlaceOf(ctx, actor, today)
		if err != nil {
			return err
		}
		for _, one := range absent {
			held.Holders = append(held.Holders, one.ID)
		}
		held.Viewers = viewers(actor)
		return nil
	case todoTab:
		if held.Beside, err = s.alsoInHand(ctx, actor); err != nil {
			return err
		}
	}
	held.Holders = holdersOf(actor, tab)
	return nil
}

// InPlaceOf are those whom somebody stands in for on a day, who is back first before the others.
func (s *Store) InPlaceOf(ctx context.Context, actor process.Actor, today clock.Date) ([]Absent, error) {
	park, err := s.Park(ctx)
	if err != nil || actor.Type != process.Person || len(onlyUUIDs([]string{actor.ID})) == 0 {
		return nil, err
	}
	rows, err := s.queries.InPlaceOf(ctx, sqlc.InPlaceOfParams{Viewers: viewers(actor), DeputyID: actor.ID, Today: today, ParkID: park.ID})
	if err != nil {
		return nil, fmt.Errorf("look for whom %s stands in: %w", actor.ID, err)
	}
	return rows, nil
}

func (s *Store) heldTab(ctx context.Context, p sqlc.HeldTabParams) ([]WorkRow, error) {
	held, err := s.queries.HeldTab(ctx, p)
	rows := make([]WorkRow, 0, len(held))
	for _, r := range held {
		rows = append(rows, WorkRow(r))
	}
	return rows, err
}

// nearby is among how many cases somebody's many are looked for before all of them are.
const nearby = 3000

// holdersOf are the ids under which what is on the tab is held: to be claimed is what a unit was handed.
func holdersOf(actor process.Actor, tab string) []string {
	return slices.DeleteFunc(holders(actor), func(id string) bool { return (id == actor.UnitID) != (tab == claimTab) })
}

func (s *Store) dealtTab(ctx context.Context, p sqlc.DealtTabParams) ([]WorkRow, error) {
	counts, err := s.queries.DealtCounts(ctx, p.UserID, p.Viewers, manyInSight)
	if err != nil {
		return nil, err
	}
	p.Many = map[string]int32{"done": counts.Done, "copied": counts.Copied, "started": counts.Started, "watched": counts.Watched}[p.Tab] == manyInSight
	if p.Many { // so many that the next ones are most likely near
		near, err := s.queries.NearDealtTab(ctx, sqlc.NearDealtTabParams{UserID: p.UserID, ParkID: p.ParkID, Tab: p.Tab, Viewers: p.Viewers, AfterDue: p.AfterDue,
			AfterID: p.AfterID, Reach: nearby, Size: p.Size})
		if err != nil || len(near) == int(p.Size) {
			rows := make([]WorkRow, 0, len(near))
			for _, r := range near {
				rows = append(rows, WorkRow(r))
			}
			return rows, err
		}
	}
	if p.Wide, err = s.wide(ctx, p.Viewers); err != nil {
		return nil, err
	}
	return s.queries.DealtTab(ctx, p)
}

// WorkCounts returns how much lies on each tab of the actor's work on a day; held is what InboxCounts said.
func (s *Store) WorkCounts(ctx context.Context, actor process.Actor, held InboxCounts, today clock.Date) (WorkCounts, error) {
	row, err := s.queries.DealtCounts(ctx, actor.ID, viewers(actor), Plenty)
	if err != nil {
		return WorkCounts{}, fmt.Errorf("count the work of %s: %w", actor.ID, err)
	}
	absent, err := s.InPlaceOf(ctx, actor, today)
	return WorkCounts{Todo: held.Todo, Claim: held.Total - held.Todo, Done: row.Done, Copied: row.Copied, Started: row.Started, Watched: row.Watched, InPlaceOf: absent}, err
}

// MarkSeen notes the version of a case that a person has opened.
func (s *Store) MarkSeen(ctx context.Context, userID, caseID string, version int64) error {
	return s.queries.SetSeen(ctx, userID, caseID, version)
}

// Watches reports whether a person watches a case.
func (s *Store) Watches(ctx context.Context, userID, caseID string) (bool, error) {
	return s.queries.Watches(ctx, userID, caseID)
}

// Watch puts a case on a person's list of watched ones, or takes it off.
func (s *Store) Watch(ctx context.Context, userID, caseID string, on bool, now time.Time) error {
	if on {
		return s.queries.Watch(ctx, userID, caseID, now)
	}
	return s.queries.Unwatch(ctx, userID, caseID)
}

// Listener is told what other parts of the program, here or on other machines, have written. Told "", it may have missed something.
type Listener interface {
	Changed(caseID string) // a case
	Ended(who string)      // a session, by the SHA-256 of its token in hex; or what a person may do, by their id
}

// Listen tells the listener of everything that changes, until the context ends. When the connection is lost it begins anew after a second, and as soon
// as it hears again it tells it of "", because something may have been missed.
func (s *Store) Listen(ctx context.Context, to Listener) {
	for again := false; ctx.Err() == nil; again = true {
		if err := s.listen(ctx, again, to); err != nil && ctx.Err() == nil {
			s.log.Warn("not listening for changes; trying again", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}
}

func (s *Store) listen(ctx context.Context, again bool, to Listener) error {
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	for _, channel := range []string{"parkway_ended", "parkway_cases"} {
		if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
			return err
		}
	}
	if again {
		to.Ended("")
		to.Changed("")
	}
	for {
		note, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		switch note.Channel {
		case "parkway_ended":
			to.Ended(note.Payload)
		default:
			to.Changed(note.Payload)
		}
	}
}
