package site

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/access"
	permits "github.com/parkway-zone/parkway/domain/permit"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// permits shows the permits of a project: its second page.
func (s *Site) permits(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	p, err := s.App.Store.Permits(ctx, actor, c.Param("id"), s.App.Now())
	if err != nil {
		return err
	}
	title := i18n.T(ctx, "permits.of_project", "Title", p.Project.Title)
	ch, err := s.chrome(c, title, "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"}, ui.Link{Text: p.Project.Title, URL: "/projects/" + p.Project.ID})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.PermitsPage(ch, ui.PermitsView{ProjectPermits: p, Requires: access.May(actor, permits.RequireName, access.Other)}))
}

// leading is what a kind says above the list of its open cases: of permits, how many each department has.
func (s *Site) leading(c echo.Context, kind process.Entry, done bool) (templ.Component, error) {
	if kind.Kind != permits.Kind || done {
		return nil, nil
	}
	portfolio, err := s.App.Store.PermitPortfolio(c.Request().Context(), actorOf(c), s.App.Now())
	if err != nil || !slices.ContainsFunc(portfolio, func(p permits.Portfolio) bool { return p.Open > 0 }) {
		return nil, err
	}
	return ui.PermitPortfolio(portfolio), nil
}
