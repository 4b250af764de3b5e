package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/server/site"
	"github.com/parkway-zone/parkway/store"
)

// recover turns a panic into an answered error, so that one bad request never takes the server down.
func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler { //nolint:errorlint // a sentinel by identity
					panic(r)
				}
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// name gives every request a short number that people can quote.
func (s *Server) name(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := rand.Text()[:7]
		c.Set("request_id", id[:3]+"-"+id[3:])
		c.Response().Header().Set("X-Request-Id", id[:3]+"-"+id[3:])
		return next(c)
	}
}

// protect sets the headers that browsers need, and refuses writes that another site sent with this browser's cookie. A token is no cookie.
func (s *Server) protect(next echo.HandlerFunc) echo.HandlerFunc {
	crossOrigin := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		r, h := c.Request(), c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if !strings.HasPrefix(r.URL.Path, EngineUIPath) {
			h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'")
		}
		if token(r) == "" {
			if err := crossOrigin.Check(r); err != nil {
				return echo.NewHTTPError(http.StatusForbidden, "cross-origin").SetInternal(err)
			}
		}
		return next(c)
	}
}

// identify finds out who is asking; whether somebody has to be is up to the routes. It is the one place where a token becomes somebody, and
// so the one place that keeps tokens that may only read from everything that writes.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		identity, err := s.whois(c.Request())
		if errors.Is(err, auth.ErrNobody) {
			return s.once(c, next)
		}
		if err != nil {
			return fmt.Errorf("identify the caller: %w", unreachable(err))
		}
		if identity.ReadOnly && !reads(c.Request().Method) {
			return echo.NewHTTPError(http.StatusForbidden, httpapi.ReadOnlyToken)
		}
		c.SetRequest(c.Request().WithContext(auth.With(c.Request().Context(), identity)))
		return next(c)
	}
}

// once notes who sent a form with a session that has ended meanwhile.
func (s *Server) once(c echo.Context, next echo.HandlerFunc) error {
	r := c.Request()
	cookie, err := r.Cookie(site.SessionCookie)
	if err != nil || reads(r.Method) || strings.HasPrefix(r.URL.Path, "/api/") {
		return next(c)
	}
	who, err := s.Auth.Lapsed(r.Context(), cookie.Value)
	switch {
	case err == nil:
		c.SetRequest(r.WithContext(auth.WithLapsed(r.Context(), who)))
	case !errors.Is(err, auth.ErrNobody):
		return fmt.Errorf("identify the caller: %w", unreachable(err))
	}
	return next(c)
}

// reads reports whether a method leaves everything as it is (RFC 9110, "safe"), apart from when somebody was last there.
func reads(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// whois returns who sent a request: the owner of the token, under /api, or of the session. Elsewhere a token is nobody.
func (s *Server) whois(r *http.Request) (auth.Identity, error) {
	if token := token(r); token != "" {
		return s.Auth.ByToken(r.Context(), token)
	}
	cookie, err := r.Cookie(site.SessionCookie)
	if err != nil {
		return auth.Identity{}, auth.ErrNobody
	}
	return s.Auth.BySession(r.Context(), cookie.Value)
}

// token returns the API token that counts for the request: programs send one to /api, pages know sessions only.
func token(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "bearer") && strings.HasPrefix(r.URL.Path, "/api/") {
		return token
	}
	return ""
}

// changesPassword is where the API takes a password in place of another, the first one too.
const changesPassword = "/api/v1/account/password"

// signedIn lets through requests of somebody who has chosen their password, or does so now.
func signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		identity, ok := auth.From(c.Request().Context())
		switch {
		case !ok:
			return auth.ErrNobody
		case identity.MustChange && c.Request().URL.Path != changesPassword:
			return process.Refuse(process.NotAllowed, "请先修改初始密码。", "Change the first password first.")
		}
		return next(c)
	}
}

// administratorsOnly lets through administrators who have chosen their password.
func administratorsOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return signedIn(func(c echo.Context) error {
		if identity, _ := auth.From(c.Request().Context()); !identity.Actor.Has(process.Administrator) {
			return process.Refuse(process.NotAllowed, "只有管理员可以看这一页。", "Only administrators may see this page.")
		}
		return next(c)
	})
}

// clientIP returns what the nearest trusted proxy wrote: from the right of X-Forwarded-For, past the proxies named in the configuration one by
// one, the first address that is none of them. What stands further left came from the client, who may write anything.
func (s *Server) clientIP() echo.IPExtractor {
	if len(s.Proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, proxy := range s.Proxies {
		options = append(options, echo.TrustIPRange(proxy))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// answerError answers with a problem under /api and with a page elsewhere, and logs what a person has to look into.
func (s *Server) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	id, _ := c.Get("request_id").(string)
	err = s.away(c.Request().Context(), err)
	var refusal *process.Refusal
	if refused := store.Refusal(err); refused != nil && !errors.As(err, &refusal) {
		s.Log.Error("the database refused what the rules let through", append([]any{"request_id", id, "path", c.Path()}, store.Refused(err)...)...)
		err = refused
	}
	if ctx := c.Request().Context(); ctx.Err() != nil { // called off, because the server stops: its answer is still written
		answering, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		c.SetRequest(c.Request().WithContext(answering))
	}
	problem := httpapi.ProblemOf(err, site.Chinese(c.Request()))
	if problem.Status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) && !httpapi.NotSetUp(problem) {
		s.Log.Error("request failed", "request_id", id, "path", c.Path(), "error", err)
	}
	if strings.HasPrefix(c.Request().URL.Path, "/api/") {
		err = httpapi.WriteProblem(c, problem, id)
	} else {
		err = s.Site.Error(c, problem, id)
	}
	if err != nil {
		s.Log.Error("error not answered", "request_id", id, "error", err)
	}
}
