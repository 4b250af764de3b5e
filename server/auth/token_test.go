package auth_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store/accounts"
)

// writes counts what is written over a connection.
type writes struct {
	*pgx.Conn
	n int
}

func (w *writes) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	w.n++
	return w.Conn.Exec(ctx, sql, args...)
}

func TestAUseOfATokenIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, err := b.auth.CreateToken(t.Context(), auth.Identity{Actor: b.As(process.ProjectManager)}, "报表", 1, true)
	require.NoError(t, err)
	conn, err := pgx.Connect(t.Context(), b.app)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	w := &writes{Conn: conn}
	b.auth.Queries = accounts.New(w)
	for _, step := range []struct {
		after time.Duration
		noted int
	}{{0, 1}, {time.Second, 1}, {59 * time.Second, 1}, {time.Second + time.Millisecond, 2}, {30 * time.Second, 2}} {
		b.now = b.now.Add(step.after)
		_, err := b.auth.ByToken(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, step.noted, w.n, "at %s", b.now)
	}
	tokens, err := b.auth.Queries.Tokens(t.Context(), b.As(process.ProjectManager).ID)
	require.NoError(t, err)
	require.WithinDuration(t, b.now.Add(-30*time.Second), *tokens[0].UsedAt, time.Millisecond)
}
