package site

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func enterpriseSheet(c echo.Context, list lister[store.Enterprise]) error {
	ctx := c.Request().Context()
	heads := []string{"field.name", "field.short_name", "change.aliases", "field.credit_code", "change.sector"}
	return listSheet(c, i18n.T(ctx, "enterprises.title"), list, heads, func(e store.Enterprise) []any {
		return []any{e.Name, e.ShortName, strings.Join(e.Aliases, "、"), e.CreditCode, ui.Trade(ctx, e.Sector)}
	})
}

// moment is a time that there may not be.
func moment(at *time.Time) any {
	if at == nil {
		return nil
	}
	return *at
}

// historySheet sends the history of a case as a workbook, the oldest first: one row for every fact that a deed changed, and one for a deed that changed none.
func (s *Site) historySheet(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	events, more, before := []process.Event{}, true, int64(0)
	for more && len(events) < mostExported {
		page, err := s.App.Store.History(ctx, actorOf(c), id, before, atOnce)
		if err != nil {
			return err
		}
		events = append(events, page...)
		if more = len(page) == atOnce; more {
			before = page[len(page)-1].Version
		}
	}
	standing, err := s.App.Store.Standing(ctx, id)
	if err != nil {
		return err
	}
	rules, err := s.App.Store.RulesOf(ctx, standing)
	if err != nil {
		return err
	}
	slices.Reverse(events)
	rows := [][]any{headings(ctx, []string{"export.version", "export.occurred_at", "export.recorded_at", "export.who", "export.deed", "export.fact", "export.before", "export.after", "field.reason"})}
	for _, e := range events {
		deed := []any{int(e.Version), e.OccurredAt, e.RecordedAt, ui.WhoDid(ctx, e.Actor), i18n.Deed(ctx, e.Command)}
		changes := ui.Changes(ctx, e, rules)
		for _, ch := range changes {
			rows = append(rows, append(slices.Clone(deed), ch.Name, asRecorded(ch.Was, ch.Old), asRecorded(ch.Is, ch.New), e.Reason))
		}
		if len(changes) == 0 {
			rows = append(rows, append(deed, nil, nil, nil, e.Reason))
		}
	}
	if more {
		rows = append(rows, nil, []any{i18n.T(ctx, "export.more", "Count", mostExported)})
	}
	return exportXLSX(c, standing.Title+" "+i18n.T(ctx, "history.title")+".xlsx", rows)
}

// asRecorded is a fact as a sheet reckons with it: a number, an amount or a day as such, and anything else in words.
func asRecorded(fact json.RawMessage, words string) any {
	var n float64
	if words != "" && json.Unmarshal(fact, &n) == nil && string(fact) != "null" {
		return n
	}
	var text string
	if words == "" || json.Unmarshal(fact, &text) != nil {
		return words
	}
	if regexp.MustCompile(`^-?\d{1,13}\.\d{2}$`).MatchString(text) {
		return number(text)
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return clock.NewDate(day.Year(), day.Month(), day.Day())
	}
	return words
}
