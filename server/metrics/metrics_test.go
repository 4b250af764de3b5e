package metrics_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/store"
)

// counted is a database that says what the test wants.
type counted struct {
	found store.Lateness
	age   time.Duration
	err   error
}

func (c counted) Lateness(context.Context, time.Time) (store.Lateness, error) { return c.found, c.err }

func (c counted) OutboxAge(context.Context, time.Time) (time.Duration, error) { return c.age, c.err }

func watched(c counted) *metrics.Watched {
	return &metrics.Watched{Cases: c, Now: time.Now, Log: slog.New(slog.DiscardHandler), Orphans: func(context.Context) (int, error) { return 3, c.err }}
}

func page(t *testing.T, n *metrics.Numbers, c counted) string {
	t.Helper()
	answer := httptest.NewRecorder()
	n.Page(watched(c)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, answer.Code)
	return answer.Body.String()
}

func TestWhatWaitsIsCounted(t *testing.T) {
	t.Parallel()
	text := page(t, metrics.New(), counted{found: store.Lateness{Late: 5, Stuck: 2}, age: 90 * time.Second})
	require.Contains(t, text, "parkway_cases_late 5\n")
	require.Contains(t, text, "parkway_cases_stuck 2\n")
	require.Contains(t, text, "parkway_outbox_age_seconds 90\n")
	text = page(t, metrics.New(), counted{err: errors.New("away")})
	require.NotContains(t, text, "parkway_cases_stuck ", "missing, not zero")
	require.NotContains(t, text, "parkway_outbox_age_seconds ", "missing, not zero")
}

func TestWhatIsDoneIsCounted(t *testing.T) {
	t.Parallel()
	n := metrics.New()
	n.Command("hazard.comment", "done", 20*time.Millisecond)
	n.Command("hazard.comment", "done", 2*time.Second)
	n.Command("hazard.comment", "refused", time.Millisecond)
	n.Door(process.Person, "done", 4*time.Millisecond)
	n.Delivery("值班群", "wecom", false)
	n.Delivery("值班群", "wecom", true)
	text := page(t, n, counted{})
	for _, line := range []string{`parkway_commands_total{command="hazard.comment",outcome="done"} 2`, `parkway_commands_total{command="hazard.comment",outcome="refused"} 1`,
		`parkway_command_seconds_bucket{le="0.025"} 2`, `parkway_command_seconds_count 3`,
		`parkway_door_seconds_bucket{by="person",outcome="done",le="0.005"} 1`, `parkway_door_seconds_bucket{by="person",outcome="done",le="0.0025"} 0`,
		`parkway_deliveries_total{channel="值班群",kind="wecom",outcome="delivered"} 1`, `parkway_deliveries_total{channel="值班群",kind="wecom",outcome="failed"} 1`} {
		require.Contains(t, text, line+"\n")
	}
}

func TestNobodyWatches(t *testing.T) {
	t.Parallel()
	var n *metrics.Numbers
	n.Command("hazard.comment", "done", time.Second)
	n.Door(process.Clock, "done", time.Second)
	n.Delivery("值班群", "wecom", true)
}

// TestServe: on a listener of its own, with the orphans that were counted meanwhile, until it is told to stop.
func TestServe(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- metrics.New().Serve(ctx, listener, watched(counted{})) }()
	require.Eventually(t, func() bool {
		response, err := http.Get("http://" + listener.Addr().String() + "/metrics") //nolint:noctx // a poll
		if err != nil {
			return false
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		return err == nil && strings.Contains(string(text), "parkway_workflows_orphaned 3\n")
	}, 10*time.Second, 10*time.Millisecond)
	stop()
	require.NoError(t, <-ended)
}
