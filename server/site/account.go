package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) account(c echo.Context) error { return s.showAccount(c, http.StatusOK, "", nil, nil) }

// showAccount draws the account page; passwordTrouble and tokenTrouble are why a form was refused.
func (s *Site) showAccount(c echo.Context, status int, fresh string, passwordTrouble, tokenTrouble *process.Refusal) error {
	ctx := c.Request().Context()
	identity, _ := auth.From(ctx)
	a := ui.Account{Fresh: fresh, Must: identity.MustChange}
	a.Password = ui.Form{Action: "/account/password", Submit: i18n.T(ctx, "account.password"), Fields: []ui.Field{field(ctx, "old", "password", true), field(ctx, "fresh", "password", true)}}
	days := field(ctx, "days", "number", true)
	days.Value = "90"
	a.Token = ui.Form{Action: "/account/tokens", Submit: i18n.T(ctx, "tokens.create"), Fields: []ui.Field{field(ctx, "name", "text", true), days, field(ctx, "read_only", "checkbox", false)}}
	for form, trouble := range map[*ui.Form]*process.Refusal{&a.Password: passwordTrouble, &a.Token: tokenTrouble} {
		if trouble != nil {
			s.explain(ctx, form, task{}, trouble)
		}
	}
	ch, err := s.chrome(c, i18n.T(ctx, "account.title"), "account")
	if err != nil {
		return err
	}
	if a.Tokens, err = s.Auth.Queries.Tokens(ctx, identity.Actor.ID); err != nil {
		return err
	}
	return render(c, status, ui.AccountPage(ch, a))
}

func (s *Site) changePassword(c echo.Context) error {
	identity, _ := auth.From(c.Request().Context())
	err := s.Auth.ChangePassword(c.Request().Context(), identity, c.FormValue("old"), c.FormValue("fresh"))
	if refusal := refusalOf(err); refusal != nil {
		return s.showAccount(c, http.StatusUnprocessableEntity, "", refusal, nil)
	}
	if err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, "/account")
}

func (s *Site) createToken(c echo.Context) error {
	identity, _ := auth.From(c.Request().Context())
	days, err := typed.Count("days", c.FormValue("days"))
	if err != nil {
		days = 0
	}
	token, err := s.Auth.CreateToken(c.Request().Context(), identity, c.FormValue("name"), days, c.FormValue("read_only") == "true")
	if refusal := refusalOf(err); refusal != nil {
		return s.showAccount(c, http.StatusUnprocessableEntity, "", nil, refusal)
	}
	if err != nil {
		return err
	}
	return s.showAccount(c, http.StatusOK, token, nil, nil)
}

func (s *Site) revokeToken(c echo.Context) error {
	identity, _ := auth.From(c.Request().Context())
	if err := s.Auth.RevokeToken(c.Request().Context(), identity, c.Param("token")); err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, "/account")
}
