package systemtest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/auth"
)

// TestCluster runs two servers and two workers as processes of their own beside one PostgreSQL and one engine, and kills one of each with -9
// under load: what was accepted is there, once, and nobody waits longer than three seconds.
//
// A cluster that runs already, such as the composed one, is held to the same: CLUSTER_SERVERS names the addresses of its servers, CLUSTER_TOKEN
// a safety supervisor's token, and CLUSTER_BLOWS the shell commands that kill and bring back, each after the load has gone on for a while.
func TestCluster(t *testing.T) {
	if servers := os.Getenv("CLUSTER_SERVERS"); servers != "" {
		c := cluster{servers: strings.Fields(servers), token: os.Getenv("CLUSTER_TOKEN"), longest: longestWait}
		for _, command := range strings.Split(os.Getenv("CLUSTER_BLOWS"), ";") {
			c.blows = append(c.blows, blow{name: command, strike: func(t *testing.T) {
				out, err := exec.Command("sh", "-c", command).CombinedOutput() //nolint:gosec // whoever runs the test says what to kill
				require.NoError(t, err, "%s", out)
			}})
		}
		c.outlast(t)
		return
	}
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	l := newLocalCluster(t)
	servers, workers := [2]*program{l.server(t), l.server(t)}, [2]*program{l.worker(t), l.worker(t)}
	addresses := make([]string, 0, len(servers))
	for _, s := range servers {
		s.awaitReady(t)
		addresses = append(addresses, s.url)
	}
	c := cluster{servers: addresses, token: l.token, longest: longestWait}
	for i := range 2 {
		c.blows = append(c.blows,
			blow{"kill a worker", func(t *testing.T) { workers[i].kill(t) }},
			blow{"kill a server", func(t *testing.T) { servers[i].kill(t) }},
			blow{"bring both back", func(t *testing.T) {
				workers[i] = l.worker(t)
				servers[i] = l.serverAt(t, strings.TrimPrefix(servers[i].url, "http://"))
				servers[i].awaitReady(t)
			}})
	}
	c.outlast(t)
	for _, p := range []*program{servers[0], servers[1], workers[0], workers[1]} {
		p.atOnce(t)
	}
}

// kill ends the program with -9.
func (p *program) kill(t *testing.T) {
	t.Helper()
	require.NoError(t, p.command.Process.Signal(syscall.SIGKILL))
	require.Error(t, ends(t, p.command))
}

// localCluster is one PostgreSQL and one engine on this machine, with a small zone, and the program whose parts run beside them.
type localCluster struct {
	path  string
	env   []string
	token string
	zone  *zonetest.Zone
	world *world
}

func newLocalCluster(t *testing.T) *localCluster {
	t.Helper()
	w := &world{dir: dataFolder(t)}
	require.NoError(t, os.Chmod(w.dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	w.start(t)
	t.Cleanup(func() { w.stop(t) })
	l := &localCluster{path: buildOne(t, "parkway"), world: w, zone: zonetest.New(t, w.store)}
	a, err := auth.New(auth.Auth{Queries: w.store.Accounts(), Now: time.Now, Log: logger()})
	require.NoError(t, err)
	l.token, err = a.CreateToken(t.Context(), auth.Identity{Actor: l.zone.As(process.SafetySupervisor)}, "cluster", 1, false)
	require.NoError(t, err)
	l.env = []string{"PARKWAY_DATABASE_URL=" + w.machine.AppURL(), "PARKWAY_TEMPORAL_ADDRESS=" + w.machine.EngineAddress(), "PARKWAY_SECRET_KEY=" + string(secret()),
		"PARKWAY_BLOB_URL=" + config.FolderURL(filepath.Join(w.dir, "files")), "PARKWAY_LOG_LEVEL=warn", "PARKWAY_ONE_POSTGRES=true"}
	return l
}

// server starts a server on a free port of its own.
func (l *localCluster) server(t *testing.T, env ...string) *program {
	t.Helper()
	return l.serverAt(t, free(t), env...)
}

func (l *localCluster) serverAt(t *testing.T, listen string, env ...string) *program {
	t.Helper()
	return launchAs(t, exec.Command(l.path, "server"), listen, append(append(env, l.env...), "PARKWAY_LISTEN="+listen)...) //nolint:gosec // our own
}

// worker starts a worker and returns once it works.
func (l *localCluster) worker(t *testing.T, env ...string) *program {
	t.Helper()
	p := launchAs(t, exec.Command(l.path, "worker"), "", append(append(env, l.env...), "PARKWAY_LOG_LEVEL=info")...) //nolint:gosec // our own
	require.Eventually(t, func() bool { return bytes.Contains([]byte(p.out.String()), []byte(`"working"`)) }, time.Minute, 20*time.Millisecond, "%s", p.out)
	return p
}
