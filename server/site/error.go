package site

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// Error shows a problem as a page: what happened, that nothing is lost, and a number to quote. Menu and search stand around it for who is signed in, where the
// database answers at once; it needs none.
func (s *Site) Error(c echo.Context, p httpapi.Problem, number string) error {
	ctx := context.WithoutCancel(s.spoken(c.Request())) // a request whose body did not come is over, and is answered all the same
	c.SetRequest(c.Request().WithContext(ctx))
	icon, title, words := "fail", i18n.T(ctx, "error.500"), []string{p.Title}
	var back *ui.Link
	switch p.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		icon, title = "search", i18n.T(ctx, "error.404")
	case http.StatusForbidden:
		icon, title = "lock", i18n.T(ctx, "error.403")
	case http.StatusUnauthorized:
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	case http.StatusRequestEntityTooLarge, http.StatusRequestTimeout: // nothing of it was read: what was typed is where it was typed
		title = i18n.T(ctx, "error.413")
		if form := wayBack(c); form != "/" {
			words, back = append(words, i18n.T(ctx, "error.kept")), &ui.Link{Text: i18n.T(ctx, "error.back"), URL: form}
		}
	case http.StatusServiceUnavailable:
		c.Response().Header().Set("Retry-After", "5")
		if httpapi.Away(p) {
			words = []string{i18n.T(ctx, "error.away")}
		}
	}
	if httpapi.NotSetUp(p) {
		return s.notSetUp(c)
	}
	if first := firstPage(c, p); first != "" {
		s.flash(c, "first_page")
		return c.Redirect(http.StatusSeeOther, first)
	}
	if p.Status == http.StatusNotFound {
		if shown, err := s.lost(c, p.Title); shown {
			return err
		}
	}
	if p.Status < http.StatusInternalServerError {
		number = ""
	}
	return render(c, p.Status, ui.ErrorPage(s.around(c, title), icon, title, words, number, back))
}

// soon is how long an error's page waits for what stands around it.
const soon = 500 * time.Millisecond

// around is what stands around an error's page: all of it, or for strangers, and where it cannot be had, no more than the title.
func (s *Site) around(c echo.Context, title string) ui.Chrome {
	bare := ui.Chrome{Title: title, Today: s.today(), Asset: s.Assets.URL}
	identity, in := auth.From(c.Request().Context())
	if !in || identity.MustChange {
		return bare
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), soon)
	defer cancel()
	asked := c.Request()
	defer c.SetRequest(asked)
	c.SetRequest(asked.WithContext(ctx))
	ch, err := s.chrome(c, title, "")
	if err != nil {
		return bare
	}
	return ch
}

// firstPage is the address of the list from its beginning, when what was refused is the place in it: the link was made for another list, for other
// conditions, or by an older version. "" when something else was refused.
func firstPage(c echo.Context, p httpapi.Problem) string {
	if c.Request().Method != http.MethodGet || len(p.Fields) == 0 || !slices.Contains([]string{"cursor", "after", "before"}, p.Fields[0].Name) {
		return ""
	}
	query := c.Request().URL.Query()
	before := len(query)
	for _, name := range []string{"cursor", "after", "before"} {
		query.Del(name)
	}
	if len(query) == before {
		return ""
	}
	return strings.TrimSuffix(here(c.Request().URL)+"?"+query.Encode(), "?")
}
