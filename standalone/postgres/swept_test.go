package postgres_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatAnInterruptedStartLeftIsRemovedLater: an initdb that outlives its program writes on while the next start removes its folder, so a later start looks
// again, also once the data is in its place and whatever the folder is called.
func TestWhatAnInterruptedStartLeftIsRemovedLater(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), "园区[1]")
	require.NoError(t, os.MkdirAll(dir, 0o755)) //nolint:gosec // as the program makes it
	c := started(t, dir)
	require.NoError(t, c.Down(t.Context(), false))
	left := filepath.Join(dir, "data.new-1234")
	require.NoError(t, os.MkdirAll(filepath.Join(left, "base"), 0o700))
	c = started(t, dir)
	require.NoDirExists(t, left)
	require.FileExists(t, filepath.Join(dir, "data", "PG_VERSION"))
	require.NoError(t, c.Down(t.Context(), false))
}
