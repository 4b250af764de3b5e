package site

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// ordered is a list in the order that the address asks for, and how its page offers others: by every column that the list describes. asked is whatever else
// chooses its rows. What is no column leaves the usual order, and the page says so.
func ordered[R any](c echo.Context, l store.Sortable[R], asked any, usual lister[R]) (lister[R], *ui.Sorting) {
	sorting := sortingOf(c, l.Columns)
	if sorting.Sort == "" {
		return idle(usual, sorting), sorting
	}
	var all *store.Sorted[R]
	most := store.MostSorted
	if wantsSheet(c) { // what is given away is given away whole, in this order too
		most = mostExported
	}
	return func(after store.Cursor, size int) ([]R, store.Cursor, error) {
		if all == nil {
			read, err := l.Sorted(sorting.Sort, most, store.Lister[R](usual))
			if err != nil {
				return nil, "", err
			}
			all, sorting.Cut = read, read.Cut
		}
		rows, next, err := all.Page(asked, after, size)
		if err == nil && next == "" && all.Cut && wantsSheet(c) {
			next = beyond
		}
		return rows, next, err
	}, sorting
}

// idle is a list that says of its sorting, once it is read, whether there is anything to sort.
func idle[R any](usual lister[R], sorting *ui.Sorting) lister[R] {
	return func(after store.Cursor, size int) ([]R, store.Cursor, error) {
		rows, next, err := usual(after, size)
		sorting.Idle = err == nil && after == "" && next == "" && len(rows) == 0
		return rows, next, err
	}
}

// beyond says behind the last row of a workbook that there were more than are sorted: its last line says so. No page goes on there.
const beyond store.Cursor = "beyond"

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
