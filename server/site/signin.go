package site

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

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
	return s.showSignIn(c, http.StatusOK, ui.SignIn{Next: next, Kept: strings.Contains(next, "?"+draftParam+"=")})
}

// session tells an open page whether its reader is still signed in, so that a form is not sent into the void.
func (s *Site) session(c echo.Context) error {
	identity, in := auth.From(c.Request().Context())
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]any{"in": in, "who": identity.Username})
}

func (s *Site) showSignIn(c echo.Context, status int, form ui.SignIn) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "signin.title"), "")
	if err != nil {
		return err
	}
	form.Demo = s.Demo
	return render(c, status, ui.SignInPage(ch, form))
}

func (s *Site) signIn(c echo.Context) error {
	ctx := c.Request().Context()
	attempt := auth.Attempt{Username: c.FormValue("username"), Password: c.FormValue("password"), Address: c.RealIP(), Agent: c.Request().UserAgent()}
	if cookie, err := c.Cookie(deviceCookie); err == nil {
		attempt.Device = cookie.Value
	}
	session, err := s.Auth.SignIn(ctx, attempt)
	form := ui.SignIn{Next: local(c.FormValue("next")), Username: attempt.Username}
	var many *auth.TooMany
	switch {
	case errors.Is(err, auth.ErrWrong):
		form.Trouble = i18n.T(ctx, "signin.wrong")
		return s.showSignIn(c, http.StatusUnprocessableEntity, form)
	case errors.As(err, &many):
		minutes := int(math.Ceil(many.RetryAfter.Minutes()))
		form.Trouble = i18n.T(ctx, "signin.wait", "Count", minutes, "Time", i18n.Clock(s.Auth.Now().Add(many.RetryAfter)))
		form.Locked = true
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(many.RetryAfter.Seconds()))))
		return s.showSignIn(c, http.StatusTooManyRequests, form)
	case err != nil:
		return err
	}
	s.remember(c, session)
	return c.Redirect(http.StatusSeeOther, form.Next)
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
