package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone"
)

// folder returns a data folder which PostgreSQL's user can reach.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "parkway-desk-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	t.Cleanup(func() {
		require.Eventually(t, func() bool { return os.RemoveAll(dir) == nil }, 20*time.Second, 100*time.Millisecond)
	})
	return dir
}

// database does something to the database of a folder on which nothing runs.
func database(t *testing.T, dir string, do func(m *standalone.Machine)) {
	t.Helper()
	m, err := standalone.StartDatabase(t.Context(), standalone.Options{Dir: dir, Namespace: "parkway", Log: slog.New(slog.DiscardHandler),
		Progress: func(string) {}, Fatal: func(err error) { t.Error(err) }})
	require.NoError(t, err)
	defer func() { require.NoError(t, m.Stop()) }()
	do(m)
}

// left makes a data folder as release 9ca858d left it, and returns a file of it.
func left(t *testing.T, dir string) (file string) {
	t.Helper()
	archive, err := backup.Open("../../backup/testdata/release-9ca858d.zip")
	require.NoError(t, err)
	defer archive.Close()
	database(t, dir, func(m *standalone.Machine) {
		require.NoError(t, archive.Fill(t.Context(), m.OwnerURL()))
		secret, err := archive.Secret()
		require.NoError(t, err)
		require.NoError(t, m.KeepSecret("secret-key", secret))
	})
	files, err := blobs.Open(t.Context(), config.FolderURL(filepath.Join(dir, "files")), 1<<20)
	require.NoError(t, err)
	require.NoError(t, archive.Put(t.Context(), files))
	require.NoError(t, files.Close())
	sha := archive.Files[0].SHA256
	return filepath.Join(dir, "files", sha[:2], sha)
}

// schema is the version of the data.
func schema(t *testing.T, dir string) (version int64) {
	t.Helper()
	database(t, dir, func(m *standalone.Machine) {
		conn, err := pgx.Connect(t.Context(), m.OwnerURL())
		require.NoError(t, err)
		defer conn.Close(t.Context())
		require.NoError(t, conn.QueryRow(t.Context(), "SELECT max(version_id) FROM goose_db_version").Scan(&version))
	})
	return version
}

// command carries out what is typed after the program's name, on a folder, and returns what it prints.
func command(t *testing.T, dir string, words ...string) (string, error) {
	t.Helper()
	t.Setenv("PARKWAY_DATA_DIR", dir)
	var c commands
	parser, err := kong.New(&c, kong.Name("parkway-standalone"), kong.Exit(func(int) {}), kong.BindTo(t.Context(), (*context.Context)(nil)))
	require.NoError(t, err)
	parsed, err := parser.Parse(words)
	require.NoError(t, err)
	out, err := os.CreateTemp(t.TempDir(), "printed")
	require.NoError(t, err)
	defer out.Close()
	stdout, stderr := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = out, out
	err = parsed.Run()
	os.Stdout, os.Stderr = stdout, stderr
	_, seekErr := out.Seek(0, io.SeekStart)
	require.NoError(t, seekErr)
	text, readErr := io.ReadAll(out)
	require.NoError(t, readErr)
	return string(text), err
}

// archives are the backups that were made before an upgrade.
func archives(t *testing.T, dir string) []string {
	t.Helper()
	made, err := filepath.Glob(filepath.Join(dir, "backups", "*"))
	require.NoError(t, err)
	return made
}

// desks are the commands that open the data of a folder on which nothing runs.
func desks() map[string][]string {
	return map[string][]string{
		"list":     {"register", "list", "units"},
		"set":      {"register", "set", "units", "name=综合科"},
		"password": {"admin-password", "--username", "mengqinglan"},
		"letters":  {"letters", "list"},
		"letter":   {"letters", "set", "rectification_opinion", "--use", "yes"},
		"setup":    {"setup", "--zone", "新区", "--short", "新区", "--letters", "新"},
	}
}

// TestACommandIsNoWayRoundTheGuardsOfTheFolder: what a start refuses every command refuses, and touches nothing.
func TestACommandIsNoWayRoundTheGuardsOfTheFolder(t *testing.T) {
	for name, words := range desks() {
		t.Run(name, func(t *testing.T) {
			lost := folder(t) // its database was taken away
			require.NoError(t, os.WriteFile(filepath.Join(lost, "secret-key"), []byte("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n"), 0o600))
			_, err := command(t, lost, words...)
			require.ErrorContains(t, err, "was in use, and its database")
			require.NoDirExists(t, filepath.Join(lost, "postgres"))

			theirs := folder(t)
			require.NoError(t, os.WriteFile(filepath.Join(theirs, "letter.doc"), nil, 0o600))
			_, err = command(t, theirs, words...)
			require.ErrorContains(t, err, "holds other things, such as letter.doc")
			require.NoDirExists(t, filepath.Join(theirs, "postgres"))
		})
	}
}

// TestWhatLooksAtDataMakesNone: on a folder that is not there, as one whose name was mistyped, nothing is made.
func TestWhatLooksAtDataMakesNone(t *testing.T) {
	for _, words := range [][]string{desks()["list"], desks()["set"], desks()["password"], {"verify"}, {"passwords"}, {"backup", filepath.Join(t.TempDir(), "a.zip")}} {
		dir := filepath.Join(t.TempDir(), "mistyped")
		_, err := command(t, dir, words...)
		require.ErrorContains(t, err, "PARKWAY_DATA_DIR: there is nothing in", "%v", words)
		require.NoDirExists(t, dir)
	}
}

// TestACommandBacksUpBeforeItUpgrades: as a start does, or it leaves the data as it is.
func TestACommandBacksUpBeforeItUpgrades(t *testing.T) {
	dir := folder(t)
	left(t, dir)
	require.EqualValues(t, 4, schema(t, dir))
	_, err := command(t, dir, "verify")
	require.ErrorContains(t, err, "start this program on it")

	blocked := filepath.Join(t.TempDir(), "a file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	t.Setenv("PARKWAY_UPGRADE_BACKUP", blocked)
	for name, words := range desks() {
		_, err := command(t, dir, words...)
		require.ErrorContains(t, err, "PARKWAY_UPGRADE_BACKUP", name)
	}
	require.EqualValues(t, 4, schema(t, dir), "nothing was changed")

	t.Setenv("PARKWAY_UPGRADE_BACKUP", "")
	said, err := command(t, dir, desks()["list"]...)
	require.NoError(t, err, "%s", said)
	require.Len(t, archives(t, dir), 1)
	require.Contains(t, said, archives(t, dir)[0])
	archive, err := backup.Open(archives(t, dir)[0])
	require.NoError(t, err)
	defer archive.Close()
	require.NoError(t, archive.Check(t.Context()))
	require.EqualValues(t, 4, archive.Schema)
	require.Greater(t, schema(t, dir), int64(4))
}

// TestAMissingFileHoldsNoUpgradeUp: the file is named, and the upgrade is made.
func TestAMissingFileHoldsNoUpgradeUp(t *testing.T) {
	dir := folder(t)
	lost := left(t, dir)
	require.NoError(t, os.Remove(lost))
	said, err := command(t, dir, desks()["list"]...)
	require.NoError(t, err, "%s", said)
	require.Contains(t, said, filepath.Base(lost)+" is missing")
	require.Contains(t, said, "the upgrade goes on")
	require.Len(t, archives(t, dir), 1)
	require.Greater(t, schema(t, dir), int64(4))
}

// TestACommandThatIsStoppedSaysSo: and what its parts broke off with is no news.
func TestACommandThatIsStoppedSaysSo(t *testing.T) {
	dir := folder(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	t.Setenv("PARKWAY_DATA_DIR", dir)
	var c commands
	parser, err := kong.New(&c, kong.BindTo(ctx, (*context.Context)(nil)))
	require.NoError(t, err)
	parsed, err := parser.Parse([]string{"restore", "../../backup/testdata/release-9ca858d.zip"})
	require.NoError(t, err)
	err = parsed.Run()
	require.Error(t, err)
	require.EqualError(t, stopped(ctx, err), "还没有做完就停止了，可以再执行一次 / stopped before it was done; the same command can be run again")

	said, err := command(t, dir, "restore", "../../backup/testdata/release-9ca858d.zip")
	require.NoError(t, err, "%s", said)
	require.Equal(t, err, stopped(t.Context(), err))
}
