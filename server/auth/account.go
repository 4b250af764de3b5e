package auth

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/store/accounts"
)

// note records what was done to an account.
func (a *Auth) note(ctx context.Context, by process.Actor, subject, deed, words string) error {
	var id *string
	if by.ID != "" {
		id = &by.ID
	}
	err := a.Queries.AddAccountEvent(ctx, accounts.AddAccountEventParams{At: a.Now(), ActorID: id, ActorName: by.Name, SubjectID: subject, Deed: deed, Note: words})
	if err != nil {
		return fmt.Errorf("record that the account was %s: %w", deed, err)
	}
	return nil
}

// ChangePassword sets one's own password after checking the old one, and ends one's other sessions.
func (a *Auth) ChangePassword(ctx context.Context, i Identity, old, fresh string) error {
	user, err := a.Queries.UserByID(ctx, i.Actor.ID)
	if err != nil {
		return fmt.Errorf("read the account: %w", err)
	}
	same, err := a.matches(ctx, old, user.PasswordHash)
	if err != nil {
		return fmt.Errorf("compare the password: %w", err)
	}
	if !same {
		return process.RefuseField("old", "原密码不对。", "The old password is wrong.")
	}
	if err := acceptable(user.Username, old, fresh); err != nil {
		return err
	}
	hash, err := Hash(fresh)
	if err != nil {
		return fmt.Errorf("hash the password: %w", err)
	}
	if err := a.Queries.SetPassword(ctx, hash, false, user.ID); err != nil {
		return fmt.Errorf("set the password: %w", err)
	}
	if err := a.Queries.EndSessions(ctx, user.ID, i.TokenHash); err != nil {
		return fmt.Errorf("end the other sessions: %w", err)
	}
	return a.note(ctx, i.Actor, user.ID, "password_changed", "")
}

// acceptable refuses passwords that are short, the user's own name, the old one, or one sign repeated.
func acceptable(username, old, fresh string) error {
	switch {
	case utf8.RuneCountInString(fresh) < 10:
		return process.RefuseField("fresh", "密码至少 10 个字符。", "A password needs at least 10 characters.")
	case len(fresh) > 200:
		return process.RefuseField("fresh", "密码最多 200 个字符。", "A password has at most 200 characters.")
	case strings.Contains(strings.ToLower(fresh), username):
		return process.RefuseField("fresh", "密码不能包含账号名。", "A password must not contain the account's name.")
	case fresh == old:
		return process.RefuseField("fresh", "新密码不能和原密码相同。", "The new password is the old one.")
	case strings.Count(fresh, fresh[:1]) == len(fresh):
		return process.RefuseField("fresh", "密码不能只用一个字符。", "A password cannot be one sign repeated.")
	}
	return nil
}

// Person is an account to be created.
type Person struct {
	Username     string
	Name         string
	Role         process.Role
	UnitID       string
	EnterpriseID string
}

// CreateUser makes an account and returns its first password, which is shown once and must be changed at the first sign-in.
func (a *Auth) CreateUser(ctx context.Context, by process.Actor, p Person) (password string, err error) {
	p.Username = strings.ToLower(strings.TrimSpace(p.Username))
	if p.Username == "" || len(p.Username) > 40 || strings.Trim(p.Username, "abcdefghijklmnopqrstuvwxyz0123456789._-") != "" {
		return "", process.RefuseField("username", "账号只能用小写字母、数字、点、横线，最多 40 个字符。", "An account's name has up to 40 small letters, digits, dots and dashes.")
	}
	if p.Name, err = process.Required("name", p.Name, 60); err != nil {
		return "", err
	}
	if p.Role == process.Enterprise && p.EnterpriseID == "" {
		return "", process.RefuseField("enterprise_id", "企业账号要选择企业。", "Choose the enterprise the account is for.")
	}
	if p.Role == process.Department && p.UnitID == "" {
		return "", process.RefuseField("unit_id", "部门账号要选择部门。", "Choose the department the account is for.")
	}
	park, err := a.ParkID(ctx)
	if err != nil {
		return "", err
	}
	if _, err := a.Queries.UserByName(ctx, park, p.Username); err == nil {
		return "", process.RefuseField("username", "这个账号已经有人用了。", "This name is taken.")
	}
	password = rand.Text()[:12]
	hash, err := Hash(password)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	row := accounts.AddUserParams{ID: uuid.NewString(), ParkID: park, Username: p.Username, Name: p.Name, Roles: []string{string(p.Role)}, PasswordHash: hash, MustChange: true}
	if p.UnitID != "" && p.Role != process.Enterprise {
		row.UnitID = &p.UnitID
	}
	if p.Role == process.Enterprise {
		row.EnterpriseID = &p.EnterpriseID
	}
	if err := a.Queries.AddUser(ctx, row); err != nil {
		return "", fmt.Errorf("create the account: %w", err)
	}
	return password, a.note(ctx, by, row.ID, "created", p.Username)
}

// Disable ends an account and its sessions at once; Enable lets it be used again.
func (a *Auth) Disable(ctx context.Context, by process.Actor, userID string, disabled bool) error {
	if userID == by.ID {
		return process.Refuse(process.NotAllowed, "不能停用自己的账号。", "Nobody can disable their own account.")
	}
	deed := "enabled"
	var at *time.Time
	if disabled {
		now := a.Now()
		deed, at = "disabled", &now
	}
	if err := a.Queries.SetDisabled(ctx, at, userID); err != nil {
		return fmt.Errorf("set the account %s: %w", deed, err)
	}
	if err := a.Queries.EndSessions(ctx, userID, nil); err != nil {
		return fmt.Errorf("end the account's sessions: %w", err)
	}
	return a.note(ctx, by, userID, deed, "")
}

// ResetPassword gives an account a new first password, shown once.
func (a *Auth) ResetPassword(ctx context.Context, by process.Actor, userID string) (string, error) {
	password := rand.Text()[:12]
	hash, err := Hash(password)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	if err := a.Queries.SetPassword(ctx, hash, true, userID); err != nil {
		return "", fmt.Errorf("set the password: %w", err)
	}
	if err := a.Queries.EndSessions(ctx, userID, nil); err != nil {
		return "", fmt.Errorf("end the account's sessions: %w", err)
	}
	return password, a.note(ctx, by, userID, "password_reset", "")
}

// CreateToken makes a personal API token and returns it; only its hash is kept. It lasts at most a year.
func (a *Auth) CreateToken(ctx context.Context, i Identity, name string, days int, readOnly bool) (string, error) {
	name, err := process.Required("name", name, 60)
	if err != nil {
		return "", err
	}
	if days < 1 || days > 366 {
		return "", process.RefuseField("days", "有效期为 1 到 366 天。", "A token lasts 1 to 366 days.")
	}
	text, _ := secret()
	token, now := TokenPrefix+text, a.Now()
	if err := a.Queries.AddToken(ctx, accounts.AddTokenParams{ID: uuid.NewString(), UserID: i.Actor.ID, Name: name, TokenHash: hashOf(token),
		ReadOnly: readOnly, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, days)}); err != nil {
		return "", fmt.Errorf("create the token: %w", err)
	}
	return token, a.note(ctx, i.Actor, i.Actor.ID, "token_created", name)
}

// RevokeToken ends one of one's own tokens.
func (a *Auth) RevokeToken(ctx context.Context, i Identity, id string) error {
	now := a.Now()
	n, err := a.Queries.RevokeToken(ctx, &now, id, i.Actor.ID)
	if err != nil {
		return fmt.Errorf("revoke the token: %w", err)
	}
	if n == 0 {
		return process.Refuse(process.NotFound, "没有这个令牌。", "There is no such token.")
	}
	return a.note(ctx, i.Actor, i.Actor.ID, "token_revoked", id)
}
