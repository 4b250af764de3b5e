package notify

import (
	"context"
	"errors"
	"fmt"
	"net"

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
	dial := p.guard.dialer().DialContext
	options := []mail.Option{mail.WithTimeout(15e9), mail.WithTLSPortPolicy(mail.TLSMandatory),
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			return dial(ctx, network, address)
		})}
	switch c.Settings.TLS {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPortPolicy(mail.NoTLS))
	}
	if c.Settings.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.Settings.User), mail.WithPassword(c.Secrets.Password))
	}
	if c.Settings.Port > 0 {
		options = append(options, mail.WithPort(c.Settings.Port))
	}
	client, err := mail.NewClient(c.Settings.Host, options...)
	if err != nil {
		return &Failure{Reason: "邮件服务器的设置不对：" + err.Error(), Permanent: true}
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		var refused *mail.SendError
		return &Failure{Reason: "邮件服务器：" + err.Error(), Permanent: errors.As(err, &refused) && !refused.IsTemp()}
	}
	return nil
}
