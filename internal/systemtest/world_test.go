// Package systemtest runs the whole program: PostgreSQL, the embedded engine, a worker and the server, through HTTP, with faults.
package systemtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/server/httpapi"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
)

const taskQueue = "parkway"

// world is the whole program with the demo zone.
type world struct {
	dir      string
	machine  *standalone.Machine
	store    *store.Store
	client   client.Client
	worker   *worker.Worker
	clock    *turn.Clock
	before   int // reminders recorded before a storm
	app      *app.App
	web      *httptest.Server
	routes   []*echo.Route // of the web
	log      *slog.Logger
	contract *httpapi.Contract
	tokens   map[string]string
}

func logger() *slog.Logger {
	level := slog.LevelError + 4
	if os.Getenv("SYSTEMTEST_LOG") != "" {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

// newWorld starts everything on a fresh folder and loads the demo zone.
func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldAt(t, func(*world) {})
}

// newWorldAt is newWorld with something to prepare between loading the zone and starting the worker.
func newWorldAt(t *testing.T, prepare func(*world)) *world {
	t.Helper()
	return newLoudWorld(t, logger(), prepare)
}

// newLoudWorld is newWorldAt whose store and server say to somebody what a person has to look into.
func newLoudWorld(t *testing.T, log *slog.Logger, prepare func(*world)) *world {
	t.Helper()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	dir, err := os.MkdirTemp("", "parkway-system-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	fill(t, dir)
	w := &world{dir: dir, tokens: map[string]string{}, log: log}
	w.start(t)
	w.begin(t)
	w.tell(t)
	prepare(w)
	w.startWorker(t)
	w.serve(t)
	t.Cleanup(func() { w.stop(t) })
	return w
}

// start brings the machine, the store and the engine's client up.
func (w *world) start(t *testing.T) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	if w.log == nil {
		w.log = logger()
	}
	var err error
	w.machine, err = standalone.Start(ctx, standalone.Options{Dir: w.dir, Namespace: "parkway", Log: logger(), Progress: func(string) {}, Throwaway: true, Fatal: func(err error) { t.Error(err) }})
	require.NoError(t, err)
	require.NoError(t, store.Migrate(ctx, w.machine.OwnerURL(), w.machine.AppRole()))
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	w.store, err = store.Open(ctx, w.machine.AppURL(), calendar, w.log)
	require.NoError(t, err)
	w.client, err = w.machine.Client(ctx, logger())
	require.NoError(t, err)
	w.app = &app.App{Store: w.store, Engine: &app.Engine{Client: w.client, TaskQueue: taskQueue, Cases: w.store}, Log: logger(), Now: w.time}
}

// tell gives the world the demo zone's own time.
func (w *world) tell(t *testing.T) {
	t.Helper()
	var err error
	w.clock, err = turn.New(t.Context(), w.store, logger())
	require.NoError(t, err)
	w.clock.Waker = w.app.Engine
	w.clock.Prompt = func(ctx context.Context) error { return worker.Prompt(ctx, w.client, taskQueue) }
}

func (w *world) startWorker(t *testing.T) {
	t.Helper()
	var err error
	w.worker, err = worker.Start(t.Context(), w.parts())
	require.NoError(t, err)
}

// secret is the program's key in tests; loopback is where its channels' sinks are.
func secret() []byte { return bytes.Repeat([]byte("s"), 32) }

func loopback() []netip.Prefix { return []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} }

func (w *world) parts() worker.Parts {
	p := worker.Parts{Store: w.store, Client: w.client, TaskQueue: taskQueue, Secret: secret(), Allowed: loopback(), PublicURL: "http://parkway.test", Now: w.time, Log: logger()}
	if w.clock != nil {
		p.Ahead = w.clock.Ahead
	}
	return p
}

// today is the day in the zone.
func (w *world) today() clock.Date { return clock.DateOf(w.time()) }

// time is the zone's time.
func (w *world) time() time.Time {
	if w.clock != nil {
		return w.clock.Now()
	}
	return time.Now()
}

func (w *world) serve(t *testing.T) {
	t.Helper()
	files, err := blobs.Open(t.Context(), "file://"+w.dir+"/files", 20<<20)
	require.NoError(t, err)
	s, err := server.New(server.Parts{Store: w.store, Client: w.client, TaskQueue: taskQueue, Blobs: files, Secret: secret(), Now: w.time, Clock: w.clock, Allowed: loopback(), Log: w.log})
	require.NoError(t, err)
	handler, err := s.Handler()
	require.NoError(t, err)
	w.routes = handler.Routes()
	w.web = httptest.NewServer(handler)
	w.contract, err = httpapi.LoadContract()
	require.NoError(t, err)
}

func (w *world) stop(t *testing.T) {
	t.Helper()
	if w.web != nil {
		w.web.Close()
	}
	if w.worker != nil {
		w.worker.Stop()
	}
	w.client.Close()
	w.store.Close()
	require.NoError(t, w.machine.Stop())
}

// token returns an API token of a demo account.
func (w *world) token(t *testing.T, username string) string {
	t.Helper()
	if known, ok := w.tokens[username]; ok {
		return known
	}
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	user, err := w.store.Accounts().UserByName(t.Context(), park.ID, username)
	require.NoError(t, err)
	a, err := auth.New(auth.Auth{Queries: w.store.Accounts(), Now: time.Now, Log: logger()})
	require.NoError(t, err)
	w.tokens[username], err = a.CreateToken(t.Context(), auth.Identity{Actor: process.Actor{ID: user.ID, Name: user.Name}}, "test", 1, false)
	require.NoError(t, err)
	return w.tokens[username]
}

// answer is what the API said.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

func (a answer) read(t *testing.T, target any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(a.Body, target), "%s", a.Body)
}

func (a answer) code(t *testing.T) string {
	t.Helper()
	var p struct{ Code string }
	a.read(t, &p)
	return p.Code
}

// call asks the API as a demo account and holds the answer against the contract.
func (w *world) call(t *testing.T, as, method, path string, input any, header ...string) answer {
	t.Helper()
	body := []byte(nil)
	if input != nil {
		var err error
		body, err = json.Marshal(input)
		require.NoError(t, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, w.web.URL+"/api/v1"+path, bytes.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Accept-Language", "zh")
	if as != "" {
		request.Header.Set("Authorization", "Bearer "+w.token(t, as))
	}
	if input != nil {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", uuid.NewString())
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	if err := w.contract.CheckResponse(t.Context(), request, response.StatusCode, response.Header, text); err != nil {
		t.Errorf("%s %s answered outside the contract: %v\n%s", method, path, err, text[:min(len(text), 600)])
	}
	return answer{Status: response.StatusCode, Header: response.Header, Body: text}
}

// do sends a command and expects it to be carried out.
func (w *world) do(t *testing.T, as, path string, input any, header ...string) process.Outcome {
	t.Helper()
	a := w.call(t, as, http.MethodPost, path, input, header...)
	require.Equal(t, http.StatusOK, a.Status, "%s: %s", path, a.Body)
	var outcome process.Outcome
	a.read(t, &outcome)
	return outcome
}

// picture is the smallest JPEG there is, near enough.
func picture() []byte {
	return append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0}, bytes.Repeat([]byte{0}, 64)...)
}

// upload sends a file and returns the answer.
func (w *world) upload(t *testing.T, as, name string, content []byte) answer {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	require.NoError(t, err)
	_, err = part.Write(content)
	require.NoError(t, err)
	require.NoError(t, form.Close())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.web.URL+"/api/v1/uploads", &body)
	require.NoError(t, err)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", "Bearer "+w.token(t, as))
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return answer{Status: response.StatusCode, Header: response.Header, Body: text}
}

// signed records the agreement of a project that was signed today.
func (w *world) signed(t *testing.T, path string) {
	t.Helper()
	w.do(t, "luzhiyuan", path+"/sign", object{"number": "泗涂招〔2026〕" + uuid.NewString()[:8] + "号", "signed_on": w.today().String(), "attachments": w.evidence(t, "luzhiyuan")})
}

// evidence uploads a picture and returns it as evidence. No two are the same picture.
func (w *world) evidence(t *testing.T, as string) []map[string]any {
	t.Helper()
	return w.shows(t, as, append(picture(), uuid.NewString()...))
}

// shows uploads this picture and returns it as evidence.
func (w *world) shows(t *testing.T, as string, picture []byte) []map[string]any {
	t.Helper()
	a := w.upload(t, as, "现场.jpg", picture)
	require.Equal(t, http.StatusOK, a.Status, "%s", a.Body)
	var u struct{ ID string }
	a.read(t, &u)
	return []map[string]any{{"upload_id": u.ID, "caption": "现场"}}
}
