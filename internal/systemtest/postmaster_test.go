package systemtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// postmaster returns the process id of the PostgreSQL below a data folder, and the folder in which it keeps its data.
func postmaster(t *testing.T, dir string) (pid int, data string) {
	t.Helper()
	data = filepath.Join(dir, "postgres", "data")
	text, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	require.NoError(t, err)
	pid, err = strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	require.NoError(t, err)
	return pid, data
}

// TestPostmasterKilled kills PostgreSQL's first process with -9, twice, while people work: it is back in a few seconds, and
// what was accepted is there, once. A command that was under way may be answered with 503 after a caller's patience of 15 s, and is then sent again.
func TestPostmasterKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	l := newLocalCluster(t)
	server, worker := l.server(t), l.worker(t)
	server.awaitReady(t)
	kill := blow{"kill the postmaster", func(t *testing.T) {
		pid, data := postmaster(t, l.world.dir)
		pidFile := filepath.Join(data, "postmaster.pid")
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		began := time.Now()
		require.Eventually(t, func() bool {
			text, err := os.ReadFile(pidFile)
			again, _ := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
			return err == nil && again != 0 && again != pid // /readyz may not even notice: it looks once a second
		}, 20*time.Second, 10*time.Millisecond, "somebody starts it again")
		server.awaitReady(t)
		t.Logf("ready again %s after the kill", time.Since(began))
		require.Less(t, time.Since(began), 20*time.Second)
	}}
	cluster{servers: []string{server.url}, token: l.token, blows: []blow{kill, kill}, longest: 40 * time.Second}.outlast(t)
	server.atOnce(t)
	worker.atOnce(t)
}

// TestProgramEndsWithoutPostgres: a PostgreSQL that cannot be brought back ends the program with an error, so that whoever looks after it learns of
// it; it does not live on without a database.
func TestProgramEndsWithoutPostgres(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir, listen := build(t), dataFolder(t), free(t)
	p := launch(t, path, dir, listen)
	p.awaitReady(t)
	pid, data := postmaster(t, dir)
	control := filepath.Join(data, "global", "pg_control")
	require.NoError(t, os.Rename(control, control+".away"))
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	ended := make(chan error, 1)
	go func() { ended <- p.command.Wait() }()
	select {
	case err := <-ended:
		var exit *exec.ExitError
		require.True(t, errors.As(err, &exit), "%v", err)
		require.Equal(t, 1, exit.ExitCode())
		require.Contains(t, p.out.String(), "pg_control")
	case <-time.After(2 * time.Minute):
		require.Fail(t, "it lives on without a database", "%s", p.out)
	}

	require.NoError(t, os.Rename(control+".away", control), "a person has mended it")
	again := launch(t, path, dir, listen)
	again.awaitReady(t)
	again.interrupt(t)
}
