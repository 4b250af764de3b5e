package store

import (
	"encoding/base64"
	"strings"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/process"
)

// Cursor is a place in a list that is ordered by due day and id; "" is its beginning. It stays valid when rows come and go.
type Cursor string

const (
	beginning = "-infinity"
	firstID   = "00000000-0000-0000-0000-000000000000"
)

func cursorAfter(due, id string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(due + "|" + id)))
}

func (c Cursor) read() (due, id string, err error) {
	if c == "" {
		return beginning, firstID, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(string(c))
	due, id, found := strings.Cut(string(text), "|")
	if _, idErr := uuid.Parse(id); err != nil || !found || idErr != nil || !plainTime(due) {
		return "", "", process.RefuseField("cursor", "翻页位置无效，请回到第一页。", "The cursor is not valid; start from the first page.")
	}
	return due, id, nil
}

// plainTime reports whether the text looks like a time that PostgreSQL printed.
func plainTime(text string) bool {
	return text == "infinity" || (len(text) >= 19 && len(text) <= 35 && strings.Trim(text, "0123456789-+:. ") == "")
}

// page cuts a list read with one row too many and tells where the next page begins.
func page[R any](rows []R, size int, at func(R) (due, id string)) ([]R, Cursor) {
	if len(rows) <= size {
		return rows, ""
	}
	rows = rows[:size]
	return rows, cursorAfter(at(rows[size-1]))
}
