package metrics_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/server/metrics"
	"github.com/parkway-zone/parkway/store"
)

type counted struct {
	found store.Lateness
	err   error
}

func (c counted) Lateness(context.Context, time.Time) (store.Lateness, error) { return c.found, c.err }

func page(t *testing.T, c counted) string {
	t.Helper()
	answer := httptest.NewRecorder()
	metrics.Handler(c, time.Now, slog.New(slog.DiscardHandler)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(t, http.StatusOK, answer.Code)
	return answer.Body.String()
}

func TestStuckCasesAreCounted(t *testing.T) {
	t.Parallel()
	text := page(t, counted{found: store.Lateness{Late: 5, Stuck: 2}})
	require.Contains(t, text, "parkway_cases_late 5")
	require.Contains(t, text, "parkway_cases_stuck 2")
	require.NotContains(t, page(t, counted{err: errors.New("away")}), "parkway_cases_stuck ", "missing, not zero")
}
