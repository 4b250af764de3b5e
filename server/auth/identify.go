package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/domain/process"
)

// ErrNobody means that the session or token is missing, unknown, expired or revoked.
var ErrNobody = errors.New("not signed in")

// BySession returns whose session this is. A session that was not used for 12 hours is over.
func (a *Auth) BySession(ctx context.Context, token string) (Identity, error) {
	hash, now := hashOf(token), a.Now()
	row, err := a.Queries.SessionUser(ctx, hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return Identity{}, ErrNobody
	}
	if err != nil {
		return Identity{}, fmt.Errorf("read the session: %w", err)
	}
	if now.After(row.ExpiresAt) || now.Sub(row.SeenAt) > idle {
		return Identity{}, ErrNobody
	}
	if now.Sub(row.SeenAt) > time.Minute {
		if err := a.Queries.TouchSession(ctx, now, hash); err != nil {
			return Identity{}, fmt.Errorf("touch the session: %w", err)
		}
	}
	identity := identityOf(row.User)
	identity.TokenHash = hash
	return identity, nil
}

// Anew returns who it is that the session belongs to as they are now, or ErrNobody when it was ended meanwhile.
func (a *Auth) Anew(ctx context.Context, i Identity) (Identity, error) {
	row, err := a.Queries.SessionUser(ctx, i.TokenHash)
	if errors.Is(err, pgx.ErrNoRows) {
		return Identity{}, ErrNobody
	}
	if err != nil {
		return Identity{}, fmt.Errorf("read the session again: %w", err)
	}
	now := identityOf(row.User)
	now.TokenHash = i.TokenHash
	return now, nil
}

// Grace is how long after its end a session still says whose it was: a form that is sent then is kept for them, and nothing else.
const Grace = 24 * time.Hour

// Lapsed returns whose session this was, when it ended by itself a short while ago. Whoever signed out, or whose account has ended, is nobody.
func (a *Auth) Lapsed(ctx context.Context, token string) (process.Actor, error) {
	row, err := a.Queries.SessionUser(ctx, hashOf(token))
	if errors.Is(err, pgx.ErrNoRows) {
		return process.Actor{}, ErrNobody
	}
	if err != nil {
		return process.Actor{}, fmt.Errorf("read the ended session: %w", err)
	}
	return identityOf(row.User).Actor, nil
}

type lapsedKey struct{}

// WithLapsed returns a context that says who was signed in until a short while ago.
func WithLapsed(ctx context.Context, who process.Actor) context.Context {
	return context.WithValue(ctx, lapsedKey{}, who)
}

// LapsedFrom returns who was signed in until a short while ago. They may do nothing; a form of theirs is kept until they sign in again.
func LapsedFrom(ctx context.Context) (process.Actor, bool) {
	who, ok := ctx.Value(lapsedKey{}).(process.Actor)
	return who, ok
}

// TokenPrefix begins every personal API token, so that scanners recognise a leaked one.
const TokenPrefix = "pkw_"

// ByToken returns whose API token this is. That it was used is noted at most once a minute.
func (a *Auth) ByToken(ctx context.Context, token string) (Identity, error) {
	now := a.Now()
	row, err := a.Queries.TokenUser(ctx, hashOf(token), now)
	if errors.Is(err, pgx.ErrNoRows) {
		return Identity{}, ErrNobody
	}
	if err != nil {
		return Identity{}, fmt.Errorf("read the token: %w", err)
	}
	if stale := now.Add(-time.Minute); row.UsedAt == nil || row.UsedAt.Before(stale) {
		if err := a.Queries.TouchToken(ctx, &now, row.TokenID, &stale); err != nil {
			return Identity{}, fmt.Errorf("touch the token: %w", err)
		}
	}
	identity := identityOf(row.User)
	identity.ReadOnly = row.ReadOnly
	return identity, nil
}

// SignOut ends the session.
func (a *Auth) SignOut(ctx context.Context, i Identity) error {
	if err := a.Queries.EndSession(ctx, i.TokenHash); err != nil {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}
