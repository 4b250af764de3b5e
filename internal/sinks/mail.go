package sinks

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// Mail is a mail server on this machine.
type Mail struct {
	Host string
	Port int
	mu   sync.Mutex
	got  []string
	to   []string
	// Refuse makes the server refuse this address.
	Refuse string
	// Says is what it answers with instead of taking a letter, byte by byte, with the status 450.
	Says string
	// User and Password are what it wants to hear before it takes letters; "": nothing.
	User, Password string
	// Roots are whom to trust to trust it; nil: it speaks no TLS.
	Roots *x509.CertPool
}

// Got returns the letters and to whom they went.
func (m *Mail) Got() (letters, to []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string{}, m.got...), append([]string{}, m.to...)
}

// NewMail starts a mail server without TLS.
func NewMail(t testing.TB) *Mail {
	t.Helper()
	m := &Mail{}
	m.serve(t, nil)
	return m
}

// NewSecureMail starts a mail server that speaks TLS from the first byte, as on port 465, and wants to know who sends.
func NewSecureMail(t testing.TB) *Mail {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate of 127.0.0.1
	t.Cleanup(web.Close)
	m := &Mail{User: "parkway", Password: "secret", Roots: x509.NewCertPool()}
	m.Roots.AddCert(web.Certificate())
	m.serve(t, &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12})
	return m
}

func (m *Mail) serve(t testing.TB, secure *tls.Config) {
	t.Helper()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{mail: m}, nil }))
	server.Domain = "localhost"
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at := listener.Addr().(*net.TCPAddr)
	m.Host, m.Port = "127.0.0.1", at.Port
	if secure != nil {
		listener = tls.NewListener(listener, secure)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _, _ = server.Close(), listener.Close(); <-done }) // Close alone may come before Serve has begun
}

type session struct {
	mail  *Mail
	to    string
	known bool
}

// AuthMechanisms are offered by a server that wants to know who sends.
func (s *session) AuthMechanisms() []string {
	if s.mail.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth knows one user.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.mail.User || password != s.mail.Password {
			return smtp.ErrAuthFailed
		}
		s.known = true
		return nil
	}), nil
}

func (*session) Reset()                                   {}
func (*session) Logout() error                            { return nil }
func (*session) Mail(_ string, _ *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.mail.User != "" && !s.known {
		return smtp.ErrAuthRequired
	}
	if s.mail.Says != "" {
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: s.mail.Says}
	}
	if s.mail.Refuse != "" && to == s.mail.Refuse {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	s.mail.mu.Lock()
	defer s.mail.mu.Unlock()
	s.mail.got, s.mail.to = append(s.mail.got, string(body)), append(s.mail.to, s.to)
	return err
}
