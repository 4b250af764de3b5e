package systemtest

import (
	"context"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/kinds"
	"github.com/parkway-zone/parkway/standalone/postgres"
)

// dataFolder returns a data folder for the whole program that leaves nothing behind, not even a PostgreSQL that runs.
func dataFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parkway-first-#1?%41 园区-") // everything is kept in it, whatever its name
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	t.Cleanup(func() {
		if text, err := os.ReadFile(filepath.Join(dir, "postgres", "data", "postmaster.pid")); err == nil {
			pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
			require.NoError(t, err)
			if err := syscall.Kill(pid, syscall.SIGQUIT); err != nil {
				require.ErrorIs(t, err, syscall.ESRCH, "it stopped by itself")
			}
		}
		require.Eventually(t, func() bool { return os.RemoveAll(dir) == nil }, time.Minute, 100*time.Millisecond)
	})
	return dir
}

func remembered(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return strings.TrimSpace(string(text))
}

// ownersConnection connects to the running program's database as its owner.
func ownersConnection(t *testing.T, dir string) *pgx.Conn {
	t.Helper()
	u := url.URL{Scheme: "postgres", User: url.UserPassword(postgres.OwnerRole, remembered(t, dir, "postgres/password")),
		Host: net.JoinHostPort("127.0.0.1", remembered(t, dir, "postgres/port")), Path: "parkway", RawQuery: "sslmode=disable"}
	conn, err := pgx.Connect(context.WithoutCancel(t.Context()), u.String())
	require.NoError(t, err)
	return conn
}

// holdings counts what a first start makes, in the database and in the engine.
func holdings(t *testing.T, dir string) map[string]int {
	t.Helper()
	conn := ownersConnection(t, dir)
	defer conn.Close(t.Context())
	found := map[string]int{}
	for _, table := range []string{"parks", "users", "units", "enterprises", "campaigns", "definitions", "calendars", "cases", "cases WHERE NOT done", "events", "clocks",
		"gate_answers", "buildings", "setup_steps", "demo_clocks"} {
		var n int
		require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n), table)
		found[table] = n
	}
	engine, err := client.DialContext(t.Context(), client.Options{HostPort: "127.0.0.1:" + strings.Fields(remembered(t, dir, "engine-ports"))[0], Namespace: "parkway"})
	require.NoError(t, err)
	defer engine.Close()
	types := []string{}
	for _, kind := range kinds.All() {
		types = append(types, "'"+kind.Workflow+"'")
	}
	require.Eventually(t, func() bool { // lists of workflows follow within a moment
		n, err := engine.CountWorkflow(t.Context(), &workflowservice.CountWorkflowExecutionsRequest{Query: "ExecutionStatus = 'Running' AND WorkflowType IN (" + strings.Join(types, ", ") + ")"})
		require.NoError(t, err)
		found["workflows"] = int(n.GetCount())
		return found["workflows"] >= found["cases WHERE NOT done"]
	}, time.Minute, 50*time.Millisecond, "every open case has its workflow")
	return found
}

// stages are what a first start says on its way.
func stages() []string {
	return []string{"creating the database cluster", "starting the workflow engine", "loading the demo data", "starting the workflows of the open cases", "ready in"}
}

// reached reports how far a start has come: the index of the last of its stages, or -1.
func (p *program) reached() int {
	out := p.out.String()
	for i := len(stages()) - 1; i >= 0; i-- {
		if strings.Contains(out, stages()[i]) {
			return i
		}
	}
	return -1
}

// TestAFirstStartThatIsKilledIsTakenUpAgain kills the first start with -9 in each of its stages, at several moments. The start that is left alone
// ends with what an undisturbed first start makes, each once.
func TestAFirstStartThatIsKilledIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path := build(t)
	undisturbed := dataFolder(t)
	listen := free(t)
	p := launch(t, path, undisturbed, listen)
	p.awaitReady(t)
	want := holdings(t, undisturbed)
	require.Greater(t, want["workflows"], 50)
	require.Equal(t, want["cases WHERE NOT done"], want["workflows"], "each open case has one")
	p.interrupt(t)

	dir, killed := dataFolder(t), map[int]int{}
	for stage := range stages()[:len(stages())-1] {
		for _, later := range []time.Duration{0, 60 * time.Millisecond, 250 * time.Millisecond, 700 * time.Millisecond} {
			p := launch(t, path, dir, listen)
			require.Eventually(t, func() bool { return p.reached() >= stage }, 60*time.Second, 2*time.Millisecond, "%s", p.out)
			if p.reached() == stage {
				<-time.After(later) // the moment of the kill, not a wait for something to happen
			}
			killed[p.reached()]++
			require.NoError(t, p.command.Process.Signal(syscall.SIGKILL))
			require.Error(t, ends(t, p.command))
		}
	}
	for stage, name := range stages()[:3] {
		require.NotZero(t, killed[stage], "it was never killed while %s: %v", name, killed)
	}
	t.Logf("killed in stage: %v", killed)
	p = launch(t, path, dir, listen)
	p.awaitReady(t)
	require.Equal(t, want, holdings(t, dir))
	left, err := filepath.Glob(filepath.Join(dir, "postgres", "*.new*"))
	require.NoError(t, err)
	require.Empty(t, left, "nothing of the interrupted starts is left")
	p.interrupt(t)
}

// TestBadSettingsTouchNothing: the program says what to set, all of it at once, and the folder is not even made.
func TestBadSettingsTouchNothing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the engine")
	}
	path, parent := build(t), t.TempDir()
	dir := filepath.Join(parent, "data")
	filled := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(filled, "mine.txt"), nil, 0o600))
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	for name, c := range map[string]struct{ env, says []string }{
		"Several":         {[]string{"PARKWAY_PUBLIC_URL=nowhere", "PARKWAY_CHANNEL_ALLOW=mail", "PARKWAY_SECRET_KEY=short"}, []string{"PARKWAY_PUBLIC_URL", "PARKWAY_CHANNEL_ALLOW", "PARKWAY_SECRET_KEY"}},
		"AddressTaken":    {[]string{"PARKWAY_LISTEN=" + taken.Addr().String()}, []string{"PARKWAY_LISTEN", "free address"}},
		"AddressNotHere":  {[]string{"PARKWAY_LISTEN=203.0.113.7:8080"}, []string{"PARKWAY_LISTEN"}},
		"BucketParameter": {[]string{"PARKWAY_BLOB_URL=s3://bucket?nonsense=1"}, []string{"PARKWAY_BLOB_URL"}},
		"Namespace":       {[]string{"PARKWAY_TEMPORAL_NAMESPACE=园区"}, []string{"PARKWAY_TEMPORAL_NAMESPACE"}},
		"FilledFolder":    {[]string{"PARKWAY_DATA_DIR=" + filled}, []string{"PARKWAY_DATA_DIR", "holds other things, such as mine.txt"}},
		"UploadLimit":     {[]string{"PARKWAY_UPLOAD_LIMIT=0"}, []string{"PARKWAY_UPLOAD_LIMIT"}},
		"FilesElsewhere":  {[]string{"PARKWAY_BLOB_URL=file://srv/files"}, []string{"PARKWAY_BLOB_URL", "file:///srv/files"}},
		"NotFollowed":     {[]string{"PARKWAY_DATABASE_URL=postgres://a@127.0.0.1/b", "PARKWAY_TEMPORAL_ADDRESS=temporal:7233"}, []string{"PARKWAY_DATABASE_URL", "PARKWAY_TEMPORAL_ADDRESS", "unset it"}},
		"WrongServer":     {[]string{"PARKWAY_MIGRATE_DATABASE_URL=postgres://a@127.0.0.1:1/b"}, []string{"PARKWAY_MIGRATE_DATABASE_URL", "set it to one that answers"}},
		"Level":           {[]string{"PARKWAY_LOG_LEVEL=loud"}, []string{"PARKWAY_LOG_LEVEL"}},
	} {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(path) //nolint:gosec // our own
			command.Dir = t.TempDir()
			p := launchAs(t, command, "", append([]string{"PARKWAY_DATA_DIR=" + dir, "PARKWAY_DEMO=true", "PARKWAY_LISTEN=" + free(t)}, c.env...)...)
			require.Error(t, ends(t, p.command))
			left, err := os.ReadDir(command.Dir)
			require.NoError(t, err)
			require.Empty(t, left)
			require.NotContains(t, p.out.String(), "goroutine")
			for _, words := range c.says {
				require.Contains(t, p.out.String(), words)
			}
			require.NoDirExists(t, dir)
		})
	}
}

// TestTheTerminalIsForPeople: what a start and a stop print are sentences; log lines and what libraries print are in the log.
func TestTheTerminalIsForPeople(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir, listen := build(t), dataFolder(t), free(t)
	p := launch(t, path, dir, listen)
	p.awaitReady(t)
	p.interrupt(t)
	for _, line := range strings.Split(strings.TrimRight(p.out.String(), "\n"), "\n") {
		require.Regexp(t, `^(  .*)?$`, line, "a line that is not the program's own")
		require.NotContains(t, line, `{"`)
	}
	require.NotContains(t, p.out.String(), "CSP")
	log := filepath.Join(dir, "log", "parkway.log")
	require.Contains(t, p.out.String(), log, "it says where the log is")
	require.Contains(t, remembered(t, dir, "log/parkway.log"), "CSP IS DISABLED", "the library's warning is in the log")

	p = launch(t, path, dir, listen, "PARKWAY_LOG=-", "PARKWAY_LOG_LEVEL=debug")
	p.awaitReady(t)
	p.interrupt(t)
	require.Contains(t, p.out.String(), `{"time":`, "the log is on the terminal when it is asked for there")
}
