package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// TestARealZoneHasNoClockToTurn: neither the program nor the owner of the schema can give a real zone a clock, or make it a demo.
func TestARealZoneHasNoClockToTurn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, url := range []string{b.app, b.owner} {
		conn, err := pgx.Connect(t.Context(), url)
		require.NoError(t, err)
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), `INSERT INTO parks (id, code, name, short_name, letters) VALUES (gen_random_uuid(), 'real' || gen_random_uuid(), '真实园区', '园区', '真')`)
		require.NoError(t, err)
		_, err = conn.Exec(t.Context(), `INSERT INTO demo_clocks (park_id) SELECT id FROM parks WHERE NOT demo LIMIT 1`)
		require.ErrorContains(t, err, "cannot be turned")
		_, err = conn.Exec(t.Context(), `UPDATE parks SET demo = true WHERE NOT demo`)
		require.ErrorContains(t, err, "from its creation or never")
	}
}
