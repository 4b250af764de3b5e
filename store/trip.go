package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/parkway-zone/parkway/store/sqlc"
)

// talk is one transaction of the door on a connection of its own. What does not depend on each other's answers goes to the database together,
// in one round trip: most of a command's time was spent waiting between small statements.
type talk struct {
	conn *pgxpool.Conn
	q    *sqlc.Queries // for the rare question that stands alone; a round trip of its own
}

// step is a part of the talk: any number of statements without an answer, and at the end perhaps one with an answer. It is run twice, first to
// hear what it asks and then with the answers, so it only calls queries and keeps what they return.
type step func(*sqlc.Queries) error

// talk takes a connection. The caller ends it.
func (s *Store) talk(ctx context.Context) (*talk, error) {
	conn, err := s.door.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return &talk{conn: conn, q: sqlc.New(conn)}, nil
}

// end takes back whatever was not committed and lets go of the connection.
func (t *talk) end(ctx context.Context) {
	if t.conn.Conn().PgConn().TxStatus() != 'I' {
		if _, err := t.conn.Exec(context.WithoutCancel(ctx), "rollback"); err != nil {
			_ = t.conn.Conn().Close(context.WithoutCancel(ctx)) // the server takes back what a closed connection began
		}
	}
	t.conn.Release()
}

// begin begins the transaction with the steps. Each statement sees what was committed before it began, not before the transaction did: so what
// stands behind a lock sees what the lock was waited for.
func (t *talk) begin(ctx context.Context, steps ...step) error {
	return t.together(ctx, "begin", "", steps)
}

// commit carries out the steps and commits. When it returns an error, nothing was kept, or the connection was lost before that was known.
func (t *talk) commit(ctx context.Context, steps ...step) error {
	return t.together(ctx, "", "commit", steps)
}

func (t *talk) together(ctx context.Context, first, last string, steps []step) error {
	asked := &asking{}
	if first != "" {
		asked.batch.Queue(first)
	}
	for _, s := range steps {
		if err := s(sqlc.New(asked)); err != nil && !errors.Is(err, errAsked) {
			return err
		}
	}
	if last != "" {
		asked.batch.Queue(last)
	}
	results := t.conn.SendBatch(ctx, &asked.batch)
	defer results.Close() //nolint:errcheck // closed below where it counts; after an error that one is told
	if first != "" {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	for _, s := range steps {
		if err := s(sqlc.New(answering{results})); err != nil {
			return err
		}
	}
	if last != "" {
		if tag, err := results.Exec(); err != nil || tag.String() == "ROLLBACK" {
			return errors.Join(err, fmt.Errorf("%s: %s", last, tag))
		}
	}
	return results.Close()
}

// errAsked says that a question was heard and has no answer yet.
var errAsked = errors.New("asked, not answered yet") //nolint:gochecknoglobals // a sentinel

// asking hears what the steps ask.
type asking struct{ batch pgx.Batch }

func (a *asking) Exec(_ context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	a.batch.Queue(sql, args...)
	return pgconn.CommandTag{}, nil
}

func (a *asking) Query(_ context.Context, sql string, args ...any) (pgx.Rows, error) {
	a.batch.Queue(sql, args...)
	return nil, errAsked
}

func (a *asking) QueryRow(_ context.Context, sql string, args ...any) pgx.Row {
	a.batch.Queue(sql, args...)
	return unanswered{}
}

type unanswered struct{}

func (unanswered) Scan(...any) error { return errAsked }

// answering gives the steps their answers, in the order of the questions.
type answering struct{ results pgx.BatchResults }

func (a answering) Exec(context.Context, string, ...any) (pgconn.CommandTag, error) {
	return a.results.Exec()
}

func (a answering) Query(context.Context, string, ...any) (pgx.Rows, error) { return a.results.Query() }

func (a answering) QueryRow(context.Context, string, ...any) pgx.Row { return a.results.QueryRow() }
