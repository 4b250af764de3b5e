package bench

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/parkway-zone/parkway/domain/process"
)

// way adds up where a command's time goes: the whole, in the server, in the engine (the worker's part included), at the door. It is safe for concurrent use.
type way struct{ deeds, whole, server, engine, door atomic.Int64 }

// span is what one scenario's deeds took on average on each part of the way.
type span struct{ outside, server, engine, door time.Duration }

// reset begins anew.
func (w *way) reset() {
	for _, sum := range []*atomic.Int64{&w.deeds, &w.whole, &w.server, &w.engine, &w.door} {
		sum.Store(0)
	}
}

// mean returns what the deeds since the last reset took on average; each part without the parts within it.
func (w *way) mean() span {
	n := max(w.deeds.Load(), 1)
	part := func(of, within *atomic.Int64) time.Duration { return time.Duration((of.Load() - within.Load()) / n) }
	return span{outside: part(&w.whole, &w.server), server: part(&w.server, &w.engine), engine: part(&w.engine, &w.door), door: time.Duration(w.door.Load() / n)}
}

// Door is the worker's counter.
func (w *way) Door(_ process.ActorType, _ string, took time.Duration) { w.door.Add(int64(took)) }

// Delivery is the worker's counter.
func (w *way) Delivery(string, string, bool) {}

// handler looks on at the server.
func (w *way) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		began := time.Now()
		next.ServeHTTP(answer, request)
		w.server.Add(int64(time.Since(began)))
	})
}

// updates looks on at the server's calls of the engine.
type updates struct {
	client.Client
	way *way
}

func (u updates) UpdateWorkflow(ctx context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	began := time.Now()
	defer func() { u.way.engine.Add(int64(time.Since(began))) }()
	return u.Client.UpdateWorkflow(ctx, options)
}

func (u updates) UpdateWithStartWorkflow(ctx context.Context, options client.UpdateWithStartWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	began := time.Now()
	defer func() { u.way.engine.Add(int64(time.Since(began))) }()
	return u.Client.UpdateWithStartWorkflow(ctx, options)
}

// waysTable says where the time of each scenario goes, on average.
func waysTable(scenarios []scenario, ways []span) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%-22s %10s %10s %10s %10s   (mean ms; each without the next)\n", "where the time goes", "HTTP", "server", "engine", "door")
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	for i, s := range scenarios {
		if w := ways[i]; w.server > 0 {
			fmt.Fprintf(&text, "%-22s %10.2f %10.2f %10.2f %10.2f\n", s.name, ms(w.outside), ms(w.server), ms(w.engine), ms(w.door))
		}
	}
	return text.String()
}
