package systemtest

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/sinks"
)

// TestLaddersAreTurnedOnQuietly moves hundreds of hazards (STORM sets another number), weeks overdue under version 1 of their definition, which
// has no ladder, to version 2: every rung they have missed is recorded once, and each person gets one digest of it all.
func TestLaddersAreTurnedOnQuietly(t *testing.T) {
	n := stormSize(t, 200)
	w := timed(t)
	w.turnTo(t, w.clock.Now().Add(time.Hour)) // what the demo zone left lying is told first
	w.worker.Stop()
	w.worker = nil
	ids := overdueHazards(t, w, n, 20)
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	input, err := json.Marshal(hazard.Adopt{Version: 1, Reason: "旧案按旧流程"})
	require.NoError(t, err)
	for _, id := range ids {
		_, err := w.store.Apply(t.Context(), process.Order{CaseID: id, Command: hazard.AdoptName, Input: input,
			Call: process.Call{Key: "old", Actor: admin, OccurredAt: w.clock.Now(), RecordedAt: w.clock.Now()}})
		require.NoError(t, err)
	}
	w.startWorker(t)
	_, err = w.app.Reconcile(t.Context(), func(int) {})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return reminded(t, w) >= n }, 10*time.Minute, 100*time.Millisecond, "the one reminder of version 1")
	w.turnTo(t, w.clock.Now().Add(10*time.Minute)) // and its digests

	people := map[string]*sinks.Sink{"mengqinglan": sinks.Webhook(t), "chenyanqing": sinks.Webhook(t), "qiye": sinks.Webhook(t), "shaojinghe": sinks.Webhook(t)}
	for name, sink := range people {
		w.reach(t, name, webhookTo(sink))
	}
	began := time.Now()
	require.NoError(t, w.app.AdoptDefinition(context.WithoutCancel(t.Context()), admin, process.Hazard, 2, "启用催办阶梯"))
	require.Eventually(t, func() bool { return reminded(t, w) >= 2*n }, 15*time.Minute, 100*time.Millisecond)
	t.Logf("%d overdue hazards moved to the ladders of version 2 in %s", n, time.Since(began).Round(time.Second))

	for _, id := range ids {
		h, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
		require.NoError(t, err)
		require.Equal(t, 2, h.DefinitionVersion)
		fired := map[string]int{}
		for _, f := range h.Clocks[1].Fired {
			fired[f.Rung]++
			require.Equal(t, 1, fired[f.Rung], f.Rung)
		}
		for _, rung := range []string{"due", "one_after", "order", "interview", "refer"} {
			require.Contains(t, fired, rung)
		}
	}
	digestsArrive(t, people)
	noSecondDigest(t, people)
	require.Contains(t, titles(t, people["shaojinghe"])[0], fmt.Sprintf("紧急 %d 项", n), "counted beyond the lines that are shown")
}
