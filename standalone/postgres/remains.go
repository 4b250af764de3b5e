package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pidFile is where a running server says that it runs.
func (c *Cluster) pidFile() string { return filepath.Join(c.data, "postmaster.pid") }

// alive reports whether the postmaster of this folder runs. What is left of one that was killed does not count: neither a file that still names
// it, nor a dead process that nobody has collected, nor another program that was given its number since.
func (c *Cluster) alive() bool {
	pid := c.postmaster()
	if pid == 0 {
		return false
	}
	if !proc() {
		err := syscall.Kill(pid, 0)
		return err == nil || errors.Is(err, syscall.EPERM)
	}
	if dead(pid) {
		syscall.Wait4(pid, nil, syscall.WNOHANG, nil) //nolint:errcheck // it is collected when it is ours, as in a container where this program is the first
		return false
	}
	works, seen := c.works(pid)
	return works || !seen && c.ownersProcess(pid) // it may be the one: it is better not touched
}

// postmaster returns the process id in the file, 0 when there is none.
func (c *Cluster) postmaster() int {
	text, err := os.ReadFile(c.pidFile())
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return pid
}

// proc reports whether the system shows its processes as files.
func proc() bool {
	_, err := os.Stat("/proc/self/cwd")
	return err == nil
}

// dead reports whether a process has ended, collected or not.
func dead(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	_, rest, found := strings.Cut(string(text[strings.LastIndexByte(string(text), ')')+1:]), " ")
	return found && (strings.HasPrefix(rest, "Z") || strings.HasPrefix(rest, "X"))
}

// works reports whether a process works in the data folder, as every process of the server does. Where it works is not seen when the process is
// somebody else's and this program may not look into it.
func (c *Cluster) works(pid int) (works, seen bool) {
	link := fmt.Sprintf("/proc/%d/cwd", pid)
	folder, err := os.Readlink(link)
	if errors.Is(err, fs.ErrPermission) && c.runAs != nil { // root in a container may not look into the processes of others, who may into their own
		folder, err = c.runAs.readlink(link)
	}
	if err != nil {
		return false, !errors.Is(err, fs.ErrPermission)
	}
	home, err := filepath.EvalSymlinks(c.data)
	return err == nil && folder == home, true
}

// ownersProcess reports whether a process belongs to the user whom the data belongs to, as the server's do.
func (c *Cluster) ownersProcess(pid int) bool {
	process, err := os.Stat(fmt.Sprintf("/proc/%d", pid))
	if err != nil {
		return false
	}
	data, err := os.Stat(c.data)
	if err != nil {
		return false
	}
	runs, ok := process.Sys().(*syscall.Stat_t)
	owns, also := data.Sys().(*syscall.Stat_t)
	return ok && also && runs.Uid == owns.Uid
}

// orphans returns the processes of a server whose postmaster has died. They end by themselves when they notice, which one that waits for a disk
// or computes may do late; until then no other server starts on the folder.
func (c *Cluster) orphans() []int {
	found := []int{}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return found
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
		if err != nil || !strings.HasPrefix(string(name), "postgres") || dead(pid) {
			continue
		}
		if works, _ := c.works(pid); works { // what is not seen is not ours to end
			found = append(found, pid)
		}
	}
	return found
}

// kind and firm are how long orphans get to end by themselves, and then to be killed.
const (
	kind = time.Second
	firm = 5 * time.Second
)

// clear takes away what a dead server has left. It is called when the postmaster is known to be dead and this program holds the lock of the
// folder above, so that whatever still works there belongs to nobody. What they had in hand is rolled back by the recovery.
func (c *Cluster) clear() error {
	if !proc() {
		return nil // PostgreSQL itself finds out what it can
	}
	began := time.Now()
	for {
		left := c.orphans()
		if len(left) == 0 {
			break
		}
		switch past := time.Since(began); {
		case past > kind+firm:
			return fmt.Errorf("processes %v of a PostgreSQL that has died do not end", left)
		case past > kind:
			for _, pid := range left {
				if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
					return fmt.Errorf("end process %d of a PostgreSQL that has died: %w", pid, err)
				}
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := os.Remove(c.pidFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove what a dead PostgreSQL left: %w", err)
	}
	return nil
}
