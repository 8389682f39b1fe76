package dial

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

// shake ends the server's side of the handshake and waits for the client to go.
func shake(conn net.Conn) {
	if secure, ok := conn.(*tls.Conn); ok && secure.Handshake() != nil {
		return
	}
	_, _ = io.Copy(io.Discard, conn)
}

func serverWith(t *testing.T, ca *dialtest.CA, leaf dialtest.Leaf) (mail.Server, tls.Certificate) {
	t.Helper()
	cert := ca.Issue(t, leaf)
	server := dialtest.Listen(t, &tls.Config{Certificates: []tls.Certificate{cert}}, shake)
	server.CA = ca.PEM
	return server, cert
}

func mustOpen(t *testing.T, server mail.Server) {
	t.Helper()
	conn, err := Open(t.Context(), server)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	_ = conn.Close()
}

// mustRefuse wants a problem whose sentence and next step hold the given words.
func mustRefuse(t *testing.T, server mail.Server, fatal bool, sentence, next string) *mail.Problem {
	t.Helper()
	conn, err := Open(t.Context(), server)
	if err == nil {
		_ = conn.Close()
		t.Fatal("the connection was taken")
	}
	var p *mail.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%T is no problem: %v", err, err)
	}
	if p.Fatal != fatal || !strings.Contains(p.Sentence, sentence) || !strings.Contains(p.NextStep, next) {
		t.Errorf("got fatal=%v %q / %q\nerr: %v", p.Fatal, p.Sentence, p.NextStep, p.Err)
	}
	if p.Err == nil {
		t.Error("the chain for the log is missing")
	}
	return p
}

func TestM10_PrivateCAIsTaken(t *testing.T) {
	ca := dialtest.NewCA(t)
	server, _ := serverWith(t, ca, dialtest.Leaf{})
	mustOpen(t, server)

	server.CA, server.CAFile = nil, filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(server.CAFile, ca.PEM, 0o600); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, server)
}

func TestM10_UnknownCAIsRefusedAndItsFingerprintShown(t *testing.T) {
	server, cert := serverWith(t, dialtest.NewCA(t), dialtest.Leaf{})
	server.CA = dialtest.NewCA(t).PEM
	mustRefuse(t, server, true, "does not know", Fingerprint(cert.Leaf))
}

func TestM10_NameAndDateAreChecked(t *testing.T) {
	ca := dialtest.NewCA(t)
	server, cert := serverWith(t, ca, dialtest.Leaf{Names: []string{"other.example"}})
	mustRefuse(t, server, true, "another name", Fingerprint(cert.Leaf))

	server, _ = serverWith(t, ca, dialtest.Leaf{NotBefore: time.Now().AddDate(0, -2, 0), NotAfter: time.Now().AddDate(0, -1, 0)})
	mustRefuse(t, server, true, "out of date", "clock")

	server, _ = serverWith(t, ca, dialtest.Leaf{NotBefore: time.Now().AddDate(0, 1, 0), NotAfter: time.Now().AddDate(0, 2, 0)})
	mustRefuse(t, server, true, "out of date", "clock")
}

func TestM10_PinTakesThatCertificateAndNoOther(t *testing.T) {
	ca := dialtest.NewCA(t)
	// Wrong name and expired: the pin alone decides.
	server, cert := serverWith(t, ca, dialtest.Leaf{Names: []string{"other.example"},
		NotBefore: time.Now().AddDate(0, -2, 0), NotAfter: time.Now().AddDate(0, -1, 0)})
	server.CA = nil
	colons := Fingerprint(cert.Leaf)
	for _, pin := range []string{colons, strings.ToLower(colons), strings.ReplaceAll(colons, ":", ""), strings.ToLower(strings.ReplaceAll(colons, ":", ""))} {
		server.Fingerprint = pin
		mustOpen(t, server)
	}

	// Another certificate of a CA that we trust, right in every way.
	other, otherCert := serverWith(t, ca, dialtest.Leaf{})
	mustOpen(t, other)
	other.Fingerprint = colons
	mustRefuse(t, other, true, "another certificate", Fingerprint(otherCert.Leaf))

	for _, bad := range []string{"abc", strings.Repeat("z", 64), colons + ":00"} {
		other.Fingerprint = bad
		mustRefuse(t, other, true, "fingerprint cannot be read", "SHA-256")
	}
}

func TestM10_OldTLSIsRefused(t *testing.T) {
	ca := dialtest.NewCA(t)
	cert := ca.Issue(t, dialtest.Leaf{})
	server := dialtest.Listen(t, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, shake)
	server.CA = ca.PEM
	mustRefuse(t, server, true, "refused the TLS handshake", "TLS 1.2")
}

func TestL5f_PlainIsForLoopbackAlone(t *testing.T) {
	server := dialtest.Listen(t, nil, shake)
	server.Security = mail.Plain
	mustOpen(t, server)
	server.Host = "localhost"
	if _, err := net.Dial("tcp4", server.Addr()); err == nil { // some machines have localhost as ::1 only
		mustOpen(t, server)
	}
	// A name or address that is not loopback is refused before any look-up or
	// packet: an unresolvable name gives the same answer.
	for _, host := range []string{"192.0.2.1", "mail.invalid", "localhost.invalid"} {
		server.Host = host
		p := mustRefuse(t, server, true, "this machine only", "starttls")
		if !errors.Is(p, errPlain) {
			t.Errorf("%s: %v", host, p.Err)
		}
	}
	if err := onlyLoopback("tcp", "192.0.2.1:25", nil); !errors.Is(err, errPlain) {
		t.Errorf("a localhost that leads elsewhere: %v", err)
	}
}

func TestOpenExplainsTheNetwork(t *testing.T) {
	server := dialtest.Listen(t, nil, func(c net.Conn) { _, _ = io.WriteString(c, "220 plain.example ESMTP\r\n"); shake(c) })
	server.Security = mail.ImplicitTLS
	mustRefuse(t, server, true, "does not speak TLS", "starttls")

	server = dialtest.Listen(t, nil, func(net.Conn) {})
	server.Security = mail.ImplicitTLS
	mustRefuse(t, server, false, "closed the connection early", "Try again")

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server.Port = ln.Addr().(*net.TCPAddr).Port
	_ = ln.Close()
	mustRefuse(t, server, false, "refused the connection", "port")

	silent := dialtest.Listen(t, nil, shake)
	silent.Security = mail.ImplicitTLS
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = Open(ctx, silent)
	var p *mail.Problem
	if !errors.As(err, &p) || !strings.Contains(p.Sentence, "in time") || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("time-out: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err = Open(ctx, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestExplainWithoutANetwork(t *testing.T) {
	server := mail.Server{Host: "mail.firma.example", Port: 993}
	if Explain(server, nil) != nil {
		t.Error("nil became a problem")
	}
	known := &mail.Problem{Sentence: "known"}
	if got := Explain(server, known); got != error(known) {
		t.Errorf("a problem was explained twice: %v", got)
	}
	for want, err := range map[string]error{
		"There is no host":      &net.DNSError{IsNotFound: true},
		"could not be looked":   &net.DNSError{IsTemporary: true},
		"did not work":          errors.New("odd"),
		"closed the connection": io.ErrUnexpectedEOF,
	} {
		var p *mail.Problem
		if !errors.As(Explain(server, err), &p) || !strings.Contains(p.Sentence, want) || p.NextStep == "" || p.Fatal {
			t.Errorf("%v: %+v", err, p)
		}
	}
}

func TestOpenRefusesABrokenConfiguration(t *testing.T) {
	server := mail.Server{Host: "127.0.0.1", Port: 1, Security: mail.ImplicitTLS, CAFile: filepath.Join(t.TempDir(), "none.pem")}
	mustRefuse(t, server, true, "CA file cannot be read", "ca_file")
	server.CA = []byte("not PEM")
	mustRefuse(t, server, true, "holds no certificate", "PEM")
	mustRefuse(t, mail.Server{Host: "127.0.0.1", Port: 1, Security: "auto"}, true, "unknown", "starttls")
	mustRefuse(t, mail.Server{Port: 1, Security: mail.ImplicitTLS}, true, "missing", "setup")
}

func FuzzParsePin(f *testing.F) {
	f.Add("AA:bb")
	f.Add(strings.Repeat("0f", 32))
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePin(s)
		if err == nil && !strings.EqualFold(hex.EncodeToString(p[:]), strings.NewReplacer(":", "", " ", "").Replace(s)) {
			t.Errorf("%q was taken as the pin %x", s, p)
		}
	})
}
