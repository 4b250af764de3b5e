package site

import (
	"context"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// named is the request with a value of its address that it was answered by without having it.
func named(c echo.Context, name, value string) echo.Context {
	query := c.Request().URL.Query()
	query.Set(name, value)
	c.Request().URL.RawQuery = query.Encode()
	return c
}

// caseWords is where a case of any kind stands, in words.
func caseWords(ctx context.Context, kind, state string) string {
	return i18n.First(ctx, "state."+kind+"."+state, "state."+state)
}

// workSheet sends somebody's work as a workbook.
func workSheet(c echo.Context, name string, list lister[store.WorkRow]) error {
	ctx := c.Request().Context()
	heads := []string{"export.kind", "change.number", "change.title", "change.enterprise_name", "change.state", "change.holder", "column.holder_since", "change.due_on"}
	return listSheet(c, name, list, heads, func(r store.WorkRow) []any {
		return []any{i18n.T(ctx, "kind."+r.Kind), r.Number, r.Title, r.EnterpriseName, caseWords(ctx, r.Kind, r.State), ui.Who(ctx, r.HolderName), moment(r.HolderSince), r.DueOn}
	})
}

// aheadSheet sends what is ahead as a workbook.
func aheadSheet(c echo.Context, list lister[store.Foreseen]) error {
	ctx := c.Request().Context()
	heads := []string{"export.at", "export.kind", "change.number", "change.title", "change.enterprise_name", "change.holder", "change.due_on", "export.happens"}
	return listSheet(c, i18n.T(ctx, "forecast.zone"), list, heads, func(f store.Foreseen) []any {
		return []any{f.At, i18n.T(ctx, "kind."+string(f.Kind)), f.Number, f.Title, f.Enterprise, ui.Who(ctx, f.Holder), f.DueOn, ui.RungName(ctx, f)}
	})
}

// foundSheet sends the cases that a search found as a workbook.
func foundSheet(c echo.Context, found store.Finding, more bool) error {
	ctx := c.Request().Context()
	rows := [][]any{headings(ctx, []string{"export.kind", "change.number", "change.title", "change.enterprise_name", "change.state", "change.due_on"})}
	for _, r := range found.Cases {
		rows = append(rows, []any{i18n.T(ctx, "kind."+r.Kind), r.Number, r.Title, r.EnterpriseName, caseWords(ctx, r.Kind, r.State), r.DueOn})
	}
	if more {
		rows = append(rows, nil, []any{i18n.T(ctx, "export.more", "Count", len(found.Cases))})
	}
	return exportXLSX(c, i18n.T(ctx, "search.title")+".xlsx", rows)
}

// wholeBoard are the ways to take the board away: the open projects as a list.
func wholeBoard(shown int, all store.Totals) ui.Pages {
	open := "/projects?view=list&done=false"
	return ui.Pages{Shown: shown, Total: all.Count, All: open + "&print=all", Sheet: open + "&format=xlsx"}
}
