package auth_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/server/auth"
)

// storm makes many attempts with wrong passwords at once and returns how many of them were tried.
func (b *bundle) storm(t *testing.T, attempts int, attempt func(i int) auth.Attempt) int64 {
	t.Helper()
	var tried atomic.Int64
	var crowd sync.WaitGroup
	start := make(chan struct{})
	for i := range attempts {
		crowd.Go(func() {
			<-start
			_, err := b.auth.SignIn(t.Context(), attempt(i))
			var many *auth.TooMany
			if errors.Is(err, auth.ErrWrong) {
				tried.Add(1)
			} else if !errors.As(err, &many) {
				t.Errorf("neither tried nor refused: %v", err)
			}
		})
	}
	close(start)
	crowd.Wait()
	return tried.Load()
}

// TestManyAtOnceAreNotMoreThanOneAfterAnother: an attempt is counted before it is tried, so two hundred at once are as many as ten.
func TestManyAtOnceAreNotMoreThanOneAfterAnother(t *testing.T) {
	t.Parallel()
	t.Run("ForOneName", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.EqualValues(t, 10, b.storm(t, 200, func(i int) auth.Attempt {
			return auth.Attempt{Username: "project_manager", Password: "guess", Address: fmt.Sprintf("198.51.100.%d", i)}
		}))
	})
	t.Run("ForAnUnknownName", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.EqualValues(t, 10, b.storm(t, 200, func(i int) auth.Attempt {
			return auth.Attempt{Username: "nobody", Password: "guess", Address: fmt.Sprintf("198.51.100.%d", i)}
		}))
	})
	t.Run("FromOneAddress", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.EqualValues(t, 40, b.storm(t, 200, func(i int) auth.Attempt {
			return auth.Attempt{Username: fmt.Sprintf("name%d", i), Password: "guess", Address: "198.51.100.1"}
		}))
	})
	t.Run("FromOneDevice", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		mine, err := b.try(t, "project_manager", password, "10.0.0.1", "")
		require.NoError(t, err)
		require.EqualValues(t, 5, b.storm(t, 200, func(i int) auth.Attempt {
			return auth.Attempt{Username: "project_manager", Password: "guess", Address: fmt.Sprintf("198.51.100.%d", i), Device: mine.Device}
		}))
	})
}

// TestAResetLetsThePersonIn: ten wrong passwords lock a new browser out; after the administrator's reset it gets in at once.
func TestAResetLetsThePersonIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 10 {
		_, err := b.try(t, "project_manager", "guess", "10.0.0.1", "")
		require.ErrorIs(t, err, auth.ErrWrong)
	}
	var many *auth.TooMany
	_, err := b.try(t, "project_manager", password, "10.0.0.1", "")
	require.ErrorAs(t, err, &many)
	fresh, err := b.auth.ResetPassword(t.Context(), b.As(process.Administrator), b.As(process.ProjectManager).ID)
	require.NoError(t, err)
	_, err = b.try(t, "project_manager", fresh, "10.0.0.1", "")
	require.NoError(t, err)
}

// TestAnOfficesKnownBrowsersGetIn: forty wrong passwords for others' names, typed behind the office's one address, keep new browsers there
// waiting, and no known one; and nobody gets more attempts by it.
func TestAnOfficesKnownBrowsersGetIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const office = "203.0.113.1"
	known, err := b.try(t, "project_manager", password, office, "")
	require.NoError(t, err)
	for i := range 40 {
		_, err := b.try(t, fmt.Sprintf("colleague%d", i), "typo", office, "")
		require.ErrorIs(t, err, auth.ErrWrong)
	}
	var many *auth.TooMany
	_, err = b.try(t, "project_manager", password, office, "")
	require.ErrorAs(t, err, &many, "a browser nobody knows waits")
	_, err = b.try(t, "leader", "guess", office, known.Device)
	require.ErrorAs(t, err, &many, "a device cookie is for its own account only")
	_, err = b.try(t, "project_manager", password, office, known.Device)
	require.NoError(t, err, "a known browser gets in")
	for range 5 {
		_, err = b.try(t, "project_manager", "guess", office, known.Device)
		require.ErrorIs(t, err, auth.ErrWrong)
	}
	_, err = b.try(t, "project_manager", password, office, known.Device)
	require.ErrorAs(t, err, &many, "and is bounded itself")
}

// TestAKnownBrowsersTyposLockNobodyOut: they are its own; the office's other people are not counted with them.
func TestAKnownBrowsersTyposLockNobodyOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const office = "203.0.113.1"
	for range 10 { // ten windows' worth of typing errors
		known, err := b.try(t, "project_manager", password, office, "")
		require.NoError(t, err)
		for range 5 {
			_, err = b.try(t, "project_manager", "typo", office, known.Device)
			require.ErrorIs(t, err, auth.ErrWrong)
		}
	}
	_, err := b.try(t, "project_manager", password, office, "")
	require.NoError(t, err)
}

// TestWrongOldPasswordsAreCounted: somebody at a browser that was left open cannot try passwords without end.
func TestWrongOldPasswordsAreCounted(t *testing.T) {
	t.Parallel()
	b := setup(t)
	here, err := b.try(t, "project_manager", password, "10.0.0.1", "")
	require.NoError(t, err)
	for range 5 {
		var refusal *process.Refusal
		require.ErrorAs(t, b.auth.ChangePassword(t.Context(), here.Identity, "guess", "another-password"), &refusal)
	}
	var many *auth.TooMany
	require.ErrorAs(t, b.auth.ChangePassword(t.Context(), here.Identity, password, "another-password"), &many)
	b.now = b.now.Add(16 * time.Minute)
	require.NoError(t, b.auth.ChangePassword(t.Context(), here.Identity, password, "another-password"))
}

// TestOddNamesAreWrongNames: what no account can be called is answered as any wrong name is.
func TestOddNamesAreWrongNames(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, name := range []string{"", "a\x00b", "\xff\xfe", string(make([]byte, 100_000)), "auditor"} { // the auditor's account has no password yet
		_, err := b.try(t, name, "guess", "10.0.0.1", "")
		require.ErrorIs(t, err, auth.ErrWrong, "%.20q", name)
	}
}
