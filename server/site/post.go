package site

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/choice"
	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

func (s *Site) ackNotice(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("notice"), 10, 64)
	if err != nil {
		return echo.ErrNotFound
	}
	if err := s.App.Store.AckNotice(c.Request().Context(), actorOf(c).ID, id, s.App.Now()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/notices")
}

func (s *Site) habits(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	h, err := s.App.Store.Habits(ctx, actor.ID)
	if err != nil {
		return err
	}
	channels, err := s.App.Store.Channels(ctx)
	if err != nil {
		return err
	}
	chosen, err := s.App.Store.Routes(ctx, actor.ID)
	if err != nil {
		return err
	}
	set := func(name, kind, value string, options ...ui.Option) ui.Field {
		f := field(ctx, name, kind, false, options...)
		f.Value = value
		return f
	}
	v := ui.HabitsView{Any: len(channels) > 0, Form: ui.Form{Action: "/account/reminders", Submit: i18n.T(ctx, "save"), Fields: []ui.Field{
		set("email", "text", h.Email), set("mobile", "text", h.Mobile)}}}
	options := []ui.Option{}
	for _, ch := range channels {
		if ch.DisabledAt == nil {
			options = append(options, ui.Option{Value: ch.ID, Text: ch.Name})
		}
	}
	for i, name := range []string{"first_channel", "second_channel", "third_channel"} {
		value := ""
		if i < len(chosen) {
			value = chosen[i]
		}
		v.Form.Fields = append(v.Form.Fields, set(name, "select", value, options...))
	}
	v.Form.Fields = append(v.Form.Fields, set("digest_at", "time", hourOf(h.DigestMinute)), set("quiet_from", "time", hourOf(h.QuietFrom)), set("quiet_to", "time", hourOf(h.QuietTo)))
	v.Absence = ui.Form{Action: "/account/absences", Submit: i18n.T(ctx, "absence.add"), Fields: []ui.Field{
		person(ctx, "deputy_id", false, choice.Deputies),
		set("from_on", "date", s.today().String()), set("to_on", "date", ""), set("reason", "text", "")}}
	for _, form := range []*ui.Form{&v.Form, &v.Absence} {
		if err := s.retype(c, form); err != nil {
			return err
		}
	}
	if v.Absences, err = s.App.Store.Absences(ctx, actor.ID, s.today()); err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "habits.title"), "account", ui.Link{Text: i18n.T(ctx, "account.title"), URL: "/account"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.HabitsPage(ch, v))
}

func hourOf(minute int32) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func minuteOf(text string) (int32, bool) {
	at, err := time.Parse("15:04", strings.TrimSpace(text))
	return int32(at.Hour()*60 + at.Minute()), err == nil
}

func (s *Site) setHabits(c echo.Context) error {
	h := store.Habits{Email: strings.TrimSpace(c.FormValue("email")), Mobile: strings.TrimSpace(c.FormValue("mobile"))}
	var refused *process.Refusal
	for _, at := range []struct {
		name   string
		minute *int32
	}{{"digest_at", &h.DigestMinute}, {"quiet_from", &h.QuietFrom}, {"quiet_to", &h.QuietTo}} {
		var ok bool
		if *at.minute, ok = minuteOf(c.FormValue(at.name)); !ok {
			refused = joined(refused, process.RefuseField(at.name, "时间应写成 08:30 的样子。", "Write the time like 08:30."), at.name)
		}
	}
	channels := []string{}
	for _, name := range []string{"first_channel", "second_channel", "third_channel"} {
		if id := c.FormValue(name); id != "" && !slices.Contains(channels, id) {
			channels = append(channels, id)
		}
	}
	err := store.CheckHabits(h)
	if wrong := refusalOf(err); wrong != nil && refused != nil {
		err = refused.With(wrong.Fields...)
	} else if refused != nil {
		err = refused
	}
	if err == nil {
		err = s.App.Store.SetHabits(c.Request().Context(), actorOf(c).ID, h, channels)
	}
	if err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", "/account/reminders")
}

func (s *Site) addAbsence(c echo.Context) error {
	if looking(c, []ui.Field{person(c.Request().Context(), "deputy_id", false, choice.Deputies)}) {
		return s.look(c)
	}
	from, to := dayOf(c, "from_on"), dayOf(c, "to_on") // a day that cannot be read is no day, which is refused
	err := s.App.Store.AddAbsence(c.Request().Context(), actorOf(c).ID, c.FormValue("deputy_id"), c.FormValue("reason"), from, to, s.today())
	if err != nil {
		return s.refuse(c, err)
	}
	return s.done(c, "done", "/account/reminders")
}

func (s *Site) endAbsence(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("absence"), 10, 64)
	if err != nil {
		return echo.ErrNotFound
	}
	if err := s.App.Store.EndAbsence(c.Request().Context(), actorOf(c).ID, id); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/account/reminders")
}

func (s *Site) channels(c echo.Context) error {
	ctx := c.Request().Context()
	var came ui.Said
	if _, err := what(c, &came); err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "channels.title"), "channels")
	if err != nil {
		return err
	}
	all, err := s.App.Store.Channels(ctx)
	if err != nil {
		return err
	}
	list, sorting := ordered(c, store.SortChannels(), nil, lister[store.ChannelRow](store.Whole(all)))
	rows, _, err := list("", len(all))
	if err != nil {
		return err
	}
	views := []ui.ChannelView{}
	for _, r := range rows {
		v := ui.ChannelView{ChannelRow: r}
		var settings notify.Settings
		secrets, openErr := s.Safe.Open(r.ID, r.Secrets)
		if openErr != nil && r.Kind != string(notify.Sink) { // which has none
			v.Broken = openErr.Error()
		}
		if v.Reaches = secrets.Masked(); json.Unmarshal(r.Settings, &settings) == nil && settings.Host != "" {
			v.Reaches = fmt.Sprintf("%s:%d %s", settings.Host, settings.Port, settings.From)
		}
		if r.Kind == string(notify.Sink) {
			v.Reaches = i18n.T(ctx, "channels.sink")
		}
		views = append(views, v)
	}
	kinds := []string{}
	for _, k := range notify.Kinds() {
		kinds = append(kinds, string(k))
	}
	form := ui.Form{Action: "/channels", Submit: i18n.T(ctx, "channels.add"), Fields: []ui.Field{field(ctx, "kind", "select", true, ui.Keyed(ctx, "channel.", kinds...)...),
		field(ctx, "channel_name", "text", true), field(ctx, "channel_url", "text", false), field(ctx, "channel_sign", "password", false), field(ctx, "mail_host", "text", false),
		field(ctx, "mail_port", "number", false), field(ctx, "mail_from", "text", false), field(ctx, "mail_user", "text", false), field(ctx, "mail_password", "password", false),
		field(ctx, "mail_tls", "select", false, ui.Keyed(ctx, "tls.", "starttls", "tls", "none")...)}}
	if err := s.retype(c, &form); err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.ChannelsPage(ch, views, form, came, sorting))
}

func (s *Site) addChannel(c echo.Context) error {
	channel, err := typedChannel(c)
	if err != nil {
		return s.refuse(c, err)
	}
	if !slices.Contains(notify.Kinds(), channel.Kind) {
		refused := process.RefuseField("kind", "请选择渠道种类。", "Choose the kind of channel.")
		if channel.Name == "" {
			refused = joined(refused, process.RefuseEmpty("channel_name", process.Line), "channel_name")
		}
		return s.refuse(c, refused)
	}
	if _, err := s.App.Store.SaveChannel(c.Request().Context(), channel, s.Safe); err != nil {
		return s.refuse(c, asTyped(err))
	}
	return s.done(c, "done", "/channels")
}

// changeChannel tries a channel with a message to the administrator, or takes it out of use and back.
func (s *Site) changeChannel(c echo.Context) error {
	ctx, id, now := c.Request().Context(), c.Param("channel"), s.App.Now()
	switch c.FormValue("deed") {
	case "test":
		return s.once(c, func() (string, any, error) { return s.testChannel(c, id) })
	case "disable":
		if err := s.App.Store.DisableChannel(ctx, id, &now); err != nil {
			return err
		}
	case "enable":
		if err := s.App.Store.DisableChannel(ctx, id, nil); err != nil {
			return err
		}
	}
	return c.Redirect(http.StatusSeeOther, "/channels")
}

func (s *Site) testChannel(c echo.Context, id string) (string, ui.Said, error) {
	ctx, actor := c.Request().Context(), actorOf(c)
	channel, err := s.App.Store.Channel(ctx, id, s.Safe)
	if err != nil {
		return "", ui.Said{}, err
	}
	h, err := s.App.Store.Habits(ctx, actor.ID)
	if err != nil {
		return "", ui.Said{}, err
	}
	err = s.Post.Send(ctx, channel, notify.Message{ID: time.Now().UnixMilli(), To: notify.Recipient{Name: actor.Name, Email: h.Email, Mobile: h.Mobile},
		Title: i18n.T(ctx, "channels.test.title"), Lines: []notify.Line{{Text: i18n.T(ctx, "channels.test.line", "Name", actor.Name)}}, At: time.Now()})
	if err != nil {
		return "/channels", ui.Said{Sentence: i18n.T(ctx, "channels.test.failed"), Raw: err.Error()}, nil
	}
	return "/channels", ui.Said{Sentence: i18n.T(ctx, "channels.test.done")}, nil
}

func (s *Site) deliveries(c echo.Context) error {
	ctx, status := c.Request().Context(), c.QueryParam("status")
	if actor := actorOf(c); !actor.Has(process.Administrator) && !actor.Has(process.Leader) && !actor.Has(process.Auditor) {
		return process.Refuse(process.NotAllowed, "发送记录由管理员、领导和审计查看。", "Delivery records are for administrators, leaders and auditors.")
	}
	list, sorting := ordered(c, store.SortMessages(), status, func(after store.Cursor, size int) ([]store.MessageRow, store.Cursor, error) {
		return s.App.Store.MessagesPage(ctx, status, after, size)
	})
	rows, pages, err := pageOf(c, "before", list, nil)
	if err != nil {
		return err
	}
	pages.Sheet = ""
	dead, err := s.App.Store.DeadMessages(ctx)
	if err != nil {
		return err
	}
	ch, err := s.chrome(c, i18n.T(ctx, "deliveries.title"), "channels")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.DeliveriesPage(ch, rows, status, dead, pages, sorting))
}

func (s *Site) resend(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("message"), 10, 64)
	if err != nil {
		return echo.ErrNotFound
	}
	if err := s.App.Store.Resend(c.Request().Context(), id, s.App.Now()); err != nil {
		return err
	}
	s.flash(c, "done")
	return c.Redirect(http.StatusSeeOther, "/deliveries?status=planned")
}

func (s *Site) clock(c echo.Context) error {
	ch, err := s.chrome(c, i18n.T(c.Request().Context(), "turn.title"), "clock")
	if err != nil {
		return err
	}
	trouble := ""
	if d := draftOf(c); d != nil && d.Refusal != nil {
		trouble = sentence(c.Request().Context(), d.Refusal)
	}
	return render(c, http.StatusOK, ui.ClockPage(ch, s.App.Now(), s.Clock.Goal(), trouble))
}

func (s *Site) turnClock(c echo.Context) error {
	days, err := strconv.Atoi(c.FormValue("days"))
	if err != nil || days < 1 || days > 366 {
		return s.refuse(c, process.RefuseField("days", "请填 1 到 366 天。", "Give 1 to 366 days."))
	}
	if err := s.Clock.Turn(c.Request().Context(), s.App.Now().Add(time.Duration(days)*24*time.Hour)); err != nil {
		return s.refuse(c, err)
	}
	return c.Redirect(http.StatusSeeOther, "/clock")
}
