package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/store"
)

// allowed lists what the application's role may do with each table and column.
func allowed(t *testing.T, url string) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), `SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants WHERE grantee = 'parkway_writer'
		UNION ALL SELECT table_name || '.' || column_name || ' ' || privilege_type FROM information_schema.role_column_grants WHERE grantee = 'parkway_writer' ORDER BY 1`)
	require.NoError(t, err)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return found
}

// TestMigrateMakesTheWritersRoleAgain: a database that is brought into another cluster does not bring the role, and may do afterwards what it may do
// in the one where the migrations ran: no more and no less.
func TestMigrateMakesTheWritersRoleAgain(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	server, err := pgtest.Start(ctx, store.Migrate)
	require.NoError(t, err)
	defer server.Stop()
	owner, app := server.Database(t)
	want := allowed(t, owner)
	require.NotEmpty(t, want)
	conn, err := pgx.Connect(ctx, server.Cluster().OwnerURL("template_parkway"))
	require.NoError(t, err)
	_, err = conn.Exec(ctx, "DROP OWNED BY parkway_writer")
	require.NoError(t, err)
	require.NoError(t, conn.Close(ctx))
	conn, err = pgx.Connect(ctx, owner)
	require.NoError(t, err)
	defer conn.Close(ctx)
	for _, statement := range []string{"DROP OWNED BY parkway_writer", "DROP ROLE parkway_writer"} {
		_, err = conn.Exec(ctx, statement)
		require.NoError(t, err, statement)
	}
	require.Empty(t, allowed(t, owner))

	require.NoError(t, store.Migrate(ctx, owner, "parkway_app"))
	require.Equal(t, want, allowed(t, owner))
	asApp, err := pgx.Connect(ctx, app)
	require.NoError(t, err)
	defer asApp.Close(ctx)
	_, err = asApp.Exec(ctx, "SELECT count(*) FROM cases")
	require.NoError(t, err)
	_, err = asApp.Exec(ctx, "DELETE FROM events")
	require.ErrorContains(t, err, "permission denied")
}

// TestRolesArePutIntoAnotherCluster: a role with every character in its password, made once.
func TestRolesArePutIntoAnotherCluster(t *testing.T) {
	t.Parallel()
	owner, _ := server.Database(t)
	const word = `p w@/#:%?'"\密`
	signsIn := func(password string) error {
		config, err := pgx.ParseConfig(owner)
		require.NoError(t, err)
		config.User, config.Password = "role with a name's space", password
		conn, err := pgx.ConnectConfig(t.Context(), config)
		if err == nil {
			err = conn.Close(t.Context())
		}
		return err
	}
	require.NoError(t, store.MakeRole(t.Context(), owner, "role with a name's space", word))
	require.NoError(t, signsIn(word))
	require.NoError(t, store.MakeRole(t.Context(), owner, "role with a name's space", "another"), "it is there already")
	require.NoError(t, signsIn(word))
	require.NoError(t, store.SetPassword(t.Context(), owner, "role with a name's space", "another"))
	require.NoError(t, signsIn("another"))
	require.Error(t, signsIn(word))
	require.Error(t, store.SetPassword(t.Context(), owner, "role with a name's space", ""))
}
