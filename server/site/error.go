package site

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// Error shows a problem as a page: what happened, that nothing is lost, and a number to quote. It needs no database.
func (s *Site) Error(c echo.Context, p httpapi.Problem, number string) error {
	ctx := context.WithoutCancel(s.spoken(c.Request())) // a request whose body did not come is over, and is answered all the same
	c.SetRequest(c.Request().WithContext(ctx))
	icon, title, words := "fail", i18n.T(ctx, "error.500"), []string{p.Title}
	switch p.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		icon, title = "search", i18n.T(ctx, "error.404")
	case http.StatusForbidden:
		icon, title = "lock", i18n.T(ctx, "error.403")
	case http.StatusUnauthorized:
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	case http.StatusServiceUnavailable:
		c.Response().Header().Set("Retry-After", "5")
	}
	if httpapi.NotSetUp(p) {
		return s.notSetUp(c)
	}
	if p.Status == http.StatusNotFound {
		if shown, err := s.lost(c, p.Title); shown {
			return err
		}
	}
	if p.Status < http.StatusInternalServerError {
		number = ""
	}
	ch := ui.Chrome{Title: title, Today: s.today(), Asset: s.Assets.URL}
	return render(c, p.Status, ui.ErrorPage(ch, icon, title, words, number))
}
