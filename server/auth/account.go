package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"github.com/alexedwards/argon2id"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/value"
	"github.com/parkway-zone/parkway/store/accounts"
)

// note records what was done to an account.
func (a *Auth) note(ctx context.Context, by process.Actor, subject, deed, words string) error {
	var id *string
	if by.ID != "" {
		id = &by.ID
	}
	err := a.Queries.AddAccountEvent(ctx, accounts.AddAccountEventParams{At: a.Dated(), ActorID: id, ActorName: by.Name, SubjectID: subject, Deed: deed, Note: words})
	if err != nil {
		return fmt.Errorf("record that the account was %s: %w", deed, err)
	}
	return nil
}

// ChangePassword sets one's own password after checking the old one. It ends one's other sessions and every token: whoever changes a password
// may fear that somebody knows the old one, and a token made with it would outlive it. Wrong old passwords are counted, as at sign-in.
func (a *Auth) ChangePassword(ctx context.Context, i Identity, old, fresh string) error {
	user, err := a.Queries.UserByID(ctx, i.Actor.ID)
	if err != nil {
		return fmt.Errorf("read the account: %w", err)
	}
	if err := a.proven(ctx, user, old); err != nil {
		return err
	}
	if err := Acceptable(user.Username, old, fresh); err != nil {
		return err
	}
	hash, err := Hash(fresh)
	if err != nil {
		return fmt.Errorf("hash the password: %w", err)
	}
	if err := a.Queries.SetPassword(ctx, hash, false, user.ID); err != nil {
		return fmt.Errorf("set the password: %w", err)
	}
	return a.endAccess(ctx, i.Actor, user.ID, i.TokenHash, "password_changed")
}

// fromInside is the device under which wrong old passwords are counted: their own counter, which strangers cannot fill.
const fromInside = "change"

// proven refuses a wrong old password.
func (a *Auth) proven(ctx context.Context, user accounts.User, old string) error {
	attempt, err := a.reserve(ctx, user.Username, "", fromInside)
	if err != nil {
		return err
	}
	same, err := a.matches(ctx, old, user.PasswordHash)
	if err == nil && !same {
		return process.RefuseField("old", "原密码不对。", "The old password is wrong.")
	}
	if err != nil {
		err = fmt.Errorf("compare the password: %w", err)
	}
	return errors.Join(err, a.release(ctx, attempt))
}

// endAccess ends the account's sessions, but for one, and its tokens, and records the deed that ended them. It comes after the deed, so that
// nothing that was let in meanwhile stays.
func (a *Auth) endAccess(ctx context.Context, by process.Actor, userID string, except []byte, deed string) error {
	now := a.Now()
	tokens, err := a.Queries.EndAccess(ctx, &now, userID, except)
	if err != nil {
		return fmt.Errorf("end the account's sessions and tokens: %w", err)
	}
	if tokens > 0 {
		if err := a.note(ctx, by, userID, "token_revoked", fmt.Sprintf("%s: %d", deed, tokens)); err != nil {
			return err
		}
	}
	return a.note(ctx, by, userID, deed, "")
}

// Acceptable refuses passwords that are short, the user's own name, the old one, or one sign repeated.
func Acceptable(username, old, fresh string) error {
	switch {
	case utf8.RuneCountInString(fresh) < 10:
		return process.RefuseField("fresh", "密码至少 10 个字符。", "A password needs at least 10 characters.")
	case len(fresh) > 200:
		return process.RefuseField("fresh", "密码最多 200 个字符。", "A password has at most 200 characters.")
	case username != "" && strings.Contains(strings.ToLower(fresh), username):
		return process.RefuseField("fresh", "密码不能包含账号名。", "A password must not contain the account's name.")
	case fresh == old:
		return process.RefuseField("fresh", "新密码不能和原密码相同。", "The new password is the old one.")
	case strings.Count(fresh, fresh[:1]) == len(fresh):
		return process.RefuseField("fresh", "密码不能只用一个字符。", "A password cannot be one sign repeated.")
	}
	return nil
}

// CreateAdministrator makes an administrator's account with a password of their own choice, or with "" one that is made up and must be changed.
func (a *Auth) CreateAdministrator(ctx context.Context, by process.Actor, username, name, password string) (string, error) {
	row := accounts.AddUserParams{Username: username, Name: name, Roles: []string{string(process.Administrator)}, MustChange: password == ""}
	if password == "" {
		password = FirstPassword()
	}
	return password, a.create(ctx, by, row, password)
}

// create adds an account, and refuses a name that is taken.
func (a *Auth) create(ctx context.Context, by process.Actor, row accounts.AddUserParams, password string) error {
	park, err := a.ParkID(ctx)
	if err != nil {
		return err
	}
	if _, err := a.Queries.UserByName(ctx, park, row.Username); err == nil {
		return process.RefuseField("username", "这个账号已经有人用了。", "This name is taken.")
	}
	if row.PasswordHash, err = Hash(password); err != nil {
		return fmt.Errorf("hash the password: %w", err)
	}
	row.ID, row.ParkID = uuid.NewString(), park
	if err := a.Queries.AddUser(ctx, row); err != nil {
		return whose(err)
	}
	return a.note(ctx, by, row.ID, "created", row.Username)
}

// Lend makes a first password up and returns it with its hash. Its 59 random bits are what nobody guesses, so the hash need not be slow as one of what
// people think up: a sheet of two thousand is hashed in a moment. It serves once, for another one has to be chosen then.
func Lend() (password, hash string, err error) {
	password = FirstPassword()
	hash, err = argon2id.CreateHash(password, &argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	return password, hash, err
}

// FirstPassword makes a password up that is read aloud and typed in: without signs that look alike (0 and O, 1, l and I). It has 59 bits.
func FirstPassword() string {
	const signs = "abcdefghjkmnpqrstuvwxyz23456789"
	text := make([]byte, 0, 12)
	for len(text) < cap(text) {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(signs))))
		if err != nil {
			panic(err) // crypto/rand does not fail
		}
		text = append(text, signs[n.Int64()])
	}
	return string(text)
}

// whose names an account whose name somebody else was given in the same moment.
func whose(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "users_park_id_username_key" {
		return process.RefuseField("username", "这个账号已经有人用了。", "This name is taken.")
	}
	return fmt.Errorf("create the account: %w", err)
}

// Disable ends an account with its sessions and tokens at once, or lets it be used again; its tokens do not come back. The last administrator in use
// stays, also when two end each other at once.
func (a *Auth) Disable(ctx context.Context, by process.Actor, userID string, disabled bool) error {
	if userID == by.ID {
		return process.Refuse(process.NotAllowed, "不能停用自己的账号。", "Nobody can disable their own account.")
	}
	deed := "enabled"
	var at *time.Time
	if disabled {
		now := a.Dated()
		deed, at = "disabled", &now
	}
	user, err := a.account(ctx, userID)
	if err != nil {
		return err
	}
	err = a.Queries.Together(ctx, func(q *accounts.Queries) error {
		if err := q.LockPeople(ctx); err != nil {
			return err
		}
		if err := q.SetDisabled(ctx, at, userID); err != nil || !disabled {
			return err
		}
		n, err := q.CountAdministrators(ctx, user.ParkID)
		if err == nil && n == 0 {
			return process.Refuse(process.NotAllowed, "至少要留一位在用的管理员。", "One administrator in use has to stay.")
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("set the account %s: %w", deed, err)
	}
	return a.endAccess(ctx, by, userID, nil, deed)
}

// ResetPassword gives an account a new first password, shown once. It ends its sessions and tokens, and forgets its failed attempts to sign in:
// nobody stays locked out whom the administrator has helped.
func (a *Auth) ResetPassword(ctx context.Context, by process.Actor, userID string) (string, error) {
	user, err := a.account(ctx, userID)
	if err != nil {
		return "", err
	}
	password := FirstPassword()
	hash, err := Hash(password)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	if err := a.Queries.SetPassword(ctx, hash, true, user.ID); err != nil {
		return "", fmt.Errorf("set the password: %w", err)
	}
	if err := a.Queries.ForgetFailures(ctx, user.Username); err != nil {
		return "", fmt.Errorf("forget the failed attempts: %w", err)
	}
	return password, a.endAccess(ctx, by, user.ID, nil, "password_reset")
}

// account returns the account with the id, which may be anything that was sent.
func (a *Auth) account(ctx context.Context, id string) (accounts.User, error) {
	none := process.Refuse(process.NotFound, "没有这个账号。", "There is no such account.")
	if uuid.Validate(id) != nil {
		return accounts.User{}, none
	}
	user, err := a.Queries.UserByID(ctx, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return user, none
	}
	if err != nil {
		return user, fmt.Errorf("read the account: %w", err)
	}
	return user, nil
}

// CreateToken makes a personal API token and returns it; only its hash is kept. It lasts at most a year.
func (a *Auth) CreateToken(ctx context.Context, i Identity, name string, days int, readOnly bool) (string, error) {
	name, err := process.Required("name", name, 60)
	if err != nil {
		return "", err
	}
	if days < 1 || days > 366 {
		return "", process.RefuseField("days", "有效期为 1 到 366 个自然日。", "A token lasts 1 to 366 calendar days.")
	}
	text, _ := secret()
	token, now := TokenPrefix+text, a.Now()
	added, err := a.Queries.AddToken(ctx, accounts.AddTokenParams{ID: uuid.NewString(), UserID: i.Actor.ID, Name: name, TokenHash: hashOf(token),
		ReadOnly: readOnly, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, days)})
	if err != nil {
		return "", fmt.Errorf("create the token: %w", err)
	}
	if added == 0 {
		return "", process.Refuse(process.NotAllowed, "请先改成自己的密码，再新建令牌。", "Choose your own password first, then make a token.")
	}
	return token, a.note(ctx, i.Actor, i.Actor.ID, "token_created", name)
}

// RevokeToken ends one of one's own tokens.
func (a *Auth) RevokeToken(ctx context.Context, i Identity, id string) error {
	now := a.Now()
	if _, ok := value.ID(id); !ok {
		return process.Refuse(process.NotFound, "没有这个令牌。", "There is no such token.")
	}
	n, err := a.Queries.RevokeToken(ctx, &now, id, i.Actor.ID)
	if err != nil {
		return fmt.Errorf("revoke the token: %w", err)
	}
	if n == 0 {
		return process.Refuse(process.NotFound, "没有这个令牌。", "There is no such token.")
	}
	return a.note(ctx, i.Actor, i.Actor.ID, "token_revoked", id)
}
