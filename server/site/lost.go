package site

import (
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// longestAsked is how much of an address that leads nowhere is said again.
const longestAsked = 120

// lost answers an address that leads nowhere: it says what was asked for, and offers to search for its last part and the lists there are. Where that part
// is the number or the id of a case which the reader may see, it leads there; of any other it says no more than of one that does not exist. ok is false for
// a stranger, and where the database does not answer.
func (s *Site) lost(c echo.Context, sentence string) (ok bool, err error) {
	ctx := c.Request().Context()
	if _, in := auth.From(ctx); !in {
		return false, nil
	}
	asked, fault := value.Text(c.Request().URL.Path)
	if fault != nil {
		asked = "/"
	}
	last := path.Base(strings.TrimRight(asked, "/"))
	if to := s.meant(c, last); to != "" && to != c.Request().URL.Path && c.Request().Method == http.MethodGet {
		return true, c.Redirect(http.StatusSeeOther, to)
	}
	ch, err := s.chrome(c, i18n.T(ctx, "error.404"), "")
	if err != nil {
		return false, nil //nolint:nilerr // the page that needs no database is shown instead
	}
	page := ui.Lost{Asked: shortened(asked, longestAsked), Sentence: sentence, Words: shortened(strings.Trim(last, "/."), 100)}
	return true, render(c, http.StatusNotFound, ui.LostPage(ch, page))
}

func shortened(text string, most int) string {
	if signs := []rune(text); len(signs) > most {
		return string(signs[:most]) + "…"
	}
	return text
}

// meant is the page of the case that the last part of an address names by its number or its id, when the reader may see it; else "".
func (s *Site) meant(c echo.Context, last string) string {
	ctx, actor := c.Request().Context(), actorOf(c)
	if id, ok := value.ID(last); ok {
		v, err := s.App.Store.Case(ctx, actor, id)
		if err != nil {
			return ""
		}
		return kinds.URL(v.Kind, id)
	}
	if !numbered(last) {
		return ""
	}
	found, err := s.App.Store.Search(ctx, actor, last, 1)
	if err != nil || len(found.Cases) == 0 || !strings.EqualFold(found.Cases[0].Number, last) {
		return ""
	}
	return kinds.URL(process.Kind(found.Cases[0].Kind), found.Cases[0].ID)
}

// numbered reports whether a text begins as the numbers of a kind do.
func numbered(text string) bool {
	for _, kind := range kinds.All() {
		if head, rest, ok := strings.Cut(text, "-"); ok && strings.EqualFold(head, kind.Series) && rest != "" && len(text) <= 40 {
			return true
		}
	}
	return false
}
