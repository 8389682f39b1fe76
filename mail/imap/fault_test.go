package imap

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

func TestALineCutAnywhereIsOnlyADelay(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
		line := imaptest.NewLine(t, host)
		cut := 0
		// Literals are a few hundred octets, so these steps meet every part of
		// an answer: greeting, login, search, the middle of a literal.
		for at := 10; at < 16_000; at += 487 {
			b := newBench(line.Server, func(c *Config) { c.BodyLimit = 1 << 20 })
			b.mirror.Lead = func(m mail.Message) bool { return strings.HasSuffix(m.Subject, "5") }
			line.CutAfter(at)
			err := b.Once(t.Context())
			for range 3 { // the first try again may meet what is left of the cut
				if err == nil {
					break
				}
				var p *mail.Problem
				if !errors.As(err, &p) || p.Fatal || p.NextStep == "" {
					t.Fatalf("cut after %d: %v", at, err)
				}
				cut++
				err = b.Once(t.Context())
			}
			if err != nil {
				t.Fatalf("cut after %d: not mended: %v", at, err)
			}
			line.CutAfter(-1)
			for _, one := range b.mirror.Mail("INBOX") {
				if strings.HasSuffix(one.Message.Subject, "5") && !strings.Contains(one.Message.Text, fmt.Sprintf("list %d.", one.UID)) {
					t.Errorf("cut after %d: body %d is %q", at, one.UID, one.Message.Text)
				}
				if len(one.Message.Notes) != 0 {
					t.Errorf("cut after %d: message %d has notes %v", at, one.UID, one.Message.Notes)
				}
			}
			if at%5 == 0 {
				same(t, host, b.mirror, "INBOX")
			}
		}
		if cut < 10 {
			t.Errorf("only %d cuts", cut)
		}
	})
}

func TestRunComesBackAfterALostNetwork(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 5)...)
		line := imaptest.NewLine(t, host)
		b := newBench(line.Server, nil)
		stop := b.run(t)
		for round := range 3 {
			b.untilPhase(t, mail.SyncIdle)
			before := b.mark()
			line.CutNow()
			b.untilTold(t, "offline", before, isOffline)
			host.Deliver(t, "INBOX", imaptest.Letter(10+round))
			b.until(t, "the letter of the outage", func() bool { return len(b.mirror.Mail("INBOX")) == 6+round })
		}
		b.untilPhase(t, mail.SyncIdle)
		stop()
		same(t, host, b.mirror, "INBOX")
		if !slices.ContainsFunc(b.statuses, func(s mail.SyncStatus) bool {
			return s.Phase == mail.SyncOffline && !s.RetryAt.IsZero() && s.Problem != "" && !s.SyncedAt.IsZero()
		}) {
			t.Error("no offline status with its next try")
		}
	})
}

// A server that accepts and then says nothing is the worst one: nothing that a
// key can reach may wait for it, and it must be given up by itself.
func TestASilentServerBlocksNobody(t *testing.T) {
	quick := func(c *Config) { c.Silence, c.Refresh = 300*time.Millisecond, 50*time.Millisecond }
	moments := map[string]func(t *testing.T, b *bench, line *imaptest.Line){
		"from the start": func(t *testing.T, b *bench, line *imaptest.Line) {
			line.Silence()
			b.run(t)
		},
		"between two batches": func(t *testing.T, b *bench, line *imaptest.Line) {
			saves, silent := 0, make(chan struct{})
			b.mirror.OnSave = func([]mail.Fetched) error {
				if saves++; saves == 2 {
					line.Silence()
					close(silent)
				}
				return nil
			}
			b.run(t)
			<-silent
		},
		"while idle": func(t *testing.T, b *bench, line *imaptest.Line) {
			b.run(t)
			b.untilPhase(t, mail.SyncIdle)
			line.Silence()
		},
	}
	for name, begin := range moments {
		t.Run(name, func(t *testing.T) {
			everywhere(t, func(t *testing.T, host *imaptest.Host) {
				host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
				line := imaptest.NewLine(t, host)
				b := newBench(line.Server, quick)
				begin(t, b, line)
				b.untilTold(t, "given up", b.mark(), func(s mail.SyncStatus) bool {
					return isOffline(s) && strings.Contains(s.Problem, "in time") && !s.Fatal
				})
				for range 100 { // these return at once, or the test never ends
					b.SyncNow()
					b.CancelSync()
				}
				line.Speak()
				b.SyncNow()
				b.until(t, "back", func() bool { return b.lastLocked().Phase == mail.SyncIdle && b.mirror.Box("INBOX").Complete })
				same(t, host, b.mirror, "INBOX")
			})
		})
	}
}

func TestSyncNowEndsAWaitAtOnce(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	line := imaptest.NewLine(t, host)
	b := newBench(line.Server, func(c *Config) { c.Backoff = func(int) time.Duration { return time.Hour } })
	b.run(t)
	b.untilPhase(t, mail.SyncIdle)
	line.CutNow()
	b.untilPhase(t, mail.SyncOffline)
	if at := b.lastLocked().RetryAt; time.Until(at) < 50*time.Minute {
		t.Errorf("next try at %v", at)
	}
	b.SyncNow()
	b.until(t, "back", func() bool { p := b.lastLocked().Phase; return p == mail.SyncIdle || p == mail.SyncPolling })
}

// poison makes the answer about some messages one that ends the connection.
func poison(uids ...int) func(string) string {
	at := regexp.MustCompile(`FETCH \(.*UID (\d+)[ )]`)
	return func(line string) string {
		m := at.FindStringSubmatch(line)
		if m == nil || !slices.ContainsFunc(uids, func(uid int) bool { return m[1] == fmt.Sprint(uid) }) {
			return line
		}
		return strings.Replace(line, "RFC822.SIZE", "X-GM-MSGID", 1)
	}
}

func TestAPoisonMessageIsOnePlaceholder(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
		line := imaptest.NewLine(t, host)
		line.Edit(poison(3, 17, 18))
		b := newBench(line.Server, nil)
		b.mirror.Lead = func(mail.Message) bool { return true }
		b.once(t)
		list := b.mirror.Mail("INBOX")
		if len(list) != 25 || !b.mirror.Box("INBOX").Complete {
			t.Fatalf("%d messages", len(list))
		}
		for _, one := range list {
			bad := one.UID == 3 || one.UID == 17 || one.UID == 18
			if bad != slices.Contains(one.Message.Notes, noteUnreadable) {
				t.Errorf("message %d: %q %v", one.UID, one.Message.Subject, one.Message.Notes)
			}
			if !bad && one.Message.Subject != fmt.Sprintf("List %d", one.UID) {
				t.Errorf("message %d lost its subject: %q", one.UID, one.Message.Subject)
			}
		}
		before := line.Dialled()
		b.once(t)
		if again := line.Dialled() - before; again != 1 {
			t.Errorf("the next sync needed %d connections", again)
		}
	})
}

func TestAServerThatIsPoisonThroughoutIsAProblem(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	host.Deliver(t, "INBOX", imaptest.Letters(1, 25)...)
	line := imaptest.NewLine(t, host)
	line.Edit(func(s string) string {
		return strings.Replace(strings.Replace(s, "* SEARCH", "* VANISHED", 1), "* ESEARCH", "* VANISHED", 1)
	})
	b := newBench(line.Server, nil)
	err := b.Once(t.Context())
	var p *mail.Problem
	if !errors.As(err, &p) || !errors.Is(err, errUnreadable) || !strings.Contains(p.Sentence, "cannot read") {
		t.Errorf("once: %v", err)
	}
}

// Half a search result must not make the other half look expunged.
func TestNothingIsForgottenOnADoubtfulSearch(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 12)...)
		line := imaptest.NewLine(t, host)
		b := newBench(line.Server, nil)
		b.once(t)
		all := regexp.MustCompile(`^(\* E?SEARCH).*\r\n`)
		line.Edit(func(s string) string { return all.ReplaceAllString(s, "* SEARCH\r\n") })
		b.once(t)
		if n := len(b.mirror.Mail("INBOX")); n != 12 {
			t.Errorf("%d messages left", n)
		}
		line.Edit(func(s string) string { return all.ReplaceAllString(s, "* SEARCH 1 4294967295\r\n") })
		b.once(t) // a UID that does not exist is not fetched, and not stored
		line.Edit(nil)
		b.once(t)
		same(t, host, b.mirror, "INBOX")
	})
}

func TestSearchResultsThatNoMailboxHasAreRefused(t *testing.T) {
	for _, set := range []imap.NumSet{
		imap.UIDSet{{Start: 1, Stop: 4294967295}}, imap.UIDSet{{Start: 1, Stop: 0}}, imap.UIDSet{{Start: 0, Stop: 0}},
		imap.SeqSet{{Start: 1, Stop: 2}}, imap.UIDSet{{Start: 5, Stop: 1}},
	} {
		if uids, ok := expand(set); ok {
			t.Errorf("%v became %d UIDs", set, len(uids))
		}
	}
	if uids, ok := expand(imap.UIDSet{{Start: 7, Stop: 9}, {Start: 4294967295, Stop: 4294967295}, {Start: 2, Stop: 2}}); !ok || !slices.Equal(uids, []uint32{2, 7, 8, 9, 4294967295}) {
		t.Errorf("got %v, %v", uids, ok)
	}
}

func TestWithoutIdleWePoll(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		line := imaptest.NewLine(t, host)
		line.Edit(func(s string) string {
			if strings.Contains(s, "CAPABILITY") {
				s = strings.Replace(strings.Replace(s, " IDLE", "", 1), " IMAP4rev2", "", 1)
			}
			return s
		})
		b := newBench(line.Server, func(c *Config) { c.Poll = 20 * time.Millisecond })
		stop := b.run(t)
		b.untilPhase(t, mail.SyncPolling)
		host.Deliver(t, "INBOX", imaptest.Letter(1))
		b.until(t, "the letter", func() bool { return len(b.mirror.Mail("INBOX")) == 1 })
		stop()
		if slices.ContainsFunc(b.statuses, func(s mail.SyncStatus) bool { return s.Phase == mail.SyncIdle }) {
			t.Error("claims to be idle")
		}
	})
}

func TestAServerThatAllowsOneConnectionIsPolled(t *testing.T) {
	host := imaptest.Embedded(t, imaptest.FullCaps)
	line := imaptest.NewLine(t, host)
	line.Only(1)
	b := newBench(line.Server, func(c *Config) { c.Poll = 20 * time.Millisecond })
	b.run(t)
	b.untilPhase(t, mail.SyncPolling)
	host.Deliver(t, "INBOX", imaptest.Letter(1))
	b.until(t, "the letter", func() bool { return len(b.mirror.Mail("INBOX")) == 1 })
	line.Only(0)
	b.untilPhase(t, mail.SyncIdle)
}

func TestWithoutASentFolderTheInboxSyncs(t *testing.T) {
	everywhere(t, func(t *testing.T, host *imaptest.Host) {
		host.Deliver(t, "INBOX", imaptest.Letters(1, 3)...)
		line := imaptest.NewLine(t, host)
		line.Edit(func(s string) string {
			if strings.HasPrefix(s, "* LIST ") && !strings.Contains(s, "INBOX") {
				return "* OK\r\n"
			}
			return s
		})
		b := newBench(line.Server, nil)
		b.run(t)
		b.untilPhase(t, mail.SyncIdle)
		if last := b.lastLocked(); !strings.Contains(last.Problem, "no Sent folder") || last.NextStep == "" || last.Fatal {
			t.Errorf("status: %+v", last)
		}
		same(t, host, b.mirror, "INBOX")
	})
}

func TestBackoffGrowsToAMinuteAndIsSpread(t *testing.T) {
	for try, want := range map[int]time.Duration{0: time.Second, 3: 8 * time.Second, 6: time.Minute, 1000: time.Minute} {
		for range 100 {
			if d := backoff(try); d < want*8/10 || d > want*12/10 {
				t.Errorf("try %d: %v", try, d)
			}
		}
	}
}
