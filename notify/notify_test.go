package notify_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/parkway-zone/parkway/domain/clock"
	"github.com/parkway-zone/parkway/domain/ladder"
	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/notify"
)

func post(t *testing.T) *notify.Post {
	t.Helper()
	return notify.NewPost(time.Now, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")})
}

func message(lines int) notify.Message {
	m := notify.Message{ID: 7, To: notify.Recipient{Name: "孟庆岚", Email: "meng@example.org", Mobile: "13800000000"}, Title: "园程：有事项需要你处理", At: time.Now()}
	for range lines {
		m.Lines = append(m.Lines, notify.Line{Text: "YH-2026-0001 已逾期 [3] 天", URL: "https://parkway.example/hazards/1", Red: true})
	}
	return m
}

func failure(t *testing.T, err error) *notify.Failure {
	t.Helper()
	var f *notify.Failure
	require.ErrorAs(t, err, &f)
	return f
}

func TestWeCom(t *testing.T) {
	t.Parallel()
	sink, p := sinks.WeCom(t), post(t)
	c := notify.Channel{Kind: notify.WeCom, Secrets: notify.Secrets{URL: sink.URL + "/cgi-bin/webhook/send?key=k"}}
	require.NoError(t, p.Send(t.Context(), c, message(200)), "a message that is too long is shortened")
	require.Contains(t, sink.Got()[0], "另有")
	for range 19 {
		require.NoError(t, p.Send(t.Context(), c, message(1)))
	}
	f := failure(t, p.Send(t.Context(), c, message(1)))
	require.False(t, f.Permanent, "HTTP 200 with an error code is a failure")
	require.Equal(t, time.Minute, f.After)
	require.Len(t, sink.Got(), 20)
}

func TestDingTalk(t *testing.T) {
	t.Parallel()
	sink, p := sinks.DingTalk(t), post(t)
	c := notify.Channel{Kind: notify.DingTalk, Secrets: notify.Secrets{URL: sink.URL + "/robot/send?access_token=t", Sign: sinks.Sign}}
	for range 20 {
		require.NoError(t, p.Send(t.Context(), c, message(1)))
	}
	require.Contains(t, sink.Got()[0], "13800000000", "the person is mentioned")
	require.Equal(t, 10*time.Minute, failure(t, p.Send(t.Context(), c, message(1))).After)
	c.Secrets.Sign = "wrong"
	require.True(t, failure(t, p.Send(t.Context(), c, message(1))).Permanent)
}

func TestFeishu(t *testing.T) {
	t.Parallel()
	sink, p := sinks.Feishu(t), post(t)
	c := notify.Channel{Kind: notify.Feishu, Secrets: notify.Secrets{URL: sink.URL + "/open-apis/bot/v2/hook/x", Sign: sinks.Sign}}
	require.NoError(t, p.Send(t.Context(), c, message(400)))
	c.Secrets.Sign = "wrong"
	f := failure(t, p.Send(t.Context(), c, message(1)))
	require.True(t, f.Permanent)
	require.Contains(t, f.Reason, "19021")
}

func TestWebhookIsSignedAndKeepsItsID(t *testing.T) {
	t.Parallel()
	sink, p := sinks.Webhook(t), post(t)
	c := notify.Channel{Kind: notify.Webhook, Secrets: notify.Secrets{URL: sink.URL, Sign: sinks.WebhookKey}}
	sink.SetFail(1)
	require.False(t, failure(t, p.Send(t.Context(), c, message(1))).Permanent)
	require.NoError(t, p.Send(t.Context(), c, message(1)))
	require.NoError(t, p.Send(t.Context(), c, message(1)))
	require.Equal(t, map[string]int{"msg_7": 2}, sink.IDs(), "a receiver can tell that it is the same message")
	c.Secrets.Sign = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	require.Error(t, p.Send(t.Context(), c, message(1)))
}

func TestMail(t *testing.T) {
	t.Parallel()
	server, p := sinks.NewMail(t), post(t)
	c := notify.Channel{Kind: notify.Mail, Settings: notify.Settings{Host: server.Host, Port: server.Port, From: "parkway@example.org", TLS: "none"}}
	require.NoError(t, p.Send(t.Context(), c, message(2)))
	letters, to := server.Got()
	require.Equal(t, []string{"meng@example.org"}, to)
	require.Contains(t, letters[0], "Message-ID: <parkway.7@127.0.0.1>")
	m := message(1)
	m.To.Email = ""
	require.True(t, failure(t, p.Send(t.Context(), c, m)).Permanent)
	server.Refuse = "meng@example.org"
	require.True(t, failure(t, p.Send(t.Context(), c, message(1))).Permanent)
}

func TestInnerAddressesAreGuarded(t *testing.T) {
	t.Parallel()
	sink := sinks.Webhook(t)
	strict := notify.NewPost(time.Now, nil)
	for _, address := range []string{sink.URL, strings.Replace(sink.URL, "127.0.0.1", "localhost", 1), "http://[::1]:80", "http://10.0.0.1", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]:80", "http://0.0.0.0:80"} {
		err := strict.Send(t.Context(), notify.Channel{Kind: notify.Webhook, Secrets: notify.Secrets{URL: address, Sign: sinks.WebhookKey}}, message(1))
		require.Contains(t, failure(t, err).Reason, "内部地址", address)
	}
	require.Empty(t, sink.Got())
	server := sinks.NewMail(t)
	err := strict.Send(t.Context(), notify.Channel{Kind: notify.Mail, Settings: notify.Settings{Host: server.Host, Port: server.Port, From: "a@example.org", TLS: "none"}}, message(1))
	require.Contains(t, failure(t, err).Reason, "内部地址")
}

func TestFailuresTellNoSecrets(t *testing.T) {
	t.Parallel()
	err := post(t).Send(t.Context(), notify.Channel{Kind: notify.WeCom, Secrets: notify.Secrets{URL: "http://127.0.0.1:1/send?key=geheim"}}, message(1))
	require.NotContains(t, failure(t, err).Reason, "geheim")
	require.NotContains(t, notify.Secrets{URL: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef"}.Masked(), "0123456789")
}

func TestSafe(t *testing.T) {
	t.Parallel()
	safe, err := notify.NewSafe([]byte(strings.Repeat("k", 32)))
	require.NoError(t, err)
	secrets := notify.Secrets{URL: "https://example.org", Sign: "s"}
	locked, err := safe.Lock("a", secrets)
	require.NoError(t, err)
	require.NotContains(t, string(locked), "example")
	opened, err := safe.Open("a", locked)
	require.NoError(t, err)
	require.Equal(t, secrets, opened)
	_, err = safe.Open("b", locked)
	require.ErrorIs(t, err, notify.ErrWrongKey, "another channel's secrets cannot be slipped in")
	other, err := notify.NewSafe([]byte(strings.Repeat("x", 32)))
	require.NoError(t, err)
	_, err = other.Open("a", locked)
	require.True(t, errors.Is(err, notify.ErrWrongKey))
}

func TestNobodyIsWokenForLessThanRed(t *testing.T) {
	t.Parallel()
	cal, h := clock.Calendar{}, notify.Habits{Digest: 8*60 + 30, QuietFrom: 20 * 60, QuietTo: 8 * 60}
	at := func(text string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", text, clock.Zone())
		require.NoError(t, err)
		return v
	}
	for _, c := range []struct {
		level    ladder.Level
		at, then string
	}{
		{ladder.Red, "2026-11-28 02:00", "2026-11-28 02:00"},
		{ladder.Normal, "2026-11-24 10:00", "2026-11-24 10:00"},
		{ladder.Normal, "2026-11-24 22:00", "2026-11-25 08:00"},
		{ladder.Normal, "2026-11-25 06:00", "2026-11-25 08:00"},
		{ladder.Normal, "2026-11-28 10:00", "2026-11-30 08:00"}, // a Saturday
		{ladder.Normal, "2026-11-27 21:00", "2026-11-30 08:00"},
		{ladder.Info, "2026-11-24 10:00", "2026-11-25 08:30"},
		{ladder.Info, "2026-11-24 08:00", "2026-11-24 08:30"},
		{ladder.Info, "2026-11-27 09:00", "2026-11-30 08:30"},
	} {
		require.True(t, at(c.then).Equal(h.NotBefore(c.level, at(c.at), cal)), "%s at %s: %s", c.level, c.at, h.NotBefore(c.level, at(c.at), cal).In(clock.Zone()))
	}
}
