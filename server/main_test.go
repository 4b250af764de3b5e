package server_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/pictures"
	"github.com/parkway-zone/parkway/store"
)

var cluster *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) {
	pictures.Called() // previews are drawn by the test's own program
	pgtest.Main(m, &cluster, store.Migrate)
}

const password = "a-long-password"

// bundle is a zone behind a real server on a real port.
type bundle struct {
	*zonetest.Zone
	server   *server.Server
	address  string
	database string
	owner    string // of the same database
}

// setup serves a zone; prepare may change the server before it starts.
func setup(t *testing.T, prepare func(*server.Server)) *bundle { return serve(t, true, prepare) }

// vacant serves a database in which no zone has been set up.
func vacant(t *testing.T) *bundle { return serve(t, false, asItIs) }

func serve(t *testing.T, zoned bool, prepare func(*server.Server)) *bundle {
	t.Helper()
	owner, app := cluster.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	quiet := slog.New(slog.DiscardHandler)
	s, err := store.Open(t.Context(), app, cal, quiet)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	files, err := blobs.Open(t.Context(), "file://"+t.TempDir(), 20<<20)
	require.NoError(t, err)
	b := &bundle{database: app, owner: owner}
	if zoned {
		b.Zone = zonetest.New(t, s)
	}
	self, err := os.Executable()
	require.NoError(t, err)
	b.server, err = server.New(server.Parts{Store: s, Blobs: files, Secret: bytes.Repeat([]byte("s"), 32), Now: time.Now, Draw: pictures.Apart(self), Log: quiet})
	require.NoError(t, err)
	prepare(b.server)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	b.address = listener.Addr().String()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- b.server.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return b
}

func asItIs(*server.Server) {}

// hashed is the hash of the password, made once: it is slow on purpose.
var hashed = sync.OnceValues(func() (string, error) { return auth.Hash(password) }) //nolint:gochecknoglobals // made by the first session

// session signs the person in and returns the cookie.
func (b *bundle) session(t *testing.T, who process.Actor) string {
	t.Helper()
	hash, err := hashed()
	require.NoError(t, err)
	require.NoError(t, b.Store.Accounts().SetPassword(t.Context(), hash, false, who.ID))
	session, err := b.server.Auth.SignIn(t.Context(), auth.Attempt{Username: who.Name, Password: password, Address: "127.0.0.1"})
	require.NoError(t, err)
	return "parkway_session=" + session.Token
}

// token makes a token of the person's.
func (b *bundle) token(t *testing.T, who process.Actor, readOnly bool) string {
	t.Helper()
	token, err := b.server.Auth.CreateToken(t.Context(), auth.Identity{Actor: who}, "脚本", 30, readOnly)
	require.NoError(t, err)
	return "Bearer " + token
}

// ask sends a request, given as name-value pairs of headers, and returns the answer without following it elsewhere.
func (b *bundle) ask(t *testing.T, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, "http://"+b.address+path, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	response, err := client.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(text)
}

// trusting makes the server believe these proxies, as the configuration reads them.
func trusting(t *testing.T, proxies ...string) func(*server.Server) {
	t.Helper()
	networks, err := config.Web{TrustedProxies: proxies}.Proxies()
	require.NoError(t, err)
	return func(s *server.Server) { s.Proxies = networks }
}
