package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
)

// Cursor is a place in a list; "" is its beginning. It stays valid when rows come and go, and counts in its own list only, in the same order and under the
// same conditions: elsewhere it would pass over rows without a word.
type Cursor string

// listed names a list as it is asked for: its name, and whatever chooses and orders its rows. A cursor of it is refused everywhere else.
func listed(name string, asked ...any) string {
	text, err := json.Marshal(asked)
	if err != nil { // conditions are plain values
		panic(fmt.Sprintf("name the list %s: %v", name, err))
	}
	digest := sha256.Sum256(append([]byte(name), text...))
	return base64.RawURLEncoding.EncodeToString(digest[:6])
}

// within returns the place in a list, or refuses one of another list.
func (c Cursor) within(list string) (Cursor, error) {
	if c == "" {
		return "", nil
	}
	of, place, found := strings.Cut(string(c), ".")
	if !found || of != list || place == "" {
		return "", badCursor()
	}
	return Cursor(place), nil
}

// of is the place as it is given out.
func (c Cursor) of(list string) Cursor {
	if c == "" {
		return ""
	}
	return Cursor(list+".") + c
}

const (
	beginning = "-infinity"
	firstID   = "00000000-0000-0000-0000-000000000000"
	lastID    = "ffffffff-ffff-ffff-ffff-ffffffffffff"
)

func cursorAfter(due, id string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(due + "|" + id)))
}

func (c Cursor) read() (due, id string, err error) {
	if c == "" {
		return beginning, firstID, nil
	}
	due, id, ok := c.parts()
	if !ok || !printedTime(due) {
		return "", "", badCursor()
	}
	return due, id, nil
}

// readName reads a place in a list that is ordered by name and id.
func (c Cursor) readName() (name, id string, err error) {
	if c == "" {
		return "", firstID, nil
	}
	name, id, ok := c.parts()
	if !ok {
		return "", "", badCursor()
	}
	return name, id, nil
}

// parts takes the place apart; not ok when it is not one of ours.
func (c Cursor) parts() (by, id string, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(string(c))
	at := strings.LastIndexByte(string(text), '|')
	if err != nil || at < 0 || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return "", "", false
	}
	by = string(text[:at])
	id, ok = value.ID(string(text[at+1:]))
	return by, id, ok
}

func badCursor() error {
	return process.RefuseField("cursor", "翻页位置不属于这个列表，请回到第一页。", "The cursor is not one of this list as it is asked for now; start from the first page.")
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
