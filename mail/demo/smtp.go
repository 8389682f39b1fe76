package demo

import (
	"crypto/subtle"
	"io"
	"log"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Delivery is one mail that the SMTP server took.
type Delivery struct {
	From string   // of the envelope
	To   []string // of the envelope
	At   time.Time
	Raw  []byte
}

// maxRecipients is small: the program over it sends to one.
const maxRecipients = 10

// post is the SMTP side of the world: it takes mail from the rep alone.
type post struct {
	username, password string
	guests             *guests
	now                func() time.Time
	take               func(Delivery) error // called once for each mail
	tried              func(email string) bool
}

// newSMTP makes the server.
func newSMTP(p *post) *smtp.Server {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		if !p.guests.enter() {
			return nil, &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "The demo is over"}
		}
		return &smtpSession{post: p, conn: c}, nil
	}))
	server.Domain = "localhost"
	server.MaxRecipients = maxRecipients
	server.MaxMessageBytes = maxMail
	server.EnableSMTPUTF8 = true
	server.ErrorLog = log.New(io.Discard, "", 0)
	return server
}

// smtpSession is one connection.
type smtpSession struct {
	post *post
	conn *smtp.Conn
	rep  bool // logged in
	from string
	to   []string
}

var _ smtp.AuthSession = (*smtpSession)(nil)

// AuthMechanisms is PLAIN and nothing else.
func (s *smtpSession) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth checks the one account there is.
func (s *smtpSession) Auth(mech string) (sasl.Server, error) {
	if mech != sasl.Plain {
		return nil, smtp.ErrAuthUnknownMechanism
	}
	return sasl.NewPlainServer(func(_, username, password string) error {
		same := subtle.ConstantTimeCompare([]byte(username), []byte(s.post.username)) &
			subtle.ConstantTimeCompare([]byte(password), []byte(s.post.password))
		if same != 1 {
			return smtp.ErrAuthFailed
		}
		s.rep = true
		return nil
	}), nil
}

// Mail begins a mail.
func (s *smtpSession) Mail(from string, _ *smtp.MailOptions) error {
	if !s.rep {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

// Rcpt adds a recipient, unless its tag says otherwise.
func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch magicOf(to) {
	case Busy:
		return busy()
	case BusyOnce:
		if !s.post.tried(to) {
			return busy()
		}
	case NoSuch:
		return noSuch()
	}
	s.to = append(s.to, to)
	return nil
}

// Data takes the mail.
func (s *smtpSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.to {
		if magicOf(to) == Content {
			return badContent()
		}
	}
	delivery := Delivery{From: s.from, To: append([]string(nil), s.to...), At: s.post.now(), Raw: raw}
	if err := s.post.take(delivery); err != nil {
		return busy()
	}
	for _, to := range s.to {
		if magicOf(to) == Cut {
			return s.conn.Conn().Close()
		}
	}
	return nil
}

// Reset forgets the mail that was begun.
func (s *smtpSession) Reset() { s.from, s.to = "", nil }

// Logout ends the session.
func (s *smtpSession) Logout() error {
	s.post.guests.leave()
	return nil
}
