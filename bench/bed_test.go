package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/worker"
)

// bare is a workflow whose update does nothing: what the engine itself costs.
func bare(ctx workflow.Context) error {
	if err := workflow.SetUpdateHandler(ctx, "touch", func(workflow.Context, string) (string, error) { return "ok", nil }); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return workflow.GetInfo(ctx).GetContinueAsNewSuggested() })
}

// bareActivity is bare with a local activity that does nothing: what it costs that the door stands behind one.
func bareActivity(ctx workflow.Context) error {
	nothing := func(context.Context, string) (string, error) { return "ok", nil }
	handle := func(ctx workflow.Context, text string) (string, error) {
		ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{ScheduleToCloseTimeout: 5 * time.Second})
		return text, workflow.ExecuteLocalActivity(ctx, nothing, text).Get(ctx, &text)
	}
	if err := workflow.SetUpdateHandler(ctx, "touch", handle); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return workflow.GetInfo(ctx).GetContinueAsNewSuggested() })
}

// bed is the whole program with a small zone, on a PostgreSQL that syncs to disk.
type bed struct {
	*zonetest.Zone
	client client.Client
	files  *blobs.Keeper
	url    string
	tokens map[process.Role]string
	dir    string // of the machine's data
	web    *http.Client
	way    way
}

func newBed(b *testing.B) *bed {
	b.Helper()
	d := &bed{tokens: map[process.Role]string{}, web: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	var err error
	d.dir, err = os.MkdirTemp("", "parkway-bench-")
	require.NoError(b, err)
	require.NoError(b, os.Chmod(d.dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	b.Cleanup(func() { require.NoError(b, os.RemoveAll(d.dir)) })
	log := slog.New(slog.DiscardHandler)
	m, err := standalone.Start(b.Context(), standalone.Options{Dir: d.dir, Namespace: "parkway", Log: log, Progress: func(string) {}, Fatal: func(err error) { b.Error(err) }})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, m.Stop()) })
	require.NoError(b, store.Migrate(b.Context(), m.OwnerURL(), m.AppRole()))
	cal, err := definitions.Calendar()
	require.NoError(b, err)
	s, err := store.Open(b.Context(), m.AppURL(), cal, log, store.EngineFlushes(true))
	require.NoError(b, err)
	b.Cleanup(s.Close)
	d.Zone = zonetest.New(b, s)
	d.client, err = m.Client(b.Context(), log)
	require.NoError(b, err)
	b.Cleanup(d.client.Close)
	w, err := worker.Start(b.Context(), worker.Parts{Store: s, Client: d.client, TaskQueue: "parkway", Secret: make([]byte, 32), Now: time.Now, Log: log, Count: &d.way})
	require.NoError(b, err)
	b.Cleanup(w.Stop)
	plain := sdk.New(d.client, "bare", sdk.Options{MaxConcurrentWorkflowTaskPollers: 24})
	plain.RegisterWorkflowWithOptions(bare, workflow.RegisterOptions{Name: "bare"})
	plain.RegisterWorkflowWithOptions(bareActivity, workflow.RegisterOptions{Name: "bare with local activity"})
	require.NoError(b, plain.Start())
	b.Cleanup(plain.Stop)
	d.files, err = blobs.Open(b.Context(), "file://"+filepath.Join(d.dir, "files"), 1<<20)
	require.NoError(b, err)
	d.serve(b, s, log)
	return d
}

// serve starts the server and gives those who work in the measurement a token.
func (d *bed) serve(b *testing.B, s *store.Store, log *slog.Logger) {
	b.Helper()
	srv, err := server.New(server.Parts{Store: s, Client: updates{d.client, &d.way}, TaskQueue: "parkway", Blobs: d.files, Secret: bytes.Repeat([]byte("s"), 32), Now: time.Now, Log: log})
	require.NoError(b, err)
	handler, err := srv.Handler()
	require.NoError(b, err)
	web := httptest.NewServer(d.way.handler(handler))
	b.Cleanup(web.Close)
	d.url = web.URL + "/api/v1"
	for _, role := range []process.Role{process.ProjectManager, process.SafetySupervisor, process.Enterprise} {
		d.tokens[role], err = srv.Auth.CreateToken(b.Context(), auth.Identity{Actor: d.As(role)}, "bench", 1, false)
		require.NoError(b, err)
	}
}

// post sends a command through the API as the role's person and fails the benchmark when it is refused.
func (d *bed) post(b *testing.B, role process.Role, path string, input any) []byte {
	body, err := json.Marshal(input)
	require.NoError(b, err)
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, d.url+path, bytes.NewReader(body))
	require.NoError(b, err)
	request.Header.Set("Authorization", "Bearer "+d.tokens[role])
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", uuid.NewString())
	began := time.Now()
	response, err := d.web.Do(request)
	require.NoError(b, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(b, err)
	d.way.deeds.Add(1)
	d.way.whole.Add(int64(time.Since(began)))
	if response.StatusCode != http.StatusOK {
		b.Errorf("%s: %s", path, text)
	}
	return text
}

func idOf(b *testing.B, answer []byte) string {
	var outcome process.Outcome
	require.NoError(b, json.Unmarshal(answer, &outcome))
	return outcome.Standing.CaseID
}

// project opens a project in the first stage.
func (d *bed) project(b *testing.B) string {
	return idOf(b, d.post(b, process.ProjectManager, "/projects", map[string]any{"title": "bench", "enterprise_id": d.Enterprise, "entry_stage": "lead", "all_the_same": "bench",
		"facts": map[string]any{"sector": "textile", "site_mode": "own_land", "investment": "1.00"}}))
}

// ready opens a project whose gate is complete.
func (d *bed) ready(b *testing.B) string {
	id := d.project(b)
	d.post(b, process.ProjectManager, "/projects/"+id+"/contact", map[string]any{"way": "visit", "said": "看过对方车间"})
	return id
}

// notified records a hazard and issues its notice, so that the enterprise has to rectify it until a deadline.
func (d *bed) notified(b *testing.B) string {
	id := idOf(b, d.post(b, process.SafetySupervisor, "/hazards", map[string]any{"enterprise_id": d.Enterprise, "location": "车间", "description": "通道堵塞", "level": "general"}))
	d.post(b, process.SafetySupervisor, "/hazards/"+id+"/issue-notice", map[string]any{"requirement": "清理通道", "due_on": time.Now().AddDate(0, 0, 20).Format(time.DateOnly),
		"inspector_ids": []string{d.Second.ID}})
	return id
}

// photo puts a file of the enterprise on hand.
func (d *bed) photo(ctx context.Context, b *testing.B) string {
	return d.Upload(ctx, b, d.As(process.Enterprise))
}
