package server

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/app"
)

// unreachable marks errors that mean "the database is away", so that a reader is told to wait instead of being told that something broke.
func unreachable(err error) error {
	var connect *pgconn.ConnectError
	var network *net.OpError
	var pg *pgconn.PgError
	switch {
	case errors.As(err, &pg) && pg.Code == "53100":
		return errors.Join(app.ErrFull, err)
	case errors.Is(err, app.ErrUnavailable):
		return err
	case errors.Is(err, context.Canceled), // the server stops; a caller who has gone hears nothing anyway
		errors.As(err, &connect), errors.As(err, &network), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "08") || exhausted(pg.Code)),
		pgconn.SafeToRetry(err), strings.Contains(err.Error(), "unexpected EOF"), strings.Contains(err.Error(), "conn closed"):
		return errors.Join(app.ErrUnavailable, err)
	}
	return err
}

// exhausted reports whether a code of PostgreSQL says that it lives and lacks something: room on the disk, memory or connections; or that the disk fails it.
func exhausted(code string) bool { return strings.HasPrefix(code, "53") || code == "58030" }
