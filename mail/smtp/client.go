// Package smtp is the only door out. It submits one sealed mail to one person
// over the rep's own mail server (RFC 6409) and says exactly how that ended.
//
// The way through it:
//
//  1. client.go: [Client.Submit] takes a compose.Sealed and nothing else; the
//     zero Sealed is refused before a packet leaves.
//  2. session.go: a connection with TLS, a greeting, a fresh EHLO and a login.
//  3. wire.go: what lies under go-smtp: no line that came before the TLS
//     handshake survives it, and no server can make us read for ever.
//  4. handover.go: SIZE, MAIL, one RCPT, the gate once more, DATA, the final dot.
//  5. outcome.go: where it ended becomes a *mail.SubmitError: temporary, final,
//     or unknown when the final dot was on its way (RFC 1047; law.md M11).
//  6. explain.go: the server's codes become a sentence and a next step. The
//     server's own words go neither to the screen nor to the log: they often
//     hold the person's address.
package smtp

import (
	"context"
	"errors"
	"log/slog"

	"zgoda/mail"
	"zgoda/mail/compose"
)

var (
	errNothing = errors.New("submit: the sealed mail is empty")
	errNoStill = errors.New("submit: nobody asks the gate before DATA")
)

// Client submits mail to one server. It keeps no connection between mails and
// may be used by several goroutines.
type Client struct {
	server mail.Server
	log    *slog.Logger
}

// New makes a client. A nil log is silent.
func New(server mail.Server, log *slog.Logger) *Client {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Client{server: server, log: log}
}

// Submit hands sealed over to the server. nil says that the server took it.
// Every other end is a *mail.SubmitError, except for the error of still, which
// is returned as it is. still is asked once, when the login is through, the
// server has taken the recipient and the next command would be DATA (law.md
// L21.2): after its error not one byte of the mail has left. The end of ctx
// closes the connection; after the final dot that is Unknown.
func (c *Client) Submit(ctx context.Context, sealed compose.Sealed, still func(context.Context) error) error {
	raw := sealed.Bytes()
	if len(raw) == 0 || sealed.To().IsZero() || sealed.From().IsZero() {
		return broken(errNothing)
	}
	if still == nil {
		return broken(errNoStill)
	}
	return c.note(c.submit(ctx, envelopeOf(sealed, raw), still))
}

func (c *Client) submit(ctx context.Context, e envelope, still func(context.Context) error) error {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return s.handOver(ctx, e, still)
}

// Facts is what a server offers, as setup and doctor show it.
type Facts struct {
	TLS      string   // "TLS 1.3"; empty on a plain loopback connection
	Logins   []string // SASL mechanisms offered, as the server spells them
	LoggedIn bool     // the password was tried and taken
	MaxSize  int      // octets; zero when the server states no limit
	EightBit bool     // 8BITMIME (RFC 6152)
	UTF8     bool     // SMTPUTF8 (RFC 6531)
}

// Check connects, ends the TLS handshake, logs in and takes its leave: all of a
// submission except the mail. Its error is a *mail.SubmitError.
func (c *Client) Check(ctx context.Context) (Facts, error) {
	s, err := c.open(ctx)
	if err != nil {
		return Facts{}, c.note(err)
	}
	defer s.close()
	facts := s.facts()
	s.quit()
	return facts, nil
}

// note writes the end of an attempt to the log, without a word of whom it was for.
func (c *Client) note(err error) error {
	var end *mail.SubmitError
	switch {
	case err == nil:
		c.log.Info("mail handed over", "host", c.server.Host)
	case errors.As(err, &end):
		c.log.Warn("mail not handed over", "host", c.server.Host, "stage", end.Stage, "code", end.Code,
			"enhanced", end.Enhanced, "temporary", end.Temporary, "unknown", end.Unknown, "err", end)
	default:
		c.log.Info("mail held back by the gate", "host", c.server.Host)
	}
	return err
}
