package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone"
)

// TestDataOfANewerProgramIsLeftAlone walks every command there is: on a folder that a newer program has written each says so and changes nothing, whether it would
// only read or write. A command that is added is missed in the table.
func TestDataOfANewerProgramIsLeftAlone(t *testing.T) {
	dir := folder(t)
	left(t, dir)
	database(t, dir, func(m *standalone.Machine) {
		conn, err := pgx.Connect(t.Context(), m.OwnerURL())
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
		require.NoError(t, err)
	})
	archive := filepath.Join(t.TempDir(), "a.zip")
	every := desks()
	every["restore"] = []string{"restore", "../../backup/testdata/release-9ca858d.zip"}
	every["backup"] = []string{"backup", archive}
	every["verify"], every["passwords"], every["run"] = []string{"verify"}, []string{"passwords"}, []string{"run", "--listen", "127.0.0.1:0"}
	every["import"] = []string{"register", "import", "units", "../../backup/testdata/release-9ca858d.zip", "--try"}
	nobodys := []string{"reconcile", "version", "register columns"} // of a program that runs, which refuses to start on it; and nobody's data
	parser, err := kong.New(&commands{})
	require.NoError(t, err)
	for _, leaf := range parser.Model.Leaves(true) { // every command, those below another too
		path := strings.TrimPrefix(leaf.FullPath(), parser.Model.Name+" ")
		tried := slices.ContainsFunc(slices.Collect(maps.Values(every)), func(words []string) bool {
			return strings.HasPrefix(strings.Join(words, " ")+" ", path+" ")
		})
		require.True(t, tried || slices.Contains(nobodys, path), "%s is not tried on data of a newer program", path)
	}
	for name, words := range every {
		t.Run(name, func(t *testing.T) {
			_, err := command(t, dir, words...)
			require.ErrorContains(t, err, "newer release")
			require.ErrorContains(t, err, "Nothing was changed")
			require.EqualValues(t, 9999, schema(t, dir))
			require.NoFileExists(t, archive)
			require.Empty(t, archives(t, dir))
		})
	}
}

// TestAFieldThatIsGivenTwiceIsRefused: nobody knows which of them is meant.
func TestAFieldThatIsGivenTwiceIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nothing")
	_, err := command(t, dir, "register", "set", "people", "name=甲", "name=乙")
	require.ErrorContains(t, err, `name is given twice, as "甲" and as "乙"`)
	_, err = command(t, dir, "register", "set", "people", "甲")
	require.ErrorContains(t, err, "name=value")
	require.NoDirExists(t, dir, "nothing is opened for it")
	_, err = command(t, dir, "register", "set", "enterprises", "name=甲", "aliases=一;二,三=四")
	require.ErrorContains(t, err, "there is nothing in", "signs in a value are the value's")
}

// TestTheFolderForTheBackupIsLookedAtAtEveryStart: also while no upgrade is due.
func TestTheFolderForTheBackupIsLookedAtAtEveryStart(t *testing.T) {
	t.Setenv("PARKWAY_UPGRADE_BACKUP", "/proc/version")
	for _, words := range [][]string{{"run", "--listen", "127.0.0.1:0"}, desks()["list"], desks()["setup"]} {
		dir := filepath.Join(t.TempDir(), "nothing")
		_, err := command(t, dir, words...)
		require.ErrorContains(t, err, "PARKWAY_UPGRADE_BACKUP: /proc/version is a file", "%v", words)
		require.NoDirExists(t, dir)
	}
}
