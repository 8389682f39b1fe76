package smtp

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"testing"

	gosmtp "github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/compose"
	"zgoda/mail/dial/dialtest"
	"zgoda/mail/smtp/smtptest"
)

const (
	ourAddress   = "rep@zgoda.example"
	theirAddress = "ewa.nowak@firma.example"
)

// letter is an envelope without the gate and compose, for what is below them.
func letter(lines ...string) envelope {
	raw := "From: " + ourAddress + "\r\nTo: " + theirAddress + "\r\nSubject: Hello\r\n\r\n" + strings.Join(lines, "\r\n") + "\r\n"
	return envelope{from: ourAddress, to: theirAddress, raw: []byte(raw)}
}

func yes(context.Context) error { return nil }

func mustEnd(t *testing.T, err error) *mail.SubmitError {
	t.Helper()
	var end *mail.SubmitError
	if !errors.As(err, &end) {
		t.Fatalf("%T is no SubmitError: %v", err, err)
	}
	var p *mail.Problem
	if !errors.As(err, &p) || p.Sentence == "" || p.NextStep == "" || p.Err == nil {
		t.Errorf("a person cannot read this: %+v", end)
	}
	return end
}

func TestSubmitByBothKindsOfTLS(t *testing.T) {
	for _, security := range []mail.Security{mail.ImplicitTLS, mail.StartTLS} {
		t.Run(string(security), func(t *testing.T) {
			server := smtptest.Serve(t, smtptest.Options{Security: security, MaxBytes: 1 << 20})
			e := letter("One line.", ".a dot first", "..two dots", ".", "")
			if err := New(server.Server, nil).submit(t.Context(), e, yes); err != nil {
				t.Fatal(err)
			}
			mails := server.Delivered()
			if len(mails) != 1 || mails[0].From != ourAddress || len(mails[0].To) != 1 || mails[0].To[0] != theirAddress {
				t.Fatalf("delivered: %+v", mails)
			}
			if !bytes.Equal(mails[0].Raw, e.raw) {
				t.Errorf("the bytes changed on the way:\n%q\n%q", mails[0].Raw, e.raw)
			}
		})
	}
}

func TestL5a_TheZeroSealedIsRefusedBeforeAnyConnection(t *testing.T) {
	server := dialtest.Listen(t, nil, func(net.Conn) { t.Error("a connection was made") })
	end := mustEnd(t, New(server, nil).Submit(t.Context(), compose.Sealed{}, yes))
	if end.Temporary || end.Unknown {
		t.Errorf("%+v", end)
	}
}

func TestCheckTellsWhatTheServerOffers(t *testing.T) {
	for _, security := range []mail.Security{mail.ImplicitTLS, mail.StartTLS} {
		server := smtptest.Serve(t, smtptest.Options{Security: security, MaxBytes: 12345, UTF8: true})
		facts, err := New(server.Server, nil).Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if facts.TLS != "TLS 1.3" || !facts.LoggedIn || facts.MaxSize != 12345 || !facts.EightBit || !facts.UTF8 ||
			len(facts.Logins) != 1 || facts.Logins[0] != "PLAIN" {
			t.Errorf("%s: %+v", security, facts)
		}
		if server.Begun() != 0 {
			t.Error("Check sent a mail")
		}
	}
}

func TestWrongPasswordIsSaidAndNeverLogged(t *testing.T) {
	server := smtptest.Serve(t, smtptest.Options{})
	server.Server.Password = "wrong-secret"
	var log bytes.Buffer
	_, err := New(server.Server, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))).Check(t.Context())
	end := mustEnd(t, err)
	if end.Stage != stageAuth || end.Code != 535 || end.Enhanced != "5.7.8" || end.Temporary || end.Unknown || !end.Fatal {
		t.Errorf("%+v", end)
	}
	if !strings.Contains(end.Sentence, "password") || !strings.Contains(end.NextStep, "zgoda setup") {
		t.Errorf("%q / %q", end.Sentence, end.NextStep)
	}
	if log.Len() == 0 || strings.Contains(log.String(), "wrong-secret") || strings.Contains(log.String(), smtptest.Username) {
		t.Errorf("the log: %s", &log)
	}
}

func TestM10_UnknownCAEndsBeforeTheLogin(t *testing.T) {
	for _, security := range []mail.Security{mail.ImplicitTLS, mail.StartTLS} {
		server := smtptest.Serve(t, smtptest.Options{Security: security})
		server.Server.CA = dialtest.NewCA(t).PEM
		_, err := New(server.Server, nil).Check(t.Context())
		end := mustEnd(t, err)
		if end.Stage != stageTLS || end.Temporary || !end.Fatal || !strings.Contains(end.Sentence, "does not know") {
			t.Errorf("%s: %+v", security, end)
		}
		if server.Logins() != 0 {
			t.Errorf("%s: a password was shown to a stranger", security)
		}
	}
}

func TestM10_NoLoginWithoutTLS(t *testing.T) {
	server := smtptest.Serve(t, smtptest.Options{Security: mail.Plain})
	facts, err := New(server.Server, nil).Check(t.Context())
	if err != nil || facts.LoggedIn || facts.TLS != "" || server.Logins() != 0 {
		t.Fatalf("%+v, %v, %d logins", facts, err, server.Logins())
	}
	if err := New(server.Server, nil).submit(t.Context(), letter("plain"), yes); err != nil {
		t.Errorf("loopback without a login: %v", err)
	}
}

func TestM10_SizeIsAskedBeforeMail(t *testing.T) {
	server := smtptest.Serve(t, smtptest.Options{MaxBytes: 200, OnMail: func(string) error { t.Error("MAIL was said"); return nil }})
	end := mustEnd(t, New(server.Server, nil).submit(t.Context(), letter(strings.Repeat("x", 300)), yes))
	if end.Stage != stageMail || end.Temporary || !strings.Contains(end.Sentence, "larger") {
		t.Errorf("%+v", end)
	}
}

func TestM3_SMTPUTF8OnlyWhenNeededAndOffered(t *testing.T) {
	polish := letter("x")
	polish.to, polish.utf8 = "żółć@firma.example", true
	server := smtptest.Serve(t, smtptest.Options{OnMail: func(string) error { t.Error("MAIL was said"); return nil }})
	end := mustEnd(t, New(server.Server, nil).submit(t.Context(), polish, yes))
	if end.Temporary || !strings.Contains(end.Sentence, "ASCII") {
		t.Errorf("%+v", end)
	}
	able := smtptest.Serve(t, smtptest.Options{UTF8: true})
	if err := New(able.Server, nil).submit(t.Context(), polish, yes); err != nil {
		t.Fatal(err)
	}
	if got := able.Delivered()[0].To[0]; got != polish.to {
		t.Errorf("recipient %q", got)
	}
	if got := path(mail.Address{Email: "ewa@żółć.example"}); got != "ewa@xn--kda4b0koi.example" {
		t.Errorf("the domain of the envelope is %q", got)
	}
}

func TestL21_2_StillIsAskedWhenTheRecipientIsTakenAndNothingHasLeft(t *testing.T) {
	var rcpt int
	server := smtptest.Serve(t, smtptest.Options{OnRcpt: func(string) error { rcpt++; return nil }})
	no := errors.New("objected")
	err := New(server.Server, nil).submit(t.Context(), letter("x"), func(context.Context) error {
		if rcpt != 1 || server.Logins() != 1 {
			t.Errorf("asked too early: %d recipients, %d logins", rcpt, server.Logins())
		}
		return no
	})
	if err != no {
		t.Errorf("the gate's error came back as %v", err)
	}
	if server.Begun() != 0 || len(server.Delivered()) != 0 {
		t.Error("DATA was said after a no")
	}
}

func TestExactlyOneRecipient(t *testing.T) {
	var to []string
	server := smtptest.Serve(t, smtptest.Options{OnRcpt: func(a string) error { to = append(to, a); return nil }})
	e := letter("x")
	e.raw = append([]byte("Cc: other@firma.example\r\nBcc: third@firma.example\r\n"), e.raw...)
	if err := New(server.Server, nil).submit(t.Context(), e, yes); err != nil {
		t.Fatal(err)
	}
	if len(to) != 1 || to[0] != theirAddress {
		t.Errorf("recipients %v", to)
	}
}

func TestServersWordsGoNowhere(t *testing.T) {
	server := smtptest.Serve(t, smtptest.Options{OnRcpt: func(a string) error {
		return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "<" + a + "> unknown, see\r\n550 \x1b]0;forged\x07 https://evil.example"}
	}})
	var log bytes.Buffer
	end := mustEnd(t, New(server.Server, slog.New(slog.NewTextHandler(&log, nil))).note(
		New(server.Server, nil).submit(t.Context(), letter("x"), yes)))
	for _, s := range []string{end.Sentence, end.NextStep, end.Error(), log.String()} {
		if strings.Contains(s, theirAddress) || strings.Contains(s, "evil") || strings.Contains(s, "\x1b") {
			t.Errorf("the server's text came through: %q", s)
		}
	}
	if end.Enhanced != "5.1.1" || end.Stage != stageRcpt {
		t.Errorf("%+v", end)
	}
}
