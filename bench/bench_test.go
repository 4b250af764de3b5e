// Package bench measures a command through the API against the bare Temporal Update, in one run on one engine.
package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/seed"
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

// bed is the whole program with the demo zone.
type bed struct {
	client client.Client
	url    string
	token  string
	firm   string
}

func newBed(b *testing.B) *bed {
	b.Helper()
	dir, err := os.MkdirTemp("", "parkway-bench-")
	require.NoError(b, err)
	require.NoError(b, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	b.Cleanup(func() { require.NoError(b, os.RemoveAll(dir)) })
	log := slog.New(slog.DiscardHandler)
	m, err := standalone.Start(b.Context(), standalone.Options{Dir: dir, Namespace: "parkway", Log: log, Progress: func(string) {}, Fatal: func(err error) { b.Error(err) }})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, m.Stop()) })
	require.NoError(b, store.Migrate(b.Context(), m.OwnerURL(), m.AppRole()))
	cal, err := definitions.Calendar()
	require.NoError(b, err)
	s, err := store.Open(b.Context(), m.AppURL(), cal, log)
	require.NoError(b, err)
	b.Cleanup(s.Close)
	require.NoError(b, seed.Load(b.Context(), s, time.Now()))
	bed := &bed{}
	bed.client, err = m.Client(b.Context(), log)
	require.NoError(b, err)
	b.Cleanup(bed.client.Close)
	w, err := worker.Start(b.Context(), worker.Parts{Store: s, Client: bed.client, TaskQueue: "parkway", Secret: make([]byte, 32), Now: time.Now, Log: log})
	require.NoError(b, err)
	b.Cleanup(w.Stop)
	plain := sdk.New(bed.client, "bare", sdk.Options{MaxConcurrentWorkflowTaskPollers: 24})
	plain.RegisterWorkflowWithOptions(bare, workflow.RegisterOptions{Name: "bare"})
	require.NoError(b, plain.Start())
	b.Cleanup(plain.Stop)
	files, err := blobs.Open(b.Context(), "file://"+dir+"/files", 1<<20)
	require.NoError(b, err)
	srv, err := server.New(server.Parts{Store: s, Client: bed.client, TaskQueue: "parkway", Blobs: files, Secret: bytes.Repeat([]byte("s"), 32), Now: time.Now, Log: log})
	require.NoError(b, err)
	handler, err := srv.Handler()
	require.NoError(b, err)
	web := httptest.NewServer(handler)
	b.Cleanup(web.Close)
	bed.url = web.URL + "/api/v1"
	park, err := s.Park(b.Context())
	require.NoError(b, err)
	user, err := s.Accounts().UserByName(b.Context(), park.ID, "luzhiyuan")
	require.NoError(b, err)
	bed.token, err = srv.Auth.CreateToken(b.Context(), auth.Identity{Actor: process.Actor{ID: user.ID, Name: user.Name}}, "bench", 1, false)
	require.NoError(b, err)
	rows, err := s.Enterprises(b.Context(), process.Actor{Type: process.Import}, "莱卡", "", 1)
	require.NoError(b, err)
	bed.firm = rows[0].ID
	return bed
}

func (d *bed) post(b *testing.B, path string, input any) []byte {
	body, err := json.Marshal(input)
	require.NoError(b, err)
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, d.url+path, bytes.NewReader(body))
	require.NoError(b, err)
	request.Header.Set("Authorization", "Bearer "+d.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", uuid.NewString())
	response, err := http.DefaultClient.Do(request)
	require.NoError(b, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(b, err)
	if response.StatusCode != http.StatusOK {
		b.Errorf("%s: %s", path, text)
	}
	return text
}

// open opens a project of the user's own.
func (d *bed) open(b *testing.B) string {
	var outcome process.Outcome
	require.NoError(b, json.Unmarshal(d.post(b, "/projects", map[string]any{"title": "bench", "enterprise_id": d.firm, "entry_stage": "lead",
		"facts": map[string]any{"sector": "textile", "site_mode": "own_land", "investment": "1.00"}}), &outcome))
	return outcome.Standing.CaseID
}

// advance measures only the advance, each time of a project of its own as real ones are: opened and answered before, not counted.
func (d *bed) advance(b *testing.B) time.Duration {
	id := d.open(b)
	d.post(b, "/projects/"+id+"/answer", map[string]any{"requirement": "first_contact", "answer": "yes"})
	began := time.Now()
	d.post(b, "/projects/"+id+"/advance", map[string]any{"from": "lead"})
	return time.Since(began)
}

func (d *bed) touch(b *testing.B, id string) time.Duration {
	began := time.Now()
	handle, err := d.client.UpdateWorkflow(b.Context(), client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: "touch", Args: []any{"x"}, WaitForStage: client.WorkflowUpdateStageCompleted})
	require.NoError(b, err)
	var answer string
	require.NoError(b, handle.Get(b.Context(), &answer))
	return time.Since(began)
}

// measure lets users work at once and reports p50 and p95.
func measure(b *testing.B, users int, prepare func() string, do func(id string) time.Duration) {
	var mutex sync.Mutex
	var all []time.Duration
	ids := make([]string, users)
	for i := range ids {
		ids[i] = prepare()
		do(ids[i]) // warm
	}
	b.ResetTimer()
	var wait sync.WaitGroup
	for i := range users {
		wait.Go(func() {
			for n := i; n < b.N; n += users {
				took := do(ids[i])
				mutex.Lock()
				all = append(all, took)
				mutex.Unlock()
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*95/100].Microseconds())/1000, "p95-ms")
}

func BenchmarkCommand(b *testing.B) {
	d := newBed(b)
	for _, users := range []int{1, 16} {
		b.Run(fmt.Sprintf("bare-update/users=%d", users), func(b *testing.B) {
			measure(b, users, func() string {
				id := "bare/" + uuid.NewString()
				_, err := d.client.ExecuteWorkflow(b.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: "bare"}, "bare")
				require.NoError(b, err)
				return id
			}, func(id string) time.Duration { return d.touch(b, id) })
		})
		b.Run(fmt.Sprintf("advance/users=%d", users), func(b *testing.B) {
			measure(b, users, func() string { return "" }, func(string) time.Duration { return d.advance(b) })
		})
	}
}
