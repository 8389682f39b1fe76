package imap

import (
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

func TestSentCopyIsSavedOnceAndSeen(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		b := newBench(host.TLS, nil)
		sent := mail.SentCopy{ID: 1, MessageID: "9@klient.example", Raw: []byte(imaptest.Letter(9))}
		for range 2 { // the second time the answer of the first was lost
			if err := b.SaveSent(t.Context(), sent); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.SaveSent(t.Context(), mail.SentCopy{ID: 2, MessageID: "10@klient.example", Raw: []byte(imaptest.Letter(10))}); err != nil {
			t.Fatal(err)
		}
		b.once(t)
		list := b.mirror.Mail(host.SentName)
		if len(list) != 2 || !list[0].Flags.Seen || list[0].Message.ID != sent.MessageID || list[1].Message.Subject != "List 10" {
			t.Errorf("sent: %+v", list)
		}
		same(t, host, b.mirror, host.SentName)
	})
}

func TestSentFolderIsMadeWhereThereIsNone(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	if err := host.Client(t).Delete("Sent").Wait(); err != nil {
		t.Fatal(err)
	}
	b := newBench(host.TLS, nil)
	b.once(t)
	if err := b.SaveSent(t.Context(), mail.SentCopy{MessageID: "9@klient.example", Raw: []byte(imaptest.Letter(9))}); err != nil {
		t.Fatal(err)
	}
	b.once(t)
	if list := b.mirror.Mail("Sent"); len(list) != 1 {
		t.Errorf("sent: %+v", list)
	}
}

func TestALineCutWhileSavingMakesNoSecondCopy(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		line := imaptest.NewLine(t, host)
		b := newBench(line.Server, nil)
		big := strings.Replace(imaptest.Letter(9), "list 9.", strings.Repeat("długi list\r\n", 20_000), 1)
		for at := 50; at < 2500; at += 350 {
			line.CutAfter(at)
			_ = b.SaveSent(t.Context(), mail.SentCopy{MessageID: "9@klient.example", Raw: []byte(big)}) // the outbox tries again
			line.CutAfter(-1)
		}
		if err := b.SaveSent(t.Context(), mail.SentCopy{MessageID: "9@klient.example", Raw: []byte(big)}); err != nil {
			t.Fatal(err)
		}
		b.once(t)
		if list := b.mirror.Mail(host.SentName); len(list) != 1 {
			t.Errorf("%d copies", len(list))
		}
	})
}

func TestPickSent(t *testing.T) {
	box := func(name string, attrs ...imap.MailboxAttr) *imap.ListData {
		return &imap.ListData{Mailbox: name, Attrs: attrs}
	}
	tests := []struct {
		want string
		list []*imap.ListData
	}{
		{"", nil},
		{"", []*imap.ListData{box("INBOX"), box("Archive"), box("Presented"), box("Work/Sent report")}},
		{"Posłane", []*imap.ListData{box("Sent"), box("Posłane", imap.MailboxAttrHasNoChildren, imap.MailboxAttrSent)}},
		{"Sent", []*imap.ListData{box("Wysłane"), box("Sent Items"), box("Sent")}},
		{"Sent Items", []*imap.ListData{box("Sent", imap.MailboxAttrNoSelect), box("Sent Items")}},
		{"Wysłane", []*imap.ListData{box("INBOX"), box("Wysłane")}},
		{"Elementy wysłane", []*imap.ListData{box("Elementy wysłane")}},
		{"[Gmail]/Sent Mail", []*imap.ListData{box("[Gmail]", imap.MailboxAttrNoSelect), box("[Gmail]/Sent Mail")}},
		{"INBOX.Sent", []*imap.ListData{box("INBOX"), box("INBOX.Sent")}},
		{"INBOX/sent messages", []*imap.ListData{box("INBOX/sent messages")}},
	}
	for _, test := range tests {
		if got := pickSent(test.list); got != test.want {
			t.Errorf("%v: got %q, want %q", test.list, got, test.want)
		}
	}
}
