package postgres_test

import (
	"context"
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

	"github.com/parkway-zone/parkway/standalone/postgres"
)

// copied copies a program to a folder that every user can enter.
func copied(t *testing.T, from, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parkway-foreign-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // another user runs it
	text, err := os.ReadFile(from)
	require.NoError(t, err)
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, text, 0o755)) //nolint:gosec // a program
	return path
}

// TestSomebodyElsesPostgresIsLeftAlone: whoever may not look into the processes of others, as an ordinary user and root in a container, starts and
// clears up beside a PostgreSQL of somebody else's, and still finds what is left of its own.
func TestSomebodyElsesPostgresIsLeftAlone(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("needs root, to run something as somebody else")
	}
	sleep, err := exec.LookPath("sleep")
	require.NoError(t, err)
	setpriv, err := exec.LookPath("setpriv")
	require.NoError(t, err)
	foreign := exec.Command(copied(t, sleep, "postgres"), "600") //nolint:gosec // our own copy
	foreign.Dir, foreign.SysProcAttr = "/", &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 54321, Gid: 54321}}
	require.NoError(t, foreign.Start())
	t.Cleanup(func() {
		_ = foreign.Process.Kill()
		_ = foreign.Wait() // it was killed
	})
	tests := copied(t, os.Args[0], "tests")
	for name, as := range map[string][]string{
		"RootInAContainer": {"--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"},
		"OrdinaryUser":     {"--reuid=nobody", "--regid=nogroup", "--clear-groups"},
	} {
		t.Run(name, func(t *testing.T) {
			within := exec.Command(setpriv, append(as, tests, "-test.v", "-test.run=^TestAKilledPostmasterIsBroughtBack$")...) //nolint:gosec // ourselves
			within.Dir, within.Env = "/", append(os.Environ(), "HOME=/tmp", "TMPDIR=/tmp")
			out, err := within.CombinedOutput()
			require.NoError(t, err, "%s", out)
			require.Contains(t, string(out), "--- PASS: TestAKilledPostmasterIsBroughtBack")
			require.NoError(t, syscall.Kill(foreign.Process.Pid, 0))
			text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(foreign.Process.Pid), "stat"))
			require.NoError(t, err)
			require.NotContains(t, string(text), ") Z ", "somebody else's is alive")
		})
	}
}

// TestAServerOnItsWayDownIsWaitedForAndStarted: a program that was killed while it stopped leaves one.
func TestAServerOnItsWayDownIsWaitedForAndStarted(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	c, err := postgres.Start(t.Context(), postgres.Options{Dir: dir, Databases: []string{"parkway"}})
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), c.OwnerURL("parkway"))
	require.NoError(t, err)
	first := (&kept{Cluster: c, data: filepath.Join(dir, "data")}).postmaster(t)
	require.NoError(t, syscall.Kill(first, syscall.SIGTERM), "it waits for who is connected, and lets nobody in any more")

	type result struct {
		cluster *postgres.Cluster
		err     error
	}
	started := make(chan result, 1)
	go func() {
		again, err := postgres.Start(context.WithoutCancel(t.Context()), postgres.Options{Dir: dir, Databases: []string{"parkway"}})
		started <- result{again, err}
	}()
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(filepath.Join(dir, "data", "server.log"))
		return err == nil && strings.Contains(string(text), "FATAL:  the database system is shutting down")
	}, 20*time.Second, 10*time.Millisecond, "the next start has met it")
	require.NoError(t, conn.Close(t.Context()))
	got := <-started
	require.NoError(t, got.err)
	run(t, got.cluster.OwnerURL("parkway"), "SELECT 1")
	require.NotEqual(t, first, (&kept{Cluster: got.cluster, data: filepath.Join(dir, "data")}).postmaster(t))
	require.NoError(t, got.cluster.Down(context.Background(), true))
}

// TestAFullDiskIsNamed: PostgreSQL cannot write why it does not come up, for its log lies on the same disk.
func TestAFullDiskIsNamed(t *testing.T) {
	t.Parallel()
	disk, small := smallDisk(t)
	if !small {
		t.Skip("needs a disk of its own")
	}
	k := keep(t, disk, func(*postgres.Care) {})
	k.awaitWrites(t, 10*time.Second)
	empty := k.fill(t, disk, small)
	require.Contains(t, k.LastWords(), "is full, make room on it")
	require.ErrorContains(t, postgres.Room(disk), "磁盘已满")
	empty()
	require.NotContains(t, k.LastWords(), "is full, make room on it", "there is room again")
	require.NoError(t, postgres.Room(disk))
}

// TestRootLeavesTheDataOfAnOrdinaryUserAlone: what belongs to somebody else is refused by name, and nothing in their folder is touched.
func TestRootLeavesTheDataOfAnOrdinaryUserAlone(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("needs root, to find something of somebody else's")
	}
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	require.NoError(t, os.Mkdir(data, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("15\n"), 0o600))
	require.NoError(t, os.Chown(data, 54321, 54321))
	_, err := postgres.Start(t.Context(), postgres.Options{Dir: dir})
	require.ErrorContains(t, err, "belongs to the user 54321")
	left, err := os.ReadDir(data)
	require.NoError(t, err)
	require.Len(t, left, 1)
}
