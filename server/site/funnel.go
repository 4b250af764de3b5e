package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// funnel counts leads and negotiations by stage and step, and what ended early by reason.
func (s *Site) funnel(c echo.Context) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "funnel.title"), "projects", ui.Link{Text: i18n.T(ctx, "projects.title"), URL: "/projects"})
	if err != nil {
		return err
	}
	f, err := s.App.Store.Funnel(ctx, actorOf(c), 0)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FunnelPage(ch, f))
}
