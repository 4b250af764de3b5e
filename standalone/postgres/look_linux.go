package postgres

import (
	"os"
	"runtime"
	"syscall"
)

// readlink reads a link of /proc as the account would: the kernel lets a process look into those of its own user (ptrace(2), PTRACE_MODE_READ_FSCREDS).
// Only this thread is the account meanwhile (setfsuid(2)).
func (a *account) readlink(path string) (string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	group, _, _ := syscall.RawSyscall(syscall.SYS_SETFSGID, uintptr(a.gid), 0, 0)
	user, _, _ := syscall.RawSyscall(syscall.SYS_SETFSUID, uintptr(a.uid), 0, 0)
	defer func() {
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSUID, user, 0, 0)
		_, _, _ = syscall.RawSyscall(syscall.SYS_SETFSGID, group, 0, 0)
	}()
	return os.Readlink(path)
}
