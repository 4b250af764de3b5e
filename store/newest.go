package store

import (
	"context"
	"fmt"
	"strconv"
)

// NoticesPage is Notices from a place on, and where the next page begins: a place counts in what this person was told, and nowhere else.
func (s *Store) NoticesPage(ctx context.Context, userID string, after Cursor, size int) ([]NoticeRow, Cursor, error) {
	list := listed("notices", userID)
	before, err := after.number(list)
	if err != nil {
		return nil, "", err
	}
	rows, next, err := s.Notices(ctx, userID, before, size)
	return rows, atNumber(list, next), err
}

// NoticesFrom is the place behind one of the notices that a person was told. It refuses what is none of them.
func (s *Store) NoticesFrom(ctx context.Context, userID string, id int64) (Cursor, error) {
	known, err := s.queries.IsNoticeOf(ctx, id, userID)
	if err != nil {
		return "", fmt.Errorf("look up notice %d: %w", id, err)
	}
	if !known {
		return "", badCursor()
	}
	return atNumber(listed("notices", userID), id), nil
}

// MessagesPage is Messages from a place on, and where the next page begins: a place counts in the list of the same state only.
func (s *Store) MessagesPage(ctx context.Context, status string, after Cursor, size int) ([]MessageRow, Cursor, error) {
	list := listed("messages", status)
	before, err := after.number(list)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.Messages(ctx, status, before, size+1)
	if err != nil || len(rows) <= size {
		return rows, "", err
	}
	return rows[:size], atNumber(list, rows[size-1].ID), nil
}

// MessagesFrom is the place behind one of the messages of a state. It refuses what is none of them.
func (s *Store) MessagesFrom(ctx context.Context, status string, id int64) (Cursor, error) {
	rows, err := s.Messages(ctx, status, id+1, 1)
	if err != nil {
		return "", err
	}
	if len(rows) == 0 || rows[0].ID != id {
		return "", badCursor()
	}
	return atNumber(listed("messages", status), id), nil
}

// number reads a place in a list that goes on before a number; 0 for its beginning.
func (c Cursor) number(list string) (int64, error) {
	place, err := c.within(list)
	if err != nil || place == "" {
		return 0, err
	}
	before, err := strconv.ParseInt(string(place), 10, 64)
	if err != nil || before < 1 {
		return 0, badCursor()
	}
	return before, nil
}

// atNumber is the place before a number; none for 0.
func atNumber(list string, n int64) Cursor {
	if n == 0 {
		return ""
	}
	return Cursor(strconv.FormatInt(n, 10)).of(list)
}
