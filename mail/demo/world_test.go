package demo_test

import (
	"crypto/tls"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/demo"
)

// patience is how long a test waits for what must come; it is met only when
// something is broken.
const patience = 30 * time.Second

func start(t *testing.T, options demo.Options) *demo.World {
	t.Helper()
	w, err := demo.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("close the world: %v", err)
		}
	})
	return w
}

func TestCloseRightAfterStart(t *testing.T) {
	for range 20 {
		w, err := demo.Start(t.Context(), demo.Options{Empty: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatalf("the second close: %v", err)
		}
	}
}

func tlsFor(t *testing.T, s mail.Server) *tls.Config {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(s.CA) {
		t.Fatal("the server comes without its authority")
	}
	return &tls.Config{RootCAs: pool, ServerName: s.Host}
}

func login(t *testing.T, w *demo.World, handler *imapclient.UnilateralDataHandler) *imapclient.Client {
	t.Helper()
	s := w.IMAP()
	c, err := imapclient.DialTLS(s.Addr(), &imapclient.Options{TLSConfig: tlsFor(t, s), UnilateralDataHandler: handler})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Login(s.Username, s.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return c
}

func choose(t *testing.T, c *imapclient.Client, name string) *imap.SelectData {
	t.Helper()
	data, err := c.Select(name, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// fetched is one mail as the client sees it.
type fetched struct {
	uid   imap.UID
	flags []imap.Flag
	raw   []byte
}

func fetchAll(t *testing.T, c *imapclient.Client) []fetched {
	t.Helper()
	all := &imap.FetchItemBodySection{Peek: true}
	set := imap.UIDSet{}
	set.AddRange(1, 0)
	messages, err := c.Fetch(set, &imap.FetchOptions{UID: true, Flags: true, BodySection: []*imap.FetchItemBodySection{all}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var out []fetched
	for _, m := range messages {
		out = append(out, fetched{m.UID, m.Flags, m.FindBodySection(all)})
	}
	return out
}

// send hands a mail in and gives the server's last answer.
func send(t *testing.T, w *demo.World, to, raw string) error {
	t.Helper()
	s := w.SMTP()
	c, err := smtp.DialTLS(s.Addr(), tlsFor(t, s))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.Auth(sasl.NewPlainClient("", s.Username, s.Password)); err != nil {
		t.Fatal(err)
	}
	return c.SendMail(w.Rep().Email, []string{to}, strings.NewReader(strings.ReplaceAll(raw, "\n", "\r\n")))
}

func letter(to, id string) string {
	return "From: marta@jasnykat.example\nTo: " + to + "\nSubject: =?utf-8?q?Pr=C3=B3ba?=\nMessage-ID: <" + id + ">\nReferences: <older@jasnykat.example>\n" +
		"Date: Tue, 24 Nov 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nDzień dobry,\nczy to działa?\n> stare\n"
}

func TestTheServersWantTheirCertificateAndPassword(t *testing.T) {
	w := start(t, demo.Options{Empty: true})
	s := w.IMAP()
	if s.Security != mail.ImplicitTLS || !s.Loopback() {
		t.Fatalf("%+v is not implicit TLS on loopback", s.Security)
	}
	if _, err := tls.Dial("tcp", s.Addr(), &tls.Config{ServerName: s.Host}); err == nil {
		t.Error("the system's authorities vouch for the demo")
	}
	c, err := imapclient.DialTLS(s.Addr(), &imapclient.Options{TLSConfig: tlsFor(t, s)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.Login(s.Username, "wrong").Wait(); err == nil {
		t.Error("a wrong password opens the mailbox")
	}
	out := w.SMTP()
	sc, err := smtp.DialTLS(out.Addr(), tlsFor(t, out))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sc.Close() }()
	if err := sc.Mail("marta@jasnykat.example", nil); err == nil {
		t.Error("mail is taken without a password")
	}
	if err := sc.Auth(sasl.NewPlainClient("", out.Username, "wrong")); err == nil {
		t.Error("a wrong password may send")
	}
}

func TestM8_SentIsToldBySpecialUse(t *testing.T) {
	c := login(t, start(t, demo.Options{Empty: true}), nil)
	boxes, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true, ReturnStatus: &imap.StatusOptions{NumMessages: true}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	use := map[imap.MailboxAttr]string{}
	for _, b := range boxes {
		for _, a := range b.Attrs {
			use[a] = b.Mailbox
		}
		if b.Status == nil || b.Status.NumMessages == nil {
			t.Errorf("%s has no status", b.Mailbox)
		}
	}
	if use[imap.MailboxAttrSent] != "Sent" || len(boxes) != 4 {
		t.Errorf("%d folders, uses %v", len(boxes), use)
	}
	if err := c.Create("Other", nil).Wait(); err == nil {
		t.Error("a folder could be made")
	}
}

func TestNewMailAndFlagsArriveByIDLE(t *testing.T) {
	w := start(t, demo.Options{Empty: true})
	exists, flags, gone := make(chan uint32, 8), make(chan []imap.Flag, 8), make(chan uint32, 8)
	watcher := login(t, w, &imapclient.UnilateralDataHandler{
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				exists <- *d.NumMessages
			}
		},
		Fetch: func(m *imapclient.FetchMessageData) {
			if b, err := m.Collect(); err == nil {
				flags <- b.Flags
			}
		},
		Expunge: func(seq uint32) { gone <- seq },
	})
	choose(t, watcher, "INBOX")
	idle, err := watcher.Idle()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Receive([]byte(letter("marta@jasnykat.example", "new@firma.example"))); err != nil {
		t.Fatal(err)
	}
	if n := within(t, exists, "EXISTS"); n != 1 {
		t.Errorf("%d messages", n)
	}
	worker := login(t, w, nil)
	choose(t, worker, "INBOX")
	store := func(flag imap.Flag) {
		if err := worker.Store(imap.UIDSetNum(1), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{flag}, Silent: true}, nil).Close(); err != nil {
			t.Fatal(err)
		}
	}
	store(imap.FlagSeen)
	if f := within(t, flags, "FETCH"); len(f) != 1 || !strings.EqualFold(string(f[0]), string(imap.FlagSeen)) {
		t.Errorf("flags %v", f)
	}
	store(imap.FlagDeleted)
	within(t, flags, "FETCH")
	if err := worker.UIDExpunge(imap.UIDSetNum(1)).Close(); err != nil {
		t.Fatal(err)
	}
	if seq := within(t, gone, "EXPUNGE"); seq != 1 {
		t.Errorf("message %d was expunged", seq)
	}
	if err := idle.Close(); err != nil {
		t.Fatal(err)
	}
	if err := idle.Wait(); err != nil {
		t.Fatal(err)
	}
}

func within[T any](t *testing.T, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}
