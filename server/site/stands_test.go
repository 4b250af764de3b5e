package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/turn"
)

// TestEveryFormStandsSomewhere: a route that takes a form names the page on which it is shown again, which is there; what does not is known to be a button.
func TestEveryFormStandsSomewhere(t *testing.T) {
	t.Parallel()
	buttons := []string{
		"/setup", "/sign-in", "/sign-out", // nobody is signed in: set-up keeps what was typed by itself
		"/account/absences/:absence/end", "/account/tokens/:token/revoke", "/channels/:channel", "/deliveries/:message/resend", "/filters/:filter/drop", "/notices/:notice/ack", "/watch/:id",
	}
	e := echo.New()
	(&Site{Clock: &turn.Clock{}}).Route(e)
	read, taken := map[string]bool{}, 0
	for _, r := range e.Routes() {
		read[r.Path] = read[r.Path] || r.Method == http.MethodGet
	}
	for _, r := range e.Routes() {
		if r.Method != http.MethodPost {
			continue
		}
		if page, is := stands()[r.Path]; is {
			taken++
			require.True(t, read[strings.Replace(page, ":list", "hazards", 1)], "%s stands on %s, which is no page", r.Path, page)
		}
		c := e.NewContext(httptest.NewRequest(http.MethodPost, r.Path, nil), httptest.NewRecorder())
		c.SetPath(r.Path)
		c.Request().Form = url.Values{"list": {"hazards"}}
		require.Equal(t, slices.Contains(buttons, r.Path), standsOn(c) == "", "%s: say in stands where this form stands", r.Path)
	}
	require.Len(t, stands(), taken, "a form that is not taken any more")
}
