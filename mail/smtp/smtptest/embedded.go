// Package smtptest gives tests real submission servers on loopback: an
// embedded one that counts what it took, and Postfix as Debian packages it.
//
// The way through it:
//
//  1. embedded.go: [Serve] starts go-smtp's server with TLS and a login; a test
//     can refuse or watch at every command, and read what was delivered.
//  2. postfix.go: [Start] runs a Postfix of its own, with its own queue, and ends it.
//  3. maildir.go: what it delivered.
//  4. main.cf.tmpl and master.cf.tmpl: how that Postfix is set up.
//  5. sasl.go: a small server of Dovecot's auth protocol, for when no Dovecot runs.
package smtptest

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"slices"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

// The login that every server of this package takes.
const (
	Username = "rep@zgoda.example"
	Password = "long-and-random-7f3a"
)

// Options says how the embedded server is. The zero value speaks implicit TLS
// and takes everything.
type Options struct {
	Security mail.Security // ImplicitTLS when empty
	MaxBytes int64         // SIZE; zero states no limit
	UTF8     bool          // offer SMTPUTF8
	// The hooks may refuse a command with a *gosmtp.SMTPError, or just watch.
	OnMail, OnRcpt func(address string) error
	OnData         func(raw []byte) error // the whole mail was read
	// Cut ends the connection after the mail was taken, without an answer, when
	// it says true: what RFC 1047 is about.
	Cut func() bool
}

// Mail is one mail as the server took it.
type Mail struct {
	From string
	To   []string
	Raw  []byte
}

// Embedded is a running server. Server is what a client needs to reach it.
type Embedded struct {
	Server mail.Server
	opts   Options

	mu     sync.Mutex
	mails  []Mail
	begun  int
	logins int
}

// Serve starts a server that ends with the test.
func Serve(t testing.TB, opts Options) *Embedded {
	t.Helper()
	if opts.Security == "" {
		opts.Security = mail.ImplicitTLS
	}
	ca := dialtest.NewCA(t)
	config := &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, dialtest.Leaf{})}}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	e := &Embedded{opts: opts, Server: mail.Server{
		Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, Security: opts.Security,
		Username: Username, Password: Password, CA: ca.PEM,
	}}
	s := gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) { return &session{server: e, conn: c}, nil }))
	s.Domain, s.MaxMessageBytes, s.EnableSMTPUTF8 = "mail.zgoda.example", opts.MaxBytes, opts.UTF8
	s.ErrorLog = log.New(io.Discard, "", 0) // cut connections are the point of many tests
	switch opts.Security {
	case mail.ImplicitTLS:
		ln = tls.NewListener(ln, config)
	case mail.StartTLS:
		s.TLSConfig = config
	}
	var wg sync.WaitGroup
	wg.Go(func() { _ = s.Serve(ln) }) // ends with Close
	t.Cleanup(func() {
		_ = s.Close()
		wg.Wait()
	})
	return e
}

// Delivered is what the server took, oldest first.
func (e *Embedded) Delivered() []Mail {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.mails)
}

// Begun is how many times DATA was said.
func (e *Embedded) Begun() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.begun
}

// Logins is how many times the password was tried.
func (e *Embedded) Logins() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.logins
}

// session is one connection to the embedded server.
type session struct {
	server *Embedded
	conn   *gosmtp.Conn
	logged bool
	mail   Mail
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, username, password string) error {
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.logins++
		if username != Username || password != Password {
			return gosmtp.ErrAuthFailed
		}
		s.logged = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *gosmtp.MailOptions) error {
	if !s.logged && s.server.opts.Security != mail.Plain {
		return &gosmtp.SMTPError{Code: 530, EnhancedCode: gosmtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.mail = Mail{From: from}
	if s.server.opts.OnMail != nil {
		return s.server.opts.OnMail(from)
	}
	return nil
}

func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.mail.To = append(s.mail.To, to)
	if s.server.opts.OnRcpt != nil {
		return s.server.opts.OnRcpt(to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	s.server.mu.Lock()
	s.server.begun++
	s.server.mu.Unlock()
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.server.opts.OnData != nil {
		if err := s.server.opts.OnData(raw); err != nil {
			return err
		}
	}
	s.mail.Raw = raw
	s.server.mu.Lock()
	s.server.mails = append(s.server.mails, s.mail)
	s.server.mu.Unlock()
	if s.server.opts.Cut != nil && s.server.opts.Cut() {
		_ = s.conn.Conn().Close() // the answer goes nowhere
	}
	return nil
}

func (s *session) Reset()        { s.mail = Mail{} }
func (s *session) Logout() error { return nil }
