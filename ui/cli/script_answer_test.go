package cli

import (
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zgoda/mail/demo"
	"zgoda/mail/mime"
)

// answersMail proven|spoofed TEXT puts an answer to the last delivered mail into INBOX.
// In TEXT, CODE is the one-time code that the mail shows. proven comes with the word
// of the sample mail server that it is really from them, spoofed with that of another.
func answersMail(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || args[0] != "proven" && args[0] != "spoofed" {
		ts.Fatalf("usage: answers proven|spoofed TEXT")
	}
	office := deskOf(ts).office
	got := office.Delivered()
	if len(got) == 0 {
		ts.Fatalf("nothing was delivered")
	}
	last := got[len(got)-1]
	head, err := mail.ReadMessage(strings.NewReader(string(last.Raw)))
	ts.Check(err)
	_, err = io.Copy(io.Discard, head.Body)
	ts.Check(err)
	text := args[1]
	if strings.Contains(text, "CODE") {
		code := anyCode.FindString(mime.Parse(last.Raw).Text)
		if code == "" {
			ts.Fatalf("the mail shows no code")
		}
		text = strings.ReplaceAll(text, "CODE", code)
	}
	from, host := last.To[0], demo.AuthServID
	if args[0] == "spoofed" {
		host = "mx.evil.example"
	}
	domain := from[strings.LastIndexByte(from, '@')+1:]
	raw := results(host, domain) + fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: Re: %s\r\nMessage-ID: <answer-%d@%s>\r\nIn-Reply-To: %s\r\nDate: %s\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", from, office.Rep().Email, head.Header.Get("Subject"), time.Now().UnixNano(), domain,
		head.Header.Get("Message-ID"), time.Now().Format(time.RFC1123Z), text)
	ts.Check(office.Receive([]byte(raw)))
}
