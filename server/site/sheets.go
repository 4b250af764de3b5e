package site

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func projectSheet(c echo.Context, list lister[store.ProjectRow], d process.Rules) error {
	ctx := c.Request().Context()
	heads := []string{"change.number", "change.title", "change.enterprise_name", "change.sector", "change.site_mode", "export.investment", "change.stage", "change.stage_since",
		"change.state", "change.holder", "export.held_since", "change.due_on", "change.signed_on", "change.construction_started_on", "change.production_on", "change.manager_name"}
	return listSheet(c, i18n.T(ctx, "projects.title"), list, heads, func(r store.ProjectRow) []any {
		stage := r.Stage
		if name := d.StageName(r.Stage); name.Chinese != "" {
			stage = i18n.Pick(ctx, name)
		}
		return []any{r.Number, r.Title, r.EnterpriseName, i18n.T(ctx, "sector."+r.Sector), i18n.T(ctx, "site_mode."+r.SiteMode), number(r.Investment), stage, r.StageSince,
			i18n.First(ctx, "state."+string(project.Kind)+"."+r.State, "state."+r.State), ui.Who(ctx, r.HolderName), moment(r.HolderSince), r.DueOn, r.SignedOn, r.ConstructionStartedOn, r.ProductionOn, ui.Who(ctx, r.ManagerName)}
	})
}

func hazardSheet(c echo.Context, list lister[store.HazardRow]) error {
	ctx := c.Request().Context()
	heads := []string{"change.number", "change.title", "change.enterprise_name", "change.location", "change.level", "change.round", "change.state", "change.result", "change.found_on",
		"change.due_on", "change.closed_on", "change.holder", "export.held_since", "change.supervisor_name"}
	return listSheet(c, i18n.T(ctx, "hazards.title"), list, heads, func(r store.HazardRow) []any {
		result := ""
		if r.Result != "" {
			result = i18n.T(ctx, "result."+r.Result)
		}
		return []any{r.Number, r.Title, r.EnterpriseName, r.Location, i18n.T(ctx, "level."+r.Level), int(r.Round), i18n.First(ctx, "state."+string(hazard.Kind)+"."+r.State, "state."+r.State), result,
			r.FoundOn, r.DueOn, r.ClosedOn, ui.Who(ctx, r.HolderName), moment(r.HolderSince), ui.Who(ctx, r.SupervisorName)}
	})
}

func caseSheet(c echo.Context, title string, kind process.Kind, list lister[store.CaseRow]) error {
	ctx := c.Request().Context()
	heads := []string{"change.number", "change.title", "change.enterprise_name", "change.state", "change.holder", "export.held_since", "change.due_on"}
	return listSheet(c, title, list, heads, func(r store.CaseRow) []any {
		return []any{r.Number, r.Title, r.EnterpriseName, i18n.First(ctx, "state."+string(kind)+"."+r.State, "state."+r.State), ui.Who(ctx, r.HolderName), moment(r.HolderSince), r.DueOn}
	})
}

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
		deed := []any{int(e.Version), e.OccurredAt, e.RecordedAt, ui.Who(ctx, e.Actor.Name), i18n.Deed(ctx, e.Command)}
		changes := ui.Changes(ctx, e.Changes, rules)
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
