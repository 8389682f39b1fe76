package imap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

// aMail is one mail with a person in some place of it.
func aMail(n int, from, to, cc, text string) string {
	return fmt.Sprintf("From: %s\r\nTo: %s\r\nCc: %s\r\nSubject: mail %d\r\nMessage-ID: <e%d@else.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\n"+
		"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", from, to, cc, n, n, text)
}

const erasedOne = "ewa@studio.example"

// eraseHost fills three folders; mails 1, 3, 4 and 6 have the person in them.
func eraseHost(t *testing.T, host *imaptest.Host) {
	t.Helper()
	if err := host.Client(t).Create("Archive", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	host.Deliver(t, "INBOX",
		aMail(1, erasedOne, "rep@firma.example", "x@else.example", "Hello"),
		aMail(2, "anna@else.example", "rep@firma.example", "x@else.example", "Hello"),
		aMail(3, "anna@else.example", "rep@firma.example", "x@else.example", "As ewa@studio.example wrote"))
	host.Deliver(t, host.SentName, aMail(4, "rep@firma.example", erasedOne, "x@else.example", "Hello"), aMail(5, "rep@firma.example", "anna@else.example", "x@else.example", "Hello"))
	host.Deliver(t, "Archive", aMail(6, "anna@else.example", "rep@firma.example", erasedOne, "Hello"), aMail(7, "bob@else.example", "rep@firma.example", "x@else.example", "Hello"))
}

func subjects(t *testing.T, host *imaptest.Host, folder string) []string {
	t.Helper()
	client := host.Client(t)
	selected, err := client.Select(folder, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if selected.NumMessages == 0 {
		return nil
	}
	list, err := client.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true, Envelope: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range list {
		got = append(got, strings.TrimPrefix(one.Envelope.Subject, "mail "))
		if slices.Contains(one.Flags, imap.FlagSeen) {
			t.Errorf("%s: %s was marked as read", folder, one.Envelope.Subject)
		}
	}
	slices.Sort(got)
	return got
}

// TestD5_CopiesAreFoundInEveryFolder, by header and by text, and none is marked as read.
func TestD5_CopiesAreFoundInEveryFolder(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		eraseHost(t, host)
		b := newBench(host.TLS, func(c *Config) { c.Account = "rep@firma.example" })
		copies, err := b.FindCopies(t.Context(), mail.Address{Email: erasedOne})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range copies {
			got = append(got, fmt.Sprintf("%s %s out=%t", c.Mailbox, c.ID, c.Out))
			if c.UID == 0 || c.UIDValidity == 0 || c.At.IsZero() {
				t.Errorf("not complete: %+v", c)
			}
		}
		want := []string{"Archive e6@else.example out=false", "INBOX e1@else.example out=false", "INBOX e3@else.example out=false", host.SentName + " e4@else.example out=true"}
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("found %q, want %q", got, want)
		}
		subjects(t, host, "INBOX") // nothing was marked as read
	})
}

// TestD5_OnlyTheMailsThatWereMeantGo: another mail at the same place, a folder that was made
// anew and a mail that somebody else marked as deleted all stay.
func TestD5_OnlyTheMailsThatWereMeantGo(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) *imaptest.Host{
		"embedded": func(t *testing.T) *imaptest.Host { return imaptest.Embedded(t, imaptest.FullCaps) },
		"dovecot":  func(t *testing.T) *imaptest.Host { return imaptest.Dovecot(t) },
	} {
		t.Run(name, func(t *testing.T) {
			host := start(t)
			eraseHost(t, host)
			b := newBench(host.TLS, nil)
			b.once(t)
			copies, err := b.FindCopies(t.Context(), mail.Address{Email: erasedOne})
			if err != nil {
				t.Fatal(err)
			}
			for i := range copies {
				switch copies[i].ID {
				case "e3@else.example":
					copies[i].ID = "other@else.example" // by now another mail has this place
				case "e6@else.example":
					copies[i].UIDValidity++ // and this folder was made anew
				}
			}
			copies = append(copies, mail.Copy{Mailbox: "INBOX", UIDValidity: copies[1].UIDValidity, UID: 999, ID: "e9@else.example"})
			host.Flag(t, "INBOX", imap.FlagDeleted, 2) // somebody else's plan
			gone, err := b.EraseCopies(t.Context(), copies)
			if err != nil || gone != 2 {
				t.Errorf("%d went, want 2: %v", gone, err)
			}
			for folder, want := range map[string]string{"INBOX": "2 3", host.SentName: "5", "Archive": "6 7"} {
				if got := strings.Join(subjects(t, host, folder), " "); got != want {
					t.Errorf("%s holds %q, want %q", folder, got, want)
				}
			}
			again, err := b.EraseCopies(t.Context(), copies)
			if err != nil || again != 0 {
				t.Errorf("the second time %d went: %v", again, err)
			}
			b.once(t)
			if list := b.mirror.Mail("INBOX"); len(list) != 2 {
				t.Errorf("the sync still knows %d mails", len(list))
			}
		})
	}
}

// TestD5_WithoutUIDPlusNothingIsDeleted: a plain EXPUNGE would take others' mails along.
func TestD5_WithoutUIDPlusNothingIsDeleted(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.MinCaps)
	eraseHost(t, host)
	b := newBench(host.TLS, nil)
	copies, err := b.FindCopies(t.Context(), mail.Address{Email: erasedOne})
	if err != nil || len(copies) != 4 {
		t.Fatalf("%d copies: %v", len(copies), err)
	}
	gone, err := b.EraseCopies(t.Context(), copies)
	var told *mail.Problem
	if gone != 0 || !errors.As(err, &told) || told.NextStep == "" {
		t.Errorf("%d went: %v", gone, err)
	}
	if got := subjects(t, host, "INBOX"); len(got) != 3 {
		t.Errorf("the inbox holds %q", got)
	}
}

// TestD5_AMailWithoutAnIdIsKnownByItsTime.
func TestD5_AMailWithoutAnIdIsKnownByItsTime(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	host.Deliver(t, "INBOX", strings.Replace(aMail(1, erasedOne, "rep@firma.example", "x@else.example", "Hello"), "Message-ID: <e1@else.example>\r\n", "", 1))
	b := newBench(host.TLS, nil)
	copies, err := b.FindCopies(t.Context(), mail.Address{Email: erasedOne})
	if err != nil || len(copies) != 1 || copies[0].ID != "" {
		t.Fatalf("%+v: %v", copies, err)
	}
	other := copies[0]
	other.At = other.At.AddDate(0, 0, -1)
	for _, tc := range []struct {
		place mail.Copy
		want  int
	}{{other, 0}, {copies[0], 1}} {
		if gone, err := b.EraseCopies(t.Context(), []mail.Copy{tc.place}); err != nil || gone != tc.want {
			t.Errorf("%d went, want %d: %v", gone, tc.want, err)
		}
	}
}

// TestL15_WholeMailsAreFetchedAsTheyCame, byte for byte, and none is marked as read.
func TestL15_WholeMailsAreFetchedAsTheyCame(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		eraseHost(t, host)
		b := newBench(host.TLS, nil)
		copies, err := b.FindCopies(t.Context(), mail.Address{Email: erasedOne})
		if err != nil {
			t.Fatal(err)
		}
		copies[0].ID = "other@else.example" // by now another mail has this place
		got := map[mail.MessageID]string{}
		came, err := b.FetchRaw(t.Context(), copies, func(c mail.Copy, raw []byte) error {
			got[c.ID] = string(raw)
			return nil
		})
		if err != nil || came != 3 {
			t.Fatalf("%d came: %v", came, err)
		}
		if want := aMail(1, erasedOne, "rep@firma.example", "x@else.example", "Hello"); got["e1@else.example"] != want {
			t.Errorf("it came as %q, want %q", got["e1@else.example"], want)
		}
		subjects(t, host, "INBOX")
	})
}
