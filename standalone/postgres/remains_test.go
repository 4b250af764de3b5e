package postgres

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// withoutLookingIntoOthers runs do as a root that may not look into other users' processes, as in a container, or as an unprivileged user anyway.
func withoutLookingIntoOthers(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("other users' processes are hidden from this user anyway; the test needs a PostgreSQL of another user")
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with what it has given up
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		var sets [2]unix.CapUserData
		if err := unix.Capget(&header, &sets[0]); err != nil {
			done <- err
			return
		}
		sets[0].Effective &^= 1 << unix.CAP_SYS_PTRACE
		if err := unix.Capset(&header, &sets[0]); err != nil {
			done <- err
			return
		}
		do()
		done <- nil
	}()
	require.NoError(t, <-done)
}

// TestOtherPeoplesServersAreLeftAlone: a PostgreSQL of which it cannot be known where it works is nobody's orphan; one that the folder names still runs.
func TestOtherPeoplesServersAreLeftAlone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for dir := folder; dir != "/tmp" && len(dir) > 1; dir = filepath.Dir(dir) {
		require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	}
	theirs, err := Start(t.Context(), Options{Dir: folder, Throwaway: true})
	require.NoError(t, err)
	t.Cleanup(theirs.Destroy)
	ours := &Cluster{data: t.TempDir()}
	var found []int
	var alive, known bool
	withoutLookingIntoOthers(t, func() {
		_, known = theirs.works(theirs.postmaster())
		found, alive = ours.orphans(), theirs.alive()
	})
	require.False(t, known, "it cannot be known where the other server works")
	require.Empty(t, found, "what may be somebody else's is not ended")
	require.True(t, alive, "the folder's own server is still seen")
}
