package store_test

import (
	"database/sql"
	"os"
	"testing"

	"github.com/google/uuid"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestSelectionsSharedBeforeStayWithStaff: what staff had shared is for all staff from the update on; what others had shared is their own again.
func TestSelectionsSharedBeforeStayWithStaff(t *testing.T) {
	t.Parallel()
	b := setup(t)
	db, err := sql.Open("pgx", b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	steps, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"))
	require.NoError(t, err)
	_, err = steps.DownTo(t.Context(), 7)
	require.NoError(t, err)
	for _, owner := range []process.Actor{b.As(process.ProjectManager), b.As(process.Department), b.Contact} {
		for name, shared := range map[string]bool{"共享 " + owner.Name: true, "自用 " + owner.Name: false} {
			_, err := db.ExecContext(t.Context(), "INSERT INTO filters (id, park_id, user_id, name, list, query, shared) VALUES ($1, $2, $3, $4, 'projects', '', $5)",
				uuid.NewString(), b.Park.ID, owner.ID, name, shared)
			require.NoError(t, err)
		}
	}
	_, err = steps.Up(t.Context())
	require.NoError(t, err)
	rows, err := b.Store.Filters(t.Context(), b.As(process.Leader), "projects")
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "共享 project_manager", rows[0].Name)
	require.Equal(t, store.SharedWithStaff, rows[0].SharedWith)
	own, err := b.Store.Filters(t.Context(), b.Contact, "projects")
	require.NoError(t, err)
	require.Len(t, own, 2)
	for _, f := range own {
		require.Equal(t, store.SharedWithNobody, f.SharedWith)
	}
}
