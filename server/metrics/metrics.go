// Package metrics shows the numbers that somebody who runs Parkway watches, in Prometheus' form, on a listener of its own: they are for the
// office's own network, not for browsers.
package metrics

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/parkway-zone/parkway/store"
)

// Lateness tells how many cases are late for their wake, and how many cannot get on.
type Lateness interface {
	Lateness(ctx context.Context, now time.Time) (store.Lateness, error)
}

// patience is how long one look at the database may take.
const patience = 5 * time.Second

// gauges asks the database whenever somebody looks: what it says is never older than that.
type gauges struct {
	cases       Lateness
	now         func() time.Time
	log         *slog.Logger
	late, stuck *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (g *gauges) Describe(out chan<- *prometheus.Desc) { out <- g.late; out <- g.stuck }

// Collect implements prometheus.Collector. When the database cannot be asked the gauges are missing, which an alert can tell from zero.
func (g *gauges) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l, err := g.cases.Lateness(ctx, g.now())
	if err != nil {
		g.log.Warn("late cases not counted", "error", err)
		out <- prometheus.NewInvalidMetric(g.late, err)
		return
	}
	out <- prometheus.MustNewConstMetric(g.late, prometheus.GaugeValue, float64(l.Late))
	out <- prometheus.MustNewConstMetric(g.stuck, prometheus.GaugeValue, float64(l.Stuck))
}

// Handler returns the page of metrics.
func Handler(cases Lateness, now func() time.Time, log *slog.Logger) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &gauges{cases: cases, now: now, log: log,
		late:  prometheus.NewDesc("parkway_cases_late", "Open cases whose wake-up is more than a minute past.", nil, nil),
		stuck: prometheus.NewDesc("parkway_cases_stuck", "Of them, those that were woken again and again and cannot get on; the operations page names them.", nil, nil)})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Serve answers on the listener until the context ends.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", handler)
	web := &http.Server{Handler: mux, ReadHeaderTimeout: patience, WriteTimeout: 2 * patience}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve metrics on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	err := web.Close()
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
