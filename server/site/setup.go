package site

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/server/auth"
	"github.com/parkway-zone/parkway/server/founding"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// setupCookie holds the secret of the browser that opened the link.
const setupCookie = "parkway_setup"

// mayFound reports whether this browser is the one that sets the zone up.
func (s *Site) mayFound(c echo.Context) bool {
	cookie, err := c.Cookie(setupCookie)
	return err == nil && s.Link != nil && s.Link.Holds(cookie.Value)
}

// notSetUp answers every page before there is a zone: what is missing, and how to go on. It needs no database.
func (s *Site) notSetUp(c echo.Context) error {
	ctx := c.Request().Context()
	if s.mayFound(c) && c.Request().Method == http.MethodGet {
		return c.Redirect(http.StatusSeeOther, founding.Path)
	}
	ch := ui.Chrome{Title: i18n.T(ctx, "setup.missing"), Today: s.today(), Asset: s.Assets.URL}
	return render(c, http.StatusServiceUnavailable, ui.NoZonePage(ch, s.Link != nil))
}

// setup is the first page of a zone: it opens with the link, in one browser, until the zone is there.
func (s *Site) setup(c echo.Context) error {
	ctx := c.Request().Context()
	vacant, err := s.App.Store.Vacant(ctx)
	if err != nil {
		return err
	}
	if !vacant {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	if s.Link == nil {
		return store.ErrNoPark
	}
	if key := c.QueryParam("key"); key != "" {
		if OnlyHead(ctx) { // a chat's preview of the link, or curl -I: it is not used up
			return c.NoContent(http.StatusOK)
		}
		mine := ""
		if cookie, err := c.Cookie(setupCookie); err == nil {
			mine = cookie.Value
		}
		secret, ok := s.Link.Open(key, mine)
		if !ok {
			return s.spent(c)
		}
		c.SetCookie(&http.Cookie{Name: setupCookie, Value: secret, Path: "/", HttpOnly: true, Secure: s.Auth.Secure, SameSite: http.SameSiteLaxMode})
		return c.Redirect(http.StatusSeeOther, founding.Path)
	}
	if !s.mayFound(c) {
		return s.spent(c)
	}
	if d := s.founding.Load(); d != nil && c.QueryParam(draftParam) != "" {
		c.Request().Form = d.Typed
		c.Set(draftParam, d)
	}
	return s.showSetup(c)
}

// spent says that the link is wrong or was opened by another browser.
func (s *Site) spent(c echo.Context) error {
	ctx := c.Request().Context()
	ch := ui.Chrome{Title: i18n.T(ctx, "setup.spent"), Today: s.today(), Asset: s.Assets.URL}
	return render(c, http.StatusForbidden, ui.ErrorPage(ch, "lock", ch.Title, []string{i18n.T(ctx, "setup.spent_words")}, "", nil))
}

func (s *Site) showSetup(c echo.Context) error {
	ctx := c.Request().Context()
	f := ui.Form{Action: founding.Path, Submit: i18n.T(ctx, "setup.submit")}
	zone := field(ctx, "time_zone", "select", true, ui.Keyed(ctx, "time_zone.", founding.TimeZones()...)...)
	calendar := field(ctx, "calendar", "radio", true, ui.Keyed(ctx, "setup.calendar_", founding.Calendars()...)...)
	zone.Value, calendar.Value = founding.TimeZones()[0], founding.Shipped
	f.Fields = []ui.Field{field(ctx, "name", "text", true), field(ctx, "short_name", "text", true), field(ctx, "letters", "text", true), zone, calendar,
		field(ctx, "username", "text", true), field(ctx, "person", "text", true), field(ctx, "password", "password", true), field(ctx, "again", "password", true)}
	park, err := s.App.Store.Park(ctx) // of a try that was interrupted
	if err != nil && !errors.Is(err, store.ErrNoPark) {
		return err
	}
	given := map[string]string{"name": park.Name, "short_name": park.ShortName, "letters": park.Letters, "username": "admin"}
	for i := range f.Fields {
		one := &f.Fields[i]
		if value, ok := given[one.Name]; ok {
			one.Value = value
		}
		one.Label = i18n.First(ctx, "field.setup."+one.Name, "field."+one.Name)
		if hint := "hint.setup." + one.Name; i18n.Has(ctx, hint) {
			one.Hint = i18n.T(ctx, hint)
		}
	}
	if err := s.retype(c, &f); err != nil {
		return err
	}
	ch := ui.Chrome{Title: i18n.T(ctx, "setup.title"), Today: s.today(), Path: founding.Path, Asset: s.Assets.URL, Wrong: wrong(c)}
	return render(c, http.StatusOK, ui.SetupPage(ch, f))
}

// setUp sets the zone up, signs its administrator in, and leads on to the units.
func (s *Site) setUp(c echo.Context) error {
	ctx := c.Request().Context()
	vacant, err := s.App.Store.Vacant(ctx)
	switch {
	case err != nil:
		return err
	case !vacant:
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	case !s.mayFound(c):
		return s.spent(c)
	}
	w := founding.Wanted{Zone: register.Zone{Name: c.FormValue("name"), ShortName: c.FormValue("short_name"), Letters: c.FormValue("letters")},
		TimeZone: c.FormValue("time_zone"), Calendar: c.FormValue("calendar"), Username: c.FormValue("username"), Person: c.FormValue("person"), Password: c.FormValue("password")}
	_, err = w.Checked()
	switch {
	case w.Password == "":
		err = joined(refusalOf(err), process.RefuseField("password", "请填写密码。", "Choose a password."), "password")
	case w.Password != c.FormValue("again"):
		err = joined(refusalOf(err), process.RefuseField("again", "两次输入的密码不一样。", "The two passwords differ."), "again")
	}
	if err == nil {
		_, err = founding.Found(ctx, s.App.Store, s.Auth, w, s.App.Now())
	}
	if errors.Is(err, founding.ErrFounded) {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	if refusal := refusalOf(err); refusal != nil {
		d, err := s.draft(c, process.Actor{})
		if err != nil {
			return err
		}
		d.Refusal = refusal
		s.founding.Store(&d)
		return c.Redirect(http.StatusSeeOther, founding.Path+"?"+draftParam+"=1")
	}
	if err != nil {
		return err
	}
	s.Link.Finish()
	c.SetCookie(&http.Cookie{Name: setupCookie, Path: "/", MaxAge: -1})
	session, err := s.Auth.SignIn(ctx, auth.Attempt{Username: w.Username, Password: w.Password, Address: c.RealIP(), Agent: c.Request().UserAgent()})
	if err != nil {
		return c.Redirect(http.StatusSeeOther, "/sign-in?next=/start") // the zone is there: signing in says what is wrong
	}
	s.remember(c, session)
	return c.Redirect(http.StatusSeeOther, "/start")
}
