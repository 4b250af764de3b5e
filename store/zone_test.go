package store_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
)

// bare opens a migrated database without a zone.
func bare(t *testing.T) (s *store.Store, ownerURL, appURL string) {
	t.Helper()
	ownerURL, appURL = server.Database(t)
	s, err := open(t.Context(), appURL)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s, ownerURL, appURL
}

func open(ctx context.Context, url string) (*store.Store, error) {
	calendar, err := definitions.Calendar()
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, url, calendar, slog.New(slog.DiscardHandler))
}

func zone(name string, demo bool) store.Park {
	return store.Park{ID: uuid.NewString(), Code: name, Name: name, ShortName: name, Letters: name, Demo: demo, Authority: "supervises"}
}

func TestADatabaseHoldsOneZone(t *testing.T) {
	t.Parallel()
	s, _, _ := bare(t)
	_, err := s.Park(t.Context())
	require.ErrorIs(t, err, store.ErrNoPark)
	first := zone("真实园区", false)
	require.NoError(t, s.AddPark(t.Context(), first))
	require.NoError(t, s.AddPark(t.Context(), first), "repeating it changes nothing")
	for _, second := range []store.Park{zone("示例园区", true), zone("另一个园区", false)} {
		err := s.AddPark(t.Context(), second)
		require.ErrorIs(t, err, store.ErrOtherZone)
		require.ErrorContains(t, err, "真实园区", "it names the zone that is there")
	}
	park, err := s.Park(t.Context())
	require.NoError(t, err)
	require.Equal(t, first, park)
}

func TestOfZonesSetUpAtOnceOneStays(t *testing.T) {
	t.Parallel()
	s, ownerURL, _ := bare(t)
	var group errgroup.Group
	for i := range 8 {
		group.Go(func() error {
			_ = s.AddPark(t.Context(), zone(uuid.NewString(), i%2 == 0))
			return nil
		})
	}
	require.NoError(t, group.Wait())
	owner, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	var n int
	require.NoError(t, owner.QueryRow(t.Context(), "SELECT count(*) FROM parks").Scan(&n))
	require.Equal(t, 1, n)
}

// TestTwoZonesAreNotGuessedBetween: a database into which an older program put a second zone is refused at the start, with both names.
func TestTwoZonesAreNotGuessedBetween(t *testing.T) {
	t.Parallel()
	_, ownerURL, appURL := bare(t)
	owner, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	for _, statement := range []string{"ALTER TABLE parks DISABLE TRIGGER parks_one",
		`INSERT INTO parks (id, code, name, short_name, letters) VALUES (gen_random_uuid(), 'zone', '真实园区', '园区', '真')`,
		`INSERT INTO parks (id, code, name, short_name, letters, demo) VALUES (gen_random_uuid(), 'sitong', '示例园区', '示例', '示', true)`,
		"ALTER TABLE parks ENABLE TRIGGER parks_one"} {
		_, err := owner.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	_, err = open(t.Context(), appURL)
	require.ErrorIs(t, err, store.ErrTwoZones)
	require.ErrorContains(t, err, "真实园区, 示例园区")
	require.ErrorContains(t, err, "Restore the backup")
}

// TestNothingInventedInARealZone: neither an account nor an enterprise of the demo gets into a real zone, whoever tries.
func TestNothingInventedInARealZone(t *testing.T) {
	t.Parallel()
	s, ownerURL, _ := bare(t)
	park := zone("真实园区", false)
	require.NoError(t, s.AddPark(t.Context(), park))
	account := accounts.AddUserParams{ID: uuid.NewString(), ParkID: park.ID, Username: "luzhiyuan", Name: "陆致远", Roles: []string{"administrator"}, PasswordHash: "-", Invented: true}
	require.ErrorContains(t, s.Accounts().AddUser(t.Context(), account), "nothing invented")
	_, err := s.AddEnterprise(t.Context(), store.Enterprise{Name: "虚构企业", ShortName: "虚构", Invented: true})
	require.ErrorContains(t, err, "nothing invented")

	account.Invented = false
	require.NoError(t, s.Accounts().AddUser(t.Context(), account))
	owner, err := pgx.Connect(t.Context(), ownerURL)
	require.NoError(t, err)
	defer owner.Close(t.Context())
	_, err = owner.Exec(t.Context(), "UPDATE users SET invented = true")
	require.ErrorContains(t, err, "nothing invented")
}

func TestAStepIsOnRecordOnceItIsComplete(t *testing.T) {
	t.Parallel()
	b := setup(t)
	done, err := b.Store.Completed(t.Context(), store.Loaded)
	require.NoError(t, err)
	require.False(t, done)
	for range 2 {
		require.NoError(t, b.Store.Complete(t.Context(), store.Loaded, zonetest.Morning()))
	}
	done, err = b.Store.Completed(t.Context(), store.Loaded)
	require.NoError(t, err)
	require.True(t, done)
	done, err = b.Store.Completed(t.Context(), store.Started)
	require.NoError(t, err)
	require.False(t, done)
}

func TestKeysOfAnImport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	open := b.project("lead")
	open.ManagerID = b.As(process.ProjectManager).ID
	order := b.order(t, process.Actor{Type: process.Import, Name: "导入"}, uuid.NewString(), "project.open", open)
	order.Call.Key = "demo/project/01"
	_, err := b.Store.Apply(t.Context(), order)
	require.NoError(t, err)
	b.openProject(t, "lead")
	keys, err := b.Store.KeysOf(t.Context(), process.Import)
	require.NoError(t, err)
	require.Equal(t, map[string]bool{"demo/project/01": true}, keys)
	n, err := b.Store.CountOpen(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, n)
}
