package demo_test

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-smtp"

	"zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/mail/mime"
)

// someone is a person of the cast with a manner.
func someone(t *testing.T, w *demo.World, manner demo.Manner, language string) demo.Person {
	t.Helper()
	for _, p := range w.People() {
		if p.Answers == manner && p.Language == language {
			return p
		}
	}
	t.Fatalf("nobody is %s in %s", manner, language)
	return demo.Person{}
}

// answers sends one mail to a person and waits by IDLE for what comes back.
func answers(t *testing.T, w *demo.World, to string) mail.Message {
	t.Helper()
	news := make(chan uint32, 64)
	c := login(t, w, &imapclient.UnilateralDataHandler{Mailbox: func(d *imapclient.UnilateralDataMailbox) {
		if d.NumMessages != nil {
			news <- *d.NumMessages
		}
	}})
	before := choose(t, c, "INBOX").NumMessages
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	if err := send(t, w, to, letter(to, "asked@jasnykat.example")); err != nil {
		t.Fatal(err)
	}
	if n := within(t, news, "the answer"); n != before+1 {
		t.Fatalf("%d new mails", n-before)
	}
	if err := idle.Close(); err != nil {
		t.Fatal(err)
	}
	if err := idle.Wait(); err != nil {
		t.Fatal(err)
	}
	all := fetchAll(t, c)
	last := all[len(all)-1]
	if len(last.flags) != 0 {
		t.Errorf("the new mail has the flags %v", last.flags)
	}
	return mime.Parse(last.raw)
}

func TestPeopleAnswerByTheirManner(t *testing.T) {
	w := start(t, demo.Options{ReplyAfter: time.Millisecond})
	for _, c := range []struct {
		manner   demo.Manner
		language string
		kind     mail.Kind
		says     string
	}{
		{demo.Friendly, "pl", mail.Personal, "Tak, proszę przesłać"},
		{demo.Friendly, "en", mail.Personal, "Yes, do send it over"},
		{demo.Friendly, "de", mail.Personal, "schicken Sie es mir gern"},
		{demo.Curious, "en", mail.Personal, "how long does the work take"},
		{demo.Stops, "pl", mail.Personal, "STOP, proszę nie pisać."},
		{demo.Away, "pl", mail.AutoReply, "Jestem na urlopie"},
		{demo.Gone, "pl", mail.Bounce, "no such mailbox"},
	} {
		t.Run(string(c.manner)+" "+c.language, func(t *testing.T) {
			p := someone(t, w, c.manner, c.language)
			m := answers(t, w, p.Address.Email)
			if m.Kind != c.kind || !strings.Contains(m.Text, c.says) {
				t.Errorf("kind %s, text %q", m.Kind, m.Text)
			}
			if m.InReplyTo != "asked@jasnykat.example" {
				t.Errorf("it answers %q", m.InReplyTo)
			}
			if c.kind == mail.Bounce {
				return
			}
			if m.From.Key() != p.Address.Key() || !strings.HasSuffix(m.Subject, "Próba") {
				t.Errorf("from %s, subject %q", m.From.Email, m.Subject)
			}
			if want := []mail.MessageID{"older@jasnykat.example", "asked@jasnykat.example"}; !slices.Equal(m.References, want) {
				t.Errorf("references %v", m.References)
			}
			if c.kind == mail.Personal && !strings.Contains(m.Text, "> czy to działa?\n>> stare") {
				t.Errorf("the text %q does not quote ours", m.Text)
			}
		})
	}
	if n := len(w.Delivered()); n != 7 {
		t.Errorf("%d mails were delivered", n)
	}
}

func TestAMailToTheRepArrivesAtOnce(t *testing.T) {
	w := start(t, demo.Options{Empty: true})
	if err := send(t, w, "MARTA@jasnykat.example", letter("marta@jasnykat.example", "self@jasnykat.example")); err != nil {
		t.Fatal(err)
	}
	c := login(t, w, nil)
	if n := choose(t, c, "INBOX").NumMessages; n != 1 {
		t.Errorf("%d mails", n)
	}
	d := w.Delivered()
	if len(d) != 1 || d[0].From != w.Rep().Email || !slices.Equal(d[0].To, []string{"MARTA@jasnykat.example"}) || !strings.Contains(string(d[0].Raw), "czy to działa?\r\n") {
		t.Errorf("delivered %+v", d)
	}
}

func TestM11_MagicAddressesMisbehave(t *testing.T) {
	w := start(t, demo.Options{Empty: true})
	code := func(tag string) int {
		to := "ewa+" + tag + "@firma.example"
		err := send(t, w, to, letter(to, tag+"@jasnykat.example"))
		if err == nil {
			return 250
		}
		if answer, ok := errors.AsType[*smtp.SMTPError](err); ok {
			return answer.Code
		}
		return 0 // the line went dead
	}
	for _, c := range []struct {
		tag        string
		codes      []int
		deliveries int
	}{
		{"451", []int{451, 451}, 0},
		{"451once", []int{451, 250}, 1},
		{"550", []int{550, 550}, 0},
		{"554", []int{554, 554}, 0},
		{"cut", []int{0}, 1},
		{"other", []int{250}, 1},
	} {
		before := len(w.Delivered())
		for i, want := range c.codes {
			if got := code(c.tag); got != want {
				t.Errorf("%s, try %d: %d, want %d", c.tag, i+1, got, want)
			}
		}
		if n := len(w.Delivered()) - before; n != c.deliveries {
			t.Errorf("%s: %d deliveries, want %d", c.tag, n, c.deliveries)
		}
	}
}

func TestAKeptWorldComesBackAsItWas(t *testing.T) {
	dir := t.TempDir()
	day := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	open := func(now time.Time) *demo.World {
		return start(t, demo.Options{Dir: dir, Now: func() time.Time { return now }, ReplyAfter: -1})
	}
	first := open(day)
	c := login(t, first, nil)
	before := choose(t, c, "INBOX")
	disturb(t, c)
	want := snapshot(t, c)
	people := first.People()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	second := open(day.AddDate(0, 0, 3))
	again := login(t, second, nil)
	after := choose(t, again, "INBOX")
	if after.UIDValidity != before.UIDValidity || after.UIDNext != before.UIDNext {
		t.Errorf("UIDVALIDITY %d, UIDNEXT %d; before %d, %d", after.UIDValidity, after.UIDNext, before.UIDValidity, before.UIDNext)
	}
	for name, mails := range snapshot(t, again) {
		if !slices.EqualFunc(mails, want[name], func(a, b fetched) bool {
			return a.uid == b.uid && string(a.raw) == string(b.raw) && sameFlags(a.flags, b.flags)
		}) {
			t.Errorf("%s came back changed: %d mails, before %d", name, len(mails), len(want[name]))
		}
	}
	for i, p := range second.People() {
		if !p.ObtainedAt.Equal(people[i].ObtainedAt) {
			t.Errorf("person %d: obtained %s, before %s", i, p.ObtainedAt, people[i].ObtainedAt)
		}
	}
}

// disturb does everything to INBOX that a kept world must remember.
func disturb(t *testing.T, c *imapclient.Client) {
	t.Helper()
	if err := c.Store(imap.UIDSetNum(3, 4), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}, Silent: true}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.UIDExpunge(imap.UIDSetNum(3, 4)).Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Store(imap.UIDSetNum(5), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagFlagged, imap.FlagAnswered}, Silent: true}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Copy(imap.UIDSetNum(6), "Trash").Wait(); err != nil {
		t.Fatal(err)
	}
	own := []byte(letter("ewa@firma.example", "copy@jasnykat.example"))
	cmd := c.Append("Sent", int64(len(own)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}})
	if _, err := cmd.Write(own); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func snapshot(t *testing.T, c *imapclient.Client) map[string][]fetched {
	t.Helper()
	all := make(map[string][]fetched)
	for _, name := range []string{"INBOX", "Sent", "Trash"} {
		choose(t, c, name)
		all[name] = fetchAll(t, c)
	}
	return all
}

func sameFlags(a, b []imap.Flag) bool {
	lower := func(flags []imap.Flag) []string {
		var out []string
		for _, f := range flags {
			out = append(out, strings.ToLower(string(f)))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(lower(a), lower(b))
}

func TestCloseEndsEveryGoroutine(t *testing.T) {
	w := start(t, demo.Options{ReplyAfter: time.Hour})
	c := login(t, w, nil)
	choose(t, c, "INBOX")
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	if err := send(t, w, "hanna.zielinska@wydawnictwo-cma.example", letter("x", "late@jasnykat.example")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_ = idle.Wait() // the client hears that the line is dead
	_ = c.Close()
	deadline := time.Now().Add(patience)
	for {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		var left []string
		for _, g := range strings.Split(string(stacks), "\n\n") {
			if strings.Contains(g, "imapserver.") || strings.Contains(g, "go-smtp.(*Server)") || strings.Contains(g, "mail/demo.(*") {
				left = append(left, g)
			}
		}
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines are left:\n%s", len(left), strings.Join(left, "\n\n"))
		}
		runtime.Gosched()
	}
}
