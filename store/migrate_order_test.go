package store_test

import (
	"database/sql"
	"log/slog"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/store"
)

// TestAStepThatWasPassedOverIsMade: data made by a program between two merges lacks steps whose numbers are lower than its newest. They are due, are made, and
// until then no program works on it.
func TestAStepThatWasPassedOverIsMade(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.openProject(t, "permitting")
	db, err := sql.Open("pgx", b.owner)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	steps, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("migrations"))
	require.NoError(t, err)
	_, err = steps.ApplyVersion(t.Context(), 110, false) // the library of hazards, on which nothing later stands
	require.NoError(t, err)

	due, err := store.Due(t.Context(), b.owner)
	require.NoError(t, err)
	require.NotNil(t, due, "a step is missing though the newest was made")
	open := func() error {
		s, err := store.Open(t.Context(), b.owner, clock.Calendar{}, slog.New(slog.DiscardHandler))
		if err == nil {
			s.Close()
		}
		return err
	}
	require.ErrorIs(t, open(), store.ErrOldSchema)
	told := []string{}
	require.NoError(t, store.MigrateTelling(t.Context(), b.owner, "", func(words string) { told = append(told, words) }))
	require.Regexp(t, "第 1 步，共 1 步", told[0])
	due, err = store.Due(t.Context(), b.owner)
	require.NoError(t, err)
	require.Nil(t, due)
	require.NoError(t, open())
	require.Equal(t, []string{"1"}, b.rows(t, "SELECT count(*)::text FROM projects"))
}
