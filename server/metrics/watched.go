package metrics

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/parkway-zone/parkway/store"
)

// Cases tells what waits in the database.
type Cases interface {
	// Lateness tells how many cases are late for their wake, and how many cannot get on.
	Lateness(ctx context.Context, now time.Time) (store.Lateness, error)
	// OutboxAge tells how long the oldest message has waited beyond its time.
	OutboxAge(ctx context.Context, now time.Time) (time.Duration, error)
}

// Watched is what is looked at whenever somebody asks for the numbers, so that what they see is never older than that.
type Watched struct {
	Cases   Cases
	Orphans func(ctx context.Context) (int, error) // counts workflows that no case belongs to: a walk over all of them, so it is made now and then
	Now     func() time.Time
	Log     *slog.Logger

	orphans atomic.Int64 // one more than there were at the last count; 0 before the first
}

const (
	patience = 5 * time.Second // for one look at the database
	recount  = 5 * time.Minute // between two counts of the orphans
)

// count counts the orphans now and then until the context ends. What cannot be counted is missing until it can.
func (w *Watched) count(ctx context.Context) {
	again := time.NewTicker(recount)
	defer again.Stop()
	for {
		n, err := w.Orphans(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			w.orphans.Store(0)
			w.Log.Warn("workflows without a case not counted", "error", err)
		default:
			w.orphans.Store(int64(n) + 1)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// gauges asks what is watched.
type gauges struct {
	*Watched
	late, stuck, outbox, lost *prometheus.Desc
}

func (w *Watched) gauges() *gauges {
	return &gauges{Watched: w,
		late:   prometheus.NewDesc("parkway_cases_late", "Open cases whose wake-up is more than a minute past.", nil, nil),
		stuck:  prometheus.NewDesc("parkway_cases_stuck", "Of them, those that were woken again and again and cannot get on; the operations page names them.", nil, nil),
		outbox: prometheus.NewDesc("parkway_outbox_age_seconds", "How long the oldest message has waited beyond its time; 0 when none waits.", nil, nil),
		lost:   prometheus.NewDesc("parkway_workflows_orphaned", "Running workflows that no case belongs to, counted every five minutes; parkway reconcile ends them.", nil, nil)}
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.late, g.stuck, g.outbox, g.lost} {
		out <- d
	}
}

// Collect implements prometheus.Collector. What cannot be asked is missing, which an alert can tell from zero.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	show := func(d *prometheus.Desc, value float64) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	if l, err := g.Cases.Lateness(ctx, g.Now()); err != nil {
		g.Log.Warn("late cases not counted", "error", err)
		out <- prometheus.NewInvalidMetric(g.late, err)
	} else {
		show(g.late, float64(l.Late))
		show(g.stuck, float64(l.Stuck))
	}
	if age, err := g.Cases.OutboxAge(ctx, g.Now()); err != nil {
		g.Log.Warn("age of the outbox not found", "error", err)
		out <- prometheus.NewInvalidMetric(g.outbox, err)
	} else {
		show(g.outbox, age.Seconds())
	}
	if n := g.orphans.Load(); n > 0 {
		show(g.lost, float64(n-1))
	}
}
