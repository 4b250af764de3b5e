package store_test

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/casework"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/project"
	"github.com/parkway-zone/parkway/store"
)

// looker counts the transactions that commit without waiting for the disk.
type looker struct{ hurried atomic.Int64 }

func (l *looker) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}
func (l *looker) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}
func (l *looker) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}
func (l *looker) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
func (l *looker) TraceBatchQuery(_ context.Context, _ *pgx.Conn, data pgx.TraceBatchQueryData) {
	if strings.Contains(data.SQL, "synchronous_commit") && data.Err == nil {
		l.hurried.Add(1)
	}
}

// TestTheEngineFlushesWhatTheDoorCommitted: only a command that came through the engine, and only where the engine's commit follows in the same server's
// log, may be committed without waiting for the disk.
func TestTheEngineFlushesWhatTheDoorCommitted(t *testing.T) {
	b := setup(t)
	id := b.openProject(t, "lead")
	calendar, err := definitions.Calendar()
	require.NoError(t, err)
	for _, c := range []struct {
		what    string
		flushes bool
		run     string
		hurried int64
	}{
		{"through an engine beside it", true, uuid.NewString(), 1},
		{"past the engine", true, "", 0},
		{"through an engine elsewhere", false, uuid.NewString(), 0},
	} {
		t.Run(c.what, func(t *testing.T) {
			look := &looker{}
			s, err := store.Open(t.Context(), b.app, calendar, slog.New(slog.DiscardHandler), store.Traced(look), store.EngineFlushes(c.flushes))
			require.NoError(t, err)
			t.Cleanup(s.Close)
			order := b.order(t, b.As(process.ProjectManager), id, project.Kind.Does(casework.CommentVerb), casework.Comment{Text: c.what})
			order.Run = c.run
			_, err = s.Apply(t.Context(), order)
			require.NoError(t, err)
			require.Equal(t, c.hurried, look.hurried.Load())
		})
	}
}
