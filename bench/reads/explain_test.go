package reads_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/bench/reads"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// TestEveryReadUsesAnIndex opens every page and list as every role and explains every query that this asks, with its parameters: none reads a table
// that grows with the cases from beginning to end. On few cases the planner would rightly do so, so it is told not to: what is found then is a query
// that no index serves. `make bench-reads` asks the same on the whole data with the planner free.
func TestEveryReadUsesAnIndex(t *testing.T) {
	owner, app := databases.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	log, watch := slog.New(slog.DiscardHandler), &reads.Watch{}
	s, err := store.Open(t.Context(), app, cal, log, store.Configured(watch.On))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	z, err := reads.Generate(t.Context(), owner, s, withPermits(reads.Full().Small(40)), time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	files, err := blobs.Open(t.Context(), "file://"+t.TempDir(), 1<<20)
	require.NoError(t, err)
	srv, err := server.New(server.Parts{Store: s, TaskQueue: "parkway", Blobs: files, Secret: bytes.Repeat([]byte("s"), 32), Now: func() time.Time { return z.Now }, Log: log})
	require.NoError(t, err)
	handler, err := srv.Handler()
	require.NoError(t, err)
	_, err = reads.Measure(t.Context(), s, z, handler, 1)
	require.NoError(t, err)
	machinery(t, s, z)

	plans, err := watch.Sequential(t.Context(), "enable_seqscan = off")
	require.NoError(t, err)
	require.Empty(t, plans)
	for _, name := range queries(t, "read", "time", "watch", "front", "list", "find", "permit", "money") {
		require.Contains(t, watch.Asked(), name, "a read that no page of this test asks: add a page, or what the machinery asks")
	}

	conn, err := pgx.Connect(t.Context(), owner)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "ALTER TABLE sight DROP CONSTRAINT sight_pkey")
	require.NoError(t, err)
	plans, err = watch.Sequential(t.Context(), "enable_seqscan = off")
	require.NoError(t, err)
	require.NotEmpty(t, plans, "what no index serves is found")
}

// withPermits is the size with as many permits for each project as one has.
func withPermits(s reads.Size) reads.Size {
	s.Permits = 25
	return s
}

// machinery asks what the worker and the start of the program ask.
func machinery(t *testing.T, s *store.Store, z *reads.Zone) {
	t.Helper()
	ctx, now := t.Context(), z.Now
	projects, _, err := s.Projects(ctx, z.Person("leader"), store.Conditions{}, "", 1, now)
	require.NoError(t, err)
	id := projects[0].ID
	steps := []func() error{
		func() error { _, err := s.OpenCases(ctx, "00000000-0000-0000-0000-000000000000", 100); return err },
		func() error { _, err := s.Standing(ctx, id); return err },
		func() error { _, err := s.CaseIDs(ctx, "", 100); return err },
		func() error { _, err := s.LateWakes(ctx, now, 100); return err },
		func() error { _, err := s.WakesBy(ctx, now, 100); return err },
		func() error { _, err := s.StuckCases(ctx, now, 100); return err },
		func() error { _, err := s.Lateness(ctx, now); return err },
		func() error {
			cal, err := s.Calendar(ctx)
			if err != nil {
				return err
			}
			_, err = s.PreviewCalendar(ctx, cal, clock.DateOf(now))
			return err
		},
		func() error {
			if _, err := s.NoticesFrom(ctx, z.Person("leader").ID, 1<<60); err == nil {
				return errors.New("a notice of nobody is a place")
			}
			return nil
		},
		func() error { _, err := s.CasesToAdopt(ctx, hazard.Kind, 1); return err },
		func() error { _, err := s.PlanMessages(ctx, now); return err },
		func() error { _, err := s.OutboxAge(ctx, now); return err },
		func() error { _, err := s.Unknown(ctx, []string{id}); return err },
		func() error {
			_, _, err := s.List(ctx, z.Person("leader"), hazard.Kind, store.Conditions{}, "title", "", 50, now)
			return err
		},
		func() error { _, err := s.FindUnits(ctx, z.Person("leader"), "局", nil, 10); return err },
		func() error { _, err := s.FindEnterprises(ctx, z.Person("leader"), "机械", 10); return err },
		func() error { _, err := s.FindEnterprises(ctx, z.Person("leader"), "", 10); return err },
		func() error {
			_, err := s.FindPeople(ctx, z.Person("leader"), choice.Deputies, "", nil, 10)
			return err
		},
		func() error {
			_, err := s.FindPeople(ctx, z.Person("leader"), choice.Workers, "李", nil, 10)
			return err
		},
		func() error { _, err := s.InSight(ctx, z.Person("department"), []string{id}); return err },
	}
	for _, step := range steps {
		require.NoError(t, step())
	}
}

var selects = regexp.MustCompile(`-- name: (\w+) :(?:one|many)\n(?:--.*\n)*(?:SELECT|WITH)`)

// queries names the reads of the query files.
func queries(t *testing.T, files ...string) []string {
	t.Helper()
	names := []string{}
	for _, file := range files {
		text, err := os.ReadFile("../../store/queries/" + file + ".sql")
		require.NoError(t, err)
		for _, found := range selects.FindAllStringSubmatch(string(text), -1) {
			names = append(names, found[1])
		}
	}
	// SameEnterprise: asked when one is added, under a lock. Attachment: by its key. CountCommands: for tests and measurements alone. CountBatch, UnsettledCalendar: of one batch, by its key.
	return slices.DeleteFunc(names, func(n string) bool {
		return slices.Contains([]string{"SameEnterprise", "Attachment", "CountCommands", "CountBatch", "UnsettledCalendar"}, n)
	})
}
