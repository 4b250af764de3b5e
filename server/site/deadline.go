package site

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/xuri/excelize/v2"

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
		return exportCSV(c, d.Number+".csv", ledgerRows(ctx, d))
	case "xlsx":
		return exportXLSX(c, d.Number+".xlsx", ledgerRows(ctx, d))
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
	steps, next, err := s.App.Store.Outlook(ctx, actorOf(c), now, until, cursorOf(c), perPage)
	if err != nil {
		return err
	}
	count, err := s.App.Store.CountAhead(ctx, actorOf(c), until)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ForecastPage(ch, ui.Outlook{Steps: steps, Cases: count, Until: clock.DateOf(until), Next: nextPage(c, next)}))
}

// ledgerRows are the ledgers of a case as a table: one row for each stretch.
func ledgerRows(ctx context.Context, d store.Deadlines) [][]string {
	rows := [][]string{{d.Number, d.Title}, {}, {i18n.T(ctx, "deadline.limit"), i18n.T(ctx, "ledger.stretch"), "", i18n.T(ctx, "ledger.cause"),
		i18n.T(ctx, "ledger.days"), i18n.T(ctx, "ledger.counted"), i18n.T(ctx, "ledger.sum"), i18n.T(ctx, "deadline.calendar"), i18n.T(ctx, "ledger.paper")}}
	for _, k := range d.Clocks {
		sum := 0
		for _, e := range k.Ledger.Entries {
			sum += e.Counted
			rows = append(rows, []string{ui.ClockName(ctx, d, k.Clock), e.From.String(), e.To.String(), i18n.T(ctx, "ledger.cause."+string(e.Cause), "Name", e.Name),
				strconv.Itoa(e.Days), strconv.Itoa(e.Counted), strconv.Itoa(sum), k.Calendar, e.Paper})
		}
		rows = append(rows, []string{ui.ClockName(ctx, d, k.Clock), k.Ledger.DueOn.String(), "", i18n.T(ctx, "deadline.final"), "", "", strconv.Itoa(k.Ledger.Counted), k.Calendar, ""})
		if k.Verdict != clock.Running {
			rows = append(rows, []string{ui.ClockName(ctx, d, k.Clock), k.StoppedOn.String(), "", ui.VerdictWords(ctx, k.Clock, clock.DateOf(d.Now).Year()), "", "", "", k.Calendar, ""})
		}
	}
	return rows
}

// exportCSV sends a table as UTF-8 with a byte order mark, without which Excel takes Chinese for something else.
func exportCSV(c echo.Context, name string, rows [][]string) error {
	header := c.Response().Header()
	header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+queryEscape(name))
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	c.Response().WriteHeader(http.StatusOK)
	if _, err := c.Response().Write([]byte("\xef\xbb\xbf")); err != nil {
		return err
	}
	w := csv.NewWriter(c.Response())
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
	}
	return w.WriteAll(rows)
}

// harmless keeps a spreadsheet from taking somebody's words for a formula.
func harmless(cell string) string {
	if cell != "" && (cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@') {
		return "'" + cell
	}
	return cell
}

func exportXLSX(c echo.Context, name string, rows [][]string) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // nothing of it lies on disk
	for y, row := range rows {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return fmt.Errorf("write the sheet: %w", err)
			}
			if err := book.SetCellStr("Sheet1", at, cell); err != nil {
				return fmt.Errorf("write the sheet: %w", err)
			}
		}
	}
	if err := book.SetColWidth("Sheet1", "A", "I", 18); err != nil {
		return fmt.Errorf("write the sheet: %w", err)
	}
	header := c.Response().Header()
	header.Set("Content-Disposition", "attachment; filename*=UTF-8''"+queryEscape(name))
	header.Set(echo.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	c.Response().WriteHeader(http.StatusOK)
	return book.Write(c.Response())
}
