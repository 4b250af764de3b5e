package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
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

func (s *Site) users(c echo.Context) error { return s.showUsers(c, http.StatusOK, "", "", nil) }

// showUsers draws the page; fresh is a first password to hand over, said what has come of a deed.
func (s *Site) showUsers(c echo.Context, status int, fresh, said string, refusal *process.Refusal) error {
	ctx := c.Request().Context()
	ch, err := s.chrome(c, i18n.T(ctx, "users.title"), "users")
	if err != nil {
		return err
	}
	park, err := s.App.Store.Park(ctx)
	if err != nil {
		return err
	}
	users, err := s.Auth.Queries.Users(ctx, park.ID)
	if err != nil {
		return err
	}
	units, err := s.App.Store.Units(ctx)
	if err != nil {
		return err
	}
	roles := []string{}
	for _, r := range process.Roles() {
		roles = append(roles, string(r))
	}
	name, unit, enterprise := field(ctx, "name", "text", true), field(ctx, "unit_id", "select", false, bodies(units)...), field(ctx, "enterprise_id", "enterprise", false)
	name.Label, unit.Label, enterprise.Label = i18n.T(ctx, "field.person_name"), i18n.T(ctx, "field.unit_of"), i18n.T(ctx, "field.enterprise_of")
	form := ui.Form{Action: "/users", Submit: i18n.T(ctx, "users.create"), Fields: []ui.Field{field(ctx, "username", "text", true), name,
		field(ctx, "role", "select", true, ui.Keyed(ctx, "role.", roles...)...), unit, enterprise}}
	heads := ui.Form{Action: "/units", Submit: i18n.T(ctx, "save"), Fields: []ui.Field{field(ctx, "unit_id", "select", true, bodies(units)...), person(ctx, "head_id", false, choice.Workers)}}
	for _, f := range []*ui.Form{&form, &heads} {
		if fresh == "" {
			if err := s.retype(c, f, refusal); err != nil {
				return err
			}
		} else if err := s.prepare(c, f.Fields, nil); err != nil {
			return err
		}
	}
	if refusal != nil {
		s.explain(ctx, &form, task{}, refusal)
	}
	return render(c, status, ui.UsersPage(ch, users, form, fresh, said, units, heads))
}

func (s *Site) createUser(c echo.Context) error {
	if looking(c, []ui.Field{field(c.Request().Context(), "enterprise_id", "enterprise", false)}) {
		return s.showUsers(c, http.StatusOK, "", "", nil)
	}
	p := auth.Account{Username: c.FormValue("username"), Name: c.FormValue("name"), Role: process.Role(c.FormValue("role")), UnitID: c.FormValue("unit_id"), EnterpriseID: c.FormValue("enterprise_id")}
	password, err := s.Auth.CreateUser(c.Request().Context(), actorOf(c), p)
	return s.afterUser(c, password, err)
}

func (s *Site) changeUser(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("user")
	switch c.FormValue("deed") {
	case "reset":
		password, err := s.Auth.ResetPassword(ctx, actorOf(c), id)
		return s.afterUser(c, password, err)
	case "disable":
		return s.disableUser(c, id)
	case "enable":
		return s.afterUser(c, "", s.Auth.Disable(ctx, actorOf(c), id, false))
	}
	return echo.ErrNotFound
}

// disableUser ends an account, and says what the person leaves behind: their head and the leaders are told too.
func (s *Site) disableUser(c echo.Context, id string) error {
	ctx := c.Request().Context()
	if err := s.Auth.Disable(ctx, actorOf(c), id, true); err != nil {
		return s.afterUser(c, "", err)
	}
	user, err := s.Auth.Queries.UserByID(ctx, id)
	if err != nil {
		return err
	}
	left, err := s.App.Store.TellOfDeparture(ctx, actorOf(c), id, user.Name, s.App.Now())
	if err != nil || left == 0 {
		return s.afterUser(c, "", err)
	}
	return s.showUsers(c, http.StatusOK, "", i18n.T(ctx, "users.left", "Name", user.Name, "N", left), nil)
}

func (s *Site) afterUser(c echo.Context, password string, err error) error {
	if refusal := refusalOf(err); refusal != nil {
		return s.showUsers(c, http.StatusUnprocessableEntity, "", "", refusal)
	}
	if err != nil {
		return err
	}
	if password != "" {
		return s.showUsers(c, http.StatusOK, password, "", nil)
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, "/users")
}
