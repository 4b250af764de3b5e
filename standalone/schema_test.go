package standalone_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/standalone"
)

// TestADatabaseThatIsBeingDroppedIsMadeAgain: what a start that was killed had sent goes on in the server, so that a database may be gone that was there when
// the next start looked.
func TestADatabaseThatIsBeingDroppedIsMadeAgain(t *testing.T) {
	m, err := standalone.StartDatabase(t.Context(), options(t, folder(t)))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, m.Stop()) })
	conn, err := pgx.Connect(t.Context(), m.OwnerURL())
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "DROP DATABASE temporal")
	require.NoError(t, err)
	require.NoError(t, m.MigrateEngine(t.Context()))
	require.NoError(t, m.MigrateEngine(t.Context()), "it can be repeated")
}
