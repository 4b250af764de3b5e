package auth_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/definitions"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/internal/pgtest"
	"github.com/parkway-zone/parkway/internal/zonetest"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
)

var server *pgtest.Server //nolint:gochecknoglobals // started once for the package by TestMain

func TestMain(m *testing.M) { pgtest.Main(m, &server, store.Migrate) }

const password = "a-long-password"

// bundle is a zone with a clock that tests turn.
type bundle struct {
	*zonetest.Zone
	auth *auth.Auth
	app  string
	now  time.Time
}

func setup(t *testing.T) *bundle {
	t.Helper()
	_, app := server.Database(t)
	cal, err := definitions.Calendar()
	require.NoError(t, err)
	s, err := store.Open(t.Context(), app, cal, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(s.Close)
	b := &bundle{Zone: zonetest.New(t, s), app: app, now: zonetest.Morning()}
	b.auth, err = auth.New(auth.Auth{Queries: s.Accounts(), ParkID: func(context.Context) (string, error) { return b.Park.ID, nil },
		Secret: []byte("0123456789abcdef0123456789abcdef"), Now: func() time.Time { return b.now }, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	hash, err := auth.Hash(password)
	require.NoError(t, err)
	require.NoError(t, s.Accounts().SetPassword(t.Context(), hash, false, b.As(process.ProjectManager).ID))
	return b
}

func (b *bundle) try(t *testing.T, username, password, address, device string) (auth.Session, error) {
	t.Helper()
	return b.auth.SignIn(t.Context(), auth.Attempt{Username: username, Password: password, Address: address, Device: device})
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	session, err := b.try(t, " Project_Manager ", password, "10.0.0.1", "")
	require.NoError(t, err)
	identity, err := b.auth.BySession(t.Context(), session.Token)
	require.NoError(t, err)
	require.Equal(t, b.As(process.ProjectManager), identity.Actor)
	_, err = b.auth.BySession(t.Context(), session.Token+"x")
	require.ErrorIs(t, err, auth.ErrNobody)

	t.Run("EndsAfterTwelveIdleHours", func(t *testing.T) {
		b.now = b.now.Add(13 * time.Hour)
		_, err := b.auth.BySession(t.Context(), session.Token)
		require.ErrorIs(t, err, auth.ErrNobody)
	})
	t.Run("EndsWhenTheAccountIsDisabled", func(t *testing.T) {
		session, err := b.try(t, "project_manager", password, "10.0.0.1", "")
		require.NoError(t, err)
		require.NoError(t, b.auth.Disable(t.Context(), b.As(process.Administrator), identity.Actor.ID, true))
		_, err = b.auth.BySession(t.Context(), session.Token)
		require.ErrorIs(t, err, auth.ErrNobody)
		_, err = b.try(t, "project_manager", password, "10.0.0.1", "")
		require.ErrorIs(t, err, auth.ErrWrong)
	})
}

func TestWrongAndUnknownLookTheSame(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, wrong := b.try(t, "project_manager", "wrong", "10.0.0.1", "")
	_, unknown := b.try(t, "nobody", "wrong", "10.0.0.1", "")
	require.Equal(t, wrong, unknown)
	require.ErrorIs(t, wrong, auth.ErrWrong)
}

func TestStrangersCannotLockAKnownBrowserOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mine, err := b.try(t, "project_manager", password, "10.0.0.1", "")
	require.NoError(t, err)
	for range 10 {
		_, err = b.try(t, "project_manager", "guess", "203.0.113.9", "")
		require.ErrorIs(t, err, auth.ErrWrong)
	}
	var many *auth.TooMany
	_, err = b.try(t, "project_manager", password, "203.0.113.9", "")
	require.ErrorAs(t, err, &many, "strangers have to wait, even with the right password")
	require.Positive(t, many.RetryAfter)
	_, err = b.try(t, "project_manager", password, "203.0.113.9", mine.Device+"x")
	require.ErrorAs(t, err, &many, "a forged device cookie makes nobody known")
	_, err = b.try(t, "project_manager", password, "10.0.0.1", mine.Device)
	require.NoError(t, err, "the owner's browser still gets in")

	for range 5 {
		_, err = b.try(t, "project_manager", "typo", "10.0.0.1", mine.Device)
		require.ErrorIs(t, err, auth.ErrWrong)
	}
	_, err = b.try(t, "project_manager", password, "10.0.0.1", mine.Device)
	require.ErrorAs(t, err, &many, "a known browser has a counter of its own")
	b.now = b.now.Add(16 * time.Minute)
	_, err = b.try(t, "project_manager", password, "10.0.0.1", mine.Device)
	require.NoError(t, err, "the window passes")
}

func TestPassword(t *testing.T) {
	t.Parallel()
	b := setup(t)
	here, err := b.try(t, "project_manager", password, "10.0.0.1", "")
	require.NoError(t, err)
	there, err := b.try(t, "project_manager", password, "10.0.0.2", "")
	require.NoError(t, err)
	for _, bad := range []string{"short", "xxxxxxxxxxxx", "my-project_manager-1", password} {
		require.Error(t, b.auth.ChangePassword(t.Context(), here.Identity, password, bad), bad)
	}
	require.Error(t, b.auth.ChangePassword(t.Context(), here.Identity, "not it", "another-password"))
	require.NoError(t, b.auth.ChangePassword(t.Context(), here.Identity, password, "another-password"))
	_, err = b.auth.BySession(t.Context(), here.Token)
	require.NoError(t, err)
	_, err = b.auth.BySession(t.Context(), there.Token)
	require.ErrorIs(t, err, auth.ErrNobody, "other browsers are signed out")
}

func TestTokens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := auth.Identity{Actor: b.As(process.ProjectManager)}
	token, err := b.auth.CreateToken(t.Context(), me, "脚本", 30, true)
	require.NoError(t, err)
	identity, err := b.auth.ByToken(t.Context(), token)
	require.NoError(t, err)
	require.True(t, identity.ReadOnly)
	_, err = b.auth.CreateToken(t.Context(), me, "too long", 1000, false)
	require.Error(t, err)
	rows, err := b.auth.Queries.Tokens(t.Context(), me.Actor.ID)
	require.NoError(t, err)
	require.Error(t, b.auth.RevokeToken(t.Context(), auth.Identity{Actor: b.As(process.Leader)}, rows[0].ID), "somebody else's")
	require.NoError(t, b.auth.RevokeToken(t.Context(), me, rows[0].ID))
	_, err = b.auth.ByToken(t.Context(), token)
	require.ErrorIs(t, err, auth.ErrNobody)
	second, err := b.auth.CreateToken(t.Context(), me, "zwei", 1, false)
	require.NoError(t, err)
	b.now = b.now.AddDate(0, 0, 2)
	_, err = b.auth.ByToken(t.Context(), second)
	require.ErrorIs(t, err, auth.ErrNobody, "it has expired")
}

func TestAccountsOfOthers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	admin := b.As(process.Administrator)
	first, err := b.auth.CreateAdministrator(t.Context(), admin, "new.person", "新同事", "")
	require.NoError(t, err)
	session, err := b.try(t, "new.person", first, "10.0.0.1", "")
	require.NoError(t, err)
	require.True(t, session.Identity.MustChange, "a first password is changed at once")
	_, err = b.auth.CreateAdministrator(t.Context(), admin, "new.person", "x", "")
	require.Error(t, err, "the name is taken")
	require.Error(t, b.auth.Disable(t.Context(), admin, admin.ID, true), "not oneself")
	again, err := b.auth.ResetPassword(t.Context(), admin, session.Identity.Actor.ID)
	require.NoError(t, err)
	require.NotEqual(t, first, again)
	_, err = b.auth.BySession(t.Context(), session.Token)
	require.ErrorIs(t, err, auth.ErrNobody)
}
