package store

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
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
	id, known := value.ID(id)
	if err != nil || !found || !known || !printedTime(due) {
		return "", "", process.RefuseField("cursor", "翻页位置无效，请回到第一页。", "The cursor is not valid; start from the first page.")
	}
	return due, id, nil
}

// printedTime reports whether the text is a time as PostgreSQL prints it in UTC.
func printedTime(text string) bool {
	_, err := time.Parse("2006-01-02 15:04:05.999999-07", text)
	return err == nil || text == "infinity"
}

// page cuts a list read with one row too many and tells where the next page begins.
func page[R any](rows []R, size int, at func(R) (due, id string)) ([]R, Cursor) {
	if len(rows) <= size {
		return rows, ""
	}
	rows = rows[:size]
	return rows, cursorAfter(at(rows[size-1]))
}
