package store_test

import (
	"database/sql"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"
)

// TestSurnamesAreReadAnew: cards that kept what they sorted by, because 0043 took their keys for one long word, sort as they are spoken from 0058 on.
func TestSurnamesAreReadAnew(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.openProject(t, "permitting")
	db, err := sql.Open("pgx", b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	steps, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"))
	require.NoError(t, err)
	_, err = steps.DownTo(t.Context(), 55)
	require.NoError(t, err)
	const stale = "UPDATE cards SET manager_key = 'as it was' || chr(1) || '曾伟', holder_key = 'as it was' || chr(1) || '任达华', title_key = 'as it was' || chr(1) || '丰禾'"
	_, err = db.ExecContext(t.Context(), stale)
	require.NoError(t, err)
	_, err = steps.Up(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"true true"}, b.rows(t, "SELECT (manager_key = spoken('曾伟') || chr(1) || '曾伟') || ' ' || (holder_key = spoken('任达华') || chr(1) || '任达华') FROM cards"))
	require.Equal(t, []string{"as it was"}, b.rows(t, "SELECT substr(title_key, 1, 9) FROM cards"), "what sounds as it did is left alone")
}
