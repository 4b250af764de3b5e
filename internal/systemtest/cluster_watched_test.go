package systemtest

import (
	"context"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/grpc"
)

// numbers returns the page of metrics at the address.
func numbers(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get("http://" + address + "/metrics") //nolint:noctx // a test's look
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(text)
}

// TestClusterIsWatched scrapes a server and a worker after real work, and follows one command's trace through both of them to a collector.
func TestClusterIsWatched(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	c := startCollector(t)
	l, atServer, atWorker := newLocalCluster(t), free(t), free(t)
	server := l.server(t, "PARKWAY_METRICS_LISTEN="+atServer, "PARKWAY_TRACES_ENDPOINT=http://"+c.address)
	worker := l.worker(t, "PARKWAY_METRICS_LISTEN="+atWorker, "PARKWAY_TRACES_ENDPOINT=http://"+c.address)
	server.awaitReady(t)
	people := cluster{servers: []string{server.url}, token: l.token}
	opened, err := people.send(t.Context(), 0, "/hazards", object{"enterprise_id": l.zone.Enterprise, "location": "成品库", "description": "堆垛过高", "level": "general", "all_the_same": "另一处"})
	require.NoError(t, err)
	path := "/hazards/" + opened.caseID + "/comment"
	commented, err := people.send(t.Context(), 0, path, object{"text": "看一下"})
	require.NoError(t, err)
	again, _, err := people.try(t.Context(), server.url, commented)
	require.NoError(t, err)
	require.True(t, again.Replayed)
	_, _, err = people.try(t.Context(), server.url, sent{key: "refused", path: path, input: object{"text": ""}})
	require.ErrorContains(t, err, "4")

	t.Run("Numbers", func(t *testing.T) {
		text := numbers(t, atServer)
		for _, line := range []string{`parkway_commands_total{command="hazard.record",outcome="done"} 1`, `parkway_commands_total{command="hazard.comment",outcome="done"} 1`,
			`parkway_commands_total{command="hazard.comment",outcome="replayed"} 1`, `parkway_cases_late 0`, `parkway_cases_stuck 0`} {
			require.Contains(t, text, line+"\n")
		}
		require.Contains(t, text, "parkway_command_seconds_count ")
		require.Contains(t, text, "parkway_outbox_age_seconds ")
		text = numbers(t, atWorker)
		require.Contains(t, text, `parkway_door_seconds_count{by="person",outcome="done"} 2`+"\n")
		require.Contains(t, text, `parkway_door_seconds_count{by="person",outcome="replayed"} 1`+"\n")
		require.Eventually(t, func() bool { return strings.Contains(numbers(t, atWorker), "parkway_workflows_orphaned 0\n") }, time.Minute, 50*time.Millisecond)
	})
	t.Run("Traces", func(t *testing.T) {
		var way []string
		require.Eventually(t, func() bool {
			way = c.way("door hazard.comment", opened.caseID)
			return len(way) > 5
		}, time.Minute, 100*time.Millisecond, "the spans leave every few seconds")
		t.Log(strings.Join(way, " → "))
		require.Equal(t, []string{"parkway-server POST /api/v1/hazards/:id/comment", "parkway-server UpdateWorkflow:hazard.comment", "parkway-worker HandleUpdate:hazard.comment",
			"parkway-worker StartActivity:apply", "parkway-worker RunActivity:apply", "parkway-worker door hazard.comment"}, way[:6])
		require.Contains(t, way[6:], "parkway-worker LockCase", "and the SQL below the door")
	})
	server.interrupt(t)
	worker.interrupt(t)
}

// spans is a collector of OpenTelemetry that keeps what it is sent.
type spans struct {
	collector.UnimplementedTraceServiceServer
	address string

	mu   sync.Mutex
	seen map[string]seen // by id
}

// seen is a span with the program that sent it.
type seen struct {
	*traces.Span
	name string
}

func startCollector(t *testing.T) *spans {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &spans{address: listener.Addr().String(), seen: map[string]seen{}}
	server := grpc.NewServer()
	collector.RegisterTraceServiceServer(server, s)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		server.Stop()
		require.NoError(t, <-ended)
	})
	return s
}

// Export implements the collector's service.
func (s *spans) Export(_ context.Context, request *collector.ExportTraceServiceRequest) (*collector.ExportTraceServiceResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, from := range request.GetResourceSpans() {
		program := ""
		for _, a := range from.GetResource().GetAttributes() {
			if a.GetKey() == "service.name" {
				program = a.GetValue().GetStringValue()
			}
		}
		for _, scope := range from.GetScopeSpans() {
			for _, span := range scope.GetSpans() {
				s.seen[hex.EncodeToString(span.GetSpanId())] = seen{Span: span, name: program + " " + span.GetName()}
			}
		}
	}
	return &collector.ExportTraceServiceResponse{}, nil
}

// below names everything that happened within a span.
func (s *spans) below(id string) []string {
	names := []string{}
	for inner, span := range s.seen {
		if hex.EncodeToString(span.GetParentSpanId()) == id {
			names = append(append(names, span.name), s.below(inner)...)
		}
	}
	return names
}

// way returns the names of the spans from the beginning of a trace to the span of the given name about the case, which something was done to, then
// of those below it. All are of one trace.
func (s *spans) way(name, caseID string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, span := range s.seen {
		if span.GetName() != name || !about(span, caseID) {
			continue
		}
		names := []string{}
		for at, there := span, true; there; at, there = s.seen[hex.EncodeToString(at.GetParentSpanId())] {
			if string(at.GetTraceId()) != string(span.GetTraceId()) {
				return nil
			}
			names = append([]string{at.name}, names...)
		}
		return append(names, s.below(id)...)
	}
	return nil
}

func about(span seen, caseID string) bool {
	said := map[string]string{}
	for _, a := range span.GetAttributes() {
		said[a.GetKey()] = a.GetValue().GetStringValue()
	}
	return said["parkway.case"] == caseID && said["parkway.outcome"] == "done"
}
