package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
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
