package main

import (
	"context"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestDataOfANewerProgramIsLeftAlone walks every command there is: on a database that a newer program has written each says so and changes nothing, whether it
// would only read or write. A command that is added is missed in the table.
func TestDataOfANewerProgramIsLeftAlone(t *testing.T) {
	program := built(t)
	owner, app := databases.Database(t)
	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)")
	require.NoError(t, err)
	archive, place := filepath.Join(t.TempDir(), "a.zip"), t.TempDir()
	release, err := filepath.Abs("../../backup/testdata/release-9ca858d.zip")
	require.NoError(t, err)
	key, err := filepath.Abs("settings_test.go")
	require.NoError(t, err)
	every := map[string]string{"server": "server", "worker": "worker", "migrate": "migrate", "setup": "setup --zone=a --short=a --letters=a", "adminpassword": "admin-password",
		"register": "register list units", "set": "register set units name=a", "import": "register import units " + release + " --try", "seed": "seed", "reconcile": "reconcile", "backup": "backup " + archive, "restore": "restore " + release + " --key-to-file=" + filepath.Join(place, "key"),
		"password": "password app " + key, "verify": "verify", "letters": "letters list", "letter": "letters set rectification_opinion --use=yes"}
	nobodys := []string{"namespace", "healthcheck", "config", "version", "register columns"} // they look at no data
	parser, err := kong.New(&commands{})
	require.NoError(t, err)
	for _, leaf := range parser.Model.Leaves(true) { // every command, those below another too
		path := strings.TrimPrefix(leaf.FullPath(), parser.Model.Name+" ")
		tried := slices.ContainsFunc(slices.Collect(maps.Values(every)), func(words string) bool { return strings.HasPrefix(words+" ", path+" ") })
		require.True(t, tried || slices.Contains(nobodys, path), "%s is not tried on data of a newer program", path)
	}
	for name, words := range every {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			command := exec.CommandContext(ctx, program, strings.Fields(words)...) //nolint:gosec // our own
			command.Dir = t.TempDir()
			command.Env = []string{"PARKWAY_DATABASE_URL=" + app, "PARKWAY_MIGRATE_DATABASE_URL=" + owner, "PARKWAY_SECRET_KEY=" + strings.Repeat("k", 32), "PARKWAY_BLOB_URL=file://" + place,
				"PARKWAY_TEMPORAL_ADDRESS=127.0.0.1:1", "PARKWAY_LISTEN=127.0.0.1:0"}
			out, err := command.CombinedOutput()
			require.Error(t, err)
			require.Contains(t, string(out), "newer release")
			require.NotContains(t, string(out), "waiting for")
			require.NoFileExists(t, archive)
			require.NoFileExists(t, filepath.Join(place, "key"))
			var version int64
			require.NoError(t, conn.QueryRow(t.Context(), "SELECT max(version_id) FROM goose_db_version").Scan(&version))
			require.EqualValues(t, 9999, version)
		})
	}
}
