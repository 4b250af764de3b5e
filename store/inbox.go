package store

import (
	"context"
	"fmt"
	"time"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/sqlc"
)

// The rows of what waits for somebody and whom somebody waits for.
type (
	// InboxRow is one case that waits for somebody.
	InboxRow = sqlc.InboxRow
	// InboxCounts says how much waits.
	InboxCounts = sqlc.InboxCountsRow
	// WaitingRow is one case that somebody waits for.
	WaitingRow = sqlc.WaitingForRow
	// NoticeRow is one thing somebody was told.
	NoticeRow = sqlc.NoticesRow
)

// holders are the ids under which an actor holds cases: itself, its unit when it answers for it, its enterprise.
func holders(actor process.Actor) []string {
	ids := []string{actor.ID}
	if actor.UnitID != "" {
		ids = append(ids, actor.UnitID)
	}
	if actor.EnterpriseID != "" {
		ids = append(ids, actor.EnterpriseID)
	}
	return ids
}

// Inbox returns one page of what waits for the actor, the most urgent first.
func (s *Store) Inbox(ctx context.Context, actor process.Actor, after Cursor, size int) ([]InboxRow, Cursor, error) {
	list := listed("inbox")
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
	beside, err := s.alsoInHand(ctx, actor)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.queries.Inbox(ctx, sqlc.InboxParams{ParkID: park.ID, Holders: holders(actor), Beside: beside, AfterDue: due, AfterID: id, Size: int32(size) + 1})
	if err != nil {
		return nil, "", fmt.Errorf("list what waits for %s: %w", actor.ID, err)
	}
	rows, next := page(rows, size, func(r InboxRow) (string, string) { return r.DueOrder, r.ID })
	r, err := s.reader(ctx, actor)
	for i := range rows {
		rows[i].HolderID, rows[i].HolderName = shownHolder(r, process.Kind(rows[i].Kind), rows[i].HolderKind, rows[i].HolderID, rows[i].HolderName, "")
	}
	return rows, next.of(list), err
}

// InboxCounts returns how much waits for the actor, how much of it is overdue, and how much is due today.
func (s *Store) InboxCounts(ctx context.Context, actor process.Actor, now time.Time) (InboxCounts, error) {
	beside, err := s.alsoInHand(ctx, actor)
	if err != nil {
		return InboxCounts{}, err
	}
	row, err := s.queries.InboxCounts(ctx, sqlc.InboxCountsParams{Now: now, Today: clock.DateOf(now), Holders: holders(actor), Beside: beside})
	if err != nil {
		return row, fmt.Errorf("count what waits for %s: %w", actor.ID, err)
	}
	return row, nil
}

// WaitingFor returns the actor's own cases that somebody else has in hand, the most urgent first, and whether there are more than so many.
func (s *Store) WaitingFor(ctx context.Context, actor process.Actor, size int) (rows []WaitingRow, more bool, err error) {
	park, err := s.Park(ctx)
	if err != nil {
		return nil, false, err
	}
	rows, err = s.queries.WaitingFor(ctx, park.ID, &actor.ID, int32(size+1))
	if err != nil {
		return nil, false, fmt.Errorf("list what %s waits for: %w", actor.ID, err)
	}
	return rows[:min(len(rows), size)], len(rows) > size, nil
}

// Notices returns one page of what a person was told, newest first, and the id before which the next page ends; 0 when this is the last. before is
// that of the page before, 0 for the first page.
func (s *Store) Notices(ctx context.Context, userID string, before int64, size int) ([]NoticeRow, int64, error) {
	if before == 0 {
		before = 1 << 62
	}
	rows, err := s.queries.Notices(ctx, userID, before, int32(size)+1)
	if err != nil {
		return nil, 0, fmt.Errorf("list notices of %s: %w", userID, err)
	}
	if len(rows) <= size {
		return rows, 0, nil
	}
	return rows[:size], rows[size-1].ID, nil
}

// UnreadNotices returns how many notices a person has not opened; Plenty stands for as many or more.
func (s *Store) UnreadNotices(ctx context.Context, userID string) (int, error) {
	n, err := s.queries.UnreadNotices(ctx, userID, Plenty)
	if err != nil {
		return 0, fmt.Errorf("count unread notices: %w", err)
	}
	return int(n), nil
}

// MarkNoticesRead notes that a person has seen every notice up to the id.
func (s *Store) MarkNoticesRead(ctx context.Context, userID string, upTo int64, now time.Time) error {
	if err := s.queries.MarkNoticesRead(ctx, &now, userID, upTo); err != nil {
		return fmt.Errorf("mark notices read: %w", err)
	}
	return nil
}

// MarkNoticesShown notes that a person was shown these notices, and no others.
func (s *Store) MarkNoticesShown(ctx context.Context, userID string, shown []NoticeRow, now time.Time) error {
	ids := make([]int64, 0, len(shown))
	for _, n := range shown {
		ids = append(ids, n.ID)
	}
	if err := s.queries.MarkNoticesShown(ctx, &now, userID, ids); err != nil {
		return fmt.Errorf("mark the notices that were shown: %w", err)
	}
	return nil
}

// AckNotice notes that a person has acknowledged a notice (收到).
func (s *Store) AckNotice(ctx context.Context, userID string, id int64, now time.Time) error {
	n, err := s.queries.AckNotice(ctx, &now, userID, id)
	return oneRow(n, err, "acknowledge the notice")
}
