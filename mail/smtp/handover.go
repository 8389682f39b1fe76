package smtp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"golang.org/x/net/idna"

	"zgoda/mail"
	"zgoda/mail/compose"
)

// block is how much of the mail is written under one deadline, in octets.
const block = 32 << 10

var (
	errTooLarge = errors.New("submit: the mail is larger than the server takes")
	errNoUTF8   = errors.New("submit: the server offers no SMTPUTF8")
	errNo8Bit   = errors.New("submit: the server offers no 8BITMIME")
)

// envelope is a sealed mail as SMTP sees it.
type envelope struct {
	from, to string
	raw      []byte
	utf8     bool // needs SMTPUTF8 (RFC 6531)
	eight    bool // has octets above 127
}

func envelopeOf(sealed compose.Sealed, raw []byte) envelope {
	e := envelope{from: path(sealed.From()), to: path(sealed.To()), raw: raw, eight: !ascii(raw)}
	header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	e.utf8 = sealed.NeedsSMTPUTF8() || !ascii(header) || !ascii([]byte(e.from)) || !ascii([]byte(e.to))
	return e
}

// path is an address as MAIL and RCPT take it: the domain as A-label, so that
// only a local part beyond ASCII needs SMTPUTF8.
func path(a mail.Address) string {
	at := strings.LastIndexByte(a.Email, '@')
	if at < 0 {
		return a.Email
	}
	if domain, err := idna.Lookup.ToASCII(a.Email[at+1:]); err == nil {
		return a.Email[:at+1] + domain
	}
	return a.Email
}

// handOver is one mail transaction. It returns nil only for the server's 250
// after the final dot.
func (s *session) handOver(ctx context.Context, e envelope, still func(context.Context) error) error {
	if err := s.fits(e); err != nil {
		s.quit()
		return err
	}
	if err := s.smtp.Mail(e.from, &gosmtp.MailOptions{Size: int64(len(e.raw)), UTF8: e.utf8}); err != nil {
		return s.endPolitely(stageMail, err)
	}
	if err := s.smtp.Rcpt(e.to, nil); err != nil {
		return s.endPolitely(stageRcpt, err)
	}
	// The last moment at which nothing has left. An objection that was recorded
	// while the connection stood is seen here.
	if err := still(ctx); err != nil {
		s.quit()
		return err
	}
	s.smtp.CommandTimeout = dataTimeout
	w, err := s.smtp.Data()
	if err != nil {
		return s.endPolitely(stageData, err)
	}
	if err := s.write(w, e.raw); err != nil {
		// No QUIT here, see quit. The final dot was never written, for go-smtp
		// writes it in Close alone: nothing was handed over.
		return s.end(stageData, err)
	}
	if err := s.dot(w); err != nil {
		return s.endPolitely(stageEnd, err)
	}
	s.quit()
	return nil
}

// fits asks what the server offers before it hears of the mail.
func (s *session) fits(e envelope) error {
	if limit, ok := s.smtp.MaxMessageSize(); ok && limit > 0 && len(e.raw) > limit { // RFC 1870
		return refused(stageMail, errTooLarge, "The mail is larger than the mail server takes.", "Shorten it or leave the attachment out.")
	}
	if ok, _ := s.smtp.Extension("SMTPUTF8"); e.utf8 && !ok {
		return refused(stageMail, errNoUTF8, "The mail server cannot carry an address with letters beyond ASCII before the @.",
			"Ask the person for another address, or send from a server that offers SMTPUTF8.")
	}
	if ok, _ := s.smtp.Extension("8BITMIME"); e.eight && !ok {
		return refused(stageMail, errNo8Bit, "The mail server takes plain ASCII only, and this mail holds other octets.",
			"Please report this: zgoda should have encoded the mail.")
	}
	return nil
}

// write gives the mail to the server block by block. go-smtp sets no deadline
// here, so a server that stops reading would hold us for ever.
func (s *session) write(w io.Writer, raw []byte) error {
	for len(raw) > 0 {
		n := min(block, len(raw))
		if err := s.wire.SetWriteDeadline(time.Now().Add(blockTimeout)); err != nil {
			return err
		}
		if _, err := w.Write(raw[:n]); err != nil {
			return err
		}
		raw = raw[n:]
	}
	return s.wire.SetWriteDeadline(time.Now().Add(blockTimeout)) // for what Close flushes
}

// dot ends the mail and waits for the answer. From its first octet on, only an
// answer of the server tells what became of the mail.
func (s *session) dot(w *gosmtp.DataCommand) error {
	_, err := w.CloseWithResponse()
	return err
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c > 127 {
			return false
		}
	}
	return true
}
