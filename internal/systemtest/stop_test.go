package systemtest

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// openPage opens the event stream of a page and returns when it flows; what is returned is closed when it ends.
func openPage(t *testing.T, browser *http.Client, base string) <-chan struct{} {
	t.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, base+"/live", nil)
	require.NoError(t, err)
	response, err := browser.Do(request)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode)
	lines := bufio.NewScanner(response.Body)
	require.True(t, lines.Scan())
	require.Equal(t, "retry: 3000", lines.Text())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer response.Body.Close()
		for lines.Scan() {
		}
	}()
	return ended
}

// blocked is a request that waits inside the program because the test holds what it needs.
type blocked struct {
	holder *pgx.Conn
	hold   pgx.Tx
	answer chan int
}

// block sends a comment on a case whose row is locked, and returns once the program waits for the row.
func block(t *testing.T, holder *pgx.Conn, browser *http.Client, base string) *blocked {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	b := &blocked{holder: holder, answer: make(chan int, 1)}
	var err error
	b.hold, err = holder.Begin(ctx)
	require.NoError(t, err)
	var id string
	require.NoError(t, b.hold.QueryRow(ctx, "SELECT id FROM cases WHERE kind = 'project' AND NOT done ORDER BY number LIMIT 1 FOR UPDATE").Scan(&id))
	form := url.Values{"_key": {"held-up"}, "text": {"停止时正在办的一件"}}
	go func() {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/projects/"+id+"/comment", strings.NewReader(form.Encode()))
		if err != nil {
			panic(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		response, err := browser.Do(request)
		if err != nil {
			b.answer <- 0
			return
		}
		response.Body.Close()
		b.answer <- response.StatusCode
	}()
	require.Eventually(t, func() bool {
		var waiting bool
		if _, err := b.hold.Exec(ctx, "SELECT pg_stat_clear_snapshot()"); err != nil { // within a transaction the first look is kept
			return false
		}
		err := b.hold.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'parkway' AND wait_event_type = 'Lock')").Scan(&waiting)
		return err == nil && waiting
	}, time.Minute, 5*time.Millisecond, "the program waits for the row")
	return b
}

// deaf waits until a program takes no new connections any more.
func deaf(t *testing.T, listen string) {
	t.Helper()
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", listen)
		if err == nil {
			conn.Close()
		}
		return err != nil
	}, 2*time.Second, 5*time.Millisecond)
}

// written tells how far PostgreSQL has written what it has in memory, and whether somebody has it write now.
func written(t *testing.T, tx pgx.Tx) string {
	t.Helper()
	var said string
	ctx := context.WithoutCancel(t.Context())
	_, err := tx.Exec(ctx, "SELECT pg_stat_clear_snapshot()")
	require.NoError(t, err)
	require.NoError(t, tx.QueryRow(ctx, "SELECT (SELECT checkpoint_lsn::text FROM pg_control_checkpoint()) || EXISTS (SELECT FROM pg_stat_activity WHERE query = 'CHECKPOINT' AND state = 'active')").Scan(&said))
	return said
}

// interrupted is interrupt beside what the test does meanwhile. Nothing is waited for when it fails.
func interrupted(t *testing.T, p *program) <-chan time.Duration {
	t.Helper()
	ended := make(chan time.Duration, 1)
	go func() {
		defer close(ended)
		ended <- p.atOnce(t)
	}()
	return ended
}

// TestCtrlC: with pages open and requests in flight the program ends in five seconds and without an error. What is in flight is carried out and
// answered; what does not come to an end in time is answered with 503.
func TestCtrlC(t *testing.T) {
	if testing.Short() {
		t.Skip("needs PostgreSQL and the engine")
	}
	path, dir, listen := build(t), dataFolder(t), free(t)
	t.Run("RequestsInFlightAreAnswered", func(t *testing.T) {
		p := launch(t, path, dir, listen)
		p.awaitReady(t)
		browser := signedIn(t, p.url, "luzhiyuan")
		pages := []<-chan struct{}{openPage(t, browser, p.url), openPage(t, browser, p.url)}
		holder := ownersConnection(t, dir)
		b := block(t, holder, browser, p.url)
		before := written(t, b.hold)
		ended := interrupted(t, p)
		deaf(t, listen)
		require.Eventually(t, func() bool { return written(t, b.hold) != before }, 2*time.Second, 2*time.Millisecond, "PostgreSQL writes while a request is still being carried out")
		require.NoError(t, b.hold.Rollback(context.WithoutCancel(t.Context())))
		require.NoError(t, holder.Close(context.WithoutCancel(t.Context())))
		require.Equal(t, http.StatusSeeOther, <-b.answer, "it was carried out and answered")
		t.Logf("stopped after %s", <-ended)
		for _, page := range pages {
			<-page
		}
	})
	t.Run("WhatTakesTooLongIsCalledOff", func(t *testing.T) {
		p := launch(t, path, dir, listen)
		p.awaitReady(t)
		browser := signedIn(t, p.url, "luzhiyuan")
		openPage(t, browser, p.url)
		b := block(t, ownersConnection(t, dir), browser, p.url)
		t.Logf("stopped after %s", p.atOnce(t))
		require.Equal(t, http.StatusServiceUnavailable, <-b.answer)
	})
	t.Run("WhileItStarts", func(t *testing.T) {
		for _, stage := range []string{"starting PostgreSQL", "starting the workflow engine"} {
			p := launch(t, path, dir, listen)
			require.Eventually(t, func() bool { return strings.Contains(p.out.String(), stage) }, time.Minute, time.Millisecond, "%s", p.out)
			t.Logf("while %s: stopped after %s", stage, p.atOnce(t))
			require.NotContains(t, p.out.String(), "context canceled")
		}
		p := launch(t, path, dataFolder(t), listen)
		require.Eventually(t, func() bool { return strings.Contains(p.out.String(), "loading the demo data") }, 60*time.Second, time.Millisecond, "%s", p.out)
		t.Logf("while loading: stopped after %s", p.atOnce(t))
		require.Contains(t, p.out.String(), "the next start goes on from here")
	})
}

// TestCtrlCInACluster: the same for `parkway server` and `parkway worker` as processes of their own.
func TestCtrlCInACluster(t *testing.T) {
	w := newWorld(t)
	w.worker.Stop()
	path, listen := buildOne(t, "parkway"), free(t)
	env := []string{"PARKWAY_DATABASE_URL=" + w.machine.AppURL(), "PARKWAY_TEMPORAL_ADDRESS=" + w.machine.EngineAddress(), "PARKWAY_TASK_QUEUE=" + taskQueue,
		"PARKWAY_SECRET_KEY=" + string(secret()), "PARKWAY_LISTEN=" + listen, "PARKWAY_BLOB_URL=file://" + w.dir + "/files"}
	worker := launchAs(t, exec.Command(path, "worker"), listen, env...) //nolint:gosec // our own
	server := launchAs(t, exec.Command(path, "server"), listen, env...) //nolint:gosec // our own
	server.awaitReady(t)
	browser := signedIn(t, server.url, "luzhiyuan")
	page := openPage(t, browser, server.url)
	holder, err := pgx.Connect(t.Context(), w.machine.OwnerURL())
	require.NoError(t, err)
	b := block(t, holder, browser, server.url)
	ended := interrupted(t, server)
	deaf(t, listen)
	require.NoError(t, b.hold.Rollback(t.Context()))
	require.Equal(t, http.StatusSeeOther, <-b.answer, "it was carried out and answered")
	t.Logf("the server stopped after %s", <-ended)
	<-page

	again := launchAs(t, exec.Command(path, "server"), listen, env...) //nolint:gosec // our own
	again.awaitReady(t)
	b = block(t, holder, browser, again.url)
	t.Logf("the worker stopped in the middle of a command after %s", worker.atOnce(t))
	t.Logf("the server stopped after %s", again.atOnce(t))
	require.Equal(t, http.StatusServiceUnavailable, <-b.answer)
	require.NoError(t, b.hold.Rollback(t.Context()))
	require.NoError(t, holder.Close(t.Context()))
	w.startWorker(t)
}
