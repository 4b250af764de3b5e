package site

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// ordered is a list in the order that the address asks for, and how its page offers others: by every column that the list describes. asked is whatever else
// chooses its rows. What is no column leaves the usual order, and the page says so.
func ordered[R any](c echo.Context, l store.Sortable[R], asked any, usual lister[R]) (lister[R], *ui.Sorting) {
	sorting := sortingOf(c, l.Columns)
	if sorting.Sort == "" {
		return usual, sorting
	}
	var all *store.Sorted[R]
	return func(after store.Cursor, size int) ([]R, store.Cursor, error) {
		if all == nil {
			read, err := l.Sorted(sorting.Sort, store.Lister[R](usual))
			if err != nil {
				return nil, "", err
			}
			all, sorting.Cut = read, read.Cut
		}
		return all.Page(asked, after, size)
	}, sorting
}

// numberAt reads a place in a list that goes on before a number; 0 for its beginning.
func numberAt(after store.Cursor) (int64, error) {
	if after == "" {
		return 0, nil
	}
	before, err := strconv.ParseInt(string(after), 10, 64)
	if err != nil || before < 1 {
		return 0, process.RefuseField("before", "翻页位置无效，请回到第一页。", "The cursor is not valid; start from the first page.")
	}
	return before, nil
}

// atNumber is the place before a number; none for 0.
func atNumber(n int64) store.Cursor {
	if n == 0 {
		return ""
	}
	return store.Cursor(strconv.FormatInt(n, 10))
}

// sortingOf reads from the address by which of the columns its list is sorted.
func sortingOf(c echo.Context, columns []string) *ui.Sorting {
	ctx := c.Request().Context()
	sorting := &ui.Sorting{Path: c.Request().URL.Path, Sort: c.QueryParam("sort")}
	sorting.Query, _ = url.ParseQuery(store.Selection(c.QueryString())) // it is one that was encoded
	delete(sorting.Query, "sort")
	for _, name := range columns {
		sorting.Columns = append(sorting.Columns, ui.Option{Value: name, Text: i18n.First(ctx, "sort."+name, "column."+name, "change."+name)})
	}
	if name := strings.TrimPrefix(sorting.Sort, "-"); name != "" && !slices.Contains(columns, name) {
		sorting.Sort, sorting.Unknown = "", true
	}
	return sorting
}
