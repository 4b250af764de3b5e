package site

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/enterprise"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) enterprises(c echo.Context) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "enterprises.title"), "enterprises")
	if err != nil {
		return err
	}
	e := ui.Enterprises{Words: c.QueryParam("q")}
	list, sorting := ordered(c, store.SortEnterprises(), e.Words, func(after store.Cursor, size int) ([]store.Enterprise, store.Cursor, error) {
		return s.App.Store.Enterprises(ctx, actorOf(c), e.Words, after, size)
	})
	e.Sorting = sorting
	if wantsSheet(c) {
		return enterpriseSheet(c, list)
	}
	if e.Rows, e.Pages, err = pageOf(c, "after", list, nil); err != nil {
		return err
	}
	if app.MayAddEnterprise(ch.Actor) {
		form := ui.Form{Action: "/enterprises", Submit: i18n.T(ctx, "enterprises.add"), Fields: enterpriseFields(ctx)}
		if err := s.retype(c, &form); err != nil {
			return err
		}
		e.Add = &form
	}
	if ch.Actor.Has(process.Administrator) {
		e.First = &ui.Link{Text: i18n.T(ctx, "import.title", "Register", i18n.T(ctx, "register.enterprises")), URL: "/registers/enterprises/import"}
	}
	return render(c, http.StatusOK, ui.EnterprisesPage(ch, e))
}

func enterpriseFields(ctx context.Context) []ui.Field {
	return []ui.Field{field(ctx, "name", "text", true), field(ctx, "short_name", "text", false), field(ctx, "credit_code", "text", false),
		field(ctx, "facts.sector", "select", true, ui.Keyed(ctx, "sector.", project.Sectors()...)...)}
}

func (s *Site) addEnterprise(c echo.Context) error {
	if !app.MayAddEnterprise(actorOf(c)) { // the page itself, not its form, is what they may not see
		return process.Refuse(process.NotAllowed, "只有园区工作人员可以新增企业。", "Only the zone's staff may add enterprises.")
	}
	wanted := enterprise.New{Name: c.FormValue("name"), ShortName: c.FormValue("short_name"), CreditCode: c.FormValue("credit_code"), Sector: c.FormValue("facts.sector")}
	if refused := missing(c, enterpriseFields(c.Request().Context())); refused != nil {
		_, err := wanted.Checked()
		return s.refuse(c, refused.Alongside(err))
	}
	if _, err := s.App.AddEnterprise(c.Request().Context(), actorOf(c), wanted); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", "/enterprises")
}

func (s *Site) enterprise(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), actorOf(c), c.Param("id")
	e, err := s.App.Store.Enterprise(ctx, actor, id)
	if err != nil {
		return err
	}
	if e.MergedInto != "" { // old links and codes lead here: it says where everything went, and offers nothing to do
		ch, err := s.chrome(c, e.ShortName, "enterprises", ui.Link{Text: i18n.T(ctx, "enterprises.title"), URL: "/enterprises"})
		if err != nil {
			return err
		}
		return render(c, http.StatusOK, ui.MergedPage(ch, e))
	}
	projects, err := s.casesOf(c, project.Kind, id)
	if err != nil {
		return err
	}
	hazards, err := s.casesOf(c, hazard.Kind, id)
	if err != nil {
		return err
	}
	ch, err := s.chrome(c, e.ShortName, "enterprises", ui.Link{Text: i18n.T(ctx, "enterprises.title"), URL: "/enterprises"})
	if err != nil {
		return err
	}
	care, err := s.careForm(c, id)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.EnterprisePage(ch, e, projects, hazards, care))
}

// casesOf are the enterprise's cases of a kind: the first page of them, and how many there are.
func (s *Site) casesOf(c echo.Context, kind process.Kind, id string) (ui.CasesOf, error) {
	ctx, actor, of := c.Request().Context(), actorOf(c), store.Conditions{In: map[string][]string{"enterprise_id": {id}}}
	rows, next, err := s.App.Store.List(ctx, actor, kind, of, "", "", perPage, s.App.Now())
	cases := ui.CasesOf{Rows: rows, Total: len(rows)}
	if err == nil && next != "" {
		var totals store.Totals
		totals, err = s.App.Store.ListTotals(ctx, actor, kind, of, s.App.Now())
		cases.Total = totals.Count
	}
	return cases, err
}
