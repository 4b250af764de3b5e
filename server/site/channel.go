package site

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/parkway-zone/parkway/domain/process"
	"github.com/parkway-zone/parkway/domain/typed"
	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
	"github.com/parkway-zone/parkway/web/ui"
)

// typedChannel is the channel that was typed into a form. It refuses a port that is none; left out it is the usual one.
func typedChannel(c echo.Context) (notify.Channel, error) {
	port := 0
	if text := strings.TrimSpace(c.FormValue("mail_port")); text != "" {
		var err error
		if port, err = typed.Count("mail_port", text); err != nil || port < 1 || port > 65535 {
			return notify.Channel{}, process.RefuseField("mail_port", "端口应是 1 到 65535 的整数，例如 465。", "A port is a whole number from 1 to 65535, such as 465.")
		}
	}
	return notify.Channel{Kind: notify.Kind(c.FormValue("kind")), Name: strings.TrimSpace(c.FormValue("channel_name")),
		Settings: notify.Settings{Host: strings.TrimSpace(c.FormValue("mail_host")), Port: port, From: strings.TrimSpace(c.FormValue("mail_from")), User: c.FormValue("mail_user"), TLS: c.FormValue("mail_tls")},
		Secrets:  notify.Secrets{URL: strings.TrimSpace(c.FormValue("channel_url")), Sign: strings.TrimSpace(c.FormValue("channel_sign")), Password: c.FormValue("mail_password")}}, nil
}

// channel draws the form of one channel: what it asks depends on its kind, and whether its secrets can still be read.
func (s *Site) channel(c echo.Context) error {
	ctx := c.Request().Context()
	row, err := s.channelRow(c)
	if err != nil {
		return err
	}
	var settings notify.Settings
	if err := json.Unmarshal(row.Settings, &settings); err != nil {
		return err
	}
	f := ui.Form{Title: i18n.T(ctx, "channels.edit_title", "Name", row.Name), Lead: i18n.T(ctx, "channels.edit_lead"), Action: "/channels/" + row.ID + "/edit", Back: "/channels",
		Submit: i18n.T(ctx, "save"), Beside: ui.HelpOf(i18n.T(ctx, "help.channels"))}
	if _, lost := s.Safe.Open(row.ID, row.Secrets); lost != nil {
		f.Lead = i18n.T(ctx, "channels.edit_lost")
	}
	with := func(name, kind, value string, required bool, options ...ui.Option) {
		one := field(ctx, name, kind, required, options...)
		one.Value = value
		f.Fields = append(f.Fields, one)
	}
	with("channel_name", "text", row.Name, true)
	switch kind := notify.Kind(row.Kind); kind {
	case notify.Mail:
		port := ""
		if settings.Port > 0 {
			port = strconv.Itoa(settings.Port)
		}
		with("mail_host", "text", settings.Host, true)
		with("mail_port", "number", port, false)
		with("mail_from", "text", settings.From, true)
		with("mail_user", "text", settings.User, false)
		with("mail_password", "password", "", false)
		with("mail_tls", "select", settings.TLS, false, ui.Keyed(ctx, "tls.", "starttls", "tls", "none")...)
	case notify.Sink:
	default:
		with("channel_url", "text", "", false)
		if kind != notify.WeCom {
			with("channel_sign", "password", "", false)
		}
	}
	if err := s.retype(c, &f); err != nil {
		return err
	}
	ch, err := s.chrome(c, f.Title, "channels", ui.Link{Text: i18n.T(ctx, "channels.title"), URL: "/channels"})
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, ui.FormPage(ch, f))
}

// channelRow is the channel that the address names.
func (s *Site) channelRow(c echo.Context) (store.ChannelRow, error) {
	rows, err := s.App.Store.Channels(c.Request().Context())
	if err != nil {
		return store.ChannelRow{}, err
	}
	for _, row := range rows {
		if row.ID == c.Param("channel") {
			return row, nil
		}
	}
	return store.ChannelRow{}, echo.ErrNotFound
}

// editChannel changes a channel. Secrets that are left empty stay.
func (s *Site) editChannel(c echo.Context) error {
	row, err := s.channelRow(c)
	if err != nil {
		return err
	}
	channel, err := typedChannel(c)
	if err != nil {
		return s.refuse(c, err)
	}
	channel.ID, channel.Kind = row.ID, notify.Kind(row.Kind)
	err = s.App.Store.ChangeChannel(c.Request().Context(), actorOf(c), channel, s.Safe, s.App.Now())
	if err != nil {
		return s.refuse(c, asTyped(err))
	}
	return s.done(c, "done", "/channels")
}

// asTyped names what is wrong with a channel by the fields of its form.
func asTyped(err error) error {
	refusal := refusalOf(err)
	if refusal == nil {
		return err
	}
	said := *refusal
	said.Fields = slices.Clone(refusal.Fields)
	for i, fault := range said.Fields {
		if field, ok := map[string]string{"name": "channel_name", "url": "channel_url", "sign": "channel_sign", "password": "mail_password", "host": "mail_host", "port": "mail_port", "from": "mail_from"}[fault.Name]; ok {
			said.Fields[i].Name = field
		}
	}
	return &said
}
