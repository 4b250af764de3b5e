package store_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store"
)

// TestWhatAnOpenMigrationHasWrittenIsCounted: a step's cards are in no table that others read before it ends, and are told all the same, one after the other; a
// step that is called off has not counted for the next.
func TestWhatAnOpenMigrationHasWrittenIsCounted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 4 {
		b.do(t, b.As(process.SafetySupervisor), uuid.NewString(), hazard.RecordName, hazard.Record{EnterpriseID: b.Enterprise, Location: "1# 车间", Description: "未固定", Level: hazard.General, AllTheSame: "另一处"})
	}
	db, err := sql.Open("pgx", b.owner)
	require.NoError(t, err)
	defer db.Close()
	for range 2 { // a second migration begins anew
		cards, err := store.CountCards(t.Context(), db)
		require.NoError(t, err)
		require.EqualValues(t, 4, cards)
		ticks, done, told := make(chan time.Time), make(chan struct{}), make(chan string)
		heard := make(chan struct{})
		go func() {
			defer close(heard)
			store.Listen(t.Context(), db, cards, ticks, done, func(words string) { told <- words })
		}()
		step, err := db.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		rows, err := db.QueryContext(t.Context(), "SELECT case_id FROM cards ORDER BY case_id")
		require.NoError(t, err)
		defer func() { require.NoError(t, rows.Close()) }()
		ids := []string{}
		for rows.Next() {
			var id string
			require.NoError(t, rows.Scan(&id))
			ids = append(ids, id)
		}
		require.NoError(t, rows.Err())
		ticks <- time.Time{}
		require.Contains(t, <-told, "so far", "nothing is written yet")
		for i, id := range ids[:3] {
			_, err := step.ExecContext(t.Context(), "UPDATE cards SET case_id = case_id WHERE case_id = $1", id)
			require.NoError(t, err)
			ticks <- time.Time{}
			require.Contains(t, <-told, []string{"1 of 4 cards", "2 of 4 cards", "3 of 4 cards"}[i], "the step's transaction is open")
		}
		require.NoError(t, step.Rollback())
		close(done)
		<-heard
	}
}
