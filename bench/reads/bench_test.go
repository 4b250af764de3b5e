package reads_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/bench/reads"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/server"
	"github.com/parkway-zone/parkway/server/blobs"
	"github.com/parkway-zone/parkway/standalone/postgres"
	"github.com/parkway-zone/parkway/store"
)

// BenchmarkReads generates the zone of the budgets (PARKWAY_BENCH_DIR keeps it for the next run; PARKWAY_BENCH_SMALLER makes it smaller, PARKWAY_BENCH_LEDGER makes it a million hazards, PARKWAY_BENCH_WAYS makes it 100,000 projects with 25 permits each, PARKWAY_BENCH_TIMES asks less or more often, PARKWAY_BENCH_ONLY is what the names of pages have to fit, for instance ^search), asks every
// page and list as every role, and fails where one does not keep the bar.
func BenchmarkReads(b *testing.B) {
	only, err := reads.Fitting(os.Getenv("PARKWAY_BENCH_ONLY"))
	require.NoError(b, err)
	dir, kept := os.Getenv("PARKWAY_BENCH_DIR"), true
	if dir == "" {
		dir, err = os.MkdirTemp("", "parkway-bench-reads-")
		require.NoError(b, err)
		kept = false
	}
	require.NoError(b, os.MkdirAll(dir, 0o755)) //nolint:gosec // PostgreSQL runs as another user
	require.NoError(b, os.Chmod(dir, 0o755))    //nolint:gosec // as above
	cluster, err := postgres.Start(b.Context(), postgres.Options{Dir: dir, Throwaway: true, Databases: []string{"parkway"}})
	require.NoError(b, err)
	b.Cleanup(func() {
		if kept {
			require.NoError(b, cluster.Down(context.WithoutCancel(b.Context()), false))
			return
		}
		cluster.Destroy()
	})
	size := reads.Full()
	if os.Getenv("PARKWAY_BENCH_LEDGER") != "" {
		size = reads.Ledger()
	}
	if os.Getenv("PARKWAY_BENCH_WAYS") != "" {
		size = reads.Ways()
	}
	if times, err := strconv.Atoi(os.Getenv("PARKWAY_BENCH_SMALLER")); err == nil {
		size = size.Small(times)
	}
	owner, started := cluster.OwnerURL("parkway"), time.Now()
	require.NoError(b, store.Migrate(b.Context(), owner, postgres.AppRole))
	cal, err := definitions.Calendar()
	require.NoError(b, err)
	log, watch := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})), &reads.Watch{}
	s, err := store.Open(b.Context(), cluster.AppURL("parkway"), cal, log, store.Configured(watch.On))
	require.NoError(b, err)
	b.Cleanup(s.Close)
	open, err := s.CountOpen(b.Context())
	require.NoError(b, err)
	b.Logf("migrated, opened and %d open cases counted in %s", open, time.Since(started).Round(time.Millisecond))
	began := time.Now()
	z, err := reads.Generate(b.Context(), owner, s, size, time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC))
	require.NoError(b, err)
	b.Logf("generated in %s", time.Since(began).Round(time.Second))
	files, err := blobs.Open(b.Context(), "file://"+dir+"/files", 1<<20)
	require.NoError(b, err)
	srv, err := server.New(server.Parts{Store: s, TaskQueue: "parkway", Blobs: files, Secret: bytes.Repeat([]byte("s"), 32), Now: func() time.Time { return z.Now }, Log: log})
	require.NoError(b, err)
	handler, err := srv.Handler()
	require.NoError(b, err)
	b.ResetTimer()
	times := 20
	if n, err := strconv.Atoi(os.Getenv("PARKWAY_BENCH_TIMES")); err == nil {
		times = n
	}
	all, err := reads.Measure(b.Context(), s, z, handler, times, only)
	b.StopTimer()
	require.NoError(b, err)
	b.Log(reads.Report(all, watch.Slowest()))
	plans, err := watch.Sequential(b.Context())
	require.NoError(b, err)
	require.Empty(b, plans, "as the planner chooses on the whole data")
	over := 0
	for _, t := range all {
		if t.P95 > reads.Bar {
			over++
			b.Errorf("%s as %s: p95 %s, the bar is %s", t.Page, t.Who, t.P95.Round(100*time.Microsecond), reads.Bar)
		}
	}
	b.ReportMetric(float64(all[0].P95.Microseconds())/1000, "worst-p95-ms")
	b.ReportMetric(float64(over), "over-the-bar")
}
