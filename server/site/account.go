package site

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/store/accounts"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// fresh is what the account page shows once.
type fresh struct{ Token string }

func (s *Site) account(c echo.Context) error {
	ctx := c.Request().Context()
	identity, _ := auth.From(ctx)
	a := ui.Account{Must: identity.MustChange, Password: ui.Form{Action: "/account/password", Submit: i18n.T(ctx, "account.password"), Fields: passwordFields(ctx)},
		Token: ui.Form{Action: "/account/tokens", Submit: i18n.T(ctx, "tokens.create"), Fields: tokenFields(ctx)}}
	if a.Must {
		a.Password.Submit = i18n.T(ctx, "account.password_first")
	}
	var made fresh
	if _, err := what(c, &made); err != nil {
		return err
	}
	a.Fresh = made.Token
	for _, form := range []*ui.Form{&a.Password, &a.Token} {
		if err := s.retype(c, form); err != nil {
			return err
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "account.title"), "account")
	if err != nil {
		return err
	}
	tokens, err := s.Auth.Queries.Tokens(ctx, identity.Actor.ID)
	if err != nil {
		return err
	}
	for i := range tokens {
		tokens[i].ExpiresAt = s.shownAt(tokens[i].ExpiresAt)
	}
	list, sorting := ordered(c, store.SortTokens(), nil, lister[accounts.TokensRow](store.Whole(tokens)))
	a.Sorting = sorting
	if a.Tokens, _, err = list("", len(tokens)); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.AccountPage(ch, a))
}

func passwordFields(ctx context.Context) []ui.Field {
	return []ui.Field{field(ctx, "old", "password", true), field(ctx, "fresh", "password", true), field(ctx, "again", "password", true)}
}

func tokenFields(ctx context.Context) []ui.Field {
	days := field(ctx, "days", "number", true)
	days.Value = "90"
	return []ui.Field{field(ctx, "name", "text", true), days, field(ctx, "read_only", "checkbox", false)}
}

// changePassword changes one's password, typed twice. Whoever replaces their first one goes on to their work.
func (s *Site) changePassword(c echo.Context) error {
	ctx := c.Request().Context()
	identity, _ := auth.From(ctx)
	refused := missing(c, passwordFields(ctx))
	if wanted := c.FormValue("fresh"); wanted != "" {
		if weak := refusalOf(auth.Acceptable(identity.Username, c.FormValue("old"), wanted)); weak != nil {
			refused = joined(refused, weak, "fresh")
		}
		if again := c.FormValue("again"); again != "" && again != wanted {
			refused = joined(refused, process.RefuseField("again", "两次输入的密码不一样。", "The two passwords differ."), "again")
		}
	}
	if refused != nil {
		return s.refuse(c, refused)
	}
	if err := s.Auth.ChangePassword(ctx, identity, c.FormValue("old"), c.FormValue("fresh")); err != nil {
		return s.refuse(c, err)
	}
	if identity.MustChange {
		return s.done(c, "password_first", "/")
	}
	return s.done(c, "password", "/account")
}

func (s *Site) createToken(c echo.Context) error {
	return s.once(c, func() (string, any, error) {
		ctx := c.Request().Context()
		identity, _ := auth.From(ctx)
		refused := missing(c, tokenFields(ctx))
		days, err := typed.Count("days", c.FormValue("days"))
		if wrong := refusalOf(err); wrong != nil && c.FormValue("days") != "" {
			refused = joined(refused, wrong, "days")
		}
		if refused != nil {
			return "", nil, refused
		}
		token, err := s.Auth.CreateToken(ctx, identity, c.FormValue("name"), days, c.FormValue("read_only") == "true")
		return "/account", fresh{token}, err
	})
}

func (s *Site) revokeToken(c echo.Context) error {
	identity, _ := auth.From(c.Request().Context())
	if err := s.Auth.RevokeToken(c.Request().Context(), identity, c.Param("token")); err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, "/account")
}
