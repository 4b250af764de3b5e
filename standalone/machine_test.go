package standalone_test

import (
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/parkway-zone/parkway/standalone"
	"github.com/parkway-zone/parkway/standalone/postgres"
)

func echo(_ workflow.Context, words string) (string, error) { return words, nil }

// folder returns a data folder that another user can reach.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parkway-machine-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}

func options(t *testing.T, dir string) standalone.Options {
	return standalone.Options{Dir: dir, Namespace: "parkway", Log: slog.New(slog.DiscardHandler), Progress: func(s string) { t.Log(s) },
		Fatal: func(err error) { t.Error(err) }}
}

func TestMachine(t *testing.T) {
	dir := folder(t)
	began := time.Now()
	m, err := standalone.Start(t.Context(), options(t, dir))
	require.NoError(t, err)
	t.Logf("first start: %s", time.Since(began))

	t.Run("RefusesASecondOneOnTheSameFolder", func(t *testing.T) {
		_, err := standalone.Start(t.Context(), options(t, dir))
		require.ErrorIs(t, err, standalone.ErrRunning)
	})
	t.Run("RunsAWorkflow", func(t *testing.T) { runEcho(t, m) })
	require.NoError(t, m.Stop())

	began = time.Now()
	m, err = standalone.Start(t.Context(), options(t, dir))
	require.NoError(t, err)
	took := time.Since(began)
	t.Logf("second start: %s", took)
	require.Less(t, took, 20*time.Second) // other packages are tested meanwhile; the whole program is held to five by TestProgramKilled
	runEcho(t, m)
	require.NoError(t, m.Stop())
	out, err := exec.Command("pgrep", "-f", filepath.Join(dir, "postgres")).CombinedOutput()
	require.Error(t, err, "PostgreSQL is still running: %s", out)
}

func runEcho(t *testing.T, m *standalone.Machine) {
	t.Helper()
	c, err := m.Client(t.Context(), slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer c.Close()
	w := worker.New(c, "echo", worker.Options{})
	w.RegisterWorkflowWithOptions(echo, workflow.RegisterOptions{Name: "echo"})
	require.NoError(t, w.Start())
	defer w.Stop()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "echo"}, "echo", "你好")
	require.NoError(t, err)
	var heard string
	require.NoError(t, run.Get(t.Context(), &heard))
	require.Equal(t, "你好", heard)
}

func TestMachineOnSomebodyElsesPostgres(t *testing.T) {
	theirs := folder(t)
	pg, err := postgres.Start(t.Context(), postgres.Options{Dir: theirs, Throwaway: true})
	require.NoError(t, err)
	defer pg.Destroy()
	o := options(t, folder(t))
	o.Postgres = pg.OwnerURL("postgres")
	m, err := standalone.Start(t.Context(), o)
	require.NoError(t, err)
	runEcho(t, m)
	require.NoError(t, m.Stop())
	require.NoError(t, pg.Up(t.Context()), "it is not ours to stop")
}
