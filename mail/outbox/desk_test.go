package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
	"zgoda/mail/compose"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp"
	"zgoda/mail/smtp/smtptest"
	"zgoda/store"
	"zgoda/store/storetest"
)

// desk is the real thing around a worker: a SQLite file, the gate over its
// ledger, compose, the SMTP client and a server that counts.
type desk struct {
	t      testing.TB
	db     *store.DB
	dir    string
	gate   *consent.Gate
	server *smtptest.Embedded
	box    *sentBox
	lead   consent.Lead
	links  *link.Book

	mu  sync.Mutex
	now time.Time
}

func newDesk(t testing.TB, opts smtptest.Options) *desk {
	t.Helper()
	d := &desk{t: t, now: storetest.Now, dir: t.TempDir(), box: &sentBox{}, server: smtptest.Serve(t, opts), links: newLinks(t)}
	d.open()
	t.Cleanup(func() { _ = d.db.Close() })
	var err error
	d.lead, err = d.db.AddLead(t.Context(), consent.Lead{
		Address: mail.Address{Name: "Ewa Nowak", Email: "ewa.nowak@studio.example"}, Company: "Studio Ltd", Role: "Office manager",
		Language: "en", Country: "GB", Source: "studio.example/team", SourceKind: consent.SourceResearch, SourcePublic: true, ObtainedAt: d.now.AddDate(0, 0, -2),
		Reason: "You open a second studio in Leeds in March and asked for offers for its shifts.",
	})
	if err != nil {
		t.Fatal(err)
	}
	d.record(consent.KindGranted, consent.MarketingEmail)
	return d
}

// childDesk is a desk over a file and a server that another process made.
func childDesk(t testing.TB, task childTask) *desk {
	t.Helper()
	d := &desk{t: t, now: storetest.Now, dir: task.Dir, box: &sentBox{}, server: &smtptest.Embedded{Server: task.Server}, links: newLinks(t)}
	d.open()
	t.Cleanup(func() { _ = d.db.Close() })
	return d
}

func newLinks(t testing.TB) *link.Book {
	t.Helper()
	links, err := link.New("https://portal.firma.example", bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return links
}

// open opens the database of the desk, as a start of zgoda does.
func (d *desk) open() {
	d.t.Helper()
	options := storetest.Options(d.dir)
	options.Now = d.clock
	db, err := store.Open(context.Background(), options)
	if err != nil {
		d.t.Fatal(err)
	}
	d.db, d.gate = db, consent.NewGate(db, controller(), d.clock)
}

func controller() consent.Controller { return storetest.Options("").Controller }

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) pass(dt time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(dt)
}

func (d *desk) record(kind consent.Kind, purpose consent.Purpose) {
	d.t.Helper()
	_, err := d.db.Record(context.Background(), consent.Event{
		Person: d.lead.ID, Kind: kind, Purpose: purpose, Method: consent.ByPhone, Wording: "I agree to it.", Language: "en",
		Evidence: "call of today, note 7", At: d.clock(), Actor: "marta",
	})
	if err != nil {
		d.t.Errorf("record %s: %v", kind, err)
	}
}

// draft fulfils every duty, so that only what a test changes can be refused.
func (d *desk) draft(tracking consent.Tracking) mail.Draft {
	duties := consent.DutiesOn(consent.BasisConsent, controller(), d.lead, "en", tracking)
	return mail.Draft{
		Person: d.lead.ID, To: d.lead.Address, Subject: "Shifts in Leeds", Language: "en",
		Text:       strings.Join([]string{"Hello Ewa,", "one question about the shifts in Leeds.", "Marta", duties.Notice, duties.Objection, duties.Tracking}, "\n\n"),
		TrackOpens: tracking.Opens, TrackClicks: tracking.Clicks,
	}
}

func (d *desk) queue(draft mail.Draft) mail.Outgoing {
	d.t.Helper()
	out, err := d.db.Queue(context.Background(), draft, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func (d *desk) config() outbox.Config {
	return outbox.Config{
		Store: d.db, Gate: d.gate, Submitter: smtp.New(d.server.Server, nil), SentBox: d.box,
		Sender: func() compose.Sender {
			return compose.Sender{From: mail.Address{Name: "Marta Nowak", Email: smtptest.Username}, Links: d.links}
		},
		Ledger: d.db, Controller: controller(), Now: d.clock,
	}
}

// flush runs a fresh worker once, as a start of zgoda would.
func (d *desk) flush(change ...func(*outbox.Config)) *outbox.Worker {
	d.t.Helper()
	config := d.config()
	for _, f := range change {
		f(&config)
	}
	w := outbox.New(config)
	if err := w.Flush(context.Background()); err != nil {
		d.t.Fatalf("flush: %v", err)
	}
	return w
}

// find is the row of a mail while it stands in the outbox.
func (d *desk) find(id mail.DraftID) mail.Outgoing {
	d.t.Helper()
	all, err := d.db.Outgoing(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, out := range all {
		if out.ID == id {
			return out
		}
	}
	// A sent mail with its copy saved has left the list.
	return mail.Outgoing{State: mail.Sent, Copy: mail.CopyDone}
}

func (d *desk) want(id mail.DraftID, state mail.OutState, delivered int) mail.Outgoing {
	d.t.Helper()
	out := d.find(id)
	if got := len(d.server.Delivered()); out.State != state || got != delivered {
		d.t.Errorf("the mail is %s and %d were delivered; want %s and %d (%s)", out.State, got, state, delivered, out.Reason)
	}
	return out
}

func (d *desk) kinds() map[consent.Kind]int {
	d.t.Helper()
	history, err := d.db.History(context.Background(), d.lead.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	kinds := map[consent.Kind]int{}
	for _, e := range history.Events {
		kinds[e.Kind]++
	}
	return kinds
}

// sentBox is a Sent mailbox in memory. It looks for the Message-ID first, as
// the contract says.
type sentBox struct {
	mu     sync.Mutex
	refuse func(mail.SentCopy) error
	saved  map[mail.MessageID][]byte
	asked  []mail.DraftID
}

func (b *sentBox) SaveSent(_ context.Context, one mail.SentCopy) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, one.ID)
	if b.refuse != nil {
		if err := b.refuse(one); err != nil {
			return err
		}
	}
	if b.saved == nil {
		b.saved = map[mail.MessageID][]byte{}
	}
	if len(one.Raw) == 0 {
		return errors.New("the copy has no bytes")
	}
	b.saved[one.MessageID] = one.Raw
	return nil
}

func (b *sentBox) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.saved)
}
