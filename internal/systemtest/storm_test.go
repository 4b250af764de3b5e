package systemtest

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/hazard"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/turn"
	"github.com/parkway-zone/parkway/worker"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// stormWorker is a worker in a process of its own, to be killed.
func stormWorker() error {
	ctx := context.Background()
	calendar, err := definitions.Calendar()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, os.Getenv("SYSTEMTEST_DATABASE"), calendar, logger())
	if err != nil {
		return err
	}
	c, err := dialEngine(ctx)
	if err != nil {
		return err
	}
	turned, err := turn.New(ctx, s, logger())
	if err != nil {
		return err
	}
	_, err = worker.Start(ctx, worker.Parts{Store: s, Client: c, TaskQueue: taskQueue, Secret: secret(), Allowed: loopback(), PublicURL: "http://parkway.test",
		Now: turned.Now, Ahead: turned.Ahead, Log: logger()})
	if err != nil {
		return err
	}
	select {}
}

// TestStorm lets a thousand hazards (STORM sets another number) fall due in the same minute and kills the worker with -9 in the middle: each
// reminder is recorded once, none is lost, and each person gets one digest.
func TestStorm(t *testing.T) {
	t.Parallel()
	n := stormSize(t, 1000)
	w := timed(t)
	w.turnTo(t, w.clock.Now().Add(time.Hour)) // what the demo zone left lying is told first
	people := map[string]*sinks.Sink{"mengqinglan": sinks.Webhook(t), "chenyanqing": sinks.Webhook(t), "qiye": sinks.Webhook(t)}
	for name, sink := range people {
		w.reach(t, name, webhookTo(sink))
	}
	w.worker.Stop()
	w.worker = nil
	for _, sink := range people {
		require.Empty(t, sink.Got())
	}
	ids := overdueHazards(t, w, n, 1)

	child := w.childWorker(t)
	began := time.Now()
	var started errgroup.Group
	started.SetLimit(16)
	started.Go(func() error {
		_, err := w.app.Reconcile(context.WithoutCancel(t.Context()), func(int) {})
		return err
	})
	require.Eventually(t, func() bool { return reminded(t, w) >= n/3 }, 10*time.Minute, 20*time.Millisecond)
	require.NoError(t, child.Process.Signal(syscall.SIGKILL))
	require.Error(t, ends(t, child))
	at := reminded(t, w)
	w.startWorker(t)
	require.NoError(t, started.Wait())
	require.Eventually(t, func() bool { return reminded(t, w) >= n }, 15*time.Minute, 100*time.Millisecond)
	t.Logf("%d reminders recorded in %s, the worker killed after %d", n, time.Since(began).Round(time.Second), at)

	for _, id := range ids {
		h, err := w.store.Hazard(t.Context(), process.Actor{Type: process.Import}, id)
		require.NoError(t, err)
		require.EqualValues(t, 3, h.Version, "recorded, notified, reminded once")
		seen := map[string]bool{}
		for _, f := range h.Clocks[1].Fired {
			require.False(t, seen[f.Rung])
			seen[f.Rung] = true
		}
		require.True(t, seen["due"])
	}
	digestsArrive(t, people)
	t.Logf("digests delivered after %s", time.Since(began).Round(time.Second))
	noSecondDigest(t, people)
	require.Contains(t, titles(t, people["mengqinglan"])[0], strconv.Itoa(n)+" 项提醒")
}

// childWorker starts a worker in a process of its own, to be killed.
func (w *world) childWorker(t *testing.T) *exec.Cmd {
	t.Helper()
	child := exec.Command(os.Args[0]) //nolint:gosec // this very binary
	child.Env = append(os.Environ(), "SYSTEMTEST_CHILD=storm", "SYSTEMTEST_DATABASE="+w.machine.AppURL(), "SYSTEMTEST_ENGINE="+w.machine.EngineAddress())
	child.Stderr = os.Stderr
	require.NoError(t, child.Start())
	return child
}

// stormSize is how many cases a storm has: STORM, or what the test takes by itself.
func stormSize(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("STORM")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	require.NoError(t, err)
	return n
}

// digestsArrive waits until each person has been sent something.
func digestsArrive(t *testing.T, people map[string]*sinks.Sink) {
	t.Helper()
	for name, sink := range people {
		require.Eventually(t, func() bool { return len(sink.Got()) > 0 }, 3*time.Minute, 100*time.Millisecond, name)
	}
}

// noSecondDigest watches that each person has been sent one message, and no other.
func noSecondDigest(t *testing.T, people map[string]*sinks.Sink) {
	t.Helper()
	require.Never(t, func() bool {
		for _, sink := range people {
			if len(sink.Got()) != 1 {
				return true
			}
		}
		return false
	}, 20*time.Second, time.Second, "one digest for each person, not a storm")
}

// reminded counts the hazards that have been reminded of.
func reminded(t *testing.T, w *world) int {
	t.Helper()
	totals, err := w.store.CountCommands(t.Context(), string(hazard.Kind.Does(casework.RemindVerb)))
	require.NoError(t, err)
	return totals - w.before
}

// overdueHazards imports n hazards whose day was so many working days ago, through the door.
func overdueHazards(t *testing.T, w *world, n, ago int) []string {
	t.Helper()
	supervisor, second, firm := userID(t, w, "mengqinglan"), userID(t, w, "dingwensheng"), enterpriseOf(t, w)
	now := w.clock.Now()
	cal, err := w.store.Calendar(t.Context())
	require.NoError(t, err)
	due := cal.AddWorkdays(clock.DateOf(now), -ago)
	ids := make([]string, n)
	var group errgroup.Group
	group.SetLimit(8)
	var done atomic.Int64
	for i := range ids {
		ids[i] = uuid.NewString()
		group.Go(func() error {
			for _, c := range []struct {
				name  process.Name
				input any
			}{
				{hazard.RecordName, hazard.Record{EnterpriseID: firm, Location: "仓库", Description: "堆放过高", Level: hazard.General, AllTheSame: "另一处", InspectorIDs: []string{supervisor, second}, SupervisorID: supervisor}},
				{hazard.IssueNoticeName, hazard.IssueNotice{Requirement: "清理", DueOn: due, InspectorIDs: []string{supervisor, second}, DocumentNumber: "测" + strconv.Itoa(i)}},
			} {
				input, err := json.Marshal(c.input)
				if err != nil {
					return err
				}
				_, err = w.store.Apply(context.WithoutCancel(t.Context()), process.Order{CaseID: ids[i], Command: c.name, Input: input, Call: process.Call{Key: string(c.name),
					Actor: process.Actor{Type: process.Import, Name: "storm"}, OccurredAt: due.AddDays(-7).Start().Add(9 * time.Hour), RecordedAt: now}})
				if err != nil {
					return err
				}
			}
			done.Add(1)
			return nil
		})
	}
	require.NoError(t, group.Wait())
	totals, err := w.store.CountCommands(t.Context(), string(hazard.Kind.Does(casework.RemindVerb)))
	require.NoError(t, err)
	w.before = totals
	return ids
}
