package smtp

import (
	"bufio"
	"net/textproto"
	"strings"
	"testing"

	gosmtp "github.com/emersion/go-smtp"
)

// replyOf reads a reply as go-smtp does.
func replyOf(t *testing.T, text string) *gosmtp.SMTPError {
	t.Helper()
	code, message, err := textproto.NewReader(bufio.NewReader(strings.NewReader(text + "\r\n"))).ReadResponse(0)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return &gosmtp.SMTPError{Code: code, Message: message}
}

// TestRepliesBecomeSentences uses replies as servers word them.
func TestRepliesBecomeSentences(t *testing.T) {
	for _, c := range []struct{ stage, reply, sentence, next string }{
		{stageAuth, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "password", "zgoda setup"},                             // Postfix
		{stageAuth, "535-5.7.8 Username and Password not accepted. For more\r\n535 5.7.8 information", "password", "app password"}, // Gmail
		{stageAuth, "534-5.7.9 Application-specific password required.\r\n534 5.7.9 more", "app password", "security settings"},    // Gmail
		{stageAuth, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled", "password", "app password"},       // Exchange Online
		{stageAuth, "504 5.7.4 Unrecognized authentication type", "kind of login", "provider"},
		{stageAuth, "454 4.7.0 Temporary authentication failure", "just now", "by itself"}, // Postfix, auth server down
		{stageMail, "530 5.7.0 Must issue a STARTTLS command first", "login first", "over TLS"},
		{stageMail, "530 5.7.0 Authentication Required", "login first", "user name"},                                                         // Gmail
		{stageRcpt, "553 5.7.1 <a@b.example>: Sender address rejected: not logged in", "login first", "user name"},                           // Postfix
		{stageRcpt, "554 5.7.1 <a@b.example>: Relay access denied", "other domains", "user name"},                                            // Postfix
		{stageRcpt, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "other domains", "port"},                            // Exchange
		{stageRcpt, "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table", "no such mailbox", "slip"}, // Postfix
		{stageRcpt, "550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 more", "no such mailbox", "gone"},      // Gmail
		{stageRcpt, "550 No such user here", "no such mailbox", "slip"},                                                                      // no enhanced code
		{stageRcpt, "553 5.7.1 <rep@x.example>: Sender address rejected: not owned by user rep", "may not send", "own address"},              // Postfix
		{stageEnd, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "may not send", "own address"},                // Exchange
		{stageMail, "553 5.1.8 <x@y.example>... Domain of sender address does not exist", "sender's address", "configuration"},               // Sendmail
		{stageRcpt, "452 4.2.2 The email account that you tried to reach is over quota.", "full", "by itself"},
		{stageRcpt, "552 5.2.2 mailbox full", "full", "few days"},
		{stageRcpt, "550 5.2.1 The email account that you tried to reach is disabled.", "closed", "another address"},               // Gmail
		{stageRcpt, "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, try again in 300 s", "to wait", "by itself"}, // Postgrey
		{stageMail, "450 4.7.1 Error: too much mail, rate limit exceeded", "too much", "fewer"},                                    // Postfix policy
		{stageEnd, "550 5.4.5 Daily user sending limit exceeded.", "limit", "often a day"},                                         // Gmail
		{stageMail, "552 5.3.4 Message size exceeds fixed limit", "larger", "Shorten"},                                             // Postfix
		{stageEnd, "552 Message exceeds size", "larger", "Shorten"},
		{stageEnd, "550 5.7.26 This mail has been blocked because the sender is unauthenticated.", "SPF", "records"}, // Gmail
		{stageEnd, "554 5.7.1 Message rejected as spam by Content Filtering.", "unwanted", "text"},
		{stageEnd, "550 5.7.1 Policy 17 applies", "rule", "provider"},
		{stageRcpt, "550 5.1.2 Host unknown", "domain", "slip"},
		{stageRcpt, "553 5.6.7 SMTPUTF8 required", "beyond ASCII", "SMTPUTF8"},
		{stageData, "451 4.3.0 Error: queue file write error", "no room", "by itself"}, // Postfix, disk full
		{stageConnect, "421 4.3.2 Service not available", "busy", "by itself"},
		{stageConnect, "554 5.7.1 Your IP is listed", "refuses connections", "blocked"},
		{stageMail, "502 5.5.2 Error: command not recognized", "did not understand", "port"},
		{stageEnd, "250-odd\r\n250 text at the wrong place", "makes no sense", "log"},
	} {
		sentence, next := explain(c.stage, replyOf(t, c.reply))
		if !strings.Contains(sentence, c.sentence) || !strings.Contains(next, c.next) {
			t.Errorf("%s %.40q:\n got %q / %q\nwant %q / %q", c.stage, c.reply, sentence, next, c.sentence, c.next)
		}
	}
}

func TestEveryClassHasTwoSentences(t *testing.T) {
	for i, c := range classes {
		for _, s := range []string{c.sentence, c.next} {
			if len(s) < 10 || !strings.HasSuffix(s, ".") || strings.Contains(s, "\n") {
				t.Errorf("class %d: %q", i, s)
			}
		}
	}
}

// FuzzReply: whatever a server answers becomes a sentence of ours, without a
// word of the server's, and the three ends exclude each other.
func FuzzReply(f *testing.F) {
	f.Add("550 5.1.1 <ewa@firma.example> unknown", uint8(4))
	f.Add("250-a\r\n250 b", uint8(6))
	f.Add("535 5.7.8 \x1b]0;x\x07", uint8(2))
	f.Add("999 9.9.9 ?", uint8(5))
	stages := []string{stageConnect, stageTLS, stageAuth, stageMail, stageRcpt, stageData, stageEnd}
	ours := map[string]bool{unknownSentence: true, "The mail server gave an answer that makes no sense here.": true}
	for _, c := range classes {
		ours[c.sentence] = true
	}
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		code, message, err := textproto.NewReader(bufio.NewReader(strings.NewReader(text + "\r\n"))).ReadResponse(0)
		if err != nil {
			t.Skip()
		}
		stage := stages[int(n)%len(stages)]
		end := answered(stage, &gosmtp.SMTPError{Code: code, Message: message})
		if !ours[end.Sentence] || end.NextStep == "" {
			t.Errorf("%q became %q / %q", text, end.Sentence, end.NextStep)
		}
		ends := 0
		for _, b := range []bool{end.Temporary, end.Unknown, end.Fatal} {
			if b {
				ends++
			}
		}
		if ends != 1 || end.Unknown && stage != stageEnd {
			t.Errorf("%q at %s: %+v", text, stage, end)
		}
	})
}
