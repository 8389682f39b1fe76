// Package imaptest gives tests a real IMAP server to speak to, an in-memory
// mirror, and a line between them that can be cut.
//
// The way through it:
//
//  1. host.go: a [Host] is a server with two users, whichever program it is.
//  2. embedded.go: [Embedded], the server that comes with go-imap, in this process.
//  3. dovecot.go: [Dovecot], the real one, started for the test and ended by it.
//  4. mirror.go: [Mirror], our side of a mailbox in memory.
//  5. line.go: [Line], a proxy that cuts, stays silent, and changes what is said.
package imaptest

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"zgoda/mail"
)

// The two users of every host: the rep's mailbox, and a lead's.
const (
	Rep      = "rep"
	Lead     = "anna"
	Password = "hasło \"ż\" 1" // not ASCII, with quotes, as real ones are
)

// Host is a running IMAP server on loopback. Each mail.Server logs Rep in.
type Host struct {
	TLS      mail.Server // implicit TLS, with the CA that signed it
	StartTLS mail.Server
	Plain    mail.Server
	SentName string // of the Sent folder
	// Validity gives a folder of Rep a new UIDVALIDITY and keeps its mail.
	Validity func(t testing.TB, folder string)
	// Maildir is where a delivery agent puts a user's mail, and UID and GID are
	// whose it must be; nil for Embedded.
	Maildir  func(user string) string
	UID, GID int
}

// For is the same host seen by another user: its servers log that one in, and
// Deliver, Expunge and Flag work on that one's folders.
func (h *Host) For(user string) *Host {
	other := *h
	for _, server := range []*mail.Server{&other.TLS, &other.StartTLS, &other.Plain} {
		server.Username = user
	}
	other.Validity = nil // it is Rep's alone
	return &other
}

// Client is a second mail program of Rep: what it does is news to the sync.
func (h *Host) Client(t testing.TB) *imapclient.Client {
	t.Helper()
	client, err := imapclient.DialInsecure(h.Plain.Addr(), nil)
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	t.Cleanup(func() { _ = client.Close() })
	if err := client.Login(h.Plain.Username, h.Plain.Password).Wait(); err != nil {
		t.Fatalf("login: %v", err)
	}
	return client
}

// Deliver puts mails into a folder of the host's user, who is Rep or the one of For.
func (h *Host) Deliver(t testing.TB, folder string, raws ...string) {
	t.Helper()
	client := h.Client(t)
	for _, raw := range raws {
		Append(t, client, folder, raw)
	}
}

// Append puts one mail into a folder.
func Append(t testing.TB, client *imapclient.Client, folder, raw string) {
	t.Helper()
	cmd := client.Append(folder, int64(len(raw)), &imap.AppendOptions{Time: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)})
	if _, err := cmd.Write([]byte(raw)); err != nil {
		t.Fatalf("append: %v", err)
	}
	if err := cmd.Close(); err != nil {
		t.Fatalf("append: %v", err)
	}
	if _, err := cmd.Wait(); err != nil {
		t.Fatalf("append: %v", err)
	}
}

// Expunge removes messages of Rep for good.
func (h *Host) Expunge(t testing.TB, folder string, uids ...imap.UID) {
	t.Helper()
	client := h.Client(t)
	h.store(t, client, folder, imap.FlagDeleted, uids)
	if err := client.Expunge().Close(); err != nil {
		t.Fatalf("expunge: %v", err)
	}
}

// Flag sets a flag on messages of Rep.
func (h *Host) Flag(t testing.TB, folder string, flag imap.Flag, uids ...imap.UID) {
	t.Helper()
	h.store(t, h.Client(t), folder, flag, uids)
}

func (h *Host) store(t testing.TB, client *imapclient.Client, folder string, flag imap.Flag, uids []imap.UID) {
	t.Helper()
	if _, err := client.Select(folder, nil).Wait(); err != nil {
		t.Fatalf("select: %v", err)
	}
	flags := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{flag}}
	if err := client.Store(imap.UIDSetNum(uids...), flags, nil).Close(); err != nil {
		t.Fatalf("store: %v", err)
	}
}

// Letter is a small mail with the number n in its subject and Message-ID.
func Letter(n int) string {
	return fmt.Sprintf("From: Anna Żółć <anna@klient.example>\r\nTo: rep@firma.example\r\nSubject: List %d\r\n"+
		"Message-ID: <%d@klient.example>\r\nDate: Mon, 02 Nov 2026 10:00:00 +0100\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDzień dobry, list %d.\r\n", n, n, n)
}

// Long is a letter of about size octets.
func Long(n, size int) string {
	return Letter(n) + strings.Repeat("Dziękuję za ofertę. Czy możemy porozmawiać o niej w przyszłym tygodniu?\r\n", size/78)
}

// Letters are the letters from..to, both included.
func Letters(from, to int) []string {
	var raws []string
	for n := from; n <= to; n++ {
		raws = append(raws, Letter(n))
	}
	return raws
}

// missing skips a test for want of a program, but not under CI, where it is a fault.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed; CI needs it", what)
	}
	t.Skipf("%s is not installed: this test needs it", what)
}
