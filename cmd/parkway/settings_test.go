package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/config"
)

// built compiles the program.
func built(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "parkway")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput() //nolint:gosec // our own
	require.NoError(t, err, "%s", out)
	return path
}

// TestWrongValuesAreRefused walks a table of wrong values: each is answered within seconds by one sentence that names the variable and says what to
// set, and nothing has been touched.
func TestWrongValuesAreRefused(t *testing.T) {
	program := built(t)
	_, app := databases.Database(t)
	right := map[string]string{"PARKWAY_DATABASE_URL": app, "PARKWAY_MIGRATE_DATABASE_URL": app, "PARKWAY_SECRET_KEY": strings.Repeat("k", 32), "PARKWAY_BLOB_URL": "file:///tmp",
		"PARKWAY_TEMPORAL_ADDRESS": "127.0.0.1:1"}
	closed := "127.0.0.1:1"
	for _, c := range []struct{ command, variable, value, says string }{
		{"server", "PARKWAY_BLOB_URL", "file://srv/files", "file:///srv/files"},
		{"server", "PARKWAY_BLOB_URL", "file:srv/files", "file:///"},
		{"server", "PARKWAY_BLOB_URL", "/srv/files", "file:///"},
		{"server", "PARKWAY_BLOB_URL", "file:///srv/a#b", "%23"},
		{"server", "PARKWAY_BLOB_URL", "file:///srv/a?b", "%3F"},
		{"server", "PARKWAY_BLOB_URL", "file:///srv/a%b", "%25"},
		{"server", "PARKWAY_BLOB_URL", "", "file:///"},
		{"server", "PARKWAY_UPLOAD_LIMIT", "0", "between 1024"},
		{"server", "PARKWAY_UPLOAD_LIMIT", "-1", "between 1024"},
		{"server", "PARKWAY_UPLOAD_LIMIT", "20MB", "20971520"},
		{"server", "PARKWAY_UPLOAD_LIMIT", "１０２４", "20971520"},
		{"worker", "PARKWAY_PUBLIC_URL", "nonsense", "https://"},
		{"worker", "PARKWAY_PUBLIC_URL", "http://:8080", "https://"},
		{"worker", "PARKWAY_PUBLIC_URL", "javascript:alert(1)", "https://"},
		{"server", "PARKWAY_TEMPORAL_NAMESPACE", "园区", "letters, digits"},
		{"worker", "PARKWAY_TEMPORAL_NAMESPACE", "temporal-system", "another name"},
		{"worker", "PARKWAY_TASK_QUEUE", "/_sys/x", "the same for servers"},
		{"server", "PARKWAY_TEMPORAL_ADDRESS", "http://temporal:7233", "127.0.0.1:7233"},
		{"server", "PARKWAY_LISTEN", "8080", "127.0.0.1:8080"},
		{"server", "PARKWAY_LISTEN", "127.0.0.1:port", "127.0.0.1:8080"},
		{"healthcheck", "PARKWAY_LISTEN", "nonsense", "127.0.0.1:8080"},
		{"worker --temporal-namespace=", "PARKWAY_TEMPORAL_NAMESPACE", "", "letters, digits"},
		{"reconcile --temporal-address=", "PARKWAY_TEMPORAL_ADDRESS", "", "127.0.0.1:7233"},
		{"migrate --app-role=", "PARKWAY_APP_ROLE", "", "parkway_app"},
		{"server", "PARKWAY_SECURE_COOKIES", "maybe", "true"},
		{"server", "PARKWAY_LOG_LEVEL", "loud", "info"},
		{"server", "PARKWAY_SECRET_KEY", "short", "openssl rand"},
		{"migrate", "PARKWAY_UPGRADE_BACKUP", "/proc/version", "or to none"},
		{"migrate", "PARKWAY_UPGRADE_BACKUP", "/proc/version/backups", "or to none"},
		{"verify", "PARKWAY_DATABASE_URL", "http://127.0.0.1:5432/parkway", "postgres://"},
		{"verify", "PARKWAY_DATABASE_URL", "postgres://app:p@ss/w#rd@127.0.0.1:5432/parkway", "PARKWAY_DATABASE_PASSWORD"},
		{"verify", "PARKWAY_DATABASE_URL", "postgres://app@" + closed + "/parkway", "set it to one that answers"},
		{"migrate", "PARKWAY_MIGRATE_DATABASE_URL", "postgres://app@no-such-host.invalid/parkway", "set it to one that answers"},
		{"setup --zone=a --short=a --letters=a", "PARKWAY_MIGRATE_DATABASE_URL", "postgres://app@" + closed + "/parkway", "set it to one that answers"},
		{"server", "PARKWAY_DATABASE_URL", strings.Replace(app, "parkway_app:", "parkway_app:wrong", 1), "set it to one that answers"},
		{"worker", "PARKWAY_DATABASE_URL", app[:strings.LastIndex(app, "/")] + "/no_such_database", "set it to one that answers"},
		{"server", "PARKWAY_DATABASE_URL_FILE", "/no/such/file", "no such file"},
	} {
		t.Run(c.command+" "+c.variable+"="+c.value[:min(len(c.value), 40)], func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			command := exec.CommandContext(ctx, program, strings.Fields(c.command)...) //nolint:gosec // our own
			command.Dir = t.TempDir()
			for name, value := range right {
				if name != c.variable && name+"_FILE" != c.variable {
					command.Env = append(command.Env, name+"="+value)
				}
			}
			command.Env = append(command.Env, c.variable+"="+c.value)
			began := time.Now()
			out, err := command.CombinedOutput()
			said := string(out)
			require.Error(t, err, "%s", said)
			require.Less(t, time.Since(began), 10*time.Second, "it is not waited for: %s", said)
			require.Equal(t, 1, strings.Count(strings.TrimSpace(said), "\n")+1, "one sentence:\n%s", said)
			require.Contains(t, said, "parkway: "+c.variable)
			require.Contains(t, said, c.says)
			require.NotContains(t, said, "goroutine")
			left, err := os.ReadDir(command.Dir)
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
	require.NoDirExists(t, "/files")
}

// TestAPortOnWhichNothingAnswersIsToldSoon: a server waits for what starts at the same moment, and no longer.
func TestAPortOnWhichNothingAnswersIsToldSoon(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, built(t), "server") //nolint:gosec // our own
	command.Dir = t.TempDir()
	command.Env = []string{"PARKWAY_DATABASE_URL=postgres://app@127.0.0.1:1/parkway", "PARKWAY_SECRET_KEY=" + strings.Repeat("k", 32), "PARKWAY_BLOB_URL=file:///tmp"}
	began := time.Now()
	out, err := command.CombinedOutput()
	require.Error(t, err)
	require.Less(t, time.Since(began), config.Patience+10*time.Second)
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	require.Contains(t, lines[len(lines)-1], "parkway: PARKWAY_DATABASE_URL: PostgreSQL cannot be used under it; set it to one that answers")
}

// TestHealthcheckFollowsTheListener: also when it listens on every address.
func TestHealthcheckFollowsTheListener(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	defer site.Close()
	_, port, err := net.SplitHostPort(site.Listener.Addr().String())
	require.NoError(t, err)
	for _, listen := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port} {
		c := healthcheckCommand{}
		c.Listen = listen
		require.NoError(t, c.Run(t.Context()), listen)
	}
	c := healthcheckCommand{URL: site.URL + "/elsewhere"}
	require.Error(t, c.Run(t.Context()))
}
