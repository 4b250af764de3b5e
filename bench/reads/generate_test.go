package reads_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/bench/reads"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/store"
)

var databases *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &databases, store.Migrate) }

// TestGeneratedCasesVerify: every kind of life, and cases from everywhere, verify as if they had come through the door, and the people that pages
// are measured for hold what they are said to hold.
func TestGeneratedCasesVerify(t *testing.T) {
	owner, app := databases.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), app, cal, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	size := reads.Full().Small(250)
	z, err := reads.Generate(t.Context(), owner, s, size, time.Date(2026, 3, 4, 2, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	ids, err := s.CaseIDs(t.Context(), "", 10_000)
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(ids), size.Cases)
	for _, id := range ids {
		v, err := s.Verify(t.Context(), process.Actor{Type: process.Import}, id)
		require.NoError(t, err)
		require.Empty(t, v.Findings, id)
		require.GreaterOrEqual(t, v.Events, size.Events/size.Cases)
	}
	for who, least := range map[string]int{"biggest": size.Biggest, "big": size.Big} {
		counts, err := s.InboxCounts(t.Context(), z.Person(who), z.Now)
		require.NoError(t, err)
		require.GreaterOrEqual(t, int(counts.Total), least, who)
	}
	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var events int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM events").Scan(&events))
	require.GreaterOrEqual(t, events, size.Events)
}
