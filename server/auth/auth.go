// Package auth knows who is asking: browsers by a session in PostgreSQL, programs by a personal API token. The actor of every command comes
// from here and never from the request.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/accounts"
)

// How long a browser stays signed in.
const (
	idle     = 12 * time.Hour
	lifetime = 7 * 24 * time.Hour
)

// Auth signs people in and out. It is safe for concurrent use.
type Auth struct {
	Queries *accounts.Queries
	ParkID  func(context.Context) (string, error)
	Secret  []byte           // signs device cookies
	Secure  bool             // cookies only over HTTPS
	Now     func() time.Time // of the machine: sessions, tokens and locks end by it
	Dated   func() time.Time // of the zone, which in a demo is another: deeds on accounts are dated by it, as every deed is; nil is Now
	Log     *slog.Logger
	hashing chan struct{} // bounds the memory that hashing takes
	nobody  string        // a hash that no password has, for unknown names
}

// New returns an Auth. At most four passwords are hashed at once; each takes 64 MiB for a moment.
func New(a Auth) (*Auth, error) {
	text, _ := secret()
	nobody, err := Hash(text)
	if err != nil {
		return nil, fmt.Errorf("prepare sign-in: %w", err)
	}
	if a.Dated == nil {
		a.Dated = a.Now
	}
	a.hashing, a.nobody = make(chan struct{}, 4), nobody
	return &a, nil
}

// Identity is who is asking.
type Identity struct {
	Actor      process.Actor
	Username   string
	Language   string
	MustChange bool   // a new password has to be chosen first
	ReadOnly   bool   // a token that may not command
	TokenHash  []byte // of the session; nil for API tokens
}

type identityKey struct{}

// With returns a context that carries the identity.
func With(ctx context.Context, i Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, i)
}

// From returns who is asking.
func From(ctx context.Context) (Identity, bool) {
	i, ok := ctx.Value(identityKey{}).(Identity)
	return i, ok
}

func identityOf(u accounts.User) Identity {
	actor := process.Actor{Type: process.Person, ID: u.ID, Name: u.Name}
	for _, role := range u.Roles {
		actor.Roles = append(actor.Roles, process.Role(role))
	}
	if u.UnitID != nil {
		actor.UnitID = *u.UnitID
	}
	if u.EnterpriseID != nil {
		actor.EnterpriseID = *u.EnterpriseID
	}
	return Identity{Actor: actor, Username: u.Username, Language: u.Language, MustChange: u.MustChange}
}

// parameters of argon2id: 64 MiB, one pass (OWASP's second choice, about 50 ms on two cores).
func parameters() *argon2id.Params {
	return &argon2id.Params{Memory: 64 * 1024, Iterations: 1, Parallelism: 2, SaltLength: 16, KeyLength: 32}
}

// Hash returns the argon2id hash of a password.
func Hash(password string) (string, error) { return argon2id.CreateHash(password, parameters()) }

// matches compares a password with a hash, waiting for its turn.
func (a *Auth) matches(ctx context.Context, password, hash string) (bool, error) {
	select {
	case a.hashing <- struct{}{}:
		defer func() { <-a.hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if !strings.HasPrefix(hash, "$argon2id$") { // an account that has no password: no sign-in, and it takes as long as any other
		hash = a.nobody
	}
	if made, _, _, err := argon2id.DecodeHash(hash); err == nil && made.Memory < parameters().Memory { // a first password takes as long as any other
		if _, err := argon2id.ComparePasswordAndHash(password, a.nobody); err != nil {
			return false, err
		}
	}
	return argon2id.ComparePasswordAndHash(password, hash)
}

// secret returns 256 random bits as text, and the SHA-256 under which they are kept.
func secret() (text string, hash []byte) {
	raw := make([]byte, 32)
	rand.Read(raw)
	text = base64.RawURLEncoding.EncodeToString(raw)
	return text, hashOf(text)
}

func hashOf(text string) []byte {
	digest := sha256.Sum256([]byte(text))
	return digest[:]
}
