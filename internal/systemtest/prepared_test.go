package systemtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/seed"
)

// prepared is the data folder of a demo zone as a first start leaves it, with an engine that knows no case yet: made once for all worlds, which begin
// with a copy of it; TestMain takes it away.
var prepared struct { //nolint:gochecknoglobals // made by the first test that needs it
	sync.Mutex
	dir string
}

// fill fills an empty folder with the demo zone.
func fill(t *testing.T, dir string) {
	t.Helper()
	out, err := exec.Command("cp", "-a", loaded(t)+"/.", dir).CombinedOutput() //nolint:gosec // our own
	require.NoError(t, err, "%s", out)
	for _, own := range []string{"engine-ports", filepath.Join("postgres", "port")} { // several run at once
		require.NoError(t, os.Remove(filepath.Join(dir, own)))
	}
}

// loaded returns the prepared folder.
func loaded(t *testing.T) string {
	t.Helper()
	prepared.Lock()
	defer prepared.Unlock()
	if prepared.dir != "" {
		return prepared.dir
	}
	dir, err := os.MkdirTemp("", "parkway-prepared-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	w := &world{dir: dir}
	w.start(t)
	err = seed.Load(t.Context(), w.store, time.Now())
	w.stop(t)
	require.NoError(t, err)
	prepared.dir = dir
	return dir
}

// begin lets the demo's time begin now, as it does when the zone is loaded.
func (w *world) begin(t *testing.T) {
	t.Helper()
	require.NoError(t, w.store.SetDemoClock(t.Context(), time.Until(seed.Begin())))
}
