package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
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
		_, err = conn.Exec(t.Context(), `INSERT INTO channels (id, park_id, kind, name, secrets, per_minute) SELECT gen_random_uuid(), id, 'sink', 'x', '', 1 FROM parks`)
		require.ErrorContains(t, err, "a real zone has no channel that keeps messages")
	}
}

// TestARealZoneHasNothingOfTheDemo: its time is the machine's, none of its enterprises is marked, and no case of it is an example.
func TestARealZoneHasNothingOfTheDemo(t *testing.T) {
	t.Parallel()
	s, ownerURL, _ := bare(t)
	park := zone("真实园区", false)
	require.NoError(t, s.AddPark(t.Context(), park))
	now := time.Now()
	at, err := s.ZoneTime(t.Context(), now)
	require.NoError(t, err)
	require.True(t, now.Equal(at))
	invented, err := s.Invented(t.Context())
	require.NoError(t, err)
	require.Nil(t, invented)
	require.ErrorContains(t, s.StartDemoClock(t.Context(), -time.Hour), "cannot be turned")
	require.ErrorContains(t, s.AddSink(t.Context(), uuid.NewString(), "收件箱"), "a real zone has no channel that keeps messages")
	owner, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), "SET session_replication_role = replica") // a case without what belongs to it
	require.NoError(t, err)
	id := uuid.NewString()
	_, err = owner.Exec(t.Context(), `INSERT INTO cases (id, park_id, kind, number, title, definition_version, version, state, enterprise_id, enterprise_name, opened_at, updated_at, head_hash)
		VALUES ($1, $2, 'hazard', 'YH-2026-0001', '疏散通道堆放周转箱', 2, 1, 'found', gen_random_uuid(), '企业', now(), now(), sha256('x'))`, id, park.ID)
	require.NoError(t, err)
	require.ErrorContains(t, s.MarkSamples(t.Context(), []string{id}), "nothing invented belongs into a real zone")
}

// TestWhatBeganInTheMachinesTimeStaysThere: a demo zone that an older program loaded is not moved into the past, under its own history.
func TestWhatBeganInTheMachinesTimeStaysThere(t *testing.T) {
	t.Parallel()
	for _, old := range []bool{false, true} {
		s, ownerURL, _ := bare(t)
		require.NoError(t, s.AddPark(t.Context(), zone("示例园区", true)))
		owner, err := pgx.Connect(t.Context(), ownerURL)
		require.NoError(t, err)
		defer owner.Close(t.Context())
		if old {
			for _, statement := range []string{"SET session_replication_role = replica", `INSERT INTO events (case_id, version, key, request_hash, command, input, actor, occurred_at, recorded_at, changes, outcome, prev_hash, hash)
				SELECT gen_random_uuid(), 1, 'k', sha256('x'), 'hazard.record', '{}', '{"type":"import","name":"x"}', now(), now(), '[]', '{}', sha256('x'), sha256('x')`} {
				_, err = owner.Exec(t.Context(), statement)
				require.NoError(t, err)
			}
		}
		require.NoError(t, s.StartDemoClock(t.Context(), -24*time.Hour))
		require.NoError(t, s.StartDemoClock(t.Context(), -48*time.Hour), "the next start changes nothing")
		ahead, _, err := s.DemoClock(t.Context())
		require.NoError(t, err)
		require.Equal(t, map[bool]time.Duration{false: -24 * time.Hour, true: 0}[old], ahead)
	}
}
