package imap

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
	"zgoda/mail/imap/imaptest"
)

// script is a server that says what a test wants. reply answers one command;
// what the client said is kept.
type script struct {
	mail.Server
	mu    sync.Mutex
	heard strings.Builder
}

func newScript(t *testing.T, greeting string, reply func(tag, command string) string) *script {
	t.Helper()
	s := &script{}
	s.Server = dialtest.Listen(t, nil, func(conn net.Conn) {
		_, _ = io.WriteString(conn, greeting)
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			s.mu.Lock()
			s.heard.WriteString(lines.Text() + "\n")
			s.mu.Unlock()
			tag, command, _ := strings.Cut(lines.Text(), " ")
			answer := reply(tag, command)
			if _, err := io.WriteString(conn, answer); err != nil || answer == "" {
				return
			}
		}
	})
	s.Username, s.Password = "rep@firma.example", "s3cret-word"
	return s
}

func (s *script) said() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.heard.String()
}

// mustFail wants a problem, and no secret or server text in any part of it.
func mustFail(t *testing.T, server mail.Server, isFatal bool, sentence string) error {
	t.Helper()
	session, err := Open(t.Context(), server, 5*time.Second)
	if err == nil {
		session.Close()
		t.Fatal("logged in")
	}
	var p *mail.Problem
	if !errors.As(err, &p) || p.Fatal != isFatal || !strings.Contains(p.Sentence, sentence) || p.NextStep == "" || p.Err == nil {
		t.Errorf("got %+v\nerr: %v", p, err)
	}
	for _, secret := range []string{server.Username, server.Password, "evil"} {
		if strings.Contains(fmt.Sprint(err, p.Sentence, p.NextStep), secret) {
			t.Errorf("%q is in the error: %v", secret, err)
		}
	}
	return err
}

func TestLoginWorksOverEverySecurity(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		for _, server := range []mail.Server{host.TLS, host.StartTLS, host.Plain, host.For(imaptest.Lead).TLS} {
			session, err := Open(t.Context(), server, 0)
			if err != nil {
				t.Errorf("%s: %v", server.Security, err)
				continue
			}
			session.Close()
		}
	})
}

func TestM10_CertificatesAreCheckedOnBothWays(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		for _, server := range []mail.Server{host.TLS, host.StartTLS} {
			server.CA = dialtest.NewCA(t).PEM
			mustFail(t, server, true, "does not know")
			server.Fingerprint = strings.Repeat("ab", 32)
			mustFail(t, server, true, "another certificate")
		}
	})
}

func TestWrongPasswordIsFatalAndTellsNoSecret(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		server := host.TLS
		server.Password = "wrong-w0rd"
		err := mustFail(t, server, true, "user name or the password")
		if !errors.Is(err, errPassword) {
			t.Errorf("class: %v", err)
		}
	})
}

// Servers lock an account that is knocked at: only the rep tries again.
func TestRunDoesNotKnockWithAWrongPassword(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	line := imaptest.NewLine(t, host)
	server := line.Server
	server.Password = "wrong-w0rd"
	var log bytes.Buffer
	b := newBench(server, func(c *Config) {
		c.Slow = time.Millisecond
		c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	stop := b.run(t)
	b.untilPhase(t, mail.SyncOffline)
	if last := b.lastLocked(); !last.Fatal || !last.RetryAt.IsZero() || last.NextStep == "" {
		t.Errorf("status: %+v", last)
	}
	before := b.mark()
	b.SyncNow()
	b.untilTold(t, "the rep's own try", before, isOffline)
	stop()
	if n := line.Dialled(); n != 2 {
		t.Errorf("%d connections", n)
	}
	if strings.Contains(log.String(), "wrong-w0rd") || strings.Contains(log.String(), server.Username+" ") {
		t.Errorf("a secret is in the log: %s", &log)
	}
}

func TestAnUnknownCertificateIsTriedAgainSlowly(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	server := host.TLS
	server.CA = dialtest.NewCA(t).PEM
	b := newBench(server, func(c *Config) { c.Slow = time.Hour })
	b.run(t)
	b.untilPhase(t, mail.SyncOffline)
	if last := b.lastLocked(); !last.Fatal || time.Until(last.RetryAt) < 50*time.Minute {
		t.Errorf("status: %+v", last)
	}
}

func TestM10_NoPasswordWithoutStartTLS(t *testing.T) {
	for name, reply := range map[string]string{
		"refused": "BAD evil text\r\n", "no": "NO [ALERT] evil\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, "* OK [CAPABILITY IMAP4rev1] hi\r\n", func(tag, _ string) string { return tag + " " + reply })
			mustFail(t, s.Server, true, "does not offer STARTTLS")
			if heard := s.said(); strings.Contains(heard, "LOGIN") || strings.Contains(heard, s.Password) {
				t.Errorf("the server heard %q", heard)
			}
		})
	}
}

// CVE-2020-28896 and the STARTTLS injections of 2021: what was said in the
// clear, even after the server's OK, is never taken for the server's word.
func TestM10_PreauthAndInjectionAreRefused(t *testing.T) {
	ok := func(tag, command string) string {
		if strings.HasPrefix(command, "STARTTLS") {
			return tag + " OK begin\r\n* CAPABILITY IMAP4rev1 evil\r\n" + tag + "9 OK evil\r\n"
		}
		return tag + " OK\r\n"
	}
	for name, greeting := range map[string]string{
		"preauth":   "* PREAUTH [CAPABILITY IMAP4rev1] evil\r\n",
		"injection": "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, greeting, ok)
			session, err := Open(t.Context(), s.Server, time.Second)
			if err == nil {
				session.Close()
				t.Fatal("logged in")
			}
			if heard := s.said(); strings.Contains(heard, "LOGIN") || strings.Contains(heard, s.Password) {
				t.Errorf("the server heard %q", heard)
			}
		})
	}
	s := newScript(t, "* PREAUTH [CAPABILITY IMAP4rev1] evil\r\n", ok)
	s.Security = mail.Plain
	mustFail(t, s.Server, true, "logged in already")
}

func TestL5f_PlainIsForLoopbackAlone(t *testing.T) {
	mustFail(t, mail.Server{Host: "192.0.2.1", Port: 143, Security: mail.Plain, Username: "rep-name", Password: "s3cret-word"}, true, "this machine only")
}

func TestServersThatAreNotWell(t *testing.T) {
	tests := map[string]struct {
		greeting string
		reply    string // to LOGIN
		fatal    bool
		sentence string
	}{
		"busy":           {"* BYE evil overload\r\n", "", false, "takes no connections"},
		"not IMAP":       {"HTTP/1.1 400 Bad Request\r\n\r\n", "", false, "cannot read"},
		"garbage":        {"\x00\xff\xfe evil \r\n", "", false, "cannot read"},
		"closes":         {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "", false, "closed the connection"},
		"unavailable":    {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "NO [UNAVAILABLE] evil\r\n", false, "busy"},
		"refused":        {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "NO evil rep@firma.example\r\n", true, "user name or the password"},
		"expired":        {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "NO [EXPIRED] evil\r\n", true, "expired"},
		"administrator":  {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "NO [CONTACTADMIN] evil\r\n", true, "does not let"},
		"no login":       {"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n", "OK\r\n", true, "no way to log in"},
		"odd line":       {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "PERHAPS \"evil\"\r\n", false, "cannot read"},
		"foreign tag":    {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "OK\r\nevil OK\r\n", false, "cannot read"},
		"no capability":  {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "OK\r\n", false, "closed"},
		"endless answer": {"* OK [CAPABILITY IMAP4rev1] hi\r\n", "OK " + strings.Repeat("evil", 1000), false, "in time"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newScript(t, test.greeting, func(tag, command string) string {
				if test.reply != "" && strings.HasPrefix(command, "LOGIN") {
					return tag + " " + test.reply
				}
				return ""
			})
			s.Security = mail.Plain
			if name == "endless answer" {
				session, err := Open(t.Context(), s.Server, 50*time.Millisecond)
				if err == nil {
					session.Close()
					t.Fatal("logged in")
				}
				var p *mail.Problem
				if !errors.As(err, &p) || !strings.Contains(p.Sentence, test.sentence) {
					t.Errorf("got %v", err)
				}
				return
			}
			mustFail(t, s.Server, test.fatal, test.sentence)
		})
	}
}

func TestPlainMechanismWhereLoginIsOff(t *testing.T) {
	s := newScript(t, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN SASL-IR] hi\r\n", func(tag, command string) string {
		if strings.HasPrefix(command, "AUTHENTICATE PLAIN ") {
			return tag + " OK in\r\n"
		}
		if command == "CAPABILITY" {
			return "* CAPABILITY IMAP4rev1\r\n" + tag + " OK\r\n"
		}
		return tag + " BAD\r\n"
	})
	s.Security = mail.Plain
	session, err := Open(t.Context(), s.Server, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	session.Close()
}

func TestDoEndsWithItsContext(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	line := imaptest.NewLine(t, host)
	session, err := Open(t.Context(), line.Server, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	line.Silence()
	ctx, cancel := context.WithCancel(t.Context())
	err = session.Do(ctx, func(c *imapclient.Client) error {
		cancel()
		return c.Noop().Wait()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("do: %v", err)
	}
	if err := session.Do(t.Context(), func(c *imapclient.Client) error { return c.Noop().Wait() }); err == nil {
		t.Error("a dead session works")
	}
}

func TestAFloodIsCutOff(t *testing.T) {
	client, server := net.Pipe()
	w := newWire(client, time.Minute)
	stop := w.watch(t.Context())
	defer stop()
	w.left = 1000
	go func() {
		for {
			if _, err := server.Write(make([]byte, 100)); err != nil {
				return
			}
		}
	}()
	n, err := io.Copy(io.Discard, w)
	if err == nil || n > 1200 || !errors.Is(w.why(), errFlood) {
		t.Errorf("read %d, %v, cause %v", n, err, w.why())
	}
	_ = server.Close()
}

func TestCheckTellsFacts(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 3)...)
		facts, err := Check(t.Context(), host.TLS)
		if err != nil {
			t.Fatal(err)
		}
		if facts.Messages != 3 || facts.Sent != host.SentName || !facts.Idle || len(facts.Capabilities) == 0 {
			t.Errorf("facts: %+v", facts)
		}
		server := host.TLS
		server.Password = "wrong"
		var p *mail.Problem
		if _, err := Check(t.Context(), server); !errors.As(err, &p) || !p.Fatal {
			t.Errorf("wrong password: %v", err)
		}
	})
}

// A TLS server that closes in the middle must not look like a TLS fault.
func TestTLSServerThatClosesAfterTheHandshake(t *testing.T) {
	ca := dialtest.NewCA(t)
	server := dialtest.Listen(t, &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, dialtest.Leaf{})}}, func(conn net.Conn) {
		_ = conn.(*tls.Conn).Handshake()
	})
	server.CA, server.Username, server.Password = ca.PEM, "rep-name", "s3cret-word"
	mustFail(t, server, false, "closed the connection")
}
