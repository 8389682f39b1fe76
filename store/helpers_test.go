package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/store/storetest"
)

var ctx = context.Background()

// desk is a store with its two mailboxes and a clock that the test moves.
type desk struct {
	*store.DB
	t           testing.TB
	inbox, sent mail.Mailbox
	now         time.Time
	uid         uint32
	options     store.Options
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, now: storetest.Now}
	d.DB = storetest.Open(t, func(o *store.Options) {
		o.Now = func() time.Time { return d.now }
		d.options = *o
	})
	d.must(d.Exec(ctx, `PRAGMA synchronous = OFF`)) // no power fails here
	d.inbox = d.mailbox("INBOX", mail.RoleInbox)
	d.sent = d.mailbox("Sent", mail.RoleSent)
	return d
}

func (d *desk) mailbox(name string, role mail.Role) mail.Mailbox {
	d.t.Helper()
	box := ok(d.Mailbox(ctx, storetest.Account().Email, name, role))(d.t)
	return ok(d.Reset(ctx, box, 7))(d.t)
}

// ok gives the value of a call that must not err.
func ok[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func address(s string) mail.Address {
	a, err := mail.ParseAddress(s)
	if err != nil {
		panic(err)
	}
	return a
}

// came is a personal mail to us, ago before now.
func (d *desk) came(from string, ago time.Duration, change ...func(*mail.Fetched)) mail.Fetched {
	d.uid++
	f := mail.Fetched{
		UID: d.uid, Internal: d.now.Add(-ago).Truncate(time.Second), Size: 1000,
		Message: mail.Message{
			ID: mail.MessageID(fmt.Sprintf("m%d@elsewhere.example", d.uid)), From: address(from),
			To: []mail.Address{storetest.Account()}, Subject: fmt.Sprintf("Subject %d", d.uid), Kind: mail.Personal,
			Whole: true, Text: fmt.Sprintf("Text %d", d.uid),
		},
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

// went is a mail of ours.
func (d *desk) went(to string, ago time.Duration, change ...func(*mail.Fetched)) mail.Fetched {
	return d.came(storetest.Account().Email, ago, append([]func(*mail.Fetched){func(f *mail.Fetched) {
		f.Message.To = []mail.Address{address(to)}
	}}, change...)...)
}

func (d *desk) receive(batch ...mail.Fetched) {
	d.t.Helper()
	d.must(d.SaveBatch(ctx, d.inbox, batch))
}

func (d *desk) sentBox(batch ...mail.Fetched) {
	d.t.Helper()
	d.must(d.SaveBatch(ctx, d.sent, batch))
}

// row is somebody's row in All, by address.
func (d *desk) row(email string) (consent.Row, bool) {
	d.t.Helper()
	page := ok(d.Rows(ctx, consent.Query{Split: consent.SplitAll, Limit: 1000}))(d.t)
	for _, row := range page.Rows {
		if row.Lead.Address.Key() == email {
			return row, true
		}
	}
	return consent.Row{}, false
}

func (d *desk) person(email string) mail.PersonID {
	d.t.Helper()
	row, known := d.row(email)
	if !known {
		d.t.Fatalf("nobody in All has the address that was asked for")
	}
	return row.Lead.ID
}

// aLead is somebody who wrote an hour ago and was made a lead.
func (d *desk) aLead(email string) mail.PersonID {
	d.t.Helper()
	d.receive(d.came(email, time.Hour))
	id := d.person(address(email).Key())
	ok(d.MakeLead(ctx, id))(d.t)
	return id
}

func (d *desk) entries(id mail.PersonID) []mail.Entry {
	d.t.Helper()
	return ok(d.Conversation(ctx, id, 100))(d.t)
}

// reopen is what a restart of zgoda does.
func (d *desk) reopen() {
	d.t.Helper()
	d.must(d.Close())
	db := ok(store.Open(ctx, d.options))(d.t)
	d.DB = db
	d.t.Cleanup(func() { _ = db.Close() })
}
