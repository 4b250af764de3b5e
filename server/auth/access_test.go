package auth_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
)

// TestTokensEndWithThePassword: whatever gives an account another password, or ends it, ends its tokens; nothing brings them back.
func TestTokensEndWithThePassword(t *testing.T) {
	t.Parallel()
	deeds := map[string]func(context.Context, *bundle, auth.Identity) error{
		"ReplacedByTheAdministrator": func(ctx context.Context, b *bundle, i auth.Identity) error {
			_, err := b.auth.ResetPassword(ctx, b.As(process.Administrator), i.Actor.ID)
			return err
		},
		"ChangedByTheOwner": func(ctx context.Context, b *bundle, i auth.Identity) error {
			return b.auth.ChangePassword(ctx, i, password, "another-password")
		},
		"DisabledAndEnabledAgain": func(ctx context.Context, b *bundle, i auth.Identity) error {
			if err := b.auth.Disable(ctx, b.As(process.Administrator), i.Actor.ID, true); err != nil {
				return err
			}
			return b.auth.Disable(ctx, b.As(process.Administrator), i.Actor.ID, false)
		},
	}
	for name, deed := range deeds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			session, err := b.try(t, "project_manager", password, "10.0.0.1", "")
			require.NoError(t, err)
			token, err := b.auth.CreateToken(t.Context(), session.Identity, "脚本", 30, false)
			require.NoError(t, err)
			_, err = b.auth.ByToken(t.Context(), token)
			require.NoError(t, err)
			require.NoError(t, deed(t.Context(), b, session.Identity))
			_, err = b.auth.ByToken(t.Context(), token)
			require.ErrorIs(t, err, auth.ErrNobody)
		})
	}
}

// TestAFirstPasswordMakesNoToken: the administrator has read it aloud; what is made with it would outlive it.
func TestAFirstPasswordMakesNoToken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	me := b.As(process.ProjectManager)
	fresh, err := b.auth.ResetPassword(t.Context(), b.As(process.Administrator), me.ID)
	require.NoError(t, err)
	session, err := b.try(t, "project_manager", fresh, "10.0.0.1", "")
	require.NoError(t, err)
	_, err = b.auth.CreateToken(t.Context(), session.Identity, "脚本", 30, false)
	var refusal *process.Refusal
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, process.NotAllowed, refusal.Code)
}

// TestNobodysAccountIsRefused: an id of no account changes nothing and is no fault of the program.
func TestNobodysAccountIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, id := range []string{"", "x", "00000000-0000-4000-8000-000000000000"} {
		var refusal *process.Refusal
		_, err := b.auth.ResetPassword(t.Context(), b.As(process.Administrator), id)
		require.ErrorAs(t, err, &refusal)
		require.ErrorAs(t, b.auth.Disable(t.Context(), b.As(process.Administrator), id, true), &refusal)
	}
}

// TestTwoAdministratorsDoNotEndEachOther: at the same moment, over and over; one of them stays in use.
func TestTwoAdministratorsDoNotEndEachOther(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.As(process.Administrator)
	_, err := b.auth.CreateAdministrator(t.Context(), first, "second-admin", "第二位", "a-long-password")
	require.NoError(t, err)
	user, err := b.Store.Accounts().UserByName(t.Context(), b.Park.ID, "second-admin")
	require.NoError(t, err)
	second := process.Actor{Type: process.Person, ID: user.ID, Name: user.Name, Roles: []process.Role{process.Administrator}}
	for range 20 {
		results := make(chan error, 2)
		for _, pair := range [][2]process.Actor{{first, second}, {second, first}} {
			go func() { results <- b.auth.Disable(t.Context(), pair[0], pair[1].ID, true) }()
		}
		refused := 0
		for range 2 {
			var refusal *process.Refusal
			if err := <-results; err != nil {
				require.ErrorAs(t, err, &refusal)
				require.Contains(t, refusal.Chinese, "至少要留一位在用的管理员")
				refused++
			}
		}
		require.Equal(t, 1, refused)
		n, err := b.Store.Accounts().CountAdministrators(t.Context(), b.Park.ID)
		require.NoError(t, err)
		require.EqualValues(t, 1, n)
		for _, pair := range [][2]process.Actor{{first, second}, {second, first}} {
			require.NoError(t, b.auth.Disable(t.Context(), pair[0], pair[1].ID, false))
		}
	}
}
