package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server"
)

// routes are all routes of the program with their parameters filled in.
func routes(t *testing.T, s *server.Server) []*echo.Route {
	t.Helper()
	e, err := s.Handler()
	require.NoError(t, err)
	found := []*echo.Route{}
	for _, r := range e.Routes() {
		parts := strings.Split(r.Path, "/")
		for i, part := range parts {
			if strings.HasPrefix(part, ":") {
				parts[i] = "00000000-0000-4000-8000-000000000001"
			}
			if part == "*" {
				parts[i] = "x"
			}
		}
		found = append(found, &echo.Route{Method: r.Method, Path: strings.Join(parts, "/")})
	}
	require.Greater(t, len(found), 80)
	return found
}

// TestATokenIsNobodyOnPages: no page, stream, file or tool answers a token, whatever it may do at /api and whosever it is.
func TestATokenIsNobodyOnPages(t *testing.T) {
	t.Parallel()
	b := setup(t, func(s *server.Server) {
		s.EngineUI = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the engine's pages answered a token") })
	})
	admin := b.As(process.Administrator)
	for _, readOnly := range []bool{true, false} {
		bearer := b.token(t, admin, readOnly)
		response, _ := b.ask(t, http.MethodGet, "/api/v1/me", "", "Authorization", bearer)
		require.Equal(t, http.StatusOK, response.StatusCode)
		for _, r := range routes(t, b.server) {
			open := strings.HasPrefix(r.Path, "/assets") || strings.HasPrefix(r.Path, "/api") || strings.HasPrefix(r.Path, "/echo") || strings.HasPrefix(r.Path, "/v/") ||
				r.Path == "/healthz" || r.Path == "/readyz" || r.Path == "/sign-in" || r.Path == "/session" || r.Path == "/language" ||
				r.Path == "/field/worker.js" || r.Path == "/field/shell" // they hold nothing of anybody's
			if open || (r.Method != http.MethodGet && r.Method != http.MethodPost) {
				continue
			}
			response, _ := b.ask(t, r.Method, r.Path, "", "Authorization", bearer)
			require.Equal(t, http.StatusSeeOther, response.StatusCode, "%s %s", r.Method, r.Path)
			require.True(t, strings.HasPrefix(response.Header.Get("Location"), "/sign-in"), "%s %s", r.Method, r.Path)
		}
	}
	b.ask(t, http.MethodPost, "/account/tokens", "name=x&days=30", "Authorization", b.token(t, admin, true))
	rows, err := b.server.Auth.Queries.Tokens(t.Context(), admin.ID)
	require.NoError(t, err)
	require.Len(t, rows, 3, "no token has made another")
}

// TestAReadOnlyTokenOnlyReads: every operation of the API that writes refuses it, also those yet to come.
func TestAReadOnlyTokenOnlyReads(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	bearer, writes := b.token(t, b.As(process.ProjectManager), true), 0
	for _, r := range routes(t, b.server) {
		if !strings.HasPrefix(r.Path, "/api/v1/") || r.Method == http.MethodGet {
			continue
		}
		writes++
		response, text := b.ask(t, r.Method, r.Path, "", "Authorization", bearer, "Content-Type", "application/json", "Idempotency-Key", "k")
		require.Equal(t, http.StatusForbidden, response.StatusCode, "%s %s", r.Method, r.Path)
		require.Contains(t, text, "read_only_token", "%s %s", r.Method, r.Path)
	}
	require.Greater(t, writes, 25)
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete, "MERGE"} {
		response, _ := b.ask(t, method, "/api/v1/me", "", "Authorization", bearer)
		require.Equal(t, http.StatusForbidden, response.StatusCode, method)
	}
}

// TestATokenGivesNobodyAccess: whoever found a token keeps nothing of what it did. It makes no token, no account and no password, not even an
// administrator's; a signed-in browser does.
func TestATokenGivesNobodyAccess(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	admin := b.operator(t, b.As(process.Administrator))
	signedIn := *admin
	signedIn.cookie, signedIn.bearer = b.session(t, b.As(process.Administrator)), ""
	user := object{"username": "neu", "name": "新人", "role": "project_manager", "unit_id": b.Section}
	at := "/users/" + b.Second.ID
	for _, c := range []struct {
		method, path string
		input        any
		status       int
	}{
		{"POST", "/account/tokens", object{"name": "另一个", "days": 3}, 200},
		{"POST", "/users", user, 200},
		{"POST", at + "/password-reset", nil, 200},
		{"DELETE", at + "/disablement", nil, 204},
	} {
		require.Equal(t, "not_allowed", admin.do(t, 403, c.method, c.path, c.input)["code"], c.path)
		signedIn.do(t, c.status, c.method, c.path, c.input)
	}
}

// TestATokenDoesNotExcuseACookie: a page's write that another site sent with the browser's cookie is refused, whatever else it carries.
func TestATokenDoesNotExcuseACookie(t *testing.T) {
	t.Parallel()
	b := setup(t, asItIs)
	cookie := b.session(t, b.As(process.ProjectManager))
	for _, header := range [][]string{{"Cookie", cookie, "Sec-Fetch-Site", "cross-site"}, {"Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Authorization", "Bearer x"}} {
		response, page := b.ask(t, http.MethodPost, "/account/tokens", "name=x&days=30", header...)
		require.Equal(t, http.StatusForbidden, response.StatusCode)
		require.NotContains(t, page, "令牌只能读取", "there is no token")
	}
	response, _ := b.ask(t, http.MethodPost, "/account/tokens", "name=x&days=30", "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
	require.Equal(t, http.StatusSeeOther, response.StatusCode)
	require.Regexp(t, `^/account\?shown=`, response.Header.Get("Location"))
}

// TestAFirstPasswordOpensNothing: not the engine's pages, and no token.
func TestAFirstPasswordOpensNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, func(s *server.Server) {
		s.EngineUI = http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			t.Error("the engine's pages were opened with a first password")
		})
	})
	admin := b.As(process.Administrator)
	cookie := b.session(t, admin)
	hash, err := b.server.Auth.Queries.UserByID(t.Context(), admin.ID)
	require.NoError(t, err)
	require.NoError(t, b.server.Auth.Queries.SetPassword(t.Context(), hash.PasswordHash, true, admin.ID))
	response, _ := b.ask(t, http.MethodGet, server.EngineUIPath, "", "Cookie", cookie)
	require.Equal(t, http.StatusForbidden, response.StatusCode)
	response, _ = b.ask(t, http.MethodPost, "/account/tokens", "name=x&days=30", "Cookie", cookie)
	require.Equal(t, "/account", response.Header.Get("Location"))
	response, _ = b.ask(t, http.MethodGet, "/account", "", "Cookie", cookie)
	require.Equal(t, http.StatusOK, response.StatusCode)
}
