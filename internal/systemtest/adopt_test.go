package systemtest

import (
	"context"
	"encoding/json"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/sinks"
)

// TestLaddersAreTurnedOnQuietly moves hundreds of hazards (STORM sets another number), weeks overdue under version 1 of their definition, which
// has no ladder, to version 2, and kills the worker with -9 in the middle: every rung that lies before is recorded once and sent to nobody, each
// person gets one message of the whole batch, and the rungs to come are sent.
func TestLaddersAreTurnedOnQuietly(t *testing.T) {
	t.Parallel()
	n := stormSize(t, 100)
	w := timed(t)
	w.turnTo(t, w.clock.Now().Add(time.Hour)) // what the demo zone left lying is told first
	w.worker.Stop()
	w.worker = nil
	ids := overdueHazards(t, w, n, 20)
	admin := process.Actor{Type: process.Person, ID: userID(t, w, "admin"), Name: "管理员", Roles: []process.Role{process.Administrator}}
	input, err := json.Marshal(casework.Adopt{Version: 1, Reason: "旧案按旧流程"})
	require.NoError(t, err)
	now := w.clock.Now()
	for _, id := range ids {
		_, err := w.store.Apply(t.Context(), process.Order{CaseID: id, Command: hazard.Kind.Does(casework.AdoptVerb), Input: input,
			Call: process.Call{Key: "old", Actor: admin, OccurredAt: now, RecordedAt: now}})
		require.NoError(t, err)
	}
	w.startWorker(t)
	_, err = w.app.Reconcile(t.Context(), func(int) {})
	require.NoError(t, err)
	require.Eventually(t, func() bool { return reminded(t, w) >= n }, 10*time.Minute, 100*time.Millisecond, "the one reminder of version 1")
	w.turnTo(t, w.clock.Now().Add(10*time.Minute)) // and its digests

	people := map[string]*sinks.Sink{"mengqinglan": sinks.Webhook(t), "qiye": sinks.Webhook(t)} // who manages and who holds them
	for name, sink := range people {
		w.reach(t, name, webhookTo(sink))
	}
	w.worker.Stop()
	w.worker = nil
	child := w.childWorker(t)
	began := time.Now()
	require.NoError(t, w.app.AdoptDefinition(context.WithoutCancel(t.Context()), admin, hazard.Kind, 2, "启用催办阶梯", true))
	moved := func() int {
		adopted, err := w.store.CountCommands(t.Context(), string(hazard.Kind.Does(casework.AdoptVerb)))
		require.NoError(t, err)
		return adopted - n // without the way back to version 1
	}
	require.Eventually(t, func() bool { return moved() > n/3 }, time.Minute, 5*time.Millisecond)
	require.NoError(t, child.Process.Signal(syscall.SIGKILL))
	require.Error(t, ends(t, child))
	require.Less(t, moved(), n, "it died in the middle")
	w.startWorker(t)
	require.Eventually(t, func() bool {
		batches, err := w.store.Batches(t.Context(), 1)
		return err == nil && len(batches) == 1 && batches[0].EndedAt != nil
	}, 15*time.Minute, 100*time.Millisecond)
	t.Logf("%d overdue hazards moved to the ladders of version 2 in %s, the worker killed in the middle", n, time.Since(began).Round(time.Second))
	require.Equal(t, n, reminded(t, w), "nothing that lay before was sent")

	for _, id := range ids {
		h, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
		require.NoError(t, err)
		require.Equal(t, 2, h.DefinitionVersion)
		require.Empty(t, h.Escalation)
		require.NotNil(t, h.OverdueSince)
		fired := map[string]int{}
		for _, f := range h.Clocks[1].Fired {
			fired[f.Rung]++
			require.Equal(t, 1, fired[f.Rung], f.Rung)
			require.Equal(t, f.Rung != "due", f.Unsent, "only version 1's one reminder was sent: %s", f.Rung)
		}
		for _, rung := range []string{"due", "one_after", "order", "interview", "refer"} {
			require.Contains(t, fired, rung)
		}
	}
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	w.turnTo(t, cal.NextWorkday(clock.DateOf(w.clock.Now()).AddDays(1)).Start().Add(8*time.Hour+50*time.Minute))
	digestsArrive(t, people)
	noSecondDigest(t, people)
	w.turnTo(t, w.clock.Now().AddDate(0, 0, 10))
	require.GreaterOrEqual(t, reminded(t, w), 2*n, "the floor rhythm goes on")
}
