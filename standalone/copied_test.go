package standalone_test

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone"
)

// value runs a statement that returns one text.
func value(t *testing.T, url, statement string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var text string
	require.NoError(t, conn.QueryRow(t.Context(), statement).Scan(&text))
	return text
}

// TestACopyWorksOnItself: a copy of the folder, with its ports and passwords, beside the running original: whatever is done to the copy is done to the copy.
func TestACopyWorksOnItself(t *testing.T) {
	home := folder(t)
	first, second := filepath.Join(home, "first"), filepath.Join(home, "second")
	original, err := standalone.StartDatabase(t.Context(), options(t, first))
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), original.OwnerURL())
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "CREATE TABLE which AS SELECT 'the original'::text AS name")
	require.NoError(t, errors.Join(err, conn.Close(t.Context())))
	require.NoError(t, original.Stop())
	original, err = standalone.Start(t.Context(), options(t, first))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, original.Stop()) })
	out, err := exec.Command("cp", "-a", first, second).CombinedOutput() // while it runs: with the file that says so
	require.NoError(t, err, "%s", out)
	require.False(t, standalone.Running(second))
	_, err = standalone.RunningOwnerURL(t.Context(), second)
	require.ErrorContains(t, err, "another PostgreSQL answers", "what answers is the original")
	_, err = standalone.AppURL(t.Context(), second, "")
	require.ErrorContains(t, err, "another PostgreSQL answers")

	said := []string{}
	o := options(t, second)
	o.Progress = func(words string) { said = append(said, words) }
	rehearsal, err := standalone.Start(t.Context(), o)
	require.NoError(t, err)
	require.Contains(t, strings.Join(said, "\n"), "已被别的程序占用，PostgreSQL 改用端口")
	require.Contains(t, strings.Join(said, "\n"), "已被别的程序占用，流程引擎改用")
	value(t, rehearsal.OwnerURL(), "UPDATE which SET name = 'the copy' RETURNING name")
	require.NoError(t, rehearsal.Postgres().ChangePasswords(t.Context()))
	runEcho(t, rehearsal)
	for dir, want := range map[string]string{first: "the original", second: "the copy"} {
		url, err := standalone.RunningOwnerURL(t.Context(), dir)
		require.NoError(t, err)
		require.Equal(t, want, value(t, url, "SELECT name FROM which"))
	}
	require.NoError(t, rehearsal.Stop())
	runEcho(t, original)

	said = nil
	rehearsal, err = standalone.StartDatabase(t.Context(), o)
	require.NoError(t, err)
	require.NotContains(t, strings.Join(said, "\n"), "改用", "the port that it took is remembered")
	require.Equal(t, "the copy", value(t, rehearsal.OwnerURL(), "SELECT name FROM which"))
	require.NoError(t, rehearsal.Stop())
}

// TestAPasswordThatDoesNotFitIsToldAtOnce: the files beside the data are those of another folder.
func TestAPasswordThatDoesNotFitIsToldAtOnce(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	m, err := standalone.StartDatabase(t.Context(), options(t, dir))
	require.NoError(t, err)
	require.NoError(t, m.Stop())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "postgres", "password"), []byte("of-another-folder\n"), 0o600))
	_, err = standalone.StartDatabase(t.Context(), options(t, dir))
	require.ErrorContains(t, err, "are not the ones that belong to it; put back password")
	out, err := exec.Command("pgrep", "-f", filepath.Join(dir, "postgres")).CombinedOutput()
	require.Error(t, err, "PostgreSQL is still running: %s", out)
}

// TestAnEngineThatGivesUpSaysWhy in a sentence: its port was taken at the last moment.
func TestAnEngineThatGivesUpSaysWhy(t *testing.T) {
	t.Parallel()
	told := make(chan error, 1)
	o := options(t, folder(t))
	o.Fatal = func(err error) { told <- err }
	m, err := standalone.StartDatabase(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, m.Stop()) })
	other, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer other.Close()
	err = m.StartEngineAt(t.Context(), other.Addr().(*net.TCPAddr).Port)
	require.ErrorContains(t, err, "another program has taken a port of the workflow engine")
	require.ErrorContains(t, err, "address already in use")
	require.ErrorContains(t, <-told, "another program has taken a port of the workflow engine")
}
