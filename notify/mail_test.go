package notify_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/parkway-zone/parkway/internal/sinks"
	"github.com/parkway-zone/parkway/notify"
)

func (c mailChannel) at(s *sinks.Mail) notify.Channel {
	return notify.Channel{Kind: notify.Mail, Settings: notify.Settings{Host: s.Host, Port: s.Port, From: "parkway@example.org", TLS: c.tls, User: c.user}, Secrets: notify.Secrets{Password: c.password}}
}

type mailChannel struct{ tls, user, password string }

// TestMailUnderTLSFromTheFirstByte: as on port 465, with a password, which is never given to a server that nobody vouches for.
func TestMailUnderTLSFromTheFirstByte(t *testing.T) {
	t.Parallel()
	server, p := sinks.NewSecureMail(t), post(t)
	known := mailChannel{"tls", "parkway", "secret"}
	require.Contains(t, failure(t, p.Send(t.Context(), known.at(server), message(1))).Reason, "certificate")
	p.Roots = server.Roots
	require.NoError(t, p.Send(t.Context(), known.at(server), message(1)))
	letters, to := server.Got()
	require.Equal(t, []string{"meng@example.org"}, to)
	require.Len(t, letters, 1)
	require.Error(t, p.Send(t.Context(), mailChannel{"tls", "parkway", "wrong"}.at(server), message(1)))
	require.Contains(t, failure(t, post(t).Send(t.Context(), mailChannel{"tls", "", ""}.at(sinks.NewMail(t)), message(1))).Reason, "tls", "a server that speaks none")
}

// TestMailServersMayAnswerInGBK: what they say can be read, and kept.
func TestMailServersMayAnswerInGBK(t *testing.T) {
	t.Parallel()
	server, p := sinks.NewMail(t), post(t)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("邮箱已满，请稍后再试")
	require.NoError(t, err)
	for _, says := range []string{gbk, "bell \x07 and \x00", "\xff\xfe\xff"} {
		server.Says = says
		f := failure(t, p.Send(t.Context(), mailChannel{tls: "none"}.at(server), message(1)))
		require.True(t, utf8.ValidString(f.Reason))
		require.NotContains(t, f.Reason, "\x00")
		require.NotContains(t, f.Reason, "\x07")
		require.False(t, f.Permanent)
		if says == gbk {
			require.Contains(t, f.Reason, "邮箱已满，请稍后再试")
		}
	}
}

// TestMailSaysThatAMachineWroteIt: so that nobody's out-of-office answer fills the zone's mailbox; and the same message is the same letter.
func TestMailSaysThatAMachineWroteIt(t *testing.T) {
	t.Parallel()
	server, p, m := sinks.NewMail(t), post(t), message(2)
	m.At = time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	for range 2 {
		require.NoError(t, p.Send(t.Context(), mailChannel{tls: "none"}.at(server), m))
	}
	letters, _ := server.Got()
	require.Contains(t, letters[0], "Auto-Submitted: auto-generated\r\n")
	require.Equal(t, letters[0], letters[1])
}

// TestAGroupReadsWhomAMessageIsFor: in a group everybody reads what is meant for one.
func TestAGroupReadsWhomAMessageIsFor(t *testing.T) {
	t.Parallel()
	wecom, ding, feishu, p := sinks.WeCom(t), sinks.DingTalk(t), sinks.Feishu(t), post(t)
	for sink, c := range map[*sinks.Sink]notify.Channel{
		wecom:  {Kind: notify.WeCom, Secrets: notify.Secrets{URL: wecom.URL}},
		ding:   {Kind: notify.DingTalk, Secrets: notify.Secrets{URL: ding.URL, Sign: sinks.Sign}},
		feishu: {Kind: notify.Feishu, Secrets: notify.Secrets{URL: feishu.URL, Sign: sinks.Sign}},
	} {
		m := message(1)
		m.To.Mobile = ""
		require.NoError(t, p.Send(t.Context(), c, m))
		require.Contains(t, sink.Got()[0], "孟庆岚 · 园程", c.Kind)
	}
}
