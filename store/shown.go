package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/store/sqlc"
)

// How long what came of a form is shown, and how long it is known that the form was carried out.
const (
	ShownFor = 30 * time.Minute
	DoneFor  = 7 * 24 * time.Hour
)

// Shown is what came of a form.
type Shown struct {
	Path   string // of the page that shows it
	Sealed []byte // nil once ShownFor is over
	Done   bool   // false while it is being carried out
	Since  time.Time
}

// ClaimShown reports whether the form with the id is this caller's to carry out: of several that come at once, and of all that come later, one is told so.
func (s *Store) ClaimShown(ctx context.Context, id, owner string, session []byte, now time.Time) (bool, error) {
	if err := s.queries.DropOldShown(ctx, now); err != nil {
		return false, fmt.Errorf("drop what was shown long ago: %w", err)
	}
	if err := s.queries.EmptyOldShown(ctx, now); err != nil {
		return false, fmt.Errorf("empty what is not shown any more: %w", err)
	}
	n, err := s.queries.ClaimShown(ctx, sqlc.ClaimShownParams{ID: id, Owner: owner, Session: session, CreatedAt: now, ShownUntil: now.Add(ShownFor), ExpiresAt: now.Add(DoneFor)})
	if err != nil {
		return false, fmt.Errorf("claim the form: %w", err)
	}
	return n == 1, nil
}

// KeepShown keeps what came of a claimed form, sealed, for the page at the path.
func (s *Store) KeepShown(ctx context.Context, id, path string, sealed []byte) error {
	if err := s.queries.KeepShown(ctx, path, sealed, id); err != nil {
		return fmt.Errorf("keep what came of the form: %w", err)
	}
	return nil
}

// DropShown gives a claimed form back that was not carried out: sent again, it is tried again.
func (s *Store) DropShown(ctx context.Context, id string) error {
	if err := s.queries.DropShown(ctx, id); err != nil {
		return fmt.Errorf("give the form back: %w", err)
	}
	return nil
}

// Shown returns what came of the form, for the session that sent it, or nil when there is none under the id, or none any more.
func (s *Store) Shown(ctx context.Context, id, owner string, session []byte, now time.Time) (*Shown, error) {
	row, err := s.queries.Shown(ctx, sqlc.ShownParams{ID: id, Owner: owner, Session: session, Now: now})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what came of the form: %w", err)
	}
	return &Shown{Path: row.Path, Sealed: row.Sealed, Done: row.Done, Since: row.CreatedAt}, nil
}
