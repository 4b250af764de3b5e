package site

import (
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// monthsShown is how many months the register of money shows beside each other.
const monthsShown = 6

// moneyAsked reads from the address which month of the register is asked for, and of which projects: the month before this one unless it says otherwise.
func (s *Site) moneyAsked(c echo.Context) (reading, error) {
	kind, _ := kinds.Of(project.Kind)
	query := maps.Clone(c.QueryParams())
	delete(query, "month")
	delete(query, "entered")
	asked, err := s.askedOf(c, kind, query)
	if err != nil {
		return asked, err
	}
	asked.Money.Month = funds.MonthOf(s.today()).Add(-1)
	if text := c.QueryParam("month"); text != "" {
		month, err := typed.Month("month", text)
		if err != nil {
			return asked, err
		}
		if asked.Money.Month = funds.Month(month); asked.Money.Month.Bounds("month") != nil {
			return asked, asked.Money.Month.Bounds("month")
		}
	}
	if state := c.QueryParam("entered"); state == "true" || state == "false" {
		is := state == "true"
		asked.Money.Entered = &is
	}
	return asked, nil
}

// money shows the monthly register of the projects' money: who has entered which month.
func (s *Site) money(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	ch, err := s.chrome(c, i18n.T(ctx, "money.register"), "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"})
	if err != nil {
		return err
	}
	asked, err := s.moneyAsked(c)
	if err != nil {
		return err
	}
	m := ui.MoneyRegister{Months: asked.Money.Month.Up(monthsShown), Now: funds.MonthOf(s.today()), Sorting: sortingOf(c, []string{"title", "manager_name", "construction_started_on", "investment"})}
	if asked.Money.Entered != nil {
		m.State = map[bool]string{true: "true", false: "false"}[*asked.Money.Entered]
	}
	kind, _ := kinds.Of(project.Kind)
	if m.List, err = s.listed(c, kind, asked); err != nil {
		return err
	}
	list := func(after store.Cursor, size int) ([]store.MoneyRow, store.Cursor, error) {
		if asked.amiss() {
			return nil, "", nil
		}
		return s.App.Store.MoneyRegister(ctx, actor, asked.Conditions, m.Sorting.Sort, after, size, s.App.Now())
	}
	if wantsSheet(c) {
		return s.moneySheet(c, asked.Money.Month, list)
	}
	counts := meanwhile(func() ([2]int, error) {
		owing, missing, err := s.App.Store.MoneyCounts(ctx, actor, asked.Conditions, s.App.Now())
		return [2]int{owing, missing}, err
	})
	count := func() (int, error) {
		counted, err := counts()
		m.Owing, m.Missing = counted[0], counted[1]
		switch m.State {
		case "true":
			return m.Owing - m.Missing, err
		case "false":
			return m.Missing, err
		}
		return m.Owing, err
	}
	if m.Rows, m.Pages, err = pageOf(c, "cursor", list, count); err != nil {
		return err
	}
	m.Sorting.Idle = len(m.Rows) == 0
	m.Pages.Count = i18n.T(ctx, "projects.total", "Count", m.Pages.Total)
	month, rest := store.Conditions{Money: store.Money{Month: asked.Money.Month}}, asked.Conditions
	if rest.Money = (store.Money{}); !asked.amiss() && !rest.Empty() { // the head says it of all of them, whichever are looked for
		if m.Owing, m.Missing, err = s.App.Store.MoneyCounts(ctx, actor, month, s.App.Now()); err != nil {
			return err
		}
	}
	return render(c, http.StatusOK, ui.MoneyPage(ch, m))
}

// moneySheet sends the register as a workbook: a row for each amount, in its own currency and in yuan at its rate, and one for each month that is missing.
func (s *Site) moneySheet(c echo.Context, until funds.Month, list lister[store.MoneyRow]) error {
	ctx := c.Request().Context()
	projects, more, err := every(mostExported, list)
	if err != nil {
		return err
	}
	rows := [][]any{headings(ctx, []string{"change.number", "kind.project", "change.enterprise_name", "change.manager_name", "field.month", "field.sort", "field.origin", "field.currency", "export.money_amount",
		"field.rate", "field.rate_on", "field.rate_source", "export.money_yuan", "field.purpose", "export.money_state"})}
	for _, p := range projects {
		head := []any{p.Number, p.Title, p.EnterpriseName, ui.Who(ctx, p.ManagerName)}
		for _, month := range until.Up(monthsShown) {
			if _, entered := p.Of(month, funds.Done); !entered && p.Owes(month) && month < funds.MonthOf(s.today()) {
				rows = append(rows, append(append([]any{}, head...), string(month), i18n.T(ctx, "money_sort.done"), nil, nil, nil, nil, nil, nil, nil, nil, i18n.T(ctx, "money.missing")))
			}
		}
		for _, e := range p.Entries {
			var rate any
			if e.Rate != nil {
				rate = number(e.Rate.String())
			}
			rows = append(rows, append(append([]any{}, head...), string(e.Month), i18n.T(ctx, "money_sort."+string(e.Sort)), i18n.T(ctx, "money_origin."+string(e.Origin)), string(e.Currency),
				number(e.Amount.String()), rate, e.RateOn, e.RateSource, number(e.Yuan().String()), e.Purpose, i18n.T(ctx, "money.state_entered")))
		}
	}
	if more {
		rows = append(rows, nil, []any{i18n.T(ctx, "export.more", "Count", mostExported)})
	}
	return exportXLSX(c, i18n.T(ctx, "money.register")+" "+string(until)+".xlsx", rows)
}
