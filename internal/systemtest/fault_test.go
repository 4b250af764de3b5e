package systemtest

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/activities"
	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/standalone/postgres"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/worker"
	"github.com/parkway-zone/parkway/workflows"
)

// TestMain turns this binary into a worker that dies when the parent asks for one.
func TestMain(m *testing.M) {
	if os.Getenv("SYSTEMTEST_CHILD") == "storm" {
		if err := stormWorker(); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
	}
	if os.Getenv("SYSTEMTEST_CHILD") != "" {
		if err := dyingWorker(); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
	}
	http.DefaultClient.Timeout = patience
	debug.SetMemoryLimit(3 << 29) // three engines that collect as little as they do alone would want more than small machines have
	status := m.Run()
	for _, dir := range []string{built.dir, prepared.dir} {
		if err := os.RemoveAll(dir); err != nil {
			os.Stderr.WriteString(err.Error())
		}
	}
	os.Exit(status)
}

// dyingDoor kills its process with -9 between the door's commit and the task's completion.
type dyingDoor struct {
	*activities.Activities
	on process.Name
}

func (d dyingDoor) Apply(ctx context.Context, order process.Order) (process.Outcome, error) {
	outcome, err := d.Activities.Apply(ctx, order)
	if err == nil && order.Command == d.on {
		return outcome, syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	return outcome, err
}

func dialEngine(ctx context.Context) (client.Client, error) {
	return client.DialContext(ctx, client.Options{HostPort: os.Getenv("SYSTEMTEST_ENGINE"), Namespace: "parkway"})
}

func dyingWorker() error {
	ctx := context.Background()
	calendar, err := definitions.Calendar()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, os.Getenv("SYSTEMTEST_DATABASE"), calendar, logger())
	if err != nil {
		return err
	}
	c, err := dialEngine(ctx)
	if err != nil {
		return err
	}
	a := &activities.Activities{Store: s, Waker: &app.Engine{Client: c, TaskQueue: taskQueue, Cases: s}, Now: time.Now, Log: logger()}
	w := worker.NewWith(c, dyingDoor{Activities: a, on: process.Name(os.Getenv("SYSTEMTEST_CHILD"))}, worker.Options{TaskQueue: taskQueue})
	return w.Run(make(chan any))
}

// TestWorkerDiesAfterCommit kills the worker between the commit and the task's completion: nothing is lost, nothing happens twice, and the
// workflow's timer is right afterwards.
func TestWorkerDiesAfterCommit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := openHazard(t, w)
	w.worker.Stop()
	w.worker = nil

	child := exec.Command(os.Args[0]) //nolint:gosec // this very binary
	child.Env = append(os.Environ(), "SYSTEMTEST_CHILD="+string(hazard.IssueNoticeName), "SYSTEMTEST_DATABASE="+w.machine.AppURL(), "SYSTEMTEST_ENGINE="+w.machine.EngineAddress())
	child.Stderr = os.Stderr
	require.NoError(t, child.Start())

	due := w.today().AddDays(2)
	notice := object{"requirement": "清理通道", "due_on": due.String(), "inspector_ids": []string{userID(t, w, "dingwensheng")}}
	key := uuid.NewString()
	a := w.call(t, "mengqinglan", http.MethodPost, "/hazards/"+id+"/issue-notice", notice, "Idempotency-Key", key)
	require.Equal(t, http.StatusServiceUnavailable, a.Status, "%s", a.Body)
	require.NotEmpty(t, a.Header.Get("Retry-After"))
	require.Error(t, ends(t, child), "the worker died")

	standing, err := w.store.Standing(t.Context(), id)
	require.NoError(t, err)
	require.EqualValues(t, 2, standing.Version, "the commit is not lost")

	w.startWorker(t)
	outcome := w.do(t, "mengqinglan", "/hazards/"+id+"/issue-notice", notice, "Idempotency-Key", key)
	require.True(t, outcome.Replayed)
	require.EqualValues(t, 2, outcome.Event.Version, "it happened once")
	require.True(t, due.End().Equal(*heard(t, w, id).NextWake), "the workflow's timer is the row's")
}

// TestPostgresStops stops PostgreSQL for 20 seconds in the middle of commands: callers are told to wait, and the same keys succeed once.
func TestPostgresStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := openHazard(t, w)
	w.token(t, "mengqinglan")
	require.NoError(t, w.machine.Postgres().Down(t.Context(), true))
	stopped := time.Now()
	keys := []string{uuid.NewString(), uuid.NewString(), uuid.NewString()}
	comment := object{"text": "停机期间的意见"}
	a := w.call(t, "mengqinglan", http.MethodPost, "/hazards/"+id+"/comment", comment, "Idempotency-Key", keys[0])
	require.Equal(t, http.StatusServiceUnavailable, a.Status, "%s", a.Body)
	require.NotEmpty(t, a.Header.Get("Retry-After"))
	require.Equal(t, http.StatusServiceUnavailable, w.call(t, "mengqinglan", http.MethodGet, "/inbox", nil).Status)
	<-time.After(time.Until(stopped.Add(20 * time.Second))) // the outage itself, not a wait for something to happen
	require.NoError(t, w.machine.Postgres().Up(t.Context()))

	for _, key := range keys {
		require.Eventually(t, func() bool {
			return w.call(t, "mengqinglan", http.MethodPost, "/hazards/"+id+"/comment", comment, "Idempotency-Key", key).Status == http.StatusOK
		}, 90*time.Second, time.Second)
		again := w.do(t, "mengqinglan", "/hazards/"+id+"/comment", comment, "Idempotency-Key", key)
		require.True(t, again.Replayed)
	}
	standing, err := w.store.Standing(t.Context(), id)
	require.NoError(t, err)
	require.EqualValues(t, 4, standing.Version, "each key took effect once")
}

// TestEngineLost drops the engine's database and reconciles: every open case has its workflow and its timer again.
func TestEngineLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := openHazard(t, w)
	due := w.today().AddDays(2)
	w.do(t, "mengqinglan", "/hazards/"+id+"/issue-notice", object{"requirement": "清理", "due_on": due.String(), "inspector_ids": []string{userID(t, w, "dingwensheng")}})
	w.web.Close()
	w.stopAll(t)

	pg, err := postgres.Start(t.Context(), postgres.Options{Dir: w.dir + "/postgres"})
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), pg.OwnerURL("postgres"))
	require.NoError(t, err)
	for _, name := range []string{"temporal", "temporal_visibility"} {
		_, err = conn.Exec(t.Context(), "DROP DATABASE "+name)
		require.NoError(t, err)
	}
	require.NoError(t, conn.Close(t.Context()))
	require.NoError(t, pg.Down(t.Context(), false))

	w.start(t)
	w.startWorker(t)
	w.serve(t)
	n, err := w.app.Reconcile(t.Context(), func(int) {})
	require.NoError(t, err)
	require.Equal(t, 57+3+1+6+7+1+4+11+1+1+1+4, n, "57 projects, the inspection that is planned, the three leads that are open, the open hazard of the report, the examples, the open tasks of the plan the request for one and that for a waiver, four opinions and enrolments that are owed, the permits that something has to be done with, what went back and forth about the examples and the correction that waits, and this one")
	require.Eventually(t, func() bool {
		s := heard(t, w, id)
		return s.NextWake != nil && due.End().Equal(*s.NextWake)
	}, time.Minute, 100*time.Millisecond)
	w.do(t, "mengqinglan", "/hazards/"+id+"/comment", object{"text": "恢复以后"})
}

func (w *world) stopAll(t *testing.T) {
	t.Helper()
	w.worker.Stop()
	w.client.Close()
	w.store.Close()
	require.NoError(t, w.machine.Stop())
}

// openHazard records a hazard and returns its id.
func openHazard(t *testing.T, w *world) string {
	t.Helper()
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, park.ID)
	rows, _, err := w.store.Enterprises(t.Context(), process.Actor{Type: process.Import}, "丰禾汽车部件", "", 1)
	require.NoError(t, err)
	return w.do(t, "mengqinglan", "/hazards", object{"enterprise_id": rows[0].ID, "location": "成品库", "description": "堆垛过高", "level": "general", "all_the_same": "另一处"}).Standing.CaseID
}

func enterpriseOf(t *testing.T, w *world) string {
	t.Helper()
	rows, _, err := w.store.Enterprises(t.Context(), process.Actor{Type: process.Import}, "丰禾汽车部件", "", 1)
	require.NoError(t, err)
	return rows[0].ID
}

func userID(t *testing.T, w *world, username string) string {
	t.Helper()
	park, err := w.store.Park(t.Context())
	require.NoError(t, err)
	user, err := w.store.Accounts().UserByName(t.Context(), park.ID, username)
	require.NoError(t, err)
	return user.ID
}

// heard asks the workflow what it last heard of its case.
func heard(t *testing.T, w *world, id string) process.Standing {
	t.Helper()
	value, err := w.client.QueryWorkflow(t.Context(), workflows.ID(hazard.Kind, id), "", workflows.StandingQuery)
	require.NoError(t, err)
	var s process.Standing
	require.NoError(t, value.Get(&s))
	return s
}
