// Package metrics shows the numbers that somebody who runs Parkway watches, in Prometheus' form, on a listener of its own: they are for the
// office's own network, not for browsers. docs/operations.md says what each means.
package metrics

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/parkway-zone/parkway/domain/process"
)

// Numbers counts what one process does. Nil counts nothing, for a process whose numbers nobody watches.
type Numbers struct {
	registry   *prometheus.Registry
	commands   *prometheus.CounterVec
	waits      prometheus.Histogram
	door       *prometheus.HistogramVec
	deliveries *prometheus.CounterVec
}

// New returns numbers that are all zero.
func New() *Numbers {
	n := &Numbers{registry: prometheus.NewRegistry(),
		commands: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parkway_commands_total",
			Help: "Commands that people and programs sent to this server, by outcome: done, replayed (the key was known), refused (by a rule), unavailable (to be sent again)."}, []string{"command", "outcome"}),
		waits: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "parkway_command_seconds",
			Help: "How long callers of this server waited for the answer to a command.", Buckets: buckets()}),
		door: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "parkway_door_seconds",
			Help: "How long this worker's commands took at the door, the one transaction of each, by who issued them and outcome.", Buckets: buckets()}, []string{"by", "outcome"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "parkway_deliveries_total",
			Help: "Messages that this worker tried to bring to people, by channel and outcome: delivered or failed."}, []string{"channel", "kind", "outcome"}),
	}
	n.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), n.commands, n.waits, n.door, n.deliveries)
	return n
}

// buckets go from one millisecond to the longest that a caller waits.
func buckets() []float64 {
	return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3, 8, 15}
}

// Command counts a command that a caller sent, and how long they waited for its outcome.
func (n *Numbers) Command(name process.Name, outcome string, took time.Duration) {
	if n == nil {
		return
	}
	n.commands.WithLabelValues(string(name), outcome).Inc()
	n.waits.Observe(took.Seconds())
}

// Door counts a command that was passed through the door.
func (n *Numbers) Door(by process.ActorType, outcome string, took time.Duration) {
	if n != nil {
		n.door.WithLabelValues(string(by), outcome).Observe(took.Seconds())
	}
}

// Delivery counts a try to bring a message to somebody.
func (n *Numbers) Delivery(channel, kind string, failed bool) {
	if n == nil {
		return
	}
	outcome := "delivered"
	if failed {
		outcome = "failed"
	}
	n.deliveries.WithLabelValues(channel, kind, outcome).Inc()
}

// Page returns the page of metrics with what the watched database and engine say at the moment. It is asked for once.
func (n *Numbers) Page(w *Watched) http.Handler {
	n.registry.MustRegister(w.gauges())
	return promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Serve answers on the listener until the context ends.
func (n *Numbers) Serve(ctx context.Context, listener net.Listener, w *Watched) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", n.Page(w))
	web := &http.Server{Handler: mux, ReadHeaderTimeout: patience, WriteTimeout: 2 * patience}
	ctx, stop := context.WithCancel(ctx)
	counted := make(chan struct{})
	go func() { defer close(counted); w.count(ctx) }()
	defer func() { stop(); <-counted }()
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
