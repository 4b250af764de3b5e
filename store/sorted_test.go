package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

type thing struct {
	ID      string
	Name    string
	Count   int
	SeenAt  *time.Time
	DueOn   clock.Date
	Settled bool
}

func things() store.Sortable[thing] {
	return store.Sortable[thing]{Name: "things", ID: func(t thing) string { return t.ID }, Columns: []string{"name", "count", "seen_at", "due_on", "settled", "loud"},
		Of: map[string]func(thing) any{"loud": func(t thing) any { return strings.ToUpper(t.Name) }}}
}

// TestASortedListIsTheList: whatever its rows, every column gives each row once, page by page, both ways, with what has no value last; and a place counts in its own
// list, order and conditions alone.
func TestASortedListIsTheList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, size := rapid.IntRange(0, 40).Draw(t, "rows"), rapid.IntRange(1, 9).Draw(t, "page")
		rows := []thing{}
		for i := range n {
			one := thing{ID: fmt.Sprintf("%03d", i), Name: rapid.SampledFrom([]string{"", "安", "第9号", "第10号", "a", "B", strings.Repeat("泗", 80), strings.Repeat("泗", 80) + "甲"}).Draw(t, "name"),
				Count: rapid.IntRange(-3, 3).Draw(t, "count"), Settled: rapid.Bool().Draw(t, "settled")}
			if rapid.Bool().Draw(t, "seen") {
				at := time.Unix(int64(rapid.IntRange(-5, 5).Draw(t, "at")), 0)
				one.SeenAt, one.DueOn = &at, clock.DateOf(at)
			}
			rows = append(rows, one)
		}
		order := rapid.SampledFrom(things().Columns).Draw(t, "column")
		if rapid.Bool().Draw(t, "back") {
			order = "-" + order
		}
		found, after := []string{}, store.Cursor("")
		for {
			page, next, err := things().Page(order, "all", after, size, store.Whole(rows))
			require.NoError(t, err)
			for _, one := range page {
				found = append(found, one.ID)
			}
			require.LessOrEqual(t, len(next), 400, "a place goes into an address")
			if next == "" {
				break
			}
			_, _, err = things().Page(order, "others", next, size, store.Whole(rows))
			require.Error(t, err)
			_, _, err = things().Page("-"+strings.TrimPrefix(order, "-"), "all", next, size, store.Whole(rows))
			require.Equal(t, strings.HasPrefix(order, "-"), err == nil)
			after = next
		}
		whole, err := things().Sorted(order, store.MostSorted, store.Whole(rows))
		require.NoError(t, err)
		all, _, err := whole.Page("all", "", max(n, 1))
		require.NoError(t, err)
		ids, empty := []string{}, false
		for i, one := range all {
			ids = append(ids, one.ID)
			if strings.TrimPrefix(order, "-") == "seen_at" {
				require.False(t, empty && one.SeenAt != nil, "what has no value comes last")
				empty = one.SeenAt == nil
			}
			if i > 0 && order == "count" {
				require.LessOrEqual(t, all[i-1].Count, one.Count)
			}
			if i > 0 && order == "-count" {
				require.GreaterOrEqual(t, all[i-1].Count, one.Count)
			}
		}
		require.Equal(t, ids, found, "page by page as at once")
		slices.Sort(ids)
		require.Len(t, slices.Compact(ids), n, "every row once")
	})
	_, _, err := things().Page("weight", nil, "", 5, store.Whole([]thing{}))
	require.Error(t, err, "no such column")
}

// TestALongListIsSortedInPart: beyond so many rows the first of the usual order are sorted, and it says so.
func TestALongListIsSortedInPart(t *testing.T) {
	t.Parallel()
	read := 0
	endless := func(_ store.Cursor, size int) ([]thing, store.Cursor, error) {
		rows := []thing{}
		for range size {
			read++
			rows = append(rows, thing{ID: fmt.Sprint(read), Count: read})
		}
		return rows, "more", nil
	}
	all, err := things().Sorted("-count", store.MostSorted, endless)
	require.NoError(t, err)
	require.True(t, all.Cut)
	require.Equal(t, store.MostSorted, read)
	rows, next, err := all.Page(nil, "", 1)
	require.NoError(t, err)
	require.NotEmpty(t, next)
	require.Equal(t, store.MostSorted, rows[0].Count)
}

// TestEverySortableListHasItsColumns: a column is a field of the row, or says what it is.
func TestEverySortableListHasItsColumns(t *testing.T) {
	t.Parallel()
	sorts(t, store.SortWork())
	sorts(t, store.SortInbox())
	sorts(t, store.SortEnterprises())
	sorts(t, store.SortNotices())
	sorts(t, store.SortMessages())
	sorts(t, store.SortDeeds())
	sorts(t, store.SortChannels())
	sorts(t, store.SortTokens())
	sorts(t, store.SortAccounts())
}

func sorts[R any](t *testing.T, l store.Sortable[R]) {
	t.Helper()
	require.NotEmpty(t, l.Columns)
	for _, column := range l.Columns {
		require.True(t, l.Knows(column), "%s: no row has a %s", l.Name, column)
	}
}
