package site

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// findAlike answers, while a project is being typed, which open ones it may be: by its name and other names, by the telephone, by the enterprise. What is put on file
// at a later stage was signed elsewhere and is not asked about, as when the form is sent.
func (s *Site) findAlike(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	c.Response().Header().Set("Cache-Control", "no-store")
	if !slices.Contains(project.Courted(), c.QueryParam("stage")) || !actor.Has(process.ProjectManager) {
		return c.JSON(http.StatusOK, findings{Found: []ui.Choice{}})
	}
	found, err := s.App.Store.Alike(ctx, actor, process.Likeness{Title: c.QueryParam("title"), EnterpriseID: c.QueryParam("enterprise_id"), Phone: c.QueryParam("phone")})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, findings{Found: each(found, func(a process.Alike) ui.Choice {
		who := a.Manager
		if who == "" {
			who = i18n.T(ctx, "state.pooled")
		}
		return ui.Choice{Value: a.ID, Text: a.Number + " " + a.Title, Detail: i18n.T(ctx, "alike."+a.By) + " · " + who}
	})})
}
