package site

import (
	"context"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// How much of a list is given whole. What is beyond is said.
const (
	mostPrinted  = 2000  // some fifty sheets of paper
	mostExported = 20000 // rows of a workbook
	mostCounted  = 1000  // rows that a page counts to say what it leaves out
	atOnce       = 500
)

// lister returns one page of a list.
type lister[T any] func(after store.Cursor, size int) ([]T, store.Cursor, error)

// every returns the rows of a list from its beginning, at most so many, and whether there are more.
func every[T any](most int, list lister[T]) ([]T, bool, error) {
	all, after := []T{}, store.Cursor("")
	for {
		rows, next, err := list(after, min(atOnce, most-len(all)))
		if err != nil {
			return nil, false, err
		}
		if all = append(all, rows...); next == "" || len(all) >= most {
			return all, next != "", nil
		}
		after = next
	}
}

// wantsSheet reports whether a list is asked for as a workbook.
func wantsSheet(c echo.Context) bool { return c.QueryParam("format") == "xlsx" }

// pageOf returns the rows that a page shows: one page of the list, or all of it for paper. cursor is the name of the address's parameter that says where a
// page begins; count says how many rows the filter has, once the rows are read; nil: nobody knows, and they are counted.
func pageOf[T any](c echo.Context, cursor string, list lister[T], count func() (int, error)) ([]T, ui.Pages, error) {
	rows, p, err := page(c, cursor, list, count == nil)
	if err == nil && count != nil {
		p.Total, err = count()
	}
	return rows, p, err
}

// countOf is how many rows a list has whose totals are being reckoned.
func countOf(totals func() (store.Totals, error)) func() (int, error) {
	return func() (int, error) {
		all, err := totals()
		return all.Count, err
	}
}

// page is pageOf, unknown: where the rows have to be counted.
func page[T any](c echo.Context, cursor string, list lister[T], unknown bool) ([]T, ui.Pages, error) {
	p := ui.Pages{All: with(c, cursor, "print", "all"), Sheet: with(c, cursor, "format", "xlsx")}
	if c.QueryParam("print") == "all" {
		rows, more, err := every(mostPrinted, list)
		p.Shown, p.All = len(rows), ""
		if unknown {
			p.Total, p.More = len(rows), more
		}
		if unknown && more { // how many are left out is said
			all, further, err := every(mostExported, list)
			if err != nil {
				return nil, p, err
			}
			p.Total, p.More = len(all), further
		}
		return rows, p, err
	}
	at := store.Cursor(c.QueryParam(cursor))
	rows, next, err := list(at, pageSize(c))
	if err != nil {
		return nil, p, err
	}
	p.Shown = len(rows)
	if next != "" {
		p.Next = with(c, cursor, cursor, string(next))
	}
	if unknown {
		if p.Total = len(rows); next != "" || at != "" {
			counted, more, err := every(mostCounted, list)
			if err != nil {
				return nil, p, err
			}
			p.Total, p.More = len(counted), more
		}
	}
	return rows, p, nil
}

// with is the address of this list from its beginning with one parameter set.
func with(c echo.Context, cursor, name, value string) string {
	query := c.Request().URL.Query()
	query.Del(cursor)
	query.Del("print")
	query.Del("format")
	query.Set(name, value)
	return c.Request().URL.Path + "?" + query.Encode()
}

// listSheet sends a list as a workbook under the headings with the keys.
func listSheet[T any](c echo.Context, name string, list lister[T], heads []string, row func(T) []any) error {
	return tableSheet(c, name, list, headings(c.Request().Context(), heads), row)
}

// tableSheet sends a list as a workbook. What it leaves out it says in its last row.
func tableSheet[T any](c echo.Context, name string, list lister[T], heads []any, row func(T) []any) error {
	ctx := c.Request().Context()
	rows, more, err := every(mostExported, list)
	if err != nil {
		return err
	}
	table := make([][]any, 0, len(rows)+2)
	table = append(table, heads)
	for _, r := range rows {
		table = append(table, row(r))
	}
	if more {
		table = append(table, nil, []any{i18n.T(ctx, "export.more", "Count", mostExported)})
	}
	return exportXLSX(c, name+".xlsx", table)
}

func headings(ctx context.Context, keys []string) []any {
	row := make([]any, 0, len(keys))
	for _, key := range keys {
		row = append(row, i18n.T(ctx, key))
	}
	return row
}

// number is an exact amount as a sheet reckons with it; a sheet's numbers have fifteen digits, and no amount has more.
func number(amount string) any {
	n, err := strconv.ParseFloat(amount, 64)
	if err != nil {
		return amount
	}
	return n
}
