package site

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// deadline explains the deadlines of a case, as a page or exported.
func (s *Site) deadline(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := s.App.Store.Deadlines(ctx, actorOf(c), c.Param("id"), s.App.Now())
	if err != nil {
		return err
	}
	switch c.QueryParam("format") {
	case "csv":
		return exportCSV(c, d.Number+" "+d.Title+".csv", ledgerRows(ctx, d))
	case "xlsx":
		return exportXLSX(c, d.Number+" "+d.Title+".xlsx", ledgerRows(ctx, d))
	}
	ch, err := s.chrome(c, i18n.T(ctx, "deadline.title"), menuOf(d.Kind), ui.Link{Text: d.Title, URL: ui.CaseURL(d.Kind, d.ID)})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.DeadlinePage(ch, d))
}

// twoWeeks is how far the zone's forecast looks.
const twoWeeks = 14 * 24 * time.Hour

func (s *Site) forecast(c echo.Context) error {
	ctx, now := c.Request().Context(), s.App.Now()
	ch, err := s.chrome(c, i18n.T(ctx, "forecast.zone"), "forecast")
	if err != nil {
		return err
	}
	until := now.Add(twoWeeks)
	list := func(after store.Cursor, size int) ([]store.Foreseen, store.Cursor, error) {
		return s.App.Store.Outlook(ctx, actorOf(c), now, until, after, size)
	}
	if wantsSheet(c) {
		return aheadSheet(c, list)
	}
	steps, pages, err := ahead(c, list)
	if err != nil {
		return err
	}
	count, err := s.App.Store.CountAhead(ctx, actorOf(c), until)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ForecastPage(ch, ui.Outlook{Steps: steps, Cases: count, Until: clock.DateOf(until), Pages: pages}))
}

// ahead are the steps that a page shows. A page holds so many cases, each with all its steps, so that steps are not counted beyond it.
func ahead(c echo.Context, list lister[store.Foreseen]) ([]store.Foreseen, ui.Pages, error) {
	if c.QueryParam("print") == "all" {
		steps, more, err := every(mostPrinted, list)
		return steps, ui.Pages{Shown: len(steps), Total: len(steps), More: more, Sheet: with(c, "cursor", "format", "xlsx")}, err
	}
	steps, next, err := list(cursorOf(c), pageSize(c))
	p := ui.Pages{Shown: len(steps), Total: len(steps), More: next != "" || cursorOf(c) != "", Sheet: with(c, "cursor", "format", "xlsx"), All: with(c, "cursor", "print", "all")}
	p.Next = nextPage(c, next)
	return steps, p, err
}

// ledgerRows are the ledgers of a case as a table: one row for each stretch.
func ledgerRows(ctx context.Context, d store.Deadlines) [][]any {
	rows := [][]any{{d.Number, d.Title}, {}, {i18n.T(ctx, "deadline.limit"), i18n.T(ctx, "ledger.stretch"), i18n.T(ctx, "ledger.until"), i18n.T(ctx, "ledger.cause"),
		i18n.T(ctx, "ledger.days"), i18n.T(ctx, "ledger.counted", "Unit", i18n.T(ctx, "ledger.unit")), i18n.T(ctx, "ledger.sum", "Unit", i18n.T(ctx, "ledger.unit")), i18n.T(ctx, "ledger.unit"), i18n.T(ctx, "deadline.calendar"), i18n.T(ctx, "ledger.paper")}}
	for _, k := range d.Clocks {
		sum, name, unit := 0, ui.ClockName(ctx, d, k.Clock), ui.UnitName(ctx, k.Unit)
		calendar := ui.CalendarName(ctx, k.Calendar)
		rows = append(rows, []any{name, k.StartedOn, nil, i18n.T(ctx, "ledger.start"), nil, nil, nil, unit, calendar, nil})
		for _, e := range k.Ledger.Entries {
			sum += e.Counted
			rows = append(rows, []any{name, e.From, e.To, i18n.T(ctx, "ledger.cause."+string(e.Cause), "Name", e.Name),
				e.Days, units(e.Counted, k.Unit), units(sum, k.Unit), unit, calendar, e.Paper})
		}
		rows = append(rows, []any{name, k.Ledger.DueOn, nil, i18n.T(ctx, "deadline.final"), nil, nil, units(k.Ledger.Counted, k.Unit), unit, calendar, nil})
		if k.Verdict != clock.Running {
			rows = append(rows, []any{name, k.StoppedOn, nil, ui.VerdictWords(ctx, k.Clock, clock.DateOf(d.Now).Year()), nil, nil, nil, nil, calendar, nil})
		}
	}
	return rows
}

// units is a number as its clock counts: hours are kept in minutes.
func units(n int, unit clock.Unit) any {
	if unit == clock.WorkingHour {
		return float64(n) / 60
	}
	return n
}
