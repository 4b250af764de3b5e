package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

// kept is a cluster that is looked after.
type kept struct {
	*postgres.Cluster
	data string
	end  chan error // what looking after it ended with
}

// keep starts a cluster in the folder and looks after it.
func keep(t *testing.T, dir string, change func(*postgres.Care)) *kept {
	t.Helper()
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	c, err := postgres.Start(t.Context(), postgres.Options{Dir: dir, Databases: []string{"parkway"}, Progress: func(s string) { t.Log(s) }})
	require.NoError(t, err)
	data := filepath.Join(dir, "data")
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(data)) })
	care := postgres.UsualCare(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	change(&care)
	ctx, letGo := context.WithCancel(context.WithoutCancel(t.Context()))
	k := &kept{Cluster: c, data: data, end: make(chan error, 1)}
	done := make(chan struct{})
	go func() { defer close(done); k.end <- c.Keep(ctx, care) }()
	t.Cleanup(func() {
		letGo()
		<-done
		require.NoError(t, c.Down(context.Background(), true))
	})
	return k
}

func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parkway-keep-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}

// postmaster returns the process id of the server.
func (k *kept) postmaster(t *testing.T) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(k.data, "postmaster.pid"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.SplitN(string(text), "\n", 2)[0])
	require.NoError(t, err)
	return pid
}

// writes reports whether a row can be written.
func (k *kept) writes(size int) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, k.OwnerURL("parkway"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "CREATE TABLE IF NOT EXISTS kept (words text); ")
	if err == nil {
		_, err = conn.Exec(ctx, "INSERT INTO kept SELECT string_agg(md5(random()::text), '') FROM generate_series(1, $1)", size)
	}
	return err
}

func (k *kept) awaitWrites(t *testing.T, patience time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	require.Eventually(t, func() bool { return k.writes(1) == nil }, patience, 20*time.Millisecond)
	return time.Since(began)
}

// TestAKilledPostmasterIsBroughtBack: with a backend that does not notice the death, whose shared memory keeps every other server away.
func TestAKilledPostmasterIsBroughtBack(t *testing.T) {
	t.Parallel()
	k := keep(t, folder(t), func(*postgres.Care) {})
	k.awaitWrites(t, 30*time.Second)
	conn, err := pgx.Connect(t.Context(), k.OwnerURL("parkway"))
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	require.NoError(t, syscall.Kill(int(conn.PgConn().PID()), syscall.SIGSTOP), "a backend that notices nothing")
	for range 2 {
		pid := k.postmaster(t)
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		took := k.awaitWrites(t, 20*time.Second)
		t.Logf("back after %s", took)
		require.NotEqual(t, pid, k.postmaster(t))
		require.Less(t, took, 15*time.Second)
	}
	orphan := int(conn.PgConn().PID())
	require.Eventually(t, func() bool {
		if errors.Is(syscall.Kill(orphan, 0), syscall.ESRCH) {
			return true
		}
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", orphan)) // dead, and whoever inherited it has not looked yet
		return err == nil && strings.Contains(string(text), ") Z ")
	}, 10*time.Second, 10*time.Millisecond, "the orphan is gone")
}

// TestAStaleNumberIsNoServer: after a power cut the file names a process that is something else today.
func TestAStaleNumberIsNoServer(t *testing.T) {
	t.Parallel()
	k := keep(t, folder(t), func(*postgres.Care) {})
	require.NoError(t, k.Down(t.Context(), true))
	require.NoError(t, os.WriteFile(filepath.Join(k.data, "postmaster.pid"), []byte(strconv.Itoa(os.Getpid())+"\n"+k.data+"\n"), 0o600))
	require.NoError(t, k.Up(t.Context()))
	k.awaitWrites(t, 30*time.Second)
}

// TestAHungPostmasterIsKilled: one that runs and does not answer any more.
func TestAHungPostmasterIsKilled(t *testing.T) {
	t.Parallel()
	k := keep(t, folder(t), func(c *postgres.Care) { c.Ask, c.Silence = 100*time.Millisecond, time.Second })
	k.awaitWrites(t, 30*time.Second)
	pid := k.postmaster(t)
	require.NoError(t, syscall.Kill(pid, syscall.SIGSTOP))
	require.Eventually(t, func() bool { return syscall.Kill(pid, 0) != nil }, 30*time.Second, 50*time.Millisecond)
	k.awaitWrites(t, 20*time.Second)
}

// TestAStoppedServerIsLeftAlone: what was stopped on purpose stays so.
func TestAStoppedServerIsLeftAlone(t *testing.T) {
	t.Parallel()
	k := keep(t, folder(t), func(*postgres.Care) {})
	require.NoError(t, k.Down(t.Context(), false))
	require.Never(t, func() bool { _, err := os.Stat(filepath.Join(k.data, "postmaster.pid")); return err == nil }, time.Second, 20*time.Millisecond)
	require.NoError(t, k.Down(t.Context(), false), "stopped twice is stopped")
}

// smallDisk returns a folder on a disk that is easily full, in memory, where this user may mount one.
func smallDisk(t *testing.T) (dir string, small bool) {
	t.Helper()
	dir = folder(t)
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", dir).CombinedOutput(); err != nil { //nolint:gosec // our own folder
		t.Logf("no disk of its own, PostgreSQL is forbidden to write instead: %v %s", err, out)
		return dir, false
	}
	t.Cleanup(func() { require.NoError(t, exec.Command("umount", "-l", dir).Run()) }) //nolint:gosec // our own folder
	return dir, true
}

// fill fills the disk; where there is no small one PostgreSQL is forbidden to make files for its log, which it meets with the same fault.
func (k *kept) fill(t *testing.T, disk string, small bool) (empty func()) {
	t.Helper()
	if small {
		ballast := filepath.Join(disk, "ballast")
		out, err := exec.Command("sh", "-c", "head -c 1G /dev/zero > "+ballast).CombinedOutput() //nolint:gosec // our own folder
		require.Error(t, err, "the disk is full: %s", out)
		return func() { require.NoError(t, os.Remove(ballast)) }
	}
	log := filepath.Join(k.data, "pg_wal")
	require.NoError(t, os.Chmod(log, 0o500))                   //nolint:gosec // a folder
	return func() { require.NoError(t, os.Chmod(log, 0o700)) } //nolint:gosec // a folder
}

// TestAFullDisk: PostgreSQL dies when it has no room for its log. Once there is room it is back, and nobody had to do anything.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	disk, small := smallDisk(t)
	k := keep(t, disk, func(*postgres.Care) {})
	k.awaitWrites(t, 30*time.Second)
	pid := k.postmaster(t)
	empty := k.fill(t, disk, small)
	require.Eventually(t, func() bool {
		k.writeLog() // it fails when the disk is full, which is the point
		text, err := os.ReadFile(filepath.Join(k.data, "server.log"))
		return err == nil && strings.Contains(string(text), "PANIC")
	}, 60*time.Second, time.Millisecond, "writing goes on")
	if syscall.Kill(pid, syscall.SIGKILL) != nil {
		t.Log("the postmaster has ended by itself")
	}
	require.Never(t, func() bool { return k.writes(100_000) == nil }, 2*time.Second, 100*time.Millisecond, "there is no room")
	empty()
	t.Logf("back after %s", k.awaitWrites(t, 30*time.Second))
}

// writeLog makes PostgreSQL write to its log and nothing else.
func (k *kept) writeLog() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, k.OwnerURL("parkway"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "SELECT pg_logical_emit_message(false, 'ballast', repeat('x', 4000000))")
	return err
}

// TestWhatCannotBeBroughtBackIsGivenUp: with what PostgreSQL said last, so that the program can end instead of living on without a database.
func TestWhatCannotBeBroughtBackIsGivenUp(t *testing.T) {
	t.Parallel()
	k := keep(t, folder(t), func(c *postgres.Care) { c.Patience = 2 * time.Second })
	k.awaitWrites(t, 30*time.Second)
	control := filepath.Join(k.data, "global", "pg_control")
	require.NoError(t, os.Rename(control, control+".away"))
	require.NoError(t, syscall.Kill(k.postmaster(t), syscall.SIGKILL))
	select {
	case err := <-k.end:
		require.ErrorContains(t, err, "pg_control")
		t.Log(err)
	case <-time.After(time.Minute):
		require.Fail(t, "it is tried for ever")
	}
}
