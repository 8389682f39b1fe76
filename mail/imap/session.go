package imap

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"zgoda/mail"
	"zgoda/mail/dial"
)

// Session is one connection, logged in. It is used by one goroutine at a time
// and never repairs itself: who holds it opens a new one.
type Session struct {
	server mail.Server
	wire   *wire
	client *imapclient.Client
	caps   imap.CapSet
	news   chan struct{} // holds one: the selected mailbox changed
}

// Open connects, upgrades to TLS where the configuration says so, and logs in.
// quiet is how long the server may say nothing; zero is 30 s. Errors are
// *mail.Problem or the context's own.
func Open(ctx context.Context, server mail.Server, quiet time.Duration) (*Session, error) {
	if quiet <= 0 {
		quiet = silence
	}
	conn, err := dial.Open(ctx, server)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, err
	}
	return start(ctx, conn, server, quiet)
}

// start logs in over a connection, which it owns from here on.
func start(ctx context.Context, conn net.Conn, server mail.Server, quiet time.Duration) (*Session, error) {
	if server.Security == mail.StartTLS {
		secure, err := upgrade(ctx, conn, server, quiet)
		if err != nil {
			_ = conn.Close()
			return nil, err
		}
		conn = &greeted{Conn: secure, greeting: strings.NewReader("* OK encrypted\r\n")}
	}
	s := &Session{server: server, wire: newWire(conn, quiet), news: make(chan struct{}, 1)}
	s.client = imapclient.New(s.wire, &imapclient.Options{UnilateralDataHandler: s.handler()})
	if err := s.begin(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Session) begin(ctx context.Context) error {
	if err := s.Do(ctx, greeting); err != nil {
		return err
	}
	if s.client.State() == imap.ConnStateAuthenticated {
		return preauth()
	}
	return s.login(ctx)
}

// greeting waits for the server's first line. After a BYE the library has two
// answers ready and takes one by chance; only one of them says what was said.
func greeting(c *imapclient.Client) error {
	err := c.WaitGreeting()
	for range 64 {
		var said *imap.Error
		if err == nil || errors.As(err, &said) {
			break
		}
		err = c.WaitGreeting() // returns at once: the connection has ended
	}
	return err
}

// login sends the password, over TLS or loopback alone; nothing here is logged.
func (s *Session) login(ctx context.Context) error {
	err := s.Do(ctx, func(c *imapclient.Client) error {
		caps := c.Caps()
		switch {
		case !caps.Has(imap.CapLoginDisabled):
			return c.Login(s.server.Username, s.server.Password).Wait()
		case caps.Has(imap.AuthCap(sasl.Plain)):
			return c.Authenticate(sasl.NewPlainClient("", s.server.Username, s.server.Password))
		}
		return errNoLogin
	})
	if errors.Is(err, errNoLogin) {
		return fatal("The server offers no way to log in with a password.", "Ask the server's administrator; sign-in by OAuth is not supported yet.", errNoLogin)
	}
	if err != nil {
		return explainLogin(err)
	}
	// The library may still hold what was announced before the login, which is
	// less; so it is asked for.
	return s.Do(ctx, func(c *imapclient.Client) (err error) {
		s.caps, err = c.Capability().Wait()
		return err
	})
}

// handler hears what the server tells unasked. It runs on the library's read
// loop, so it only leaves a mark; the change itself is asked for later.
func (s *Session) handler() *imapclient.UnilateralDataHandler {
	mark := func() { mark(s.news) }
	return &imapclient.UnilateralDataHandler{
		Expunge: func(uint32) { mark() },
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				mark()
			}
		},
		Fetch: func(msg *imapclient.FetchMessageData) {
			_, _, _ = readMessage(msg, noText) // the read loop waits for it
			mark()
		},
	}
}

// Do runs commands on the connection: f sends and waits. When ctx ends or the
// server stays silent, the connection is closed and f's commands return. A NO
// or BAD leaves the connection whole; after any other error it is gone.
func (s *Session) Do(ctx context.Context, f func(*imapclient.Client) error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	stop := s.wire.watch(ctx)
	defer stop()
	err := f(s.client)
	var said *imap.Error
	switch {
	case err == nil || errors.Is(err, errNoLogin):
		return err
	case errors.As(err, &said):
		return problem(s.server, nil, err)
	}
	_ = s.wire.Close()
	<-s.client.Closed() // only now is the cause final
	return problem(s.server, s.wire.why(), err)
}

// Idle waits until the selected mailbox changes, for at most d; it calls ready
// when the server listens. A nil error says that the line is alive; changed,
// that something is new.
func (s *Session) Idle(ctx context.Context, d time.Duration, ready func()) (changed bool, err error) {
	var idle *imapclient.IdleCommand
	err = s.Do(ctx, func(c *imapclient.Client) (err error) {
		idle, err = c.Idle()
		return err
	})
	if err != nil {
		return false, err
	}
	ready()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-s.news:
		changed = true
	case <-timer.C:
	case <-s.client.Closed():
	case <-ctx.Done():
		s.wire.kill(context.Cause(ctx))
	}
	// The server's answer to DONE is the proof that it is still there. The
	// command is ended in any case: its goroutine is ours.
	err = s.Do(context.WithoutCancel(ctx), func(*imapclient.Client) error {
		return errors.Join(idle.Close(), idle.Wait())
	})
	return changed, err
}

// Gone is closed when the connection has ended.
func (s *Session) Gone() <-chan struct{} { return s.client.Closed() }

// Close says good-bye if the server listens, and ends the connection.
func (s *Session) Close() {
	select {
	case <-s.client.Closed():
	default:
		ctx, cancel := context.WithTimeout(context.Background(), closeGrace)
		_ = s.Do(ctx, func(c *imapclient.Client) error { return c.Logout().Wait() }) // manners only
		cancel()
	}
	_ = s.wire.Close()
	<-s.client.Closed()
}
