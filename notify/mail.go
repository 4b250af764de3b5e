package notify

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"time"

	"github.com/wneessen/go-mail"
)

// mail sends the message by SMTP. The message id is made from the message's number, so that a mail sent twice can be seen to be the same.
func (p *Post) mail(ctx context.Context, c Channel, m Message) error {
	if m.To.Email == "" {
		return &Failure{Reason: m.To.Name + "没有登记邮箱", Permanent: true}
	}
	letter := mail.NewMsg()
	if err := errors.Join(letter.From(c.Settings.From), letter.To(m.To.Email)); err != nil {
		return &Failure{Reason: "发件或收件地址不对：" + err.Error(), Permanent: true}
	}
	letter.Subject(m.Title)
	letter.SetMessageIDWithValue(fmt.Sprintf("parkway.%d@%s", m.ID, c.Settings.Host))
	letter.SetDateWithValue(m.At)
	letter.SetBodyString(mail.TypeTextPlain, m.plain(200_000))
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no out-of-office answers to the zone's mailbox
	letter.SetGenHeader("X-Auto-Response-Suppress", "All")  // the same, for Exchange
	options := p.carry(c.Settings)
	if c.Settings.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.Settings.User), mail.WithPassword(c.Secrets.Password))
	}
	client, err := mail.NewClient(c.Settings.Host, options...)
	if err != nil {
		return &Failure{Reason: "邮件服务器的设置不对：" + err.Error(), Permanent: true}
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		var refused *mail.SendError
		return &Failure{Reason: "邮件服务器：" + readable(err.Error()), Permanent: errors.As(err, &refused) && !refused.IsTemp()}
	}
	return nil
}

// carry says how the letter gets to the server: past the guard, and under TLS unless the channel says "none".
func (p *Post) carry(s Settings) []mail.Option {
	dial := p.guard.dialer()
	secure := &tls.Config{ServerName: s.Host, RootCAs: p.Roots, MinVersion: tls.VersionTLS12}
	options := []mail.Option{mail.WithTimeout(15 * time.Second), mail.WithTLSConfig(secure)}
	port := s.Port
	switch {
	case s.implicitTLS():
		// The library's own way would dial past the guard. A connection that comes with TLS it takes as it is.
		encrypted := &tls.Dialer{NetDialer: dial, Config: secure}
		port = cmp.Or(port, submissions)
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic), mail.WithDialContextFunc(encrypted.DialContext))
	case s.TLS == "none":
		options = append(options, mail.WithTLSPortPolicy(mail.NoTLS), mail.WithDialContextFunc(dial.DialContext))
	default:
		options = append(options, mail.WithTLSPortPolicy(mail.TLSMandatory), mail.WithDialContextFunc(dial.DialContext))
	}
	if port > 0 {
		options = append(options, mail.WithPort(port))
	}
	return options
}
