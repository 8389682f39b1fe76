package cli

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	zmail "zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/mail/imap/imaptest"
	"zgoda/mail/smtp/smtptest"
)

// stage is a mailbox of ours, a door out and a mailbox of theirs.
type stage struct {
	us, them zmail.Address
	hosts    servers
	sentName string
	receive  func(t *testing.T, raw string)         // into our INBOX
	arrived  func(t *testing.T, least int) []string // in their mailbox, once there are so many
}

// config is the configuration of the rep; the company is the sample one.
func (s stage) config() Config {
	return Config{
		Account: accountConfig{Name: s.us.Name, Address: s.us.Email, Signature: s.us.Name + "\nJasny Kąt Lighting Ltd"},
		Company: companyConfig{
			Name: "Jasny Kąt Lighting Ltd", Postal: "14 Lantern Wynd, Edinburgh EH1 1AA", Country: "GB",
			Contact: "privacy@jasnykat.example", PolicyURL: "https://jasnykat.example/privacy",
			Offer: "energy-saving office lighting", Retention: "6 months",
		},
	}
}

// onEachStage runs a test on the embedded servers, and on Dovecot and Postfix
// where they are installed; under CI=true they must be.
func onEachStage(t *testing.T, test func(t *testing.T, s stage)) {
	t.Run("embedded", func(t *testing.T) { test(t, embedded(t)) })
	t.Run("DovecotPostfix", func(t *testing.T) { test(t, dovecotPostfix(t)) })
}

func anna() zmail.Address { return zmail.Address{Name: "Anna Żółć", Email: "anna@klient.example"} }

func embedded(t *testing.T) stage {
	t.Helper()
	office, err := demo.Start(t.Context(), demo.Options{Empty: true, ReplyAfter: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := office.Close(); err != nil {
			t.Error(err)
		}
	})
	return stage{
		us: office.Rep(), them: anna(), hosts: servers{imap: office.IMAP(), smtp: office.SMTP()}, sentName: "Sent",
		receive: func(t *testing.T, raw string) {
			t.Helper()
			if err := office.Receive([]byte(raw)); err != nil {
				t.Fatal(err)
			}
		},
		arrived: func(t *testing.T, _ int) []string {
			t.Helper()
			var mails []string
			for _, delivery := range office.Delivered() { // whoever it went to: there is nobody else to write to
				if len(delivery.To) != 1 || delivery.To[0] != anna().Email {
					t.Errorf("a mail went to %d addresses", len(delivery.To))
				}
				mails = append(mails, string(delivery.Raw))
			}
			return mails
		},
	}
}

func dovecotPostfix(t *testing.T) stage {
	t.Helper()
	dovecot := imaptest.Dovecot(t)
	postfix := smtptest.Start(t, smtptest.PostfixOptions{
		Mailboxes: []string{smtptest.Username, "other@klient.example"},
		Maildirs:  map[string]string{anna().Email: dovecot.Maildir(imaptest.Lead)}, UID: dovecot.UID, GID: dovecot.GID,
	})
	theirs := dovecot.For(imaptest.Lead)
	return stage{
		us:   zmail.Address{Name: "Marta Wiśniewska", Email: smtptest.Username},
		them: anna(), hosts: servers{imap: dovecot.TLS, smtp: postfix.Implicit}, sentName: dovecot.SentName,
		receive: func(t *testing.T, raw string) { t.Helper(); receive(t, dovecot.TLS, raw) },
		arrived: func(t *testing.T, least int) []string {
			t.Helper()
			all := folders(t, theirs.TLS)["INBOX"]
			if len(all) < least { // Postfix took it and is bringing it
				postfix.WaitFor(t, anna().Email, least)
				all = folders(t, theirs.TLS)["INBOX"]
			}
			return all
		},
	}
}

// letterFrom is a mail of Anna to the rep; answers may be empty.
func letterFrom(subject, text string, id, answers zmail.MessageID) string {
	thread := ""
	if answers != "" {
		thread = "In-Reply-To: " + answers.Header() + "\r\nReferences: <question@klient.example> " + answers.Header() + "\r\n"
	}
	return fmt.Sprintf("From: =?utf-8?q?Anna_=C5=BB=C3=B3=C5=82=C4=87?= <%s>\r\nTo: rep@firma.example\r\nSubject: %s\r\n"+
		"Message-ID: %s\r\nDate: %s\r\n%sMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n",
		anna().Email, subject, id.Header(), time.Now().Format(time.RFC1123Z), thread, text)
}

// folders is every mail of a user by folder, as another mail program sees it.
func folders(t *testing.T, server zmail.Server) map[string][]string {
	t.Helper()
	client := login(t, server)
	defer client.Close()
	list, err := client.List("", "*", nil).Collect()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, folder := range list {
		found[folder.Mailbox] = mailsIn(t, client, folder.Mailbox)
	}
	return found
}

func login(t *testing.T, server zmail.Server) *imapclient.Client {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(server.CA) {
		t.Fatal("the server has no authority")
	}
	client, err := imapclient.DialTLS(server.Addr(), &imapclient.Options{TLSConfig: &tls.Config{RootCAs: roots, ServerName: server.Host}})
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Login(server.Username, server.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	return client
}

// receive puts a mail into INBOX as if it had come now.
func receive(t *testing.T, server zmail.Server, raw string) {
	t.Helper()
	client := login(t, server)
	defer client.Close()
	into := client.Append("INBOX", int64(len(raw)), nil)
	if _, err := io.WriteString(into, raw); err != nil {
		t.Fatal(err)
	}
	if err := into.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := into.Wait(); err != nil {
		t.Fatal(err)
	}
}

func mailsIn(t *testing.T, client *imapclient.Client, folder string) []string {
	t.Helper()
	box, err := client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if box.NumMessages == 0 {
		return nil
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	var all imap.SeqSet
	all.AddRange(1, box.NumMessages)
	messages, err := client.Fetch(all, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var mails []string
	for _, message := range messages {
		mails = append(mails, string(message.FindBodySection(whole)))
	}
	return mails
}

// plainText is the first text/plain of a mail, on one line: a line may be
// broken anywhere (format=flowed).
func plainText(t *testing.T, m *mail.Message) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	body, encoding := m.Body, m.Header.Get("Content-Transfer-Encoding")
	if strings.HasPrefix(kind, "multipart/") {
		part, err := multipart.NewReader(m.Body, params["boundary"]).NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body, encoding = part, part.Header.Get("Content-Transfer-Encoding")
	}
	if strings.EqualFold(encoding, "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(text)), " ")
}
