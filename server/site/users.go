package site

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// The deeds on an account, each with a page that says what will happen before anything does.
const (
	resetDeed   = "reset"
	disableDeed = "disable"
	enableDeed  = "enable"
	leaveDeed   = "leave"
)

func (s *Site) askUser(c echo.Context) error {
	return s.showUser(c, http.StatusOK, ui.AccountDeed{}, nil)
}

// showUser says what a deed on an account will do, and to which open cases, and asks whether to go on.
func (s *Site) showUser(c echo.Context, status int, v ui.AccountDeed, refusal *process.Refusal) error {
	ctx := c.Request().Context()
	record, err := s.App.Store.Record(ctx, register.PeopleName, c.Param("user"))
	if err != nil {
		return err
	}
	v.Deed, v.Record = c.Param("deed"), record
	v.Form = ui.Form{Action: "/users/" + record.ID + "/" + v.Deed, Back: ui.RecordURL(register.PeopleName, record.ID)}
	name := registers.Value(record.Doc, "name")
	switch v.Deed {
	case leaveDeed:
		successor, reason := person(ctx, "successor_id", false, choice.Workers, record.ID), field(ctx, "reason", "textarea", true)
		successor.Hint = i18n.T(ctx, "hint.successor")
		v.Form.Fields = []ui.Field{successor, reason}
		fallthrough
	case disableDeed:
		if v.Left, err = s.App.Store.HeldBy(ctx, record.ID, s.App.Now()); err != nil {
			return err
		}
	case resetDeed, enableDeed:
	default:
		return echo.ErrNotFound
	}
	title := i18n.T(ctx, "users."+v.Deed+"_title", "Name", name)
	v.Form.Title, v.Form.Submit = title, i18n.T(ctx, "users."+v.Deed+"_go")
	if err := s.retype(c, &v.Form, refusal); err != nil {
		return err
	}
	if refusal != nil {
		s.explain(ctx, &v.Form, task{}, refusal)
	}
	ch, err := s.chrome(c, title, "users", ui.Link{Text: i18n.T(ctx, "register.people"), URL: "/users"}, ui.Link{Text: name, URL: v.Form.Back})
	if err != nil {
		return err
	}
	return render(c, status, ui.AccountDeedPage(ch, v))
}

// changeUser does what was asked and agreed to.
func (s *Site) changeUser(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("user")
	var err error
	switch c.Param("deed") {
	case resetDeed:
		password, err := s.Auth.ResetPassword(ctx, actorOf(c), id)
		return s.afterUser(c, ui.AccountDeed{Password: password, Done: true}, err)
	case enableDeed:
		err = s.Auth.Disable(ctx, actorOf(c), id, false)
		return s.afterUser(c, ui.AccountDeed{Done: true}, err)
	case disableDeed:
		left, err := s.end(c, id)
		return s.afterUser(c, ui.AccountDeed{Done: true, Told: left}, err)
	case leaveDeed:
		return s.leave(c, id)
	}
	return echo.ErrNotFound
}

// end ends an account and returns how many open cases the person leaves behind: their head and the leaders are told too.
func (s *Site) end(c echo.Context, id string) (int, error) {
	ctx := c.Request().Context()
	if err := s.Auth.Disable(ctx, actorOf(c), id, true); err != nil {
		return 0, err
	}
	user, err := s.Auth.Queries.UserByID(ctx, id)
	if err != nil {
		return 0, err
	}
	return s.App.Store.TellOfDeparture(ctx, actorOf(c), id, user.Name, s.App.Now())
}

// leave hands over everything somebody holds and ends their account. While anything could not be handed over, the account stays.
func (s *Site) leave(c echo.Context, id string) error {
	ctx := c.Request().Context()
	if looking(c, []ui.Field{person(ctx, "successor_id", false, choice.Workers, id)}) {
		return s.showUser(c, http.StatusOK, ui.AccountDeed{}, nil)
	}
	handed, err := s.App.Leave(ctx, actorOf(c), id, c.FormValue("successor_id"), c.FormValue("reason"))
	if err != nil {
		return s.afterUser(c, ui.AccountDeed{}, err)
	}
	v := ui.AccountDeed{Handed: handed}
	for _, h := range handed {
		if h.Refused != nil || h.Away {
			return s.showUser(c, http.StatusConflict, v, nil)
		}
	}
	_, err = s.end(c, id)
	v.Done = true
	return s.afterUser(c, v, err)
}

func (s *Site) afterUser(c echo.Context, v ui.AccountDeed, err error) error {
	if refusal := refusalOf(err); refusal != nil {
		return s.showUser(c, http.StatusUnprocessableEntity, ui.AccountDeed{}, refusal)
	}
	if err != nil {
		return err
	}
	return s.showUser(c, http.StatusOK, v, nil)
}

func (s *Site) askMerge(c echo.Context) error { return s.showMerge(c, http.StatusOK, nil) }

func (s *Site) showMerge(c echo.Context, status int, refusal *process.Refusal) error {
	ctx, id := c.Request().Context(), c.Param("id")
	record, err := s.App.Store.Record(ctx, register.EnterprisesName, id)
	if err != nil {
		return err
	}
	into, reason := field(ctx, "into_id", "enterprise", true), field(ctx, "reason", "textarea", true)
	into.Barred = []string{id}
	name := registers.Value(record.Doc, "short_name")
	form := ui.Form{Title: i18n.T(ctx, "enterprises.merge_title", "Name", name), Lead: i18n.T(ctx, "enterprises.merge_lead", "Name", name), Action: "/enterprises/" + id + "/merge",
		Back: ui.RecordURL(register.EnterprisesName, id), Submit: i18n.T(ctx, "enterprises.merge"), Beside: ui.HelpOf(i18n.T(ctx, "help.merge")), Fields: []ui.Field{into, reason}}
	if err := s.retype(c, &form, refusal); err != nil {
		return err
	}
	if refusal != nil {
		s.explain(ctx, &form, task{}, refusal)
	}
	ch, err := s.chrome(c, form.Title, "registers", ui.Link{Text: i18n.T(ctx, "register.enterprises"), URL: ui.RegisterURL(register.EnterprisesName)}, ui.Link{Text: name, URL: form.Back})
	if err != nil {
		return err
	}
	return render(c, status, ui.FormPage(ch, form))
}

// merge moves everything of an enterprise to another one.
func (s *Site) merge(c echo.Context) error {
	ctx := c.Request().Context()
	if looking(c, []ui.Field{field(ctx, "into_id", "enterprise", true)}) {
		return s.showMerge(c, http.StatusOK, nil)
	}
	err := s.App.MergeEnterprises(ctx, actorOf(c), c.Param("id"), c.FormValue("into_id"), c.FormValue("reason"))
	if refusal := refusalOf(err); refusal != nil {
		return s.showMerge(c, http.StatusUnprocessableEntity, refusal)
	}
	if err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, ui.RecordURL(register.EnterprisesName, c.FormValue("into_id")))
}
