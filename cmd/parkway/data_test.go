package main

import (
	"io"
	"log/slog"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/cmd/desk"
	"github.com/parkway-zone/parkway/config"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/seed"
	"github.com/parkway-zone/parkway/store"
)

var databases *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &databases, store.Migrate) }

func owner(t *testing.T) config.Owner {
	t.Helper()
	url, _ := databases.Database(t)
	return config.Owner{MigrateDatabaseURL: url, AppRole: "parkway_app"}
}

func setup(o config.Owner, name string) *setupCommand {
	return &setupCommand{Owner: o, Log: config.Log{Level: "error"}, Setup: desk.Setup{Zone: name, Short: name, Letters: "字", Calendar: "shipped", Username: "admin", Person: "管理员"}}
}

// printed runs something and returns what it prints.
func printed(t *testing.T, run func() error) string {
	t.Helper()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	before := os.Stdout
	os.Stdout = write
	err = run()
	os.Stdout = before
	require.NoError(t, write.Close())
	text, readErr := io.ReadAll(read)
	require.NoError(t, readErr)
	require.NoError(t, err, "%s", text)
	return string(text)
}

// count returns how many rows a table has.
func count(t *testing.T, o config.Owner, table string) int {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), o.MigrateDatabaseURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	var n int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// TestSeedLeavesARealZoneAlone: the demo zone is loaded where there is no zone or the zone is the demo, and nowhere else.
func TestSeedLeavesARealZoneAlone(t *testing.T) {
	real := owner(t)
	printed(t, func() error { return setup(real, "真实园区").Run(t.Context()) })
	err := (&seedCommand{Owner: real}).Run(t.Context())
	require.ErrorIs(t, err, seed.ErrRealZone)
	require.ErrorContains(t, err, "真实园区")
	require.Equal(t, 1, count(t, real, "parks"))
	require.Equal(t, 1, count(t, real, "users"), "no account of the demo")

	demo := owner(t)
	all := 0
	for again := range 2 {
		printed(t, func() error { return (&seedCommand{Owner: demo}).Run(t.Context()) })
		require.Equal(t, 104+9+4, count(t, demo, "cases WHERE kind IN ('project', 'hazard', 'plan_task')"), "the report's, the plan's and four leads")
		if again > 0 {
			require.Equal(t, all, count(t, demo, "cases"), "what belongs to them is loaded once, too")
		}
		all = count(t, demo, "cases")
	}
	require.ErrorContains(t, setup(demo, "真实园区").Run(t.Context()), "a database holds one zone", "nor is a real zone set up beside the demo")
	require.Equal(t, 1, count(t, demo, "parks"))
}

// TestSetupIsTakenUpAgain: a setup that was interrupted goes on; the password that was lost with it is replaced; a zone in use is left alone.
func TestSetupIsTakenUpAgain(t *testing.T) {
	o := owner(t)
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	db, err := store.Open(t.Context(), o.MigrateDatabaseURL, calendar, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer db.Close()
	park := store.Park{ID: uuid.NewString(), Code: "zone", Name: "真实园区", ShortName: "真实园区", Letters: "字"}
	require.NoError(t, db.AddPark(t.Context(), park), "interrupted here")

	word := regexp.MustCompile(`with (\w+) and`)
	first := word.FindStringSubmatch(printed(t, func() error { return setup(o, "真实园区").Run(t.Context()) }))
	require.Len(t, first, 2)
	second := word.FindStringSubmatch(printed(t, func() error { return setup(o, "真实园区").Run(t.Context()) }))
	require.Len(t, second, 2)
	require.NotEqual(t, first[1], second[1])
	require.Equal(t, 1, count(t, o, "users"))
	require.ErrorContains(t, setup(o, "另一个园区").Run(t.Context()), "真实园区 is set up already")

	admin, err := db.Accounts().UserByName(t.Context(), park.ID, "admin")
	require.NoError(t, err)
	require.NoError(t, db.Accounts().SetPassword(t.Context(), "-", false, admin.ID), "the administrator has signed in")
	require.ErrorContains(t, setup(o, "真实园区").Run(t.Context()), "has signed in")
	require.Equal(t, 1, count(t, o, "users"))
}

// TestTwoZonesStopEveryCommand: a database that an older program left with two zones is not served, by no command.
func TestTwoZonesStopEveryCommand(t *testing.T) {
	o := owner(t)
	conn, err := pgx.Connect(t.Context(), o.MigrateDatabaseURL)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, statement := range []string{"ALTER TABLE parks DISABLE TRIGGER parks_one",
		`INSERT INTO parks (id, code, name, short_name, letters) VALUES (gen_random_uuid(), 'zone', '真实园区', '园区', '真'), (gen_random_uuid(), 'sitong', '示例园区', '示例', '示')`,
		"ALTER TABLE parks ENABLE TRIGGER parks_one"} {
		_, err := conn.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	database := config.Database{DatabaseURL: o.MigrateDatabaseURL}
	temporal := config.Temporal{Address: "127.0.0.1:1", Queue: config.Queue{Namespace: "parkway", TaskQueue: "parkway"}}
	keys := config.Keys{SecretKey: "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}
	for name, run := range map[string]func() error{
		"server": func() error {
			return (&serverCommand{Database: database, Temporal: temporal, Keys: keys, Files: config.Files{BlobURL: "mem://"}}).Run(t.Context())
		},
		"worker": func() error {
			return (&workerCommand{Database: database, Temporal: temporal, Keys: keys}).Run(t.Context())
		},
		"seed":      func() error { return (&seedCommand{Owner: o}).Run(t.Context()) },
		"setup":     func() error { return setup(o, "真实园区").Run(t.Context()) },
		"reconcile": func() error { return (&reconcileCommand{Database: database, Temporal: temporal}).Run(t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			err := run()
			require.ErrorIs(t, err, store.ErrTwoZones)
			require.ErrorContains(t, err, "真实园区")
			require.ErrorContains(t, err, "示例园区")
			require.Less(t, time.Since(began), 30*time.Second, "it is not waited for, as if it went away")
		})
	}
}
