package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/dial"
)

// The times of RFC 5321 section 4.5.3.2. The last one is not the protocol's: a
// good-bye is not worth waiting for.
const (
	commandTimeout = 5 * time.Minute  // greeting, MAIL, RCPT
	dataTimeout    = 2 * time.Minute  // the answer to DATA
	blockTimeout   = 3 * time.Minute  // one block of the mail
	dotTimeout     = 12 * time.Minute // after the final dot: at least ten minutes (4.5.3.2.6)
	quitTimeout    = 3 * time.Second
)

// ownName is what we call ourselves. The address literal passes servers that
// want a full name, and tells nobody the name or address of the rep's machine.
const ownName = "[127.0.0.1]"

var (
	errInjected   = errors.New("the server sent data between STARTTLS and the handshake")
	errNoStartTLS = errors.New("the server offers no STARTTLS")
	errNoLogin    = errors.New("the server offers no login that zgoda knows")
)

// session is one connection with an open, logged-in SMTP dialogue.
type session struct {
	server mail.Server
	wire   *wire
	smtp   *gosmtp.Client
	ctx    context.Context
	unhook func() // stops the watch over ctx and waits for it
	secure bool
	logged bool
}

// open connects and goes as far as the login.
func (c *Client) open(ctx context.Context) (*session, error) {
	conn, err := dial.Open(ctx, c.server)
	if err != nil {
		return nil, explained(c.server, stageConnect, err)
	}
	s := &session{server: c.server, ctx: ctx, wire: newWire(conn), secure: c.server.Security == mail.ImplicitTLS}
	s.unhook = closeAtEnd(ctx, conn)
	if err := s.greet(); err != nil {
		s.close()
		return nil, err
	}
	if err := s.login(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// closeAtEnd closes conn when ctx ends. go-smtp knows no contexts and sets its
// own deadlines, so that closing is the one thing that surely ends a call. The
// function it gives takes the watch away and waits until a close that has
// begun is through.
func closeAtEnd(ctx context.Context, conn net.Conn) func() {
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(closed)
		_ = conn.Close() // whoever reads or writes gets the error
	})
	return func() {
		if !stop() {
			<-closed
		}
	}
}

// greet reads the greeting, upgrades if it must, and says EHLO.
func (s *session) greet() error {
	if s.server.Security == mail.StartTLS {
		if err := s.startTLS(); err != nil {
			return err
		}
	} else {
		s.smtp = gosmtp.NewClient(s.wire)
	}
	s.smtp.CommandTimeout = commandTimeout
	s.smtp.SubmissionTimeout = dotTimeout
	// After STARTTLS this is a second EHLO: what was said in clear is forgotten
	// (RFC 3207 section 4.2). It also carries the handshake.
	if err := s.smtp.Hello(ownName); err != nil {
		if state, ok := s.smtp.TLSConnectionState(); ok && !state.HandshakeComplete {
			return explained(s.server, stageTLS, fmt.Errorf("TLS handshake: %w", s.cause(err)))
		}
		return s.end(stageConnect, err)
	}
	return nil
}

func (s *session) startTLS() error {
	config, err := dial.Config(s.server)
	if err != nil {
		return explained(s.server, stageTLS, err)
	}
	client, err := gosmtp.NewClientStartTLS(s.wire, config)
	switch {
	case err == nil:
	case s.wire.upgrading:
		return s.end(stageTLS, err)
	case strings.HasSuffix(err.Error(), "support STARTTLS"): // go-smtp has no error value for it
		return refused(stageTLS, errNoStartTLS, "The mail server offers no encryption on this port.",
			`Set security to "tls" with port 465, or ask the mail provider for the right port.`)
	default:
		return s.end(stageConnect, err)
	}
	if s.wire.upgraded() {
		return refused(stageTLS, errInjected, "Somebody put words into the connection before it was encrypted.",
			`Do not log in from this network; use security "tls" with port 465 if the server has it.`)
	}
	s.smtp, s.secure = client, true
	return nil
}

// login says who we are. Never without TLS: on a plain loopback connection no
// password leaves, and a server that wants one says so at MAIL.
func (s *session) login() error {
	if s.server.Username == "" || !s.secure {
		return nil
	}
	mechanism, err := s.mechanism()
	if err != nil {
		return err
	}
	if err := s.smtp.Auth(mechanism); err != nil {
		return s.end(stageAuth, err)
	}
	s.logged = true
	return nil
}

func (s *session) mechanism() (sasl.Client, error) {
	switch {
	case s.smtp.SupportsAuth(sasl.Plain):
		return sasl.NewPlainClient("", s.server.Username, s.server.Password), nil
	case s.smtp.SupportsAuth(sasl.Login): // old, and all that some servers have
		return sasl.NewLoginClient(s.server.Username, s.server.Password), nil
	}
	return nil, refused(stageAuth, errNoLogin, "The mail server offers no login with a password on this port.",
		"Check the port (465 or 587), and ask the mail provider whether an app password must be switched on first.")
}

func (s *session) facts() Facts {
	f := Facts{LoggedIn: s.logged}
	if ok, mechanisms := s.smtp.Extension("AUTH"); ok {
		f.Logins = strings.Fields(mechanisms)
	}
	f.MaxSize, _ = s.smtp.MaxMessageSize()
	f.EightBit, _ = s.smtp.Extension("8BITMIME")
	f.UTF8, _ = s.smtp.Extension("SMTPUTF8")
	if state, ok := s.tlsState(); ok {
		f.TLS = tls.VersionName(state.Version)
	}
	return f
}

func (s *session) tlsState() (tls.ConnectionState, bool) {
	if conn, ok := s.wire.Conn.(*tls.Conn); ok {
		return conn.ConnectionState(), true
	}
	return s.smtp.TLSConnectionState()
}

// quit takes leave. It must never be called between DATA and the server's
// answer: textproto would end an unfinished mail with the final dot before it
// writes QUIT, and half a mail would be delivered.
func (s *session) quit() {
	s.smtp.CommandTimeout = quitTimeout
	_ = s.smtp.Quit() // the mail's fate is settled, whatever the answer
}

// close ends the connection at once and waits for the watch over ctx.
func (s *session) close() {
	s.unhook()
	_ = s.wire.Close() // nothing more is expected of it
}
