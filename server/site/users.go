package site

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/app"
	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/register"
	"github.com/parkway-zone/parkway/registers"
	"github.com/parkway-zone/parkway/store"
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

// askUser says what a deed on an account will do, and to which open cases, and asks whether to go on; once it is done it says what was done.
func (s *Site) askUser(c echo.Context) error {
	ctx := c.Request().Context()
	record, err := s.App.Store.Record(ctx, register.PeopleName, c.Param("user"))
	if err != nil {
		return err
	}
	v := ui.AccountDeed{}
	if _, err := what(c, &v); err != nil {
		return err
	}
	v.Deed, v.Record = c.Param("deed"), record
	v.Form = ui.Form{Action: "/users/" + record.ID + "/" + v.Deed, Back: ui.RecordURL(register.PeopleName, record.ID), Submit: i18n.T(ctx, "users."+v.Deed+"_go")}
	switch v.Deed {
	case leaveDeed, disableDeed:
		if v.Left, err = s.App.Store.HeldBy(ctx, record.ID, s.App.Now()); err != nil {
			return err
		}
		if v.Deed == leaveDeed {
			v.Form.Fields = leaveFields(ctx, record.ID, v.Left)
		}
	case resetDeed, enableDeed:
	default:
		return echo.ErrNotFound
	}
	name := registers.Value(record.Doc, "name")
	v.Form.Title = i18n.T(ctx, "users."+v.Deed+"_title", "Name", name)
	if v.Done {
		v.Form.Title = i18n.T(ctx, "users."+v.Deed+"_done", "Name", name)
	}
	if err := s.retype(c, &v.Form); err != nil {
		return err
	}
	ch, err := s.chrome(c, v.Form.Title, "users", ui.Link{Text: i18n.T(ctx, "register.people"), URL: "/users"}, ui.Link{Text: name, URL: v.Form.Back})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.AccountDeedPage(ch, v))
}

// leaveFields asks for a successor where there is something to hand over.
func leaveFields(ctx context.Context, leaver string, held store.Held) []ui.Field {
	successor, reason := person(ctx, "successor_id", !held.Empty(), choice.Workers, leaver), field(ctx, "reason", "textarea", true)
	if held.Empty() {
		successor.Hint = i18n.T(ctx, "hint.successor")
	}
	return []ui.Field{successor, reason}
}

// changeUser does what was asked and agreed to, once, and leads to the page that says so.
func (s *Site) changeUser(c echo.Context) error {
	id, deed := c.Param("user"), c.Param("deed")
	if deed == leaveDeed && looking(c, leaveFields(c.Request().Context(), id, store.Held{})) {
		return s.look(c)
	}
	return s.once(c, func() (string, any, error) {
		v := ui.AccountDeed{Done: true}
		var err error
		switch ctx := c.Request().Context(); deed {
		case resetDeed:
			if id == actorOf(c).ID { // its page would be gone with the session, and the password with it
				return "", nil, process.Refuse(process.NotAllowed, "自己的密码请在“我的账号”里修改。", "Change your own password on your account's page.")
			}
			v.Password, err = s.Auth.ResetPassword(ctx, actorOf(c), id)
		case enableDeed:
			err = s.Auth.Disable(ctx, actorOf(c), id, false)
		case disableDeed:
			v.Told, err = s.end(c, id)
		case leaveDeed:
			v, err = s.leave(c, id)
		default:
			err = echo.ErrNotFound
		}
		return "/users/" + id + "/" + deed, v, err
	})
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
func (s *Site) leave(c echo.Context, id string) (ui.AccountDeed, error) {
	ctx := c.Request().Context()
	handed, err := s.App.Leave(ctx, actorOf(c), id, c.FormValue("successor_id"), c.FormValue("reason"))
	v := ui.AccountDeed{Handed: handed}
	if err == nil {
		err = kept(handed)
	}
	if err != nil {
		return v, err
	}
	_, err = s.end(c, id)
	v.Done = true
	return v, err
}

// kept is why a departure goes on: the cases that somebody still holds, each with the reason. What could be handed over was, and is not asked again.
func kept(handed []app.Handed) error {
	chinese, english, left := []string{}, []string{}, 0
	for _, h := range handed {
		if h.Refused == nil && !h.Away {
			continue
		}
		if left++; left > 5 {
			continue
		}
		why := process.Refuse(process.Stuck, "系统暂时连不上，请稍后再试一次。", "The system cannot be reached; try again in a while.")
		if h.Refused != nil {
			why = h.Refused
		}
		chinese, english = append(chinese, h.Case.Number+" "+h.Case.Title+"："+strings.TrimSuffix(why.Chinese, "。")), append(english, h.Case.Number+": "+why.English)
	}
	if left == 0 {
		return nil
	}
	return process.Refuse(process.NotAllowed, fmt.Sprintf("还有 %d 件没有交出去，账号没有停用；其余的已经移交。%s。", left, strings.Join(chinese, "；")),
		fmt.Sprintf("%d cases were not handed over and the account goes on; the others were. %s", left, strings.Join(english, " "))).At("successor_id")
}

func mergeFields(ctx context.Context, from string) []ui.Field {
	into := field(ctx, "into_id", "enterprise", true)
	into.Barred = []string{from}
	return []ui.Field{into, field(ctx, "reason", "textarea", true)}
}

func (s *Site) askMerge(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	record, err := s.App.Store.Record(ctx, register.EnterprisesName, id)
	if err != nil {
		return err
	}
	name := registers.Value(record.Doc, "short_name")
	form := ui.Form{Title: i18n.T(ctx, "enterprises.merge_title", "Name", name), Lead: i18n.T(ctx, "enterprises.merge_lead", "Name", name), Action: "/enterprises/" + id + "/merge",
		Back: ui.RecordURL(register.EnterprisesName, id), Submit: i18n.T(ctx, "enterprises.merge"), Beside: ui.HelpOf(i18n.T(ctx, "help.merge")), Fields: mergeFields(ctx, id)}
	if err := s.retype(c, &form); err != nil {
		return err
	}
	ch, err := s.chrome(c, form.Title, "registers", ui.Link{Text: i18n.T(ctx, "register.enterprises"), URL: ui.RegisterURL(register.EnterprisesName)}, ui.Link{Text: name, URL: form.Back})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FormPage(ch, form))
}

// merge moves everything of an enterprise to another one.
func (s *Site) merge(c echo.Context) error {
	ctx := c.Request().Context()
	fields := mergeFields(ctx, c.Param("id"))
	if looking(c, fields) {
		return s.look(c)
	}
	if refused := missing(c, fields); refused != nil {
		return s.refuse(c, refused)
	}
	if err := s.App.MergeEnterprises(ctx, actorOf(c), c.Param("id"), c.FormValue("into_id"), c.FormValue("reason")); err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", ui.RecordURL(register.EnterprisesName, c.FormValue("into_id")))
}
