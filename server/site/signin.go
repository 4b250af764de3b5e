package site

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func queryEscape(text string) string { return url.QueryEscape(text) }

// local returns the path when it stays on this site, else "/": a sign-in link must not lead elsewhere.
func local(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}

func (s *Site) signInPage(c echo.Context) error {
	next := local(c.QueryParam("next"))
	form := ui.SignIn{Next: next, Kept: strings.Contains(next, "?"+draftParam+"=")}
	if c.QueryParam("refused") != "" {
		s.refusedBefore(c, &form)
	}
	return s.showSignIn(c, form)
}

// The refused sign-in that this browser shows: who tried, and until when no try is taken, "" for a wrong password. Nobody is signed in, so the browser keeps it.
const (
	triedCookie = "parkway_tried"
	triedFor    = 10 * time.Minute
)

// refuseSignIn leads back to the page, which says why: loading it again sends nothing again.
func (s *Site) refuseSignIn(c echo.Context, username string, until time.Time) error {
	tried := url.Values{"username": {cut(username, longestName)}}
	if !until.IsZero() {
		tried.Set("until", until.Format(time.RFC3339))
	}
	c.SetCookie(&http.Cookie{Name: triedCookie, Value: tried.Encode(), Path: "/sign-in", MaxAge: int(triedFor.Seconds()), HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteStrictMode})
	return c.Redirect(http.StatusSeeOther, "/sign-in?refused=true&next="+queryEscape(local(c.FormValue("next"))))
}

// longestName is how much of what was typed as a user name comes back, in characters.
const longestName = 60

func cut(text string, most int) string {
	if runes := []rune(strings.ToValidUTF8(text, "")); len(runes) > most {
		return string(runes[:most])
	}
	return strings.ToValidUTF8(text, "")
}

// refusedBefore says on the form what came of the last try; nothing where this browser has tried nothing.
func (s *Site) refusedBefore(c echo.Context, form *ui.SignIn) {
	ctx := c.Request().Context()
	cookie, err := c.Cookie(triedCookie)
	if err != nil {
		return
	}
	tried, err := url.ParseQuery(cookie.Value)
	if err != nil {
		return
	}
	form.Username, form.Trouble = tried.Get("username"), i18n.T(ctx, "signin.wrong")
	if until, err := time.Parse(time.RFC3339, tried.Get("until")); err == nil {
		left := until.Sub(s.Auth.Now())
		if left <= 0 { // it may be tried again
			form.Trouble = ""
			return
		}
		form.Locked = true
		form.Trouble = i18n.T(ctx, "signin.wait", "Count", int(math.Ceil(left.Minutes())), "Time", i18n.Clock(s.shownAt(until)))
	}
}

// shownAt is a moment of the machine's clock as the zone's clock has it, which in a demo is another: whoever reads it reads that one beside it.
func (s *Site) shownAt(at time.Time) time.Time { return at.Add(s.App.Now().Sub(s.Auth.Now())) }

// session tells an open page whether its reader is still signed in, so that a form is not sent into the void.
func (s *Site) session(c echo.Context) error {
	identity, in := auth.From(c.Request().Context())
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]any{"in": in, "who": identity.Username})
}

func (s *Site) showSignIn(c echo.Context, form ui.SignIn) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "signin.title"), "")
	if err != nil {
		return err
	}
	form.Demo = s.Demo
	if form.Trouble != "" {
		ch.Wrong = i18n.T(c.Request().Context(), "form.not_done")
	}
	return render(c, http.StatusOK, ui.SignInPage(ch, form))
}

func (s *Site) signIn(c echo.Context) error {
	ctx := c.Request().Context()
	attempt := auth.Attempt{Username: c.FormValue("username"), Password: c.FormValue("password"), Address: c.RealIP(), Agent: c.Request().UserAgent()}
	if cookie, err := c.Cookie(deviceCookie); err == nil {
		attempt.Device = cookie.Value
	}
	session, err := s.Auth.SignIn(ctx, attempt)
	var many *auth.TooMany
	switch {
	case errors.Is(err, auth.ErrWrong):
		return s.refuseSignIn(c, attempt.Username, time.Time{})
	case errors.As(err, &many):
		return s.refuseSignIn(c, attempt.Username, s.Auth.Now().Add(many.RetryAfter))
	case err != nil:
		return err
	}
	s.remember(c, session)
	c.SetCookie(&http.Cookie{Name: triedCookie, Path: "/sign-in", MaxAge: -1})
	return c.Redirect(http.StatusSeeOther, local(c.FormValue("next")))
}

// remember keeps the browser signed in.
func (s *Site) remember(c echo.Context, session auth.Session) {
	c.SetCookie(&http.Cookie{Name: SessionCookie, Value: session.Token, Path: "/", Expires: session.Expires.Add(auth.Grace), HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteLaxMode})
	c.SetCookie(&http.Cookie{Name: deviceCookie, Value: session.Device, Path: "/sign-in", Expires: session.Expires.AddDate(1, 0, 0), HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteStrictMode})
}

func (s *Site) signOut(c echo.Context) error {
	identity, _ := auth.From(c.Request().Context())
	if err := s.Auth.SignOut(c.Request().Context(), identity); err != nil {
		return err
	}
	c.SetCookie(&http.Cookie{Name: SessionCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteLaxMode})
	return c.Redirect(http.StatusSeeOther, "/sign-in")
}

// language switches between Chinese and English, and remembers it with the account.
func (s *Site) language(c echo.Context) error {
	to := "zh"
	if c.QueryParam("to") == "en" {
		to = "en"
	}
	c.SetCookie(&http.Cookie{Name: languageCookie, Value: to, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteLaxMode})
	if identity, ok := auth.From(c.Request().Context()); ok {
		if err := s.Auth.Queries.SetLanguage(c.Request().Context(), to, identity.Actor.ID); err != nil {
			return err
		}
	}
	return c.Redirect(http.StatusSeeOther, local(c.QueryParam("next")))
}
