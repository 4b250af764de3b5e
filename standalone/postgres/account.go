package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the unprivileged user that the server runs as when the program itself is root, because PostgreSQL refuses to run as root.
type account struct {
	name     string
	uid, gid uint32
}

// unprivileged returns nil when the program is not root.
func unprivileged() (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(found.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(found.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &account{name: name, uid: uint32(uid), gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres or nobody; start Parkway as an ordinary user")
}

// String names the account.
func (a *account) String() string {
	if a == nil {
		return "of this program"
	}
	return a.name
}

// own gives the files to the account.
func (a *account) own(paths ...string) error {
	if a == nil {
		return nil
	}
	for _, path := range paths {
		if err := os.Chown(path, int(a.uid), int(a.gid)); err != nil {
			return err
		}
	}
	return nil
}

// apply makes the command run as the account, in a process group of its own so that Ctrl-C reaches the program first.
func (a *account) apply(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a != nil {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
}

// Place returns the folder in which a cluster with its things in dir keeps its data.
func Place(dir string) (string, error) {
	a, err := unprivileged()
	if err != nil {
		return "", err
	}
	return a.place(filepath.Join(dir, "data")), nil
}

// place returns where the data goes: the folder itself, or, when the account cannot enter a folder above it (a clone below /root, say), a
// folder of the same name below /var/lib/parkway.
func (a *account) place(folder string) string {
	if a == nil {
		return folder
	}
	for dir := filepath.Dir(folder); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 {
			digest := sha256.Sum256([]byte(folder))
			return filepath.Join("/var/lib/parkway", hex.EncodeToString(digest[:6]))
		}
		if dir == filepath.Dir(dir) {
			return folder
		}
	}
}

// hint explains the usual reason why another user cannot use a folder.
func (a *account) hint(dir string) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf(" (PostgreSQL runs as the user %s and must be able to enter every folder above %s; set PARKWAY_DATA_DIR to one that it can reach, such as /var/lib/parkway)", a.name, dir)
}
