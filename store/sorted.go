package store

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
)

// MostSorted is how many rows of a list are sorted by a column, the first of its usual order: of what somebody was told, the newest.
const MostSorted = 3000

// Lister returns one page of a list in its usual order, and where the next one begins.
type Lister[R any] func(after Cursor, size int) ([]R, Cursor, error)

// Sortable is a list that is no list of a kind's cases, with the columns by which it can be sorted (docs/decisions/0035). A column is a field of the row, by its
// name (due_on is DueOn), unless Of says what it is. Whoever shows the list offers these columns, and nobody sorts by hand.
type Sortable[R any] struct {
	Name    string // of the list
	ID      func(R) string
	Columns []string
	Of      map[string]func(R) any // of columns that are no field of the row, or sort in an order of their own
}

// Page returns a page of the list sorted by a column, with "-" before it for backwards, or in its usual order for "". What has no value comes last either way;
// names sort as they are spoken, and numbers within words by what they are. asked is whatever else chooses the rows: a place counts in the list it was made for. It
// refuses what is no column.
func (l Sortable[R]) Page(sort string, asked any, after Cursor, size int, usual Lister[R]) ([]R, Cursor, error) {
	if sort == "" {
		return usual(after, size)
	}
	all, err := l.Sorted(sort, MostSorted, usual)
	if err != nil {
		return nil, "", err
	}
	return all.Page(asked, after, size)
}

// Sorted reads a list, or the first so many rows of it, and sorts it by a column.
func (l Sortable[R]) Sorted(sort string, most int, usual Lister[R]) (*Sorted[R], error) {
	column, back := strings.CutPrefix(sort, "-")
	if !slices.Contains(l.Columns, column) {
		return nil, process.RefuseField("sort", "这个列表不能按这一列排序，请回到列表重新选择。", "The list cannot be sorted by this column; go back to it and choose again.")
	}
	s := &Sorted[R]{list: l.Name, order: sort, back: back}
	speak := &voice{collator: collate.New(language.Chinese, collate.Numeric)}
	for after := Cursor(""); ; {
		rows, next, err := usual(after, min(500, most-len(s.rows)))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			s.rows = append(s.rows, placed[R]{row: r, place: place{Key: speak.key(l.value(column, r)), ID: l.ID(r)}})
		}
		if next == "" || len(s.rows) >= most {
			s.Cut = next != ""
			break
		}
		after = next
	}
	slices.SortFunc(s.rows, func(a, b placed[R]) int { return s.compare(a.place, b.place) })
	return s, nil
}

func (l Sortable[R]) value(column string, r R) any {
	if of, ok := l.Of[column]; ok {
		return of(r)
	}
	return fieldOf(r, fieldName(column))
}

// Knows reports whether a row has the column.
func (l Sortable[R]) Knows(column string) bool {
	if _, ok := l.Of[column]; ok {
		return true
	}
	_, ok := reflect.TypeFor[R]().FieldByName(fieldName(column))
	return ok
}

// Sorted is a list in the order of a column.
type Sorted[R any] struct {
	Cut bool // there were more rows than are sorted

	list, order string
	back        bool
	rows        []placed[R]
}

// placed is a row with its place.
type placed[R any] struct {
	row   R
	place place
}

// place is where a row stands in an order. A nil key has no value.
type place struct {
	Key []byte `json:"k"`
	ID  string `json:"i"`
}

// mostOfKey is how much of a key a cursor carries: what begins alike beyond it is told apart by its id.
const mostOfKey = 120

// Page returns the rows after a place, and where the next page begins.
func (s *Sorted[R]) Page(asked any, after Cursor, size int) ([]R, Cursor, error) {
	list := listed("sorted "+s.list, asked, s.order)
	begin := 0
	if at, err := after.within(list); err != nil {
		return nil, "", err
	} else if at != "" {
		if begin, err = s.behind(at); err != nil {
			return nil, "", err
		}
	}
	end := min(begin+size, len(s.rows))
	found := make([]R, 0, end-begin)
	for _, p := range s.rows[begin:end] {
		found = append(found, p.row)
	}
	if end == len(s.rows) || size == 0 {
		return found, "", nil
	}
	last := s.rows[end-1].place
	last.Key = last.Key[:min(len(last.Key), mostOfKey)]
	text, err := json.Marshal(last)
	if err != nil {
		return nil, "", err
	}
	return found, Cursor(base64.RawURLEncoding.EncodeToString(text)).of(list), nil
}

// behind is the first row after a place: after its own row where that is still there, else where it would be.
func (s *Sorted[R]) behind(at Cursor) (int, error) {
	var last place
	text, err := base64.RawURLEncoding.DecodeString(string(at))
	if err != nil || json.Unmarshal(text, &last) != nil || len(last.Key) > mostOfKey {
		return 0, badCursor()
	}
	if i := slices.IndexFunc(s.rows, func(p placed[R]) bool {
		return p.place.ID == last.ID && bytes.HasPrefix(p.place.Key, last.Key) && (p.place.Key == nil) == (last.Key == nil)
	}); i >= 0 {
		return i + 1, nil
	}
	if i := slices.IndexFunc(s.rows, func(p placed[R]) bool { return s.compare(p.place, last) > 0 }); i >= 0 {
		return i, nil
	}
	return len(s.rows), nil
}

func (s *Sorted[R]) compare(a, b place) int {
	switch {
	case a.Key == nil && b.Key != nil:
		return 1
	case a.Key != nil && b.Key == nil:
		return -1
	}
	by := bytes.Compare(a.Key, b.Key)
	if by == 0 {
		by = strings.Compare(a.ID, b.ID)
	}
	if s.back {
		return -by
	}
	return by
}

// voice turns values into keys that compare as the values do.
type voice struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

// key is what a value sorts by; nil for none.
func (v *voice) key(value any) []byte {
	switch one := value.(type) {
	case string:
		if one == "" {
			return nil
		}
		key := slices.Clone(v.collator.KeyFromString(&v.buffer, heard(one)))
		v.buffer.Reset()
		return append(append(key, 0), one...) // what sounds alike stays apart
	case []string:
		return v.key(strings.Join(one, "、"))
	case bool:
		if one {
			return whole(1)
		}
		return whole(0)
	case int:
		return whole(int64(one))
	case int32:
		return whole(int64(one))
	case int64:
		return whole(one)
	case clock.Date:
		if one.IsZero() {
			return nil
		}
		return v.key(one.String())
	case time.Time:
		if one.IsZero() {
			return nil
		}
		return whole(one.UnixMicro())
	case *time.Time:
		if one == nil {
			return nil
		}
		return whole(one.UnixMicro())
	}
	return nil
}

func whole(n int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(n)^(math.MaxInt64+1)) //nolint:gosec // the sign is turned round, so that the bytes compare as the numbers do
}
