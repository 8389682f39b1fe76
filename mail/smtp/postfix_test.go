package smtp

import (
	"context"
	"errors"
	"strings"
	"testing"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
	"zgoda/mail/imap/imaptest"
	"zgoda/mail/smtp/smtptest"
)

// TestPostfix is the same client against the server that most companies run.
func TestPostfix(t *testing.T) {
	server := smtptest.Start(t, smtptest.PostfixOptions{Mailboxes: []string{ourAddress, theirAddress}, SizeLimit: 20_000})
	for _, door := range []mail.Server{server.Implicit, server.StartTLS} {
		t.Run(string(door.Security), func(t *testing.T) { submitToPostfix(t, door) })
	}
	for _, raw := range server.WaitFor(t, theirAddress, 2) {
		if text := string(raw); !strings.Contains(text, "\n.a dot first\n") || !strings.Contains(text, "ESMTPSA") {
			t.Errorf("it arrived as\n%s", text)
		}
	}
	if n := len(server.WaitFor(t, theirAddress, 2)); n != 2 {
		t.Errorf("%d mails arrived", n)
	}
}

// TestPostfixIntoDovecot sends as a rep does, and reads as the other side does.
func TestPostfixIntoDovecot(t *testing.T) {
	dovecot := imaptest.Dovecot(t)
	server := smtptest.Start(t, smtptest.PostfixOptions{
		Maildirs: map[string]string{theirAddress: dovecot.Maildir(imaptest.Lead)}, UID: dovecot.UID, GID: dovecot.GID,
	})
	if err := New(server.Implicit, nil).submit(t.Context(), letter("Hello Anna"), yes); err != nil {
		t.Fatal(err)
	}
	server.WaitFor(t, theirAddress, 1)
	client := dovecot.For(imaptest.Lead).Client(t)
	box, err := client.Select("INBOX", nil).Wait()
	if err != nil || box.NumMessages != 1 {
		t.Errorf("the other side sees %+v, %v", box, err)
	}
}

func submitToPostfix(t *testing.T, door mail.Server) {
	client := New(door, nil)
	facts, err := client.Check(t.Context())
	if err != nil || !facts.LoggedIn || !strings.HasPrefix(facts.TLS, "TLS 1.") || facts.MaxSize != 20_000 || !facts.UTF8 || !facts.EightBit {
		t.Fatalf("%+v, %v", facts, err)
	}
	if err := client.submit(t.Context(), letter(".a dot first", "."), yes); err != nil {
		t.Fatal(err)
	}

	no := errors.New("objected")
	if err := client.submit(t.Context(), letter("never"), func(context.Context) error { return no }); err != no {
		t.Errorf("the gate's no: %v", err)
	}

	wrong := door
	wrong.Password = "wrong"
	_, err = New(wrong, nil).Check(t.Context())
	wantPostfix(t, err, stageAuth, 535, "5.7.8", "password")

	strange := door
	strange.CA = dialtest.NewCA(t).PEM
	_, err = New(strange, nil).Check(t.Context())
	wantPostfix(t, err, stageTLS, 0, "", "does not know")

	silent := door
	silent.Username = ""
	wantPostfix(t, New(silent, nil).submit(t.Context(), letter("x"), yes), stageRcpt, 553, "5.7.1", "login first")

	for _, c := range []struct {
		change             func(*envelope)
		stage              string
		code               int
		enhanced, sentence string
	}{
		{func(e *envelope) { e.to = "nobody.here@firma.example" }, stageRcpt, 550, "5.1.1", "no such mailbox"},
		{func(e *envelope) { e.from = theirAddress }, stageRcpt, 553, "5.7.1", "may not send"},
		{func(e *envelope) { e.raw = append(e.raw, make([]byte, 20_000)...) }, stageMail, 0, "", "larger"},
	} {
		e := letter("x")
		c.change(&e)
		wantPostfix(t, client.submit(t.Context(), e, yes), c.stage, c.code, c.enhanced, c.sentence)
	}
}

func wantPostfix(t *testing.T, err error, stage string, code int, enhanced, sentence string) {
	t.Helper()
	end := mustEnd(t, err)
	if end.Stage != stage || end.Code != code || end.Enhanced != enhanced || end.Temporary || end.Unknown || !strings.Contains(end.Sentence, sentence) {
		t.Errorf("want %s %d %s %q, got %+v", stage, code, enhanced, sentence, end)
	}
}
