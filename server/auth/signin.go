package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/parkway-zone/parkway/store/accounts"
)

// ErrWrong is the one answer to an unknown name, a wrong password and a disabled account.
var ErrWrong = errors.New("the name or the password is wrong")

// TooMany means that there were too many failed attempts; trying again helps only later.
type TooMany struct{ RetryAfter time.Duration }

// Error makes TooMany an error.
func (t *TooMany) Error() string {
	return fmt.Sprintf("too many failed attempts; wait %s", t.RetryAfter)
}

// The limits within a window. A browser that signed in before has a counter of its own, so that strangers who try an account's password, or
// many passwords from the same office's address, cannot lock its owner out (OWASP, "device cookies"). Such a browser counts towards neither
// the name's nor the address's limit, which are for strangers.
const (
	window      = 15 * time.Minute
	byDevice    = 5
	byStrangers = 10
	byAddress   = 40
	longestName = 60 // bytes of a typed name that are kept; an account's name has up to 40
	unknownName = "-"
)

// Attempt is one try to sign in.
type Attempt struct {
	Username string
	Password string
	Address  string // of the client
	Agent    string
	Device   string // the device cookie, "" when there is none
}

// Session is a fresh sign-in.
type Session struct {
	Token    string // for the session cookie
	Device   string // for the device cookie
	Identity Identity
	Expires  time.Time
}

// SignIn opens a session, or returns ErrWrong or *TooMany. Known and unknown names take the same time. An attempt is on record before its
// password is compared, so that many at once are not more than the limits allow.
func (a *Auth) SignIn(ctx context.Context, t Attempt) (Session, error) {
	t.Username = cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(t.Username)), "\x00", ""), longestName)
	attempt, err := a.reserve(ctx, t.Username, network(t.Address), a.deviceFor(t))
	if err != nil {
		return Session{}, err
	}
	user, err := a.check(ctx, t)
	if err == nil {
		var s Session
		if s, err = a.open(ctx, user, t); err == nil {
			return s, a.release(ctx, attempt)
		}
	}
	if errors.Is(err, ErrWrong) {
		a.Log.Info("sign-in failed", "address", t.Address)
		return Session{}, ErrWrong
	}
	return Session{}, errors.Join(err, a.release(ctx, attempt)) // nothing was learned about the password
}

// reserve puts an attempt on record before it is tried, or returns *TooMany.
func (a *Auth) reserve(ctx context.Context, username, address, device string) (int64, error) {
	now := a.Now()
	attempt, err := a.Queries.ReserveAttempt(ctx, accounts.ReserveAttemptParams{Username: username, Address: address, Device: device, At: now, Since: now.Add(-window),
		ByDevice: byDevice, ByStrangers: byStrangers, ByAddress: byAddress})
	if err != nil {
		return 0, fmt.Errorf("reserve an attempt: %w", err)
	}
	if attempt == 0 {
		return 0, a.tooMany(ctx, username, address, device, now)
	}
	return attempt, nil
}

// tooMany says after how long the limits let somebody try again: at once where they do already.
func (a *Auth) tooMany(ctx context.Context, username, address, device string, now time.Time) error {
	since, err := a.Queries.SignInHeldSince(ctx, accounts.SignInHeldSinceParams{Device: device, Username: username, Since: now.Add(-window), ByDevice: byDevice, ByStrangers: byStrangers,
		Address: address, ByAddress: byAddress})
	if err != nil {
		return fmt.Errorf("look how long the limits hold: %w", err)
	}
	return &TooMany{RetryAfter: max(since.Add(window).Sub(now), time.Second)}
}

// release takes an attempt off the record that was not a wrong one, also when its caller has gone.
func (a *Auth) release(ctx context.Context, attempt int64) error {
	if err := a.Queries.ReleaseAttempt(context.WithoutCancel(ctx), attempt); err != nil {
		return fmt.Errorf("release an attempt: %w", err)
	}
	return nil
}

// check returns the user whose name and password these are.
func (a *Auth) check(ctx context.Context, t Attempt) (accounts.User, error) {
	park, err := a.ParkID(ctx)
	if err != nil {
		return accounts.User{}, err
	}
	user, err := a.Queries.UserByName(ctx, park, t.Username)
	if errors.Is(err, pgx.ErrNoRows) {
		user.PasswordHash, user.Username = a.nobody, unknownName
	} else if err != nil {
		return user, fmt.Errorf("find the account: %w", err)
	}
	same, err := a.matches(ctx, t.Password, user.PasswordHash)
	if err != nil {
		return user, fmt.Errorf("compare the password: %w", err)
	}
	if !same || user.Username == unknownName || user.DisabledAt != nil {
		return user, ErrWrong
	}
	return user, nil
}

func (a *Auth) open(ctx context.Context, user accounts.User, t Attempt) (Session, error) {
	now := a.Now()
	token, hash := secret()
	s := Session{Token: token, Device: a.sign(user.Username), Identity: identityOf(user), Expires: now.Add(lifetime)}
	s.Identity.TokenHash = hash
	if err := a.Queries.DropOldSessions(ctx, now.Add(-Grace), now.Add(-idle-Grace)); err != nil {
		return s, fmt.Errorf("drop old sessions: %w", err)
	}
	if err := a.Queries.DropOldFailures(ctx, now.Add(-24*time.Hour)); err != nil {
		return s, fmt.Errorf("drop old failures: %w", err)
	}
	opened, err := a.Queries.AddSession(ctx, accounts.AddSessionParams{TokenHash: hash, UserID: user.ID, PasswordHash: user.PasswordHash, CreatedAt: now, ExpiresAt: s.Expires,
		Address: t.Address, Agent: cut(t.Agent, 200)})
	if err != nil {
		return s, fmt.Errorf("open a session: %w", err)
	}
	if opened == 0 { // disabled, or another password, while this one was compared
		return s, ErrWrong
	}
	return s, nil
}

// deviceFor returns the id of the browser when its cookie is genuine and was given for this account, else "".
func (a *Auth) deviceFor(t Attempt) string {
	name, nonce, _ := strings.Cut(t.Device, ".")
	nonce, mac, found := strings.Cut(nonce, ".")
	raw, err := base64.RawURLEncoding.DecodeString(name)
	if !found || err != nil || string(raw) != t.Username || !hmac.Equal([]byte(mac), []byte(a.mac(name+"."+nonce))) {
		return ""
	}
	return nonce
}

// sign makes a device cookie for an account.
func (a *Auth) sign(username string) string {
	nonce, _ := secret()
	text := base64.RawURLEncoding.EncodeToString([]byte(username)) + "." + nonce
	return text + "." + a.mac(text)
}

func (a *Auth) mac(text string) string {
	m := hmac.New(sha256.New, a.Secret)
	m.Write([]byte("device:" + text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// network is the address that counts: a single IPv4 address, or the /64 an IPv6 client can choose from.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

func cut(text string, limit int) string {
	if len(text) > limit {
		return strings.ToValidUTF8(text[:limit], "")
	}
	return strings.ToValidUTF8(text, "")
}
