package site

import (
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// stands names, for each route that takes a form with something to fill in, the page on which the form stands: there it is shown again when it was refused, or
// when its sender had to sign in first. A command's form stands at the address that it is sent to. What is no more than a button is not here.
func stands() map[string]string {
	return map[string]string{
		"/account/absences":                 "/account/reminders",
		"/account/password":                 "/account",
		"/account/reminders":                "/account/reminders",
		"/account/tokens":                   "/account",
		"/bulk":                             "/bulk",
		"/calendar/apply":                   "/calendar/preview",
		"/calendar/preview":                 "/calendar",
		"/channels":                         "/channels",
		"/channels/:channel/edit":           "/channels/:channel/edit",
		"/clock":                            "/clock",
		"/definitions":                      "/definitions",
		"/enterprises":                      "/enterprises",
		"/filters":                          "/:list",
		"/lists/:list/columns":              "/:list",
		"/enterprises/:id":                  "/enterprises/:id",
		"/enterprises/:id/merge":            "/enterprises/:id/merge",
		"/letter-settings/:letter":          "/letter-settings/:letter",
		"/registers/:register":              "/registers/:register/new",
		"/registers/:register/:id":          "/registers/:register/:id",
		"/registers/:register/import":       "/registers/:register/import",
		"/registers/:register/import/apply": "/registers/:register/import",
		"/users/:user/:deed":                "/users/:user/:deed",
	}
}

// standsOn is the page on which the form of the request stands, or "" where none does.
func standsOn(c echo.Context) string {
	if slices.ContainsFunc(kinds.All(), func(k process.Entry) bool {
		return c.Path() == "/"+k.Path+"/:id/:command" || c.Path() == kinds.Opening(k)
	}) {
		return c.Request().URL.Path
	}
	parts := strings.Split(stands()[c.Path()], "/")
	for i, part := range parts {
		if name, is := strings.CutPrefix(part, ":"); is {
			parts[i] = c.Param(name)
			if name == "list" {
				if parts[i] = ofList(c); parts[i] == "" {
					return ""
				}
			}
		}
	}
	return strings.Join(parts, "/")
}

// ofList is the list that a form belongs to, as its address or the form itself names it; "" where there is no such list.
func ofList(c echo.Context) string {
	list := c.Param("list")
	if list == "" {
		list = c.FormValue("list")
	}
	if _, ok := kinds.At(list); !ok {
		return ""
	}
	return list
}

// drawnAt is the query of the page on which a form stood, where the page is another one without it: the list, as it was narrowed.
func drawnAt(c echo.Context) string {
	if page := stands()[c.Path()]; page != "/:list" {
		return ""
	}
	return store.Selection(c.FormValue("query"))
}
