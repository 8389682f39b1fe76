package imap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

func TestFirstSyncIsWholeAndNewestFirst(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
		host.Deliver(t, host.SentName, imaptest.Letters(101, 103)...)
		var order []uint32
		b := newBench(host.TLS, nil)
		b.mirror.OnSave = func(batch []mail.Fetched) error {
			for _, one := range batch {
				order = append(order, one.UID)
			}
			return nil
		}
		b.once(t)
		same(t, host, b.mirror, "INBOX")
		same(t, host, b.mirror, host.SentName)
		if batch := order[:10]; slices.Min(batch) != 16 || slices.Max(batch) != 25 {
			t.Errorf("the first batch is %v, and not the newest ten", batch)
		}
		box := b.mirror.Box("INBOX")
		if !box.Complete || box.LowUID != 1 || box.HighUID != 25 || box.UIDValidity == 0 || box.SyncedAt.IsZero() || box.Role != mail.RoleInbox {
			t.Errorf("cursor: %+v", box)
		}
		one := b.mirror.Mail("INBOX")[0]
		if one.Message.From.Name != "Anna Żółć" || one.Message.ID != "1@klient.example" || one.Size == 0 || one.Message.Whole ||
			!one.Internal.Equal(time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)) {
			t.Errorf("message: %+v", one)
		}
		progress := 0
		for _, s := range b.statuses {
			if s.Phase == mail.SyncRunning && s.Mailbox == mail.RoleInbox {
				if s.Done < progress || s.Total != 25 {
					t.Errorf("progress went from %d to %d of %d", progress, s.Done, s.Total)
				}
				progress = s.Done
			}
		}
		if progress != 25 {
			t.Errorf("progress ended at %d", progress)
		}
	})
}

func TestIncrementalSyncSeesNewGoneAndFlagged(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 12)...)
		b := newBench(host.TLS, nil)
		b.once(t)
		host.Deliver(t, "INBOX", imaptest.Letters(13, 15)...)
		host.Expunge(t, "INBOX", 2, 3, 15)
		host.Flag(t, "INBOX", imap.FlagFlagged, 1)
		host.Flag(t, "INBOX", imap.FlagSeen, 5, 13)
		b.once(t)
		same(t, host, b.mirror, "INBOX")
		host.Flag(t, "INBOX", imap.FlagAnswered, 5)
		b.once(t)
		same(t, host, b.mirror, "INBOX")
		// The mailbox shrinks to nothing.
		all := make([]imap.UID, 15)
		for i := range all {
			all[i] = imap.UID(i + 1)
		}
		host.Expunge(t, "INBOX", all...)
		b.once(t)
		same(t, host, b.mirror, "INBOX")
		if left := len(b.mirror.Mail("INBOX")); left != 0 {
			t.Errorf("%d messages left in an empty mailbox", left)
		}
	})
}

func TestM8_NewUIDValidityMeansAnewWithNothingLost(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 12)...)
		b := newBench(host.TLS, nil)
		b.once(t)
		before, resets := b.mirror.Box("INBOX").UIDValidity, b.mirror.Resets()
		host.Validity(t, "INBOX")
		b.once(t)
		if after := b.mirror.Box("INBOX"); after.UIDValidity == before || !after.Complete || b.mirror.Resets() != resets+1 {
			t.Errorf("after the change: %+v, %d resets", after, b.mirror.Resets()-resets)
		}
		same(t, host, b.mirror, "INBOX")
	})
}

func TestM8_BodiesOfLeadsComeAndNothingIsMarkedRead(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
		b := newBench(host.TLS, nil)
		b.mirror.Lead = func(m mail.Message) bool { return m.Subject != "List 7" }
		b.once(t)
		for _, one := range b.mirror.Mail("INBOX") {
			lead := one.UID != 7
			if one.Message.Whole != lead || strings.Contains(one.Message.Text, fmt.Sprintf("Dzień dobry, list %d.", one.UID)) != lead {
				t.Errorf("message %d: %+v", one.UID, one.Message)
			}
			if one.Flags.Seen {
				t.Errorf("message %d was marked read", one.UID)
			}
		}
		same(t, host, b.mirror, "INBOX")
	})
}

func TestBodyLimitIsToldInANote(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		long := strings.Replace(imaptest.Letter(1), "list 1.", strings.Repeat("bardzo długi list\r\n", 200_000), 1)
		host.Deliver(t, "INBOX", long, imaptest.Letter(2))
		b := newBench(host.TLS, func(c *Config) { c.BodyLimit = 1 << 20 })
		b.mirror.Lead = func(mail.Message) bool { return true }
		b.once(t)
		list := b.mirror.Mail("INBOX")
		if one := list[0].Message; !one.Whole || !strings.Contains(strings.Join(one.Notes, " "), "only the first 1") || !strings.Contains(one.Text, "bardzo długi") {
			t.Errorf("long mail: whole=%v notes=%v text of %d", one.Whole, one.Notes, len(one.Text))
		}
		if one := list[1].Message; !one.Whole || len(one.Notes) != 0 {
			t.Errorf("the next mail: %+v", one)
		}
	})
}

func TestWhatWasReadHereIsReadThere(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 5)...)
		b := newBench(host.TLS, nil)
		b.once(t)
		b.mirror.Read("INBOX", 2)
		b.mirror.Read("INBOX", 4)
		host.Expunge(t, "INBOX", 4) // a debt to a message that is gone
		b.once(t)
		same(t, host, b.mirror, "INBOX")
		if owed, _ := b.mirror.OwedSeen(t.Context(), b.mirror.Box("INBOX")); len(owed) != 0 || !b.mirror.Mail("INBOX")[1].Flags.Seen {
			t.Errorf("still owed: %v", owed)
		}
	})
}

func TestRunHearsOfChangesByIdle(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 3)...)
		b := newBench(host.TLS, nil)
		stop := b.run(t)
		b.untilPhase(t, mail.SyncIdle)
		host.Deliver(t, "INBOX", imaptest.Letter(4))
		b.until(t, "the fourth letter", func() bool { return len(b.mirror.Mail("INBOX")) == 4 })
		host.Expunge(t, "INBOX", 1)
		b.until(t, "the first letter gone", func() bool { return len(b.mirror.Mail("INBOX")) == 3 })
		host.Flag(t, "INBOX", imap.FlagSeen, 2)
		b.until(t, "the flag", func() bool { return b.mirror.Mail("INBOX")[0].Flags.Seen })
		stop()
		if last := b.lastLocked(); last.Phase != mail.SyncOff {
			t.Errorf("after the end: %+v", last)
		}
		same(t, host, b.mirror, "INBOX")
	})
}

func TestStoppedFirstSyncKeepsNewMailComingAndGoesOn(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 35)...)
		b := newBench(host.TLS, nil)
		saves := 0
		b.mirror.OnSave = func(batch []mail.Fetched) error {
			if saves++; saves == 2 {
				b.CancelSync()
			}
			return nil
		}
		stop := b.run(t)
		b.untilPhase(t, mail.SyncIdle)
		if n := len(b.mirror.Mail("INBOX")); n != 20 {
			t.Errorf("%d messages after two batches", n)
		}
		if last := b.lastLocked(); !strings.Contains(last.Problem, "stopped") || b.mirror.Box("INBOX").Complete {
			t.Errorf("status: %+v", last)
		}
		host.Deliver(t, "INBOX", imaptest.Letter(36))
		b.until(t, "a new letter while stopped", func() bool { return len(b.mirror.Mail("INBOX")) == 21 })
		b.SyncNow()
		b.until(t, "the rest", func() bool { return b.mirror.Box("INBOX").Complete })
		stop()
		same(t, host, b.mirror, "INBOX")
	})
}

func TestOnceTellsThatItWasStopped(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	host.Deliver(t, "INBOX", imaptest.Letters(1, 35)...)
	b := newBench(host.TLS, nil)
	b.mirror.OnSave = func([]mail.Fetched) error { b.CancelSync(); return nil }
	if err := b.Once(t.Context()); !errors.Is(err, ErrStopped) {
		t.Errorf("once: %v", err)
	}
	if n := len(b.mirror.Mail("INBOX")); n != 10 {
		t.Errorf("%d messages were kept", n)
	}
	b.mirror.OnSave = nil
	b.SyncNow()
	b.once(t)
	same(t, host, b.mirror, "INBOX")
}

func TestAMirrorThatCannotStoreIsAProblemAndNotTheEnd(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
	b := newBench(host.TLS, nil)
	full := &mail.Problem{Sentence: "The disk is full.", NextStep: "Make room."}
	failures := 2
	b.mirror.OnSave = func([]mail.Fetched) error {
		if failures--; failures >= 0 {
			return full
		}
		return nil
	}
	stop := b.run(t)
	b.untilTold(t, "the problem", 0, func(s mail.SyncStatus) bool { return s.Problem == full.Sentence && s.NextStep == full.NextStep })
	b.untilPhase(t, mail.SyncIdle)
	stop()
	same(t, host, b.mirror, "INBOX")
}

// A crash after any transaction, and before the sync hears of it: the next one
// repeats what it must and harms nothing.
func TestEverySaveMayBeRepeated(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
		crash := errors.New("crash")
		crashes := 0
		for at := 1; ; at++ {
			b := newBench(host.TLS, nil)
			b.mirror.Lead = func(m mail.Message) bool { return strings.HasSuffix(m.Subject, "5") }
			saves := 0
			b.mirror.Saved = func() error {
				if saves++; saves == at {
					return crash
				}
				return nil
			}
			err := b.Once(t.Context())
			if err != nil && !errors.Is(err, crash) {
				t.Fatal(err)
			}
			if err == nil {
				break // there are not so many saves
			}
			crashes++
			b.once(t)
			same(t, host, b.mirror, "INBOX")
			if want, _ := b.mirror.Wanted(t.Context(), b.mirror.Box("INBOX"), 10); len(want) != 0 || !b.mirror.Box("INBOX").Complete {
				t.Errorf("crash after save %d: bodies missing %v", at, want)
			}
		}
		if crashes < 5 {
			t.Errorf("only %d crashes", crashes)
		}
	})
}
