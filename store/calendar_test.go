package store_test

import (
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// TestListsAreKeptAsTheyCame: the twenty published lists, put into force one after the other in a random order, are the same days when another
// program reads them from the database, and so is what an earlier paper says beneath a later one.
func TestListsAreKeptAsTheyCame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	files, err := filepath.Glob("../domain/clock/testdata/holidays/*.json")
	require.NoError(t, err)
	require.Len(t, files, 20)
	seed := rand.Uint64() //nolint:gosec // an order, said when it fails
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	known := map[clock.Date]clock.Special{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		y, err := clock.ParseHolidays(text)
		require.NoError(t, err)
		for day, special := range y.Days {
			known[day] = special
		}
		b.publish(t, y)
	}
	local := clock.Year{Year: 2018, Paper: "地方通知", Days: map[clock.Date]clock.Special{clock.NewDate(2018, 12, 29): {Kind: clock.Holiday, Name: "年终"}, clock.NewDate(2018, 10, 1): {Kind: clock.Holiday, Name: "国庆节"}}}
	shipped, err := definitions.Calendar()
	require.NoError(t, err)
	other, err := store.Open(t.Context(), b.app, shipped, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(other.Close)
	cal, err := other.Calendar(t.Context())
	require.NoError(t, err)
	for day := clock.NewDate(2006, 12, 1); day.Year() < 2027; day = day.AddDays(1) {
		want, wantName := clock.Calendar{Special: known}.Kind(day)
		is, name := cal.Kind(day)
		require.Equal(t, []string{string(want), wantName}, []string{string(is), name}, "%s, order %d", day, seed)
	}
	b.publish(t, local)
	cal, err = b.Store.Calendar(t.Context())
	require.NoError(t, err)
	again, err := other.Calendar(t.Context())
	require.NoError(t, err)
	require.Equal(t, cal.Beneath, again.Beneath)
	require.Len(t, again.Beneath, 1)
	require.True(t, again.Works(clock.NewDate(2018, 12, 29)))
}

// publish puts a list into force.
func (b *bundle) publish(t *testing.T, y clock.Year) {
	t.Helper()
	cal, err := b.Store.Calendar(t.Context())
	require.NoError(t, err)
	_, err = b.Store.PublishCalendar(t.Context(), cal.With(y), store.Change{Reason: "测试", By: process.Actor{Name: "x"}, At: b.now, Base: cal.Version})
	require.NoError(t, err)
}

// TestACalendarIsPreviewedWhileAProjectIsSuspended: its deadline stands still and has no next wake; that holds up nobody else's preview.
func TestACalendarIsPreviewedWhileAProjectIsSuspended(t *testing.T) {
	t.Parallel()
	b := setup(t)
	due := clock.DateOf(b.now).AddDays(50)
	ids := []string{}
	for range 2 {
		id, open := uuid.NewString(), b.project("construction")
		open.Title, open.Facts.PlannedCompletionOn = "项目 "+id, &due
		b.do(t, b.As(process.ProjectManager), id, project.OpenName, open)
		ids = append(ids, id)
	}
	b.do(t, b.As(process.Leader), ids[0], project.SuspendName, project.Suspend{Reason: "资金未到位", Category: "funds"})
	cal, err := b.Store.Calendar(t.Context())
	require.NoError(t, err)
	_, err = b.Store.PreviewCalendar(t.Context(), cal, clock.DateOf(b.now))
	require.NoError(t, err)
}
