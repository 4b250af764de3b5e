package store_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/store"
)

// TestReadyMeansWritable: a database that answers and takes nothing, as one on a full disk or one that only repeats another, is not ready.
func TestReadyMeansWritable(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.NoError(t, b.Store.Writable(t.Context()))
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	reading, err := store.Open(t.Context(), b.app+"&default_transaction_read_only=on", calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer reading.Close()
	require.NoError(t, reading.Ping(t.Context()), "it answers")
	require.ErrorContains(t, reading.Writable(t.Context()), "read-only")
}

// TestTheOutboxHasAnAge: from the moment somebody should have been told until they are.
func TestTheOutboxHasAnAge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	age, err := b.Store.OutboxAge(t.Context(), b.now)
	require.NoError(t, err)
	require.Zero(t, age)
	b.noticed(t)
	age, err = b.Store.OutboxAge(t.Context(), b.now.Add(time.Hour))
	require.NoError(t, err)
	require.GreaterOrEqual(t, age, time.Hour, "the notices of a hazard wait to be planned")
}

// TestUnknownCases: among the ids of workflows those that no case belongs to.
func TestUnknownCases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	known, unknown := b.recordHazard(t), uuid.NewString()
	found, err := b.Store.Unknown(t.Context(), []string{known, unknown, "not-a-case"})
	require.NoError(t, err)
	require.Equal(t, []string{unknown, "not-a-case"}, found)
}
