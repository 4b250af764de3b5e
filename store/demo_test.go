package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestARealZoneHasNoClockToTurn: neither the program nor the owner of the schema can give a real zone a clock, or make it a demo.
func TestARealZoneHasNoClockToTurn(t *testing.T) {
	t.Parallel()
	ownerURL, appURL := server.Database(t)
	owner, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), `INSERT INTO parks (id, code, name, short_name, letters) VALUES (gen_random_uuid(), 'real', '真实园区', '园区', '真')`)
	require.NoError(t, err)
	for _, url := range []string{appURL, ownerURL} {
		conn, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), `INSERT INTO demo_clocks (park_id) SELECT id FROM parks WHERE NOT demo LIMIT 1`)
		require.ErrorContains(t, err, "cannot be turned")
		_, err = conn.Exec(t.Context(), `UPDATE parks SET demo = true WHERE NOT demo`)
		require.ErrorContains(t, err, "from its creation or never")
	}
}
