package smtp

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

// script is a server that says what it is told. Keys are "greeting", the verb of
// a command, and "dot" for the end of the mail.
type script struct {
	replies map[string]string // instead of the usual answer; "" is silence
	cut     string            // close the connection instead of answering this
	ehlo    string            // what EHLO offers; AUTH PLAIN when empty
	ehloTLS string            // the same after STARTTLS
	tls     *tls.Config       // STARTTLS upgrades with it
	at      func(step string) // watches every step before the answer

	mu    sync.Mutex
	steps []string
	taken int // mails that got their 250, or would have got it
}

var usual = map[string]string{
	"greeting": "220 fake ESMTP", "AUTH": "235 2.7.0 ok", "MAIL": "250 2.1.0 ok", "RCPT": "250 2.1.5 ok",
	"DATA": "354 go on", "dot": "250 2.0.0 queued", "QUIT": "221 2.0.0 bye", "*": "501 aborted", "STARTTLS": "220 go",
}

func (s *script) serve(conn net.Conn) {
	if secret, ok := conn.(*tls.Conn); ok && secret.Handshake() != nil {
		return
	}
	r := bufio.NewReader(conn)
	if !s.step(conn, "greeting") {
		return
	}
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if _, secret := conn.(*tls.Conn); verb == "EHLO" && secret && s.tls != nil {
			verb = "EHLO over TLS"
		}
		if !s.step(conn, verb) {
			return
		}
		if _, already := conn.(*tls.Conn); verb == "STARTTLS" && s.tls != nil && !already {
			conn = tls.Server(conn, s.tls)
			r.Reset(conn)
		}
		if verb == "DATA" && strings.HasPrefix(s.answer("DATA"), "354") {
			if s.cut == "body" {
				_, _ = io.CopyN(io.Discard, r, 1000)
				return
			}
			for line != ".\r\n" {
				if line, err = r.ReadString('\n'); err != nil {
					return
				}
			}
			s.mu.Lock()
			s.taken++
			s.mu.Unlock()
			if !s.step(conn, "dot") {
				return
			}
		}
	}
}

func (s *script) answer(step string) string {
	if reply, ok := s.replies[step]; ok {
		return reply
	}
	if step == "EHLO over TLS" && s.ehloTLS != "" {
		return s.ehloTLS
	}
	if step == "EHLO" && s.ehlo != "" {
		return s.ehlo
	}
	if strings.HasPrefix(step, "EHLO") {
		return "250-fake\r\n250-8BITMIME\r\n250 AUTH PLAIN"
	}
	return usual[step]
}

// step answers, or reports that the connection is to be cut.
func (s *script) step(conn net.Conn, step string) bool {
	s.mu.Lock()
	s.steps = append(s.steps, step)
	s.mu.Unlock()
	if s.at != nil {
		s.at(step)
	}
	if s.cut == step {
		return false
	}
	if reply := s.answer(step); reply != "" {
		_, err := io.WriteString(conn, reply+"\r\n")
		return err == nil
	}
	return true
}

func (s *script) seen(step string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.steps, step)
}

func (s *script) listen(t *testing.T) mail.Server {
	t.Helper()
	ca := dialtest.NewCA(t)
	server := dialtest.Listen(t, &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, dialtest.Leaf{})}}, s.serve)
	server.CA, server.Username, server.Password = ca.PEM, "rep", "secret"
	return server
}

// TestM11_CutAtEveryStage is the heart of at-most-once: the connection ends at
// each stage, and what we say of it must be true. Before the dot nothing was
// handed over; from the dot on only an answer tells.
func TestM11_CutAtEveryStage(t *testing.T) {
	large := letter(strings.Repeat(strings.Repeat("x", 70)+"\r\n", 200_000))
	for _, c := range []struct {
		cut                string
		stage              string
		temporary, unknown bool
	}{
		{"greeting", stageConnect, true, false},
		{"EHLO", stageConnect, true, false},
		{"AUTH", stageAuth, true, false},
		{"MAIL", stageMail, true, false},
		{"RCPT", stageRcpt, true, false},
		{"DATA", stageData, true, false},
		{"body", stageData, true, false},
		{"dot", stageEnd, false, true},
	} {
		t.Run(c.cut, func(t *testing.T) {
			s := &script{cut: c.cut}
			end := mustEnd(t, New(s.listen(t), nil).submit(t.Context(), large, yes))
			if end.Stage != c.stage || end.Temporary != c.temporary || end.Unknown != c.unknown || end.Fatal {
				t.Errorf("%+v", end)
			}
			if s.taken > 0 != c.unknown {
				t.Errorf("the server took %d mails, and we say unknown=%v", s.taken, end.Unknown)
			}
			if !c.unknown && s.seen("dot") {
				t.Error("the final dot was written after a failure")
			}
		})
	}
}

func TestM11_CutAtQuitIsSent(t *testing.T) {
	s := &script{cut: "QUIT"}
	if err := New(s.listen(t), nil).submit(t.Context(), letter("x"), yes); err != nil {
		t.Errorf("the 250 counts: %v", err)
	}
}

// TestM11_EndOfContextAtEveryStage cancels while the server is silent.
func TestM11_EndOfContextAtEveryStage(t *testing.T) {
	for _, step := range []string{"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "dot"} {
		t.Run(step, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s := &script{replies: map[string]string{step: ""}, at: func(now string) {
				if now == step {
					cancel()
				}
			}}
			end := mustEnd(t, New(s.listen(t), nil).submit(ctx, letter("x"), yes))
			if end.Unknown != (step == "dot") || end.Temporary == end.Unknown {
				t.Errorf("%+v", end)
			}
			if !strings.Contains(end.Error(), context.Canceled.Error()) {
				t.Errorf("the log does not say why: %v", end)
			}
		})
	}
}

func TestM11_AnswersAfterTheDot(t *testing.T) {
	for reply, want := range map[string]mail.SubmitError{
		"451 4.3.0 later":            {Code: 451, Enhanced: "4.3.0", Temporary: true},
		"421 4.3.2 shutting down":    {Code: 421, Enhanced: "4.3.2", Temporary: true},
		"554 5.7.1 no":               {Code: 554, Enhanced: "5.7.1", Problem: mail.Problem{Fatal: true}},
		"200 what":                   {Code: 200, Unknown: true},
		"354 again":                  {Code: 354, Unknown: true},
		"nonsense":                   {Unknown: true},
		strings.Repeat("250-x", 1e6): {Unknown: true},
	} {
		s := &script{replies: map[string]string{"dot": reply}}
		end := mustEnd(t, New(s.listen(t), nil).submit(t.Context(), letter("x"), yes))
		if end.Stage != stageEnd || end.Code != want.Code || end.Enhanced != want.Enhanced ||
			end.Temporary != want.Temporary || end.Unknown != want.Unknown || end.Fatal != want.Fatal {
			t.Errorf("%.20q: %+v", reply, end)
		}
	}
}

// TestL21_2_NoDotAfterANo looks at the bytes: after the gate's no there is QUIT
// and nothing else.
func TestL21_2_NoDotAfterANo(t *testing.T) {
	s := &script{}
	no := io.ErrNoProgress // any error: it must come back as it is
	if err := New(s.listen(t), nil).submit(t.Context(), letter("x"), func(context.Context) error { return no }); err != no {
		t.Fatal(err)
	}
	if want := []string{"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "QUIT"}; !slices.Equal(s.steps, want) {
		t.Errorf("the dialogue was %v", s.steps)
	}
}

// listenClear is listen for STARTTLS.
func (s *script) listenClear(t *testing.T) mail.Server {
	t.Helper()
	ca := dialtest.NewCA(t)
	s.tls = &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, dialtest.Leaf{})}}
	server := dialtest.Listen(t, nil, s.serve)
	server.CA, server.Username, server.Password = ca.PEM, "rep", "secret"
	return server
}

// TestM10_ResponseInjection: whatever comes behind the 220 of STARTTLS in clear
// ends the attempt before the password is shown (RFC 3207 section 6).
func TestM10_ResponseInjection(t *testing.T) {
	for name, injected := range map[string]string{
		"an EHLO answer":     "220 go\r\n250-evil\r\n250 AUTH PLAIN",
		"a login's success":  "220 go\r\n235 2.7.0 ok",
		"half a line":        "220 go\r\n250",
		"behind a long line": "220 go\r\n" + strings.Repeat("250-x\r\n", 2000),
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{ehlo: "250-fake\r\n250 STARTTLS", replies: map[string]string{"STARTTLS": injected}}
			end := mustEnd(t, New(s.listenClear(t), nil).submit(t.Context(), letter("x"), yes))
			if end.Stage != stageTLS || end.Unknown || !end.Fatal || end.Temporary {
				t.Errorf("%+v", end)
			}
			if s.seen("AUTH") || s.seen("MAIL") {
				t.Errorf("we went on: %v", s.steps)
			}
		})
	}
}

// TestM10_ClearEHLOIsForgotten: what the server offered in clear does not count.
func TestM10_ClearEHLOIsForgotten(t *testing.T) {
	s := &script{ehlo: "250-fake\r\n250-STARTTLS\r\n250-SIZE 10\r\n250 AUTH LOGIN", ehloTLS: "250-fake\r\n250 AUTH PLAIN"}
	facts, err := New(s.listenClear(t), nil).Check(t.Context())
	if err != nil || facts.MaxSize != 0 || !slices.Equal(facts.Logins, []string{"PLAIN"}) || !facts.LoggedIn || facts.TLS == "" {
		t.Errorf("%+v, %v", facts, err)
	}
	if want := []string{"greeting", "EHLO", "STARTTLS", "EHLO over TLS", "AUTH", "QUIT"}; !slices.Equal(s.steps, want) {
		t.Errorf("the dialogue was %v", s.steps)
	}
}

func TestM10_NoStartTLSNoMail(t *testing.T) {
	for name, c := range map[string]struct {
		s         *script
		stage     string
		temporary bool
	}{
		"not offered":   {&script{ehlo: "250-fake\r\n250 AUTH PLAIN"}, stageTLS, false},
		"refused":       {&script{ehlo: "250-fake\r\n250 STARTTLS", replies: map[string]string{"STARTTLS": "502 5.5.1 no"}}, stageTLS, false},
		"not just now":  {&script{ehlo: "250-fake\r\n250 STARTTLS", replies: map[string]string{"STARTTLS": "454 4.7.0 later"}}, stageTLS, true},
		"cut":           {&script{ehlo: "250-fake\r\n250 STARTTLS", cut: "STARTTLS"}, stageTLS, true},
		"busy":          {&script{replies: map[string]string{"greeting": "421 4.3.2 busy"}}, stageConnect, true},
		"blocked":       {&script{replies: map[string]string{"greeting": "554 5.7.1 go away"}}, stageConnect, false},
		"not SMTP":      {&script{replies: map[string]string{"greeting": "* OK IMAP4rev1"}}, stageConnect, true},
		"only XOAUTH2":  {&script{ehlo: "250-fake\r\n250 STARTTLS", ehloTLS: "250-fake\r\n250 AUTH XOAUTH2"}, stageAuth, false},
		"no login":      {&script{ehlo: "250-fake\r\n250 STARTTLS", ehloTLS: "250 fake"}, stageAuth, false},
		"app password":  {&script{ehlo: "250-fake\r\n250 STARTTLS", replies: map[string]string{"AUTH": "534 5.7.9 use an app password"}}, stageAuth, false},
		"login is down": {&script{ehlo: "250-fake\r\n250 STARTTLS", replies: map[string]string{"AUTH": "454 4.7.0 later"}}, stageAuth, true},
	} {
		t.Run(name, func(t *testing.T) {
			end := mustEnd(t, New(c.s.listenClear(t), nil).submit(t.Context(), letter("x"), yes))
			if end.Stage != c.stage || end.Temporary != c.temporary || end.Unknown {
				t.Errorf("%+v", end)
			}
			if c.s.seen("MAIL") {
				t.Error("MAIL was said")
			}
		})
	}
}

func TestLoginMechanismOfOldServers(t *testing.T) {
	s := &script{ehlo: "250-fake\r\n250 AUTH LOGIN", replies: map[string]string{
		"AUTH": "334 UGFzc3dvcmQ6", "c2VjcmV0": "235 2.7.0 ok"}}
	facts, err := New(s.listen(t), nil).Check(t.Context())
	if err != nil || !facts.LoggedIn {
		t.Errorf("%+v, %v", facts, err)
	}
}
