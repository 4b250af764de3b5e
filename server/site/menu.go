package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// menu is the whole menu as a page: a phone has no room for it beside the others.
func (s *Site) menu(c echo.Context) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "menu.all"), "menu")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.MenuPage(ch))
}

// openings leads to the form with which the reader may put a case on file, or asks which when there are several.
func (s *Site) openings(c echo.Context) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "record.what"), "record")
	if err != nil {
		return err
	}
	switch all := ui.Openings(c.Request().Context(), ch); len(all) {
	case 0:
		return process.Refuse(process.NotAllowed, "你的角色不登记项目、隐患或任务，请找经办人登记。", "Your role puts no cases on file; ask somebody who works on them.")
	case 1:
		return c.Redirect(http.StatusSeeOther, all[0].URL)
	}
	return render(c, http.StatusOK, ui.OpeningsPage(ch))
}
