package server

import (
	"context"
	"errors"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/server/blobs"
)

// unreachable marks errors that mean "the database is away", so that a reader is told to wait instead of being told that something broke.
func unreachable(err error) error {
	var connect *pgconn.ConnectError
	var network *net.OpError
	var pg *pgconn.PgError
	switch {
	case full(err):
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

// full reports whether an error says that a disk is: PostgreSQL's, or that of the files.
func full(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "53100" || errors.Is(err, syscall.ENOSPC)
}

// told adds to an error what it comes from where a disk is full, by what it says itself or by what the disk does: a PostgreSQL that died for want of
// room says nothing any more.
func told(err error, room func() error) error {
	switch {
	case err == nil || errors.Is(err, app.ErrFull):
		return err
	case full(err):
		return errors.Join(app.ErrFull, err)
	case room != nil:
		if why := room(); why != nil {
			return errors.Join(app.ErrFull, why, err)
		}
	}
	return err
}

// away is unreachable, with the reason where it is a full disk. A command that was not carried out in time has lost what the database said: it is asked.
func (s *Server) away(ctx context.Context, err error) error {
	if err = unreachable(err); !errors.Is(err, app.ErrUnavailable) && !errors.Is(err, blobs.ErrUnavailable) {
		return err
	}
	err = told(err, s.room)
	var connect *pgconn.ConnectError
	if errors.Is(err, app.ErrFull) || errors.As(err, &connect) || ctx.Err() != nil {
		return err
	}
	if not := s.Ready(ctx); errors.Is(not, app.ErrFull) {
		return errors.Join(app.ErrFull, err)
	}
	return err
}

// exhausted reports whether a code of PostgreSQL says that it lives and lacks something: room on the disk, memory or connections; or that the disk fails it.
func exhausted(code string) bool { return strings.HasPrefix(code, "53") || code == "58030" }
