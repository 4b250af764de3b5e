package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/parkway-zone/parkway/notify"
	"github.com/parkway-zone/parkway/store"
	"github.com/parkway-zone/parkway/web/i18n"
)

type (
	// ChannelList is the zone's channels by name.
	ChannelList struct {
		Items []ChannelItem `json:"items"`
	}
	// ChannelItem is a way to reach people. Its secrets are never shown.
	ChannelItem struct {
		ID         string     `json:"id"`
		Kind       string     `json:"kind"`
		Name       string     `json:"name"`
		Reaches    string     `json:"reaches" doc:"where it goes, masked"`
		People     int        `json:"people" doc:"how many use it"`
		DisabledAt *time.Time `json:"disabled_at" doc:"null: in use"`
		Broken     string     `json:"broken,omitempty" doc:"why its secrets cannot be read"`
	}
	channelAdded struct {
		Body struct {
			Kind     string        `json:"kind" enum:"mail,wecom,dingtalk,feishu,webhook" example:"wecom"`
			Name     string        `json:"name" minLength:"1" maxLength:"60" doc:"What people choose it by." example:"企业微信群"`
			URL      string        `json:"url,omitempty" maxLength:"2000" doc:"Of the robot or receiver. Kept encrypted, shown masked." example:"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"`
			Sign     string        `json:"sign,omitempty" maxLength:"400" doc:"The signing secret. Never shown again."`
			Password string        `json:"password,omitempty" maxLength:"400" doc:"Of the mail account. Never shown again."`
			Mail     *MailSettings `json:"mail,omitempty" doc:"Of a mail channel."`
		}
	}
	// MailSettings are what a mail channel needs and may be seen.
	MailSettings struct {
		Host string `json:"host" maxLength:"200" example:"smtp.example.org"`
		Port int    `json:"port,omitempty" minimum:"0" maximum:"65535" example:"587"`
		From string `json:"from" maxLength:"200" example:"parkway@example.org"`
		User string `json:"user,omitempty" maxLength:"200"`
		TLS  string `json:"tls,omitempty" enum:"starttls,tls,none" example:"starttls"`
	}
	channelChanged struct {
		ChannelNamed
		Body struct {
			Name     string        `json:"name" minLength:"1" maxLength:"60" doc:"What people choose it by." example:"企业微信群"`
			URL      string        `json:"url,omitempty" maxLength:"2000" doc:"Left out or empty: it stays."`
			Sign     string        `json:"sign,omitempty" maxLength:"400" doc:"Left out or empty: it stays."`
			Password string        `json:"password,omitempty" maxLength:"400" doc:"Left out or empty: it stays."`
			Mail     *MailSettings `json:"mail,omitempty" doc:"Of a mail channel."`
		}
	}
	channelDisabled struct {
		ChannelNamed
		Body struct {
			Disabled bool `json:"disabled" doc:"true takes it out of use, false back into it" example:"true"`
		}
	}
	// ChannelNamed names a channel.
	ChannelNamed struct {
		Channel id `path:"channel" doc:"Id of the channel"`
	}
	tested struct {
		Spoken
		ChannelNamed
	}
	// ChannelTest is what came of a test message.
	ChannelTest struct {
		Sent   bool   `json:"sent"`
		Reason string `json:"reason,omitempty" doc:"why it was not"`
	}
)

// channels declares how people are reached.
func (a *API) channels(f *face) {
	sorts(f, store.SortChannels().Columns, operation{id: "listChannels", path: "/channels", tag: "administration", summary: "The channels people are reached over", whose: administrators}, a.listChannels)
	on(f, operation{id: "addChannel", method: http.MethodPost, path: "/channels", tag: "administration", summary: "Add a channel. A name that is taken is refused", whose: administrators}, a.addChannel)
	does(f, operation{id: "changeChannel", method: http.MethodPut, path: "/channels/{channel}", tag: "administration", whose: administrators,
		summary: "Change a channel. Secrets that are left out stay", detail: "Whoever uses it goes on using it. Where the program's secret key was lost its secrets have to be given anew."}, a.changeChannel)
	does(f, operation{id: "disableChannel", method: http.MethodPut, path: "/channels/{channel}/disabled", tag: "administration", summary: "Take a channel out of use, or back into it", whose: administrators},
		a.disableChannel)
	on(f, operation{id: "testChannel", method: http.MethodPost, path: "/channels/{channel}/test", tag: "administration", summary: "Send the caller a test message over a channel", whose: administrators}, func(ctx context.Context, in *tested) (ChannelTest, error) {
		return a.testChannel(i18n.With(ctx, f.speaker(a, in.request)), string(in.Channel))
	})
}

// speaker speaks the caller's language.
func (f *face) speaker(a *API, r *http.Request) *i18n.Speaker {
	if a.Chinese(r) {
		return f.words.Speak("zh")
	}
	return f.words.Speak("en")
}

func (a *API) listChannels(ctx context.Context, in *Ordered) (ChannelList, error) {
	rows, err := a.App.Store.Channels(ctx)
	rows, err = inOrder(store.SortChannels(), *in, rows, err)
	list := ChannelList{Items: []ChannelItem{}}
	for _, r := range rows {
		list.Items = append(list.Items, a.channelItem(r))
	}
	return list, err
}

func (a *API) channelItem(r store.ChannelRow) ChannelItem {
	item := ChannelItem{ID: r.ID, Kind: r.Kind, Name: r.Name, People: int(r.People), DisabledAt: r.DisabledAt}
	secrets, err := a.Safe.Open(r.ID, r.Secrets)
	if err != nil && r.Kind != string(notify.Sink) { // which has none
		item.Broken = err.Error()
	}
	var settings notify.Settings
	if item.Reaches = secrets.Masked(); json.Unmarshal(r.Settings, &settings) == nil && settings.Host != "" {
		item.Reaches = fmt.Sprintf("%s:%d %s", settings.Host, settings.Port, settings.From)
	}
	return item
}

func (a *API) addChannel(ctx context.Context, in *channelAdded) (Created, error) {
	b := in.Body
	c := notify.Channel{Kind: notify.Kind(b.Kind), Name: strings.TrimSpace(b.Name), Secrets: notify.Secrets{URL: strings.TrimSpace(b.URL), Sign: strings.TrimSpace(b.Sign), Password: b.Password}}
	if m := b.Mail; m != nil {
		c.Settings = notify.Settings{Host: strings.TrimSpace(m.Host), Port: m.Port, From: strings.TrimSpace(m.From), User: m.User, TLS: m.TLS}
	}
	id, err := a.App.Store.SaveChannel(ctx, c, a.Safe)
	return Created{ID: id}, err
}

func (a *API) changeChannel(ctx context.Context, in *channelChanged) error {
	b := in.Body
	c := notify.Channel{ID: string(in.Channel), Name: strings.TrimSpace(b.Name), Secrets: notify.Secrets{URL: strings.TrimSpace(b.URL), Sign: strings.TrimSpace(b.Sign), Password: b.Password}}
	if m := b.Mail; m != nil {
		c.Settings = notify.Settings{Host: strings.TrimSpace(m.Host), Port: m.Port, From: strings.TrimSpace(m.From), User: m.User, TLS: m.TLS}
	}
	return a.App.Store.ChangeChannel(ctx, actor(ctx), c, a.Safe, a.now())
}

func (a *API) disableChannel(ctx context.Context, in *channelDisabled) error {
	var at *time.Time
	if in.Body.Disabled {
		at = ptr(a.now())
	}
	return a.App.Store.DisableChannel(ctx, string(in.Channel), at)
}

// testChannel says what went wrong, which an administrator has to read: it is no error of the request.
func (a *API) testChannel(ctx context.Context, id string) (ChannelTest, error) {
	channel, err := a.App.Store.Channel(ctx, id, a.Safe)
	if err != nil {
		return ChannelTest{}, err
	}
	who := actor(ctx)
	h, err := a.App.Store.Habits(ctx, who.ID)
	if err != nil {
		return ChannelTest{}, err
	}
	err = a.Post.Send(ctx, channel, notify.Message{ID: time.Now().UnixMilli(), To: notify.Recipient{Name: who.Name, Email: h.Email, Mobile: h.Mobile},
		Title: i18n.T(ctx, "channels.test.title"), Lines: []notify.Line{{Text: i18n.T(ctx, "channels.test.line", "Name", who.Name)}}, At: time.Now()})
	if err != nil {
		return ChannelTest{Reason: err.Error()}, nil //nolint:nilerr // it is the answer
	}
	return ChannelTest{Sent: true}, nil
}
