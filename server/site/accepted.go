package site

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// acceptedCookie tells the pages' script which forms were carried out, so that what it kept of them on the device is forgotten (web/src/keep.js). It names
// addresses and nothing else.
const acceptedCookie = "parkway_accepted"

// accepted notes that a form was carried out. One that was refused, or that only looked something up, is still being filled in.
func accepted(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r := c.Request(); r.Method == http.MethodPost {
			path := r.URL.Path
			c.Response().Before(func() {
				if carriedOut(c) {
					c.SetCookie(&http.Cookie{Name: acceptedCookie, Value: url.PathEscape(strings.Join(alsoAccepted(c, path), "|")), Path: "/", SameSite: http.SameSiteLaxMode})
				}
			})
		}
		return next(c)
	}
}

func carriedOut(c echo.Context) bool {
	switch c.Response().Status {
	case http.StatusSeeOther:
		to, err := url.Parse(c.Response().Header().Get(echo.HeaderLocation))
		return err == nil && to.Path != "/sign-in" && to.Query().Get(draftParam) == ""
	case http.StatusOK: // shown instead of led to: what is shown once, what came of each of many
		return !strings.HasSuffix(c.Path(), "/preview") && c.FormValue("_find") == "" && c.FormValue("_use") == ""
	}
	return false
}

// alsoAccepted are the forms that no page has heard of yet, this one the last.
func alsoAccepted(c echo.Context, path string) []string {
	before := []string{}
	if cookie, err := c.Cookie(acceptedCookie); err == nil {
		if value, err := url.PathUnescape(cookie.Value); err == nil && len(value) < 1000 {
			before = strings.Split(value, "|")
		}
	}
	before = slices.DeleteFunc(before, func(one string) bool { return one == path || one == "" })
	return append(before, path)
}
