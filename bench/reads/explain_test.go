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
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/store"
)

// TestEveryReadUsesAnIndex opens every page and list as every role and explains every query that this asks, with its parameters: none reads a table
// that grows with the cases from beginning to end. On few cases the planner would rightly do so, so it is told not to: what is found then is a query
// that no index serves. `make bench-reads` asks the same on the whole data with the planner free.
//
// An index that is bounded by nothing but the zone is a table read through in another order. So each query is carried out as well, and the rows it went through are
// counted: none but those that count goes through as many as a zone has cases.
func TestEveryReadUsesAnIndex(t *testing.T) {
	owner, app := databases.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	log, watch := slog.New(slog.DiscardHandler), &reads.Watch{}
	s, err := store.Open(t.Context(), app, cal, log, store.Configured(watch.On))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	size := withPermits(reads.Full().Small(40))
	z, err := reads.Generate(t.Context(), owner, s, size, time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC))
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
	through, err := watch.GoneThrough(t.Context(), "enable_seqscan = off")
	require.NoError(t, err)
	many := map[string]int{}
	for _, q := range through {
		if q.Rows >= size.Cases/4 {
			many[q.Name] = q.Rows
			if counting()[q.Name] == "" {
				t.Errorf("%s goes through %d rows in a zone of %d cases: more than a page needs; %s", q.Name, q.Rows, size.Cases, q.Plan)
			}
		}
	}
	for name, why := range counting() {
		if why == walked {
			continue // how far depends on what the sample of the planner's statistics held
		}
		require.Contains(t, many, name, "it goes through no more than a page needs: leave it out of those that count")
	}
	for _, name := range queries(t, "read", "time", "watch", "front", "list", "find", "permit", "money", "leads", "extension") {
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

// walked is why a list goes through many rows.
const walked = "the index of its order, past what does not fit the conditions (only the major ones, only the open ones): the rarer, the further"

// counting names the queries that go through very many rows for a reason.
func counting() map[string]string {
	const counted, sorted = "an exact number, from an index alone", "a column without an index: the cards of one kind are read once (docs/decisions/0029)"
	return map[string]string{
		"ListTotals": counted, "HazardTotals": counted, "StageCounts": counted, "InboxCounts": counted, "LateHolders": counted, "DefinitionVersions": counted,
		"CountClimbers": counted, "DealtCounts": "counted up to 999", "UnreadNotices": "counted up to 999",
		"CountReds": counted, "PermitFigures": counted, "Funnel": counted,
		"List":                         walked,
		"List title":                   walked,
		"List found_on":                walked,
		"List enterprise_name":         walked,
		"List holder_name":             walked,
		"List manager_name":            walked,
		"List investment":              walked,
		"List due_on":                  walked,
		"List construction_started_on": sorted,
		"List signed_on":               sorted,
		"List stage":                   sorted,
		"List level":                   sorted,
		"List with words":              "a word that everything has is told of everything: which cases have it, each once, is hashed",
		"Ledger":                       "one column of all that the other conditions leave, up to 5,000 (docs/decisions/0093)",
		"Notices":                      "a page of 500 messages, each with its case and its people",
		"Notable":                      "the newest 5,000 events, however many there are",
		"Search":                       "compares at the most 600 that fit, those whose number or title begins so, and 100 of each enterprise and person",
		"DealtTab":                     "everything that somebody with no more than 2,000 cases dealt with",
		"NearDealtTab":                 "the next 3,000 cases of the zone, however many there are",
		"Climbers":                     "the soonest 5,000 of a forecast that is asked for whole",
		"OpenClimbers":                 "every open clock, by the thousand: what a new calendar would change",
		"CasesOfOtherVersions":         "every open case that is to move to a new definition",
	}
}

// machinery asks what the worker and the start of the program ask.
func machinery(t *testing.T, s *store.Store, z *reads.Zone) {
	t.Helper()
	ctx, now := t.Context(), z.Now
	projects, _, err := s.Projects(ctx, z.Person("leader"), store.Conditions{}, "", 1, now)
	require.NoError(t, err)
	id, number := projects[0].ID, projects[0].Number
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
		func() error { _, _, err := s.Called(ctx, z.Person("department"), id); return err },
		func() error { _, err := s.MeetingsToCome(ctx, id); return err },
		func() error {
			_, err := s.Heard(ctx, process.HeldByEnterprise, z.Person("enterprise").EnterpriseID)
			return err
		},
		func() error { _, _, err := s.Called(ctx, z.Person("leader"), number); return err },
		func() error { _, err := s.TracksOwed(ctx, z.Person("leader"), now); return err },
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
	// CalledEnterprises: the register of enterprises, read once for a sheet of thousands of them.
	return slices.DeleteFunc(names, func(n string) bool {
		return slices.Contains([]string{"SameEnterprise", "Attachment", "CountCommands", "CountBatch", "UnsettledCalendar", "CalledEnterprises"}, n)
	})
}

// TestWhatNoPageIsCalledIsRefused: with the names that there are, before anything is made for it.
func TestWhatNoPageIsCalledIsRefused(t *testing.T) {
	t.Parallel()
	for only, says := range map[string]string{"^serach": "search: broad", "(": "missing closing"} {
		_, err := reads.Fitting(only)
		require.ErrorContains(t, err, says)
	}
	for _, only := range []string{"", "^search", "hazards late and major$"} {
		_, err := reads.Fitting(only)
		require.NoError(t, err)
	}
}
