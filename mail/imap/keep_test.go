package imap

import (
	"context"
	"strings"
	"testing"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

// TestG12_OnlyTheBytesOfAPossibleProofAreKept: byte for byte as they came, with the
// verdict on their sender; of other mail, of mail that was cut and of our own, none.
func TestG12_OnlyTheBytesOfAPossibleProofAreKept(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		answer := strings.Replace(imaptest.Letter(2), "list 2.", "M-7K3P-Q2", 1)
		long := strings.Replace(imaptest.Letter(3), "list 3.", "M-7K3P-Q2 "+strings.Repeat("i jeszcze coś\r\n", 100_000), 1)
		host.Deliver(t, "INBOX", imaptest.Letter(1), answer, long)
		host.Deliver(t, host.SentName, strings.Replace(imaptest.Letter(4), "list 4.", "M-7K3P-Q2", 1))
		asked := 0
		b := newBench(host.TLS, func(c *Config) {
			c.BodyLimit = 1 << 20
			c.Keep = func(m *mail.Message) bool { return strings.Contains(m.Text, "M-7K3P-Q2") }
			c.Authenticate = func(_ context.Context, raw []byte) mail.Authentication {
				asked++
				return mail.Authentication{By: "mx.firma.example", DMARC: "pass"}
			}
		})
		b.mirror.Lead = func(mail.Message) bool { return true }
		b.once(t)
		for _, box := range []string{"INBOX", host.SentName} {
			for _, one := range b.mirror.Mail(box) {
				want := box == "INBOX" && one.UID == 2
				if !one.Message.Whole || (len(one.Raw) > 0) != want || (one.Auth.By != "") != want {
					t.Errorf("%s, message %d: whole is %t, %d bytes, %s", box, one.UID, one.Message.Whole, len(one.Raw), one.Auth)
				}
				if want && string(one.Raw) != answer {
					t.Errorf("the bytes are not what came:\n%q\n%q", one.Raw, answer)
				}
			}
		}
		if asked != 1 {
			t.Errorf("%d senders were looked at", asked)
		}
	})
}
