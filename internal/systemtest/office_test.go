package systemtest

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/backup"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone"
)

// commands returns the commands of docs/operations.md below a fence.
func commands(t *testing.T, fence string) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/operations.md")
	require.NoError(t, err)
	_, rest, found := strings.Cut(string(text), "```bash "+fence+"\n")
	require.True(t, found, fence)
	block, _, found := strings.Cut(rest, "\n```")
	require.True(t, found, fence)
	return strings.Split(block, "\n")
}

// programs returns a folder with both programs in bin, as after `make build`.
func programs(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, "bin"), 0o755)) //nolint:gosec // as make does
	for _, name := range []string{"parkway", "parkway-standalone"} {
		require.NoError(t, os.Link(buildOne(t, name), filepath.Join(home, "bin", name)))
	}
	return home
}

// obey runs a command as it is written.
func obey(t *testing.T, home, line string, env ...string) string {
	t.Helper()
	command := exec.CommandContext(within(t, 2*patience), "bash", "-euo", "pipefail", "-c", line) //nolint:gosec // our own documentation
	command.Dir, command.Env = home, append(os.Environ(), env...)
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s\n%s", line, out)
	return string(out)
}

// TestTheOfficesCommandsWorkAsWritten runs every command of docs/operations.md on one machine: a backup of the program that runs, restored into
// another folder, on which the program then starts with every workflow.
func TestTheOfficesCommandsWorkAsWritten(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	home, data, safe := programs(t), dataFolder(t), dataFolder(t)
	p := launch(t, filepath.Join(home, "bin", "parkway-standalone"), data, free(t))
	p.awaitReady(t)
	want := holdings(t, data)
	said := ""
	require.NoError(t, os.WriteFile(filepath.Join(home, "units.xlsx"), zonetest.Workbook(t, zonetest.Sheets(t)["units"]), 0o600))
	for _, line := range slices.Concat(commands(t, "standalone"), commands(t, "desk")) {
		said += obey(t, home, line, "data="+data, "safe="+safe)
	}
	require.Contains(t, said, "the zone is set up; sign in as admin")
	require.Contains(t, said, "admin signs in with ")
	require.Regexp(t, `招商服务专班 +园区科室`, said)
	require.Contains(t, said, "histories with something wrong                                     0")
	open := regexp.MustCompile(`(?m)^  open +(\d+) +(\d+)$`).FindStringSubmatch(said)
	require.Len(t, open, 3, "%s", said)
	require.Equal(t, open[1], open[2])
	require.Contains(t, said, open[1]+" open cases have their workflow")

	again := exec.CommandContext(within(t, patience), filepath.Join(home, "bin", "parkway-standalone"), "restore", filepath.Join(safe, "parkway.zip")) //nolint:gosec // our own
	again.Env = append(os.Environ(), "PARKWAY_DATA_DIR="+filepath.Join(safe, "restored"))
	out, err := again.CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "is not empty", "nothing is restored over a zone")

	p.interrupt(t)
	restored := filepath.Join(safe, "restored")
	require.Equal(t, remembered(t, data, "secret-key"), remembered(t, restored, "secret-key"))
	p = launch(t, filepath.Join(home, "bin", "parkway-standalone"), restored, free(t), "PARKWAY_DEMO=false")
	p.awaitReady(t)
	require.Equal(t, want, holdings(t, restored))
	p.interrupt(t)
}

// TestTheClustersCommandsWorkAsWritten runs those of a cluster, and restores into a PostgreSQL in which nothing of Parkway's is.
func TestTheClustersCommandsWorkAsWritten(t *testing.T) {
	t.Parallel()
	home, safe := programs(t), dataFolder(t)
	l := newLocalCluster(t)
	env := slices.Concat(l.env, []string{"PARKWAY_MIGRATE_DATABASE_URL=" + l.world.machine.OwnerURL(), "safe=" + safe})
	for _, line := range commands(t, "cluster") {
		obey(t, home, line, env...)
	}
	server, err := pgtest.Start(t.Context(), func(context.Context, string, string) error { return nil })
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	owner, _ := server.Database(t)
	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "DROP ROLE parkway_app")
	require.NoError(t, err)
	require.NoError(t, conn.Close(t.Context()))
	parsed, err := pgx.ParseConfig(owner)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(safe, "new-password"), []byte("ein neues p@ss/wort\n"), 0o600))
	address := strings.Replace(strings.Replace(owner, parsed.Password, "", 1), "parkway_owner:", "parkway_app", 1)
	env = []string{"safe=" + safe, "PARKWAY_MIGRATE_DATABASE_URL=" + owner, "PARKWAY_DATABASE_URL=" + address, "PARKWAY_DATABASE_PASSWORD=the first",
		"PARKWAY_SECRET_KEY=" + string(secret()), "PARKWAY_BLOB_URL=file://" + filepath.Join(t.TempDir(), "files")}
	for _, line := range commands(t, "new cluster") {
		obey(t, home, line, env...)
	}
	obey(t, home, "bin/parkway verify", append(env, "PARKWAY_DATABASE_PASSWORD=ein neues p@ss/wort")...)
}

// TestAnUpgradeIsBackedUpFirst starts the program on a folder that release 9ca858d left: it makes a backup, brings the data up to date and serves it.
func TestAnUpgradeIsBackedUpFirst(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	dir := dataFolder(t)
	left(t, dir, "../../backup/testdata/release-9ca858d.zip")
	p := launch(t, build(t), dir, free(t), "PARKWAY_DEMO=false")
	p.awaitReady(t)
	made, err := filepath.Glob(filepath.Join(dir, "backups", "before-*.zip"))
	require.NoError(t, err)
	require.Len(t, made, 1)
	require.Contains(t, p.out.String(), made[0])
	archive, err := backup.Open(made[0])
	require.NoError(t, err)
	require.NoError(t, archive.Check(t.Context()))
	require.EqualValues(t, 4, archive.Schema, "as the earlier release left it")
	require.NoError(t, archive.Close())
	browser := signedIn(t, p.url, "mengqinglan")
	response, err := browser.Get(p.url + "/") //nolint:noctx // a test's browser
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Less(t, response.StatusCode, http.StatusBadRequest)
	p.interrupt(t)
}

// left makes a data folder as an earlier release left it.
func left(t *testing.T, dir, release string) {
	t.Helper()
	archive, err := backup.Open(release)
	require.NoError(t, err)
	defer archive.Close()
	m, err := standalone.StartDatabase(t.Context(), standalone.Options{Dir: dir, Namespace: "parkway", Log: logger(), Progress: func(string) {}, Fatal: func(err error) { t.Error(err) }})
	require.NoError(t, err)
	require.NoError(t, archive.Fill(t.Context(), m.OwnerURL()))
	secret, err := archive.Secret()
	require.NoError(t, err)
	require.NoError(t, m.KeepSecret("secret-key", secret))
	files, err := blobs.Open(t.Context(), config.FolderURL(filepath.Join(dir, "files")), 1<<20)
	require.NoError(t, err)
	require.NoError(t, archive.Put(t.Context(), files))
	require.NoError(t, m.Stop())
}
