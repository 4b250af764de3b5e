package founding_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
)

var server *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &server, store.Migrate) }

// TestOfSeveralFoundersOneFounds: a set-up that is sent many times at once, to two programs, makes one zone with one administrator.
func TestOfSeveralFoundersOneFounds(t *testing.T) {
	t.Parallel()
	_, url := server.Database(t)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	results, count := make(chan error, 40), 0
	var last *store.Store
	for program := range 2 {
		db, err := store.Open(t.Context(), url, calendar, slog.New(slog.DiscardHandler))
		require.NoError(t, err)
		t.Cleanup(db.Close)
		last = db
		door, err := auth.New(auth.Auth{Queries: db.Accounts(), Now: time.Now, Log: slog.New(slog.DiscardHandler), ParkID: func(ctx context.Context) (string, error) {
			park, err := db.Park(ctx)
			return park.ID, err
		}})
		require.NoError(t, err)
		for try := range 20 { // more than there are connections
			count++
			w := founding.Wanted{Zone: register.Zone{Name: "泗县经济开发区", ShortName: "泗开", Letters: "泗开"}, TimeZone: clock.Zone().String(), Calendar: founding.Shipped,
				Username: fmt.Sprintf("admin%d-%d", program, try), Person: "周管理", Password: "correct-horse-1"}
			go func() {
				_, err := founding.Found(t.Context(), db, door, w, time.Now())
				results <- err
			}()
		}
	}
	founded := 0
	for range count {
		err := <-results
		if err == nil {
			founded++
			continue
		}
		require.True(t, errors.Is(err, founding.ErrFounded), "%v", err)
	}
	require.Equal(t, 1, founded)
	park, err := last.Park(t.Context())
	require.NoError(t, err)
	n, err := last.Accounts().CountAdministrators(t.Context(), park.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, n)
}
