package postgres

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
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

// unprivileged returns nil when the program is not root. Data that is there stays with whom it belongs to: an account of which root knows nothing is told to
// do itself what is to be done, before anything of its folder is touched.
func unprivileged(data string) (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	var known []account
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(found.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(found.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			known = append(known, account{name: name, uid: uint32(uid), gid: uint32(gid)})
		}
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("PostgreSQL does not run as root and there is no user postgres or nobody; start Parkway as an ordinary user")
	}
	var owner syscall.Stat_t
	if syscall.Stat(data, &owner) != nil || owner.Uid == 0 { // there is none yet, or a copy that root made
		return &known[0], nil
	}
	for i := range known {
		if known[i].uid == owner.Uid {
			return &known[i], nil
		}
	}
	name := strconv.FormatUint(uint64(owner.Uid), 10)
	if found, err := user.LookupId(name); err == nil {
		name = found.Username
	}
	return nil, fmt.Errorf("the data in %s belongs to the user %s; run this as that user: runuser -u %s -- …", data, name, name)
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

// reach returns the paths under which the account finds files. Where it cannot enter a folder above them, such as a home of mode 700, the program,
// which can, opens them to be handed down, and PostgreSQL works by that: the data lies where it was asked for. Elsewhere they are the paths themselves.
func (a *account) reach(paths ...string) (found []string, handed []*os.File, err error) {
	if a == nil || a.enters(paths[0]) {
		return paths, nil, nil
	}
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			return nil, nil, errors.Join(err, closeAll(handed))
		}
		handed = append(handed, file)
		found = append(found, fmt.Sprintf("/proc/self/fd/%d", 2+len(handed))) // after standard input, output and error
	}
	return found, handed, nil
}

func closeAll(files []*os.File) error {
	var err error
	for _, f := range files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// enters reports whether the account can enter every folder above.
func (a *account) enters(path string) bool {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err == nil && info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

// Usable reports why PostgreSQL could not keep a cluster in the folder, or one that would have to be made for it.
func Usable(dir string) error {
	a, err := unprivileged(filepath.Join(dir, "data"))
	if err != nil || a == nil || proc() || a.enters(filepath.Join(dir, "data")) {
		return err
	}
	return errors.New("PostgreSQL" + a.hint(dir))
}

// There reports whether the folder holds a cluster, or a program before this one keeps it elsewhere for it.
func There(dir string) bool {
	for _, data := range []string{filepath.Join(dir, "data"), former(filepath.Join(dir, "data"))} {
		if _, err := os.Stat(filepath.Join(data, "PG_VERSION")); err == nil {
			return true
		}
	}
	return false
}

// former is where programs before this one put the data of a folder that the account could not get at.
func former(data string) string {
	digest := sha256.Sum256([]byte(data))
	return filepath.Join("/var/lib/parkway", hex.EncodeToString(digest[:6]))
}

// fetchFormer brings data that a program before this one put elsewhere to where it belongs.
func fetchFormer(data string, progress func(string)) error {
	old := former(data)
	if _, err := os.Stat(filepath.Join(old, "PG_VERSION")); err != nil {
		return nil
	}
	progress(fmt.Sprintf("数据库移到数据目录 / moving the database from %s to %s", old, data))
	if err := os.Rename(old, data); err != nil {
		return fmt.Errorf("an earlier version kept the database of this folder in %s; move it with `cp -a %s %s && rm -r %s` and start again: %w", old, old, data, old, err)
	}
	return nil
}

// hint explains the usual reason why another user cannot use a folder.
func (a *account) hint(dir string) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf(" (it runs as the user %s and must be able to enter every folder above %s; set PARKWAY_DATA_DIR to one that it can reach, such as /var/lib/parkway, or start Parkway as an ordinary user)", a.name, dir)
}
