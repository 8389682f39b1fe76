package cli

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	zmail "zgoda/mail"
	"zgoda/ui"
)

// patience is how long one test may take. It is less than the syncer's poll, so
// that what comes in after the first sync has come by IDLE.
const patience = 55 * time.Second

// What Anna asks, and what she is told and answers.
const (
	annasSubject  = "Lamps for a reading room"
	annasQuestion = "Could you light a reading room of 60 square metres?"
	repsAnswer    = "Yes: twelve panels of 3000 K do it, and I can show you one."
	annasThanks   = "Splendid, please come on Thursday at ten."
)

// shift is a rep at work: the whole program but for the terminal.
type shift struct {
	tb     testing.TB
	ctx    context.Context
	stage  stage
	world  *world
	facts  <-chan tea.Msg
	screen *player
	ahead  atomic.Int64 // how far the program's clock is ahead of the real one
}

// sitDown opens the world on a stage where Anna's question waits in INBOX.
func sitDown(t *testing.T, s stage, hold time.Duration) *shift {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	d := &shift{tb: t, ctx: ctx, stage: s}
	s.receive(t, letterFrom(annasSubject, annasQuestion, "question@klient.example", ""))
	a := &app{paths: underDir(t.TempDir()), now: func() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())) }}
	var err error
	if d.world, err = openWorld(ctx, a, s.config(), s.hosts); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.world.close)
	d.facts = d.world.start(ctx, true)
	options := d.world.options(a)
	options.Hold = hold
	d.screen = newPlayer(t, ui.New(d.world.ports(), options))
	return d
}

// until hands facts to the screen, as they come, until ok.
func (d *shift) until(what string, ok func() bool) {
	d.tb.Helper()
	for !ok() {
		select {
		case fact, open := <-d.facts:
			if !open {
				d.tb.Fatalf("the world ended before %s", what)
			}
			d.screen.send(fact)
		case <-d.ctx.Done():
			d.tb.Fatalf("waited in vain until %s; the screen says:\n%s", what, d.screen.text())
		}
	}
}

func (d *shift) untilShown(texts ...string) {
	d.tb.Helper()
	d.until("the screen shows "+strings.Join(texts, " and "), func() bool { return d.screen.shows(texts...) })
}

// makeLead finds who wrote in New people and makes her a lead. Only then is
// the text of her mail fetched (law.md L5b).
func (d *shift) makeLead() consent.Lead {
	d.tb.Helper()
	d.screen.press("tab")
	d.untilShown(annasSubject)
	d.screen.must(!d.screen.shows(annasQuestion), "the text of nobody's lead was fetched")
	d.screen.press("l", "shift+tab")
	d.untilShown(annasQuestion)
	page, err := d.world.db.Rows(d.ctx, consent.Query{Split: consent.SplitLeads, Limit: 10})
	if err != nil || len(page.Rows) != 1 {
		d.tb.Fatalf("the leads: %+v, %v", page.Rows, err)
	}
	return page.Rows[0].Lead
}

// answer writes the reply from its template and sends it.
func (d *shift) answer() {
	d.tb.Helper()
	d.screen.press("r")
	for n := 0; n < 9 && !d.screen.shows("▌ Reply"); n++ {
		d.screen.press("j")
	}
	d.screen.must(d.screen.shows("▌ Reply"), "there is no template for a reply")
	d.screen.press("enter")
	d.screen.must(d.screen.shows("{{answer}}", "Re: "+annasSubject, "Before it leaves"), "the template is not in the composer")
	d.screen.press("ctrl+g")
	d.screen.typeText(repsAnswer[:4])                    // the first key replaces the field; the rest is pasted,
	d.screen.send(tea.PasteMsg{Content: repsAnswer[4:]}) // for the gate is asked after each key
	d.screen.must(d.screen.shows(repsAnswer) && !d.screen.shows("{{answer}}"), "the field is not filled")
	d.screen.press("ctrl+s")
	d.screen.must(!d.screen.shows("Before it leaves"), "the composer did not close")
}

// ours is the mail of ours in the conversation with the lead.
func (d *shift) ours(lead consent.Lead) zmail.Entry {
	d.tb.Helper()
	var ours []zmail.Entry
	for _, entry := range d.conversation(lead) {
		if entry.Out {
			ours = append(ours, entry)
		}
	}
	if len(ours) != 1 {
		d.tb.Fatalf("%d mails of ours are in the conversation, not one", len(ours))
	}
	return ours[0]
}

func (d *shift) conversation(lead consent.Lead) []zmail.Entry {
	d.tb.Helper()
	entries, err := d.world.db.Conversation(d.ctx, lead.ID, 50)
	if err != nil {
		d.tb.Fatal(err)
	}
	return entries
}

func (d *shift) outgoing() []zmail.Outgoing {
	d.tb.Helper()
	all, err := d.world.db.Outgoing(d.ctx)
	if err != nil {
		d.tb.Fatal(err)
	}
	return all
}

// TestEndToEnd is the whole way of a mail: written in the composer, asked of
// the gate, sent, arrived, copied, answered, and the answer in the conversation.
func TestEndToEnd(t *testing.T) {
	onEachStage(t, func(t *testing.T, s stage) {
		d := sitDown(t, s, time.Millisecond)
		lead := d.makeLead()
		d.answer()
		// The outbox lists a mail until it is sent and its copy is done; that it
		// was sent, and not thrown away, is what the mailboxes say.
		d.until("the mail is sent and its copy saved", func() bool { return len(d.outgoing()) == 0 })
		id := d.ours(lead).Message.ID

		arrived := s.arrived(t, 1)
		if len(arrived) != 1 {
			t.Fatalf("%d mails arrived, not one", len(arrived))
		}
		checkArrived(t, s, arrived[0], id)
		checkCopy(t, s, id)

		s.receive(t, letterFrom("Re: "+annasSubject, annasThanks, "thanks@klient.example", id))
		d.untilShown(annasQuestion, repsAnswer, annasThanks)
		checkThread(t, d.conversation(lead), id)
		if n := len(s.arrived(t, 1)); n != 1 {
			t.Errorf("%d mails arrived in the end, not one", n)
		}
	})
}

// checkArrived is what the person got: a mail to them alone (law.md M2), an
// answer to theirs, with the words that the rep typed.
func checkArrived(t *testing.T, s stage, raw string, id zmail.MessageID) {
	t.Helper()
	head, text := parse(t, raw)
	to, err := head.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != s.them.Email {
		t.Errorf("To is %v, %v", to, err)
	}
	from, err := head.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != s.us.Email {
		t.Errorf("From is %v, %v", from, err)
	}
	for name, want := range map[string][]string{
		"Cc": nil, "Bcc": nil, "Message-Id": {id.Header()},
		"In-Reply-To": {"<question@klient.example>"}, "References": {"<question@klient.example>"},
		"Subject": {"Re: " + annasSubject},
	} {
		if got := head[name]; !slices.Equal(got, want) {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if !strings.Contains(text, repsAnswer) || strings.Contains(text, "{{") {
		t.Errorf("the mail says:\n%s", text)
	}
}

// checkCopy looks for the mail in every folder of the rep: it is in the one
// for sent mail, once, and with the Message-ID that left.
func checkCopy(t *testing.T, s stage, id zmail.MessageID) {
	t.Helper()
	for name, mails := range folders(t, s.hosts.imap) {
		n := 0
		for _, raw := range mails {
			if head, _ := parse(t, raw); head.Get("Message-Id") == id.Header() {
				n++
			}
		}
		if want := map[bool]int{true: 1}[name == s.sentName]; n != want {
			t.Errorf("%s holds the mail %d times, not %d", name, n, want)
		}
	}
}

// checkThread wants question, answer and thanks, in this order and once each.
func checkThread(t *testing.T, entries []zmail.Entry, id zmail.MessageID) {
	t.Helper()
	var ids []zmail.MessageID
	for _, entry := range entries {
		ids = append(ids, entry.Message.ID)
	}
	if want := []zmail.MessageID{"question@klient.example", id, "thanks@klient.example"}; !slices.Equal(ids, want) {
		t.Errorf("the conversation is %q, not %q", ids, want)
	}
}

// TestL21_EndToEndObjectionWhileQueued is the no that comes between the key
// and the server: from then on the mail cannot leave, however late it gets.
func TestL21_EndToEndObjectionWhileQueued(t *testing.T) {
	onEachStage(t, func(t *testing.T, s stage) {
		d := sitDown(t, s, time.Hour)
		lead := d.makeLead()
		d.answer()
		if out := d.outgoing(); len(out) != 1 || out[0].State != zmail.Queued {
			t.Fatalf("the mail does not wait: %+v", out)
		}
		_, err := d.world.db.Record(d.ctx, consent.Event{
			Person: lead.ID, Kind: consent.KindObjected, Method: consent.ByPhone, At: time.Now().Add(-time.Second),
			Evidence: "call of today: she wants no more mail",
		})
		if err != nil {
			t.Fatal(err)
		}
		d.until("the mail is refused", func() bool { out := d.outgoing(); return len(out) == 1 && out[0].State == zmail.Refused })

		d.ahead.Store(int64(2 * time.Hour)) // the hold is long over
		if err := d.world.outbox.Flush(d.ctx); err != nil {
			t.Fatal(err)
		}
		out := d.outgoing()
		if len(out) != 1 || out[0].State != zmail.Refused || out[0].Attempts != 0 || !strings.Contains(out[0].Reason, "objected") {
			t.Errorf("the mail ended as %+v", out)
		}
		if mails := s.arrived(t, 0); len(mails) != 0 {
			t.Errorf("%d mails arrived", len(mails))
		}
		for name, mails := range folders(t, s.hosts.imap) {
			if want := map[bool]int{true: 1}[name == "INBOX"]; len(mails) != want {
				t.Errorf("%s holds %d mails, not %d", name, len(mails), want)
			}
		}
	})
}

// parse takes a mail apart with a parser that is not ours.
func parse(t *testing.T, raw string) (mail.Header, string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, plainText(t, m)
}
