package notify

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// Kind is a sort of channel.
type Kind string

// The kinds of channel.
const (
	Mail     Kind = "mail"
	WeCom    Kind = "wecom"    // 企业微信 消息推送（群机器人）
	DingTalk Kind = "dingtalk" // 钉钉 自定义机器人
	Feishu   Kind = "feishu"   // 飞书 自定义机器人
	Webhook  Kind = "webhook"  // Standard Webhooks
	Sink     Kind = "sink"     // of a demo: what is sent over it stays on the machine, to be read in the delivery records
)

// Kinds lists the kinds that reach somebody outside, which an administrator can set up.
func Kinds() []Kind { return []Kind{Mail, WeCom, DingTalk, Feishu, Webhook} }

// PerMinute is how many messages a minute a channel of the kind takes, a little below the vendor's own limit: 企业微信 and 钉钉 20, 飞书 100.
func (k Kind) PerMinute() int {
	switch k {
	case WeCom, DingTalk:
		return 18
	case Feishu:
		return 90
	case Mail, Webhook, Sink:
	}
	return 120
}

// Settings are what a channel needs and anybody may see.
type Settings struct {
	Host string `json:"host,omitempty"` // of the mail server
	Port int    `json:"port,omitempty"`
	From string `json:"from,omitempty"`
	User string `json:"user,omitempty"`
	TLS  string `json:"tls,omitempty"` // "starttls" (default), "tls" (from the first byte, as on port 465) or "none"
}

// implicitTLS reports whether the mail server speaks TLS from the first byte. Port 465 does, whatever was chosen but "none" (RFC 8314, 3.3).
func (s Settings) implicitTLS() bool {
	return s.TLS == "tls" || (s.Port == submissions && s.TLS != "none")
}

const submissions = 465

// Secrets are what nobody may see: kept encrypted, shown masked, never logged.
type Secrets struct {
	URL      string `json:"url,omitempty"`
	Sign     string `json:"sign,omitempty"`
	Password string `json:"password,omitempty"`
}

// Channel is a way to reach people.
type Channel struct {
	ID       string
	Kind     Kind
	Name     string
	Settings Settings
	Secrets  Secrets
}

// Fault is what a channel cannot work without, or with: a setting (name, host, port, from, url, sign) and what to fill in.
type Fault struct{ Setting, Words string }

// Faults says everything that has to be filled in before the channel can work.
func (c Channel) Faults() []Fault {
	faults := []Fault{}
	note := func(is bool, setting, words string) {
		if is {
			faults = append(faults, Fault{setting, words})
		}
	}
	note(c.Name == "", "name", "请填写渠道名称")
	if c.Kind == Mail {
		note(c.Settings.Host == "", "host", "邮件渠道需要服务器")
		note(c.Settings.From == "", "from", "邮件渠道需要发件地址")
		note(c.Settings.Port < 0 || c.Settings.Port > 65535, "port", "端口应在 1 到 65535 之间")
	}
	if c.Kind == Mail || c.Kind == Sink {
		return faults
	}
	address, err := url.Parse(c.Secrets.URL)
	note(err != nil || address.Host == "" || (address.Scheme != "https" && address.Scheme != "http"), "url", "请填写机器人或接收方的完整地址（https://…）")
	note(c.Kind == Webhook && c.Secrets.Sign == "", "sign", "通用推送需要签名密钥（whsec_…），接收方用它核对来源")
	return faults
}

// Failure is why a channel did not take a message.
type Failure struct {
	Reason    string        // without secrets, for a person to read
	Permanent bool          // trying again cannot help
	After     time.Duration // the vendor asks to wait this long; 0: it does not say
}

// Error returns the reason.
func (f *Failure) Error() string { return f.Reason }

// Post sends messages over channels. It is safe for concurrent use.
type Post struct {
	Now   func() time.Time
	Roots *x509.CertPool // who signs the certificates of mail servers; nil: whom the machine trusts
	guard *guard
	http  *http.Client
}

// NewPost returns a post that reaches public addresses and, beside them, only the private ones in allowed.
func NewPost(now func() time.Time, allowed []netip.Prefix) *Post {
	g := &guard{allowed: allowed}
	return &Post{Now: now, guard: g, http: g.client()}
}

// Send sends a message over a channel once. A *Failure says why the channel did not take it, in text that can be kept whatever the other side answered.
func (p *Post) Send(ctx context.Context, c Channel, m Message) error {
	err := p.send(ctx, c, m)
	var failure *Failure
	if errors.As(err, &failure) {
		failure.Reason = readable(failure.Reason)
	}
	return err
}

func (p *Post) send(ctx context.Context, c Channel, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	switch c.Kind {
	case Mail:
		return p.mail(ctx, c, m)
	case WeCom:
		return p.wecom(ctx, c, m)
	case DingTalk:
		return p.dingtalk(ctx, c, m)
	case Feishu:
		return p.feishu(ctx, c, m)
	case Webhook:
		return p.webhook(ctx, c, m)
	case Sink:
		return nil // the message is on record with its delivery; nothing else is to be done with it
	}
	return &Failure{Reason: "没有这种渠道：" + string(c.Kind), Permanent: true}
}
