package seed_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/funds"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/letters"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
)

var server *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &server, store.Migrate) }

func empty(t *testing.T) (s *store.Store, ownerURL string) {
	t.Helper()
	ownerURL, appURL := server.Database(t)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	s, err = store.Open(t.Context(), appURL, calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s, ownerURL
}

// contents counts what a loaded zone consists of.
func contents(t *testing.T, ownerURL string) map[string]int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	found := map[string]int{}
	for _, table := range []string{"parks", "users", "units", "units WHERE head_id IS NOT NULL", "enterprises", "enterprises WHERE liaison_id IS NOT NULL",
		"enterprise_aliases", "campaigns", "definitions", "cases", "cases WHERE NOT done", "cases WHERE sample", "channels", "routes", "visits", "demo_clocks", "events", "clocks", "follow_ups", "follow_ups WHERE done_at IS NULL OR refusal <> ''", "gate_answers", "buildings", "notices", "setup_steps", "letters", "hazard_library"} {
		var n int
		require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n), table)
		found[table] = n
	}
	return found
}

// TestAnInterruptedLoadIsTakenUpAgain cuts loading off again and again; what comes out is what an uninterrupted run makes, once.
func TestAnInterruptedLoadIsTakenUpAgain(t *testing.T) {
	t.Parallel()
	whole, wholeURL := empty(t)
	require.NoError(t, seed.Load(t.Context(), whole, time.Now()))
	want := contents(t, wholeURL)
	require.Equal(t, 332, want["cases"], "57 projects, 41 hazards, and of what is invented 165 permits, 6 hazards, 9 tasks of the plan with 2 requests for more time, a request for a waiver, 32 opinions, a meeting, 4 enrolments, 4 leads, 6 inspections, 3 tracks and a request for a correction")
	require.Equal(t, 234, want["cases WHERE sample"])
	require.Zero(t, want["follow_ups WHERE done_at IS NULL OR refusal <> ''"])
	require.Equal(t, 2, want["setup_steps"], "all demo data, and the hazard library")

	cut, cutURL := empty(t)
	interruptions := 0
	for patience := 20 * time.Millisecond; ; patience += patience / 2 {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		err := seed.Load(ctx, cut, time.Now())
		cancel()
		if err == nil {
			break
		}
		require.Error(t, ctx.Err(), "%v", err)
		interruptions++
		if done, err := seed.Loaded(t.Context(), cut); err == nil {
			require.False(t, done, "half a zone is not a loaded one")
		}
	}
	t.Logf("cut off %d times", interruptions)
	require.Greater(t, interruptions, 3)
	require.Equal(t, want, contents(t, cutURL))
	require.NoError(t, seed.Load(t.Context(), cut, time.Now()), "it can be repeated")
	require.Equal(t, want, contents(t, cutURL))
}

// TestWhatPeopleChangedStays: taking up the loading does not take back what has been changed since.
func TestWhatPeopleChangedStays(t *testing.T) {
	t.Parallel()
	s, ownerURL := empty(t)
	require.NoError(t, seed.Load(t.Context(), s, time.Now()))
	conn, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	_, err = conn.Exec(t.Context(), "DELETE FROM setup_steps") // as a database from before the steps were on record
	require.NoError(t, err)
	found, _, err := s.Enterprises(t.Context(), process.Actor{Type: process.Import}, "丰禾汽车部件", "", 1)
	require.NoError(t, err)
	var other string
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT id FROM users WHERE username = 'mengqinglan'").Scan(&other))
	require.NoError(t, s.SetCare(t.Context(), found[0].ID, other, ""))
	require.NoError(t, seed.Load(t.Context(), s, time.Now()))
	care, err := s.Care(t.Context(), found[0].ID)
	require.NoError(t, err)
	require.Equal(t, other, care.LiaisonID)
	require.Empty(t, care.DepartmentID)
}

func TestARealZoneIsNotLoadedInto(t *testing.T) {
	t.Parallel()
	for _, demo := range []bool{false, true} {
		s, ownerURL := empty(t)
		require.NoError(t, s.AddPark(t.Context(), store.Park{ID: uuid.NewString(), Code: "zone", Name: "真实园区", ShortName: "园区", Letters: "真", Demo: demo}))
		before := contents(t, ownerURL)
		err := seed.Load(t.Context(), s, time.Now())
		require.ErrorIs(t, err, seed.ErrRealZone)
		require.ErrorContains(t, err, "真实园区")
		require.Equal(t, before, contents(t, ownerURL), "nothing was written")
		require.Empty(t, seed.DemoAccounts(t.Context(), s), "no buttons to sign in without a password")
	}
}

// TestTheReportsSentencesComeOutOfRecords: what the annual report says of its nine projects (F23) is said by the program of the demo's buildings and steps,
// word for word; no progress of theirs is a text.
func TestTheReportsSentencesComeOutOfRecords(t *testing.T) {
	t.Parallel()
	s, ownerURL := empty(t)
	require.NoError(t, seed.Load(t.Context(), s, time.Now()))
	leader := process.Actor{Type: process.Person, ID: uuid.NewString(), Roles: []process.Role{process.Leader}}
	var all []store.Underway
	for after := store.Cursor(""); ; {
		rows, next, err := s.UnderConstruction(t.Context(), leader, store.Conditions{InHandYear: 2024}, "", after, 7, seed.Begin())
		require.NoError(t, err)
		if all = append(all, rows...); next == "" {
			break
		}
		after = next
	}
	require.Len(t, all, 19)
	n, err := s.UnderConstructionCount(t.Context(), leader, store.Conditions{InHandYear: 2024}, seed.Begin())
	require.NoError(t, err)
	require.Equal(t, 19, n)
	report, err := os.ReadFile("../domain/works/testdata/report-2024.txt")
	require.NoError(t, err)
	want := strings.Split(strings.TrimSpace(string(report)), "；")
	require.ElementsMatch(t, want, strings.Split(store.Said(all).Chinese, "；"))
	said := 0
	for _, u := range all {
		require.NotNil(t, u.Works)
		if u.Works.Sentence != "" {
			said++
			require.Positive(t, u.Works.Percent, u.Name)
			require.Less(t, u.Works.Percent, 100, u.Name)
		}
	}
	require.Equal(t, 9, said)
	conn, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	// beside those of the report stand twelve invented plants, one of each completed project
	var numbered, named, texts int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FILTER (WHERE code LIKE '%#'), count(*) FILTER (WHERE code NOT LIKE '%#'), count(*) FILTER (WHERE progress <> '') FROM buildings").Scan(&numbered, &named, &texts))
	require.Equal(t, []int{26, 2, 0}, []int{numbered, named, texts})
}

// TestTheMonthsComeToTheReportsInvestment: what the projects enter for January to October 2024 is what the report says was invested in industry, each in yuan; the
// months that are missing are those of two projects, and dollars stand apart with their rates.
func TestTheMonthsComeToTheReportsInvestment(t *testing.T) {
	t.Parallel()
	s, _ := empty(t)
	require.NoError(t, seed.Load(t.Context(), s, time.Now()))
	leader := process.Actor{Type: process.Person, ID: uuid.NewString(), Roles: process.Of(process.Leader)}
	asked := store.Conditions{InHandYear: 2024, Money: store.Money{Month: "2024-10"}}
	owing, missing, err := s.MoneyCounts(t.Context(), leader, asked, seed.Begin())
	require.NoError(t, err)
	require.Equal(t, []int{21, 2}, []int{owing, missing}, "of 31 projects ten were in production before October")
	sum, dollars := funds.Amount(0), funds.Amount(0)
	asked.Money.Month = "2024-01"
	for month := funds.Month("2024-01"); month <= "2024-10"; month = month.Add(1) {
		asked.Money.Month = month
		rows, _, err := s.MoneyRegister(t.Context(), leader, asked, "", "", 100, seed.Begin())
		require.NoError(t, err)
		for _, r := range rows {
			done, _ := r.Of(month, funds.Done)
			came, _ := r.Of(month, funds.InPlace)
			require.False(t, done.Converted)
			sum += done.Yuan
			for _, one := range came.Sums {
				if one.Currency == "USD" {
					require.NotNil(t, one.Lowest)
					dollars += one.Amount
				}
			}
			require.LessOrEqual(t, r.Figures.Done.Yuan, r.Figures.Agreed, r.Title)
		}
	}
	require.Equal(t, funds.Amount(1_910_000_000_00), sum, "19.1亿元")
	require.Equal(t, funds.Amount(4_200_000_00), dollars)
}

// TestTheReportsLettersAreThere: the report's 41 hazards have the eleven documents that it counts, numbered in one series without a gap, each with its file, of which every page can be read
// and in which no field was left; 40 of the 41 are rectified.
func TestTheReportsLettersAreThere(t *testing.T) {
	t.Parallel()
	s, ownerURL := empty(t)
	require.NoError(t, seed.Load(t.Context(), s, time.Now()))
	conn, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	auditor := process.Actor{Type: process.Person, ID: uuid.NewString(), Roles: []process.Role{process.Auditor}}
	rows, next, err := s.Letters(t.Context(), auditor, store.LetterAsk{}, "", 200)
	require.NoError(t, err)
	require.Empty(t, next)
	numbers, waiting := map[string][]string{}, []string{}
	for _, r := range rows {
		numbers[r.Sort] = append(numbers[r.Sort], r.Number)
		_, one, file, err := s.Letter(t.Context(), auditor, r.CaseID, int(r.Seq))
		require.NoError(t, err)
		page, err := letters.Read(file)
		require.NoError(t, err)
		said := fmt.Sprintf("%+v", page)
		require.Contains(t, said, one.Number)
		require.Contains(t, said, r.ToName)
		require.Contains(t, said, "泗县经济开发区")
		require.NotContains(t, said, "{{")
		if one.Served == nil {
			waiting = append(waiting, r.CaseNumber)
		}
	}
	require.Len(t, waiting, 1, "all were handed over but that of the hazard that is open")
	require.Len(t, numbers["rectification_opinion"], 11)
	require.Len(t, numbers["reinspection_opinion"], 10)
	notices, err := conn.Query(t.Context(), "SELECT notice_number FROM rounds")
	require.NoError(t, err)
	drawn, err := pgx.CollectRows(notices, pgx.RowTo[string])
	require.NoError(t, err)
	require.Subset(t, drawn, numbers["rectification_opinion"])
	for n := range drawn { // some of the examples' notices wait for their letter
		require.Contains(t, drawn, fmt.Sprintf("泗开安监整改〔2024〕%d号", n+1))
	}
	var found, rectified int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*), count(*) FILTER (WHERE c.done) FROM cases AS c WHERE c.kind = 'hazard' AND NOT c.sample").Scan(&found, &rectified))
	require.Equal(t, "97.56", fmt.Sprintf("%.2f", 100*float64(rectified)/float64(found)))
	if dir := os.Getenv("LETTERS"); dir != "" {
		for _, r := range rows {
			_, one, file, err := s.Letter(t.Context(), auditor, r.CaseID, int(r.Seq))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, one.Number+".docx"), file, 0o600))
		}
	}
}
