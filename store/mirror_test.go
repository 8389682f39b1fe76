package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store/storetest"
)

func TestL5b_SyncMakesNoLead(t *testing.T) {
	d := newDesk(t)
	var batch []mail.Fetched
	for range 100 {
		batch = append(batch, d.came("Ewa <ewa@kupiec.example>", time.Hour))
	}
	d.receive(batch...)
	counts := ok(d.Counts(ctx))(t)
	if want := (consent.Counts{New: 1, All: 1}); counts != want {
		t.Errorf("counts are %+v, want %+v", counts, want)
	}
}

func TestL5c_OnlyTheEnvelopeOfOthers(t *testing.T) {
	d := newDesk(t)
	d.receive(d.came("ewa@kupiec.example", time.Hour, func(f *mail.Fetched) {
		f.Message.Attachments = []mail.Attachment{{Name: "plan.pdf"}}
		f.Message.Trackers = []mail.Tracker{{Host: "t.example", What: "pixel"}}
	}))
	id := d.person("ewa@kupiec.example")
	m := d.entries(id)[0].Message
	if m.Whole || m.Text != "" || m.Attachments != nil || m.Trackers != nil {
		t.Errorf("more than the envelope was kept: %+v", m)
	}
	if wanted := ok(d.Wanted(ctx, d.inbox, 10))(t); wanted != nil {
		t.Errorf("wanted are %v before anybody is a lead", wanted)
	}
}

func TestL5c_BodiesComeAndGoWithTheLead(t *testing.T) {
	d := newDesk(t)
	first, second := d.came("ewa@kupiec.example", 2*time.Hour), d.came("ewa@kupiec.example", time.Hour)
	d.receive(first, second)
	id := d.person("ewa@kupiec.example")
	ok(d.MakeLead(ctx, id))(t)
	wanted := ok(d.Wanted(ctx, d.inbox, 10))(t)
	if !slices.Equal(wanted, []uint32{second.UID, first.UID}) {
		t.Fatalf("wanted are %v, newest first expected", wanted)
	}
	for range 2 { // a repeated call changes nothing
		d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{first, second}))
	}
	if wanted := ok(d.Wanted(ctx, d.inbox, 10))(t); len(wanted) != 0 {
		t.Errorf("still wanted: %v", wanted)
	}
	if row, _ := d.row("ewa@kupiec.example"); row.Snippet != second.Message.Text {
		t.Errorf("the snippet is %q", row.Snippet)
	}
	d.must(d.UnmakeLead(ctx, id))
	for _, e := range d.entries(id) {
		if e.Message.Text != "" || e.Message.Whole {
			t.Error("a text was kept of somebody who is no lead any more")
		}
	}
	if row, _ := d.row("ewa@kupiec.example"); row.Snippet != "" || row.Lead.IsLead() || row.Lead.Source != "" {
		t.Errorf("the row still holds a lead's facts: %+v", row)
	}
	d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{first}))
	if m := d.entries(id)[0].Message; m.Text != "" {
		t.Error("a body that came too late was kept")
	}
}

func TestSaveBatchMayBeRepeated(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	batch := []mail.Fetched{d.came("ewa@kupiec.example", 3*time.Minute), d.came("jan@kupiec.example", 2*time.Minute)}
	d.inbox.HighUID, d.inbox.LowUID = 9, 1
	d.receive(batch...)
	before, entries := ok(d.Rows(ctx, consent.Query{Split: consent.SplitAll}))(t), d.entries(id)
	d.receive(batch...)
	d.receive(batch...)
	if diff := cmp.Diff(before, ok(d.Rows(ctx, consent.Query{Split: consent.SplitAll}))(t)); diff != "" {
		t.Errorf("a repeated batch changed the rows:\n%s", diff)
	}
	if diff := cmp.Diff(entries, d.entries(id)); diff != "" {
		t.Errorf("a repeated batch changed the conversation:\n%s", diff)
	}
	box := ok(d.Mailbox(ctx, d.inbox.Account, "INBOX", mail.RoleInbox))(t)
	if diff := cmp.Diff(d.inbox, box); diff != "" {
		t.Errorf("the cursor was not saved:\n%s", diff)
	}
	if known := ok(d.Known(ctx, d.inbox))(t); len(known) != 3 {
		t.Errorf("known are %v", known)
	}
}

func TestEnvelopeDoesNotTakeTheBodyAway(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	f := d.came("ewa@kupiec.example", time.Minute)
	d.receive(f)
	f.Message.Whole, f.Message.Text = false, ""
	d.receive(f)
	if got := d.entries(id)[1].Message; !got.Whole || got.Text == "" {
		t.Error("fetching the envelope again took the body away")
	}
}

func TestNewUIDValidityKeepsBodies(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	kept, lost := d.came("ewa@kupiec.example", 9*time.Minute), d.came("ewa@kupiec.example", 8*time.Minute)
	d.receive(kept, lost)
	ref := d.entries(id)[1].Ref
	old := d.inbox
	for range 2 {
		d.inbox = ok(d.Reset(ctx, d.inbox, 99))(t)
	}
	if want := (mail.Mailbox{ID: old.ID, Account: old.Account, Name: "INBOX", Role: mail.RoleInbox, UIDValidity: 99}); d.inbox != want {
		t.Errorf("the fresh record is %+v", d.inbox)
	}
	if known := ok(d.Known(ctx, d.inbox))(t); len(known) != 0 {
		t.Errorf("old UIDs are still known: %v", known)
	}
	if err := d.SaveBatch(ctx, old, []mail.Fetched{kept}); err == nil {
		t.Error("a batch of the old UIDVALIDITY was taken")
	}
	kept.UID, kept.Message.Whole, kept.Message.Text = 500, false, ""
	d.receive(kept)
	if n := len(d.entries(id)); n != 3 {
		t.Errorf("%d mails are shown in the middle of the sync, want 3", n)
	}
	d.inbox.Complete = true
	d.receive()
	entries := d.entries(id)
	if len(entries) != 1 || entries[0].Ref != ref || entries[0].Message.Text == "" {
		t.Errorf("after the sync: %+v", entries)
	}
}

func TestL5c_AUIDOfAnotherMessageKeepsNoText(t *testing.T) {
	d := newDesk(t)
	ewa := d.aLead("ewa@kupiec.example")
	f := d.came("ewa@kupiec.example", time.Minute)
	d.receive(f)
	f.Message.From = address("jan@kupiec.example")
	d.receive(f) // the same Message-ID from somebody else
	if m := d.entries(d.person("jan@kupiec.example"))[0].Message; m.Text != "" || m.Whole {
		t.Error("a lead's text went to somebody who is none")
	}
	f.Message.ID, f.Message.From = "another@kupiec.example", address("ewa@kupiec.example")
	d.receive(f) // the same UID for another message
	if entries := d.entries(ewa); len(entries) != 2 || entries[1].Message.ID != f.Message.ID {
		t.Errorf("the conversation is %+v", entries)
	}
	if _, known := d.row("jan@kupiec.example"); known {
		t.Error("the message that lost its UID is still there")
	}
}

func TestFlagsAndOwedSeen(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	unread := func() int { row, _ := d.row("ewa@kupiec.example"); return row.Unread }
	if unread() != 1 {
		t.Fatalf("unread is %d", unread())
	}
	d.must(d.MarkRead(ctx, id))
	owed := ok(d.OwedSeen(ctx, d.inbox))(t)
	if unread() != 0 || !slices.Equal(owed, []uint32{1}) {
		t.Errorf("unread %d, owed %v", unread(), owed)
	}
	d.must(d.SetFlags(ctx, d.inbox, []mail.FlagChange{{UID: 1, Flags: mail.Flags{Flagged: true}}}))
	if unread() != 0 {
		t.Error("the server's old flags undid what was read here")
	}
	d.must(d.SeenPushed(ctx, d.inbox, owed))
	if owed := ok(d.OwedSeen(ctx, d.inbox))(t); len(owed) != 0 {
		t.Errorf("still owed: %v", owed)
	}
	d.must(d.SetFlags(ctx, d.inbox, []mail.FlagChange{{UID: 1}}))
	if unread() != 1 {
		t.Error("unread on the server did not come here")
	}
	counts := ok(d.Counts(ctx))(t)
	if want := (consent.Counts{Leads: 1, All: 1, Unread: 1, Waiting: 1}); counts != want {
		t.Errorf("counts are %+v", counts)
	}
}

func TestExpungedForgetsMailAndPeople(t *testing.T) {
	d := newDesk(t)
	d.aLead("ewa@kupiec.example")
	other := d.came("jan@kupiec.example", time.Minute)
	d.receive(other)
	d.must(d.Expunged(ctx, d.inbox, []uint32{1, other.UID, 999}))
	if row, known := d.row("ewa@kupiec.example"); !known || row.Messages != 0 || row.Waiting || row.LastAt != d.now {
		t.Errorf("the lead's row is %+v", row)
	}
	if _, known := d.row("jan@kupiec.example"); known {
		t.Error("somebody of whom nothing is left is still there")
	}
	// A new person never gets the number of one who is gone: the ledger knows people by it.
	ewa := d.person("ewa@kupiec.example")
	d.receive(d.came("nowy@kupiec.example", time.Minute))
	if id := d.person("nowy@kupiec.example"); id <= ewa+1 {
		t.Errorf("number %d was given twice", id)
	}
}

func TestWaiting(t *testing.T) {
	kind := func(k mail.Kind) func(*mail.Fetched) { return func(f *mail.Fetched) { f.Message.Kind = k } }
	tests := map[string]struct {
		make func(d *desk)
		want bool
	}{
		"they wrote":      {func(*desk) {}, true},
		"we answered":     {func(d *desk) { d.sentBox(d.went("ewa@kupiec.example", time.Minute)) }, false},
		"we wrote before": {func(d *desk) { d.sentBox(d.went("ewa@kupiec.example", 2*time.Hour)) }, true},
		"answered elsewhere": {func(d *desk) {
			d.must(d.SetFlags(ctx, d.inbox, []mail.FlagChange{{UID: 1, Flags: mail.Flags{Answered: true}}}))
		}, false},
		"then out of office": {func(d *desk) { d.receive(d.came("ewa@kupiec.example", time.Minute, kind(mail.AutoReply))) }, true},
		"answered, then away": {func(d *desk) {
			d.sentBox(d.went("ewa@kupiec.example", 2*time.Minute))
			d.receive(d.came("ewa@kupiec.example", time.Minute, kind(mail.AutoReply)))
		}, false},
		"answered, then list": {func(d *desk) {
			d.sentBox(d.went("ewa@kupiec.example", 2*time.Minute))
			d.receive(d.came("ewa@kupiec.example", time.Minute, kind(mail.List)))
		}, false},
		"within one second, we answer": {func(d *desk) {
			d.sentBox(d.went("ewa@kupiec.example", time.Hour, func(f *mail.Fetched) { f.Message.InReplyTo = "m1@elsewhere.example" }))
		}, false},
		"within one second, they answer": {func(d *desk) { d.sentBox(d.went("ewa@kupiec.example", time.Hour)) }, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.aLead("ewa@kupiec.example")
			test.make(d)
			if row, _ := d.row("ewa@kupiec.example"); row.Waiting != test.want {
				t.Errorf("waiting is %t", row.Waiting)
			}
		})
	}
}

func TestM4_MachinesNeverWait(t *testing.T) {
	for _, kind := range []mail.Kind{mail.AutoReply, mail.Bounce, mail.List} {
		d := newDesk(t)
		d.receive(d.came("robot@kupiec.example", time.Hour, func(f *mail.Fetched) { f.Message.Kind = kind }))
		row, _ := d.row("robot@kupiec.example")
		if counts := ok(d.Counts(ctx))(t); row.Waiting || counts.New != 0 || counts.All != 1 {
			t.Errorf("%s: waiting %t, counts %+v", kind, row.Waiting, counts)
		}
	}
}

func TestL5d_BounceMakesStale(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	ours := d.went("ewa@kupiec.example", 10*time.Minute)
	d.sentBox(ours)
	bounce := func(f *mail.Fetched) {
		f.Message.Kind, f.Message.References = mail.Bounce, []mail.MessageID{"other@x.example", ours.Message.ID}
		f.Message.Status = "5.1.1"
	}
	d.receive(d.came("mailer-daemon@elsewhere.example", time.Minute, bounce))
	if history := ok(d.History(ctx, id))(t); history.Stale == "" {
		t.Error("a bounce did not mark the address")
	}
	d.must(d.SetStale(ctx, id, ""))
	if history := ok(d.History(ctx, id))(t); history.Stale != "" {
		t.Error("the mark could not be taken away")
	}
	if err := d.SetStale(ctx, 9999, "x"); err == nil {
		t.Error("a mark on nobody was taken")
	}
}

func TestConversationShowsNoMailTwice(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	ours := d.went("ewa@kupiec.example", 10*time.Minute)
	d.sentBox(ours)
	ours.UID = 900
	d.receive(ours) // we were in Cc
	again := d.came("ewa@kupiec.example", time.Hour, func(f *mail.Fetched) { f.Message.ID = "m1@elsewhere.example" })
	d.receive(again)
	entries := d.entries(id)
	if len(entries) != 2 || entries[0].Out || !entries[1].Out {
		t.Fatalf("the conversation is %+v", entries)
	}
	if entries[0].Message.Text == "" {
		t.Error("the copy without a text was shown")
	}
	if row, _ := d.row("ewa@kupiec.example"); row.Messages != 2 || row.Unread != 1 || !row.LastOut {
		t.Errorf("the row counts %+v", row)
	}
	if _, known := d.row(storetest.Account().Key()); known {
		t.Error("we are a person of our own inbox")
	}
	if last := ok(d.Conversation(ctx, id, 1))(t); len(last) != 1 || !last[0].Out {
		t.Errorf("the newest mail is %+v", last)
	}
}

func TestMailWithoutFromOrIDOrDateIsKept(t *testing.T) {
	d := newDesk(t)
	d.receive(d.came("ewa@kupiec.example", time.Hour, func(f *mail.Fetched) {
		f.Message.From, f.Message.ID, f.Internal = mail.Address{}, "", time.Time{}
	}), d.came("ewa@kupiec.example", time.Hour, func(f *mail.Fetched) {
		f.Message.ReplyTo, f.Message.From, f.Message.ID = f.Message.From, mail.Address{}, ""
	}))
	if known := ok(d.Known(ctx, d.inbox))(t); len(known) != 2 {
		t.Errorf("known are %v", known)
	}
	entries := d.entries(d.person("ewa@kupiec.example"))
	if len(entries) != 1 || entries[0].Message.ID != "" || entries[0].At.IsZero() {
		t.Errorf("the mail with a Reply-To only is %+v", entries)
	}
}

func TestEveryFieldOfAMessageComesBack(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	f := d.came("Ewa <ewa@kupiec.example>", time.Minute)
	f.Message = mail.Message{
		ID: f.Message.ID, InReplyTo: "a@b.example", References: []mail.MessageID{"a@b.example", "c@d.example"}, From: f.Message.From,
		ReplyTo: address("Biuro <biuro@kupiec.example>"), To: f.Message.To, Cc: []mail.Address{address("Ktoś <k@kupiec.example>")},
		Subject: "Żółć", Date: d.now.Add(-time.Minute), Kind: mail.Personal, Whole: true, Text: "a\nb", FromHTML: true,
		Attachments: []mail.Attachment{{Name: "a.pdf", Type: "application/pdf", Size: 7}},
		Trackers:    []mail.Tracker{{Host: "t.example", What: "pixel"}}, AskReceipt: true, Notes: []string{"odd"},
	}
	d.receive(f)
	want := mail.Entry{At: f.Internal, Message: f.Message}
	got := d.entries(id)[1]
	want.Ref = got.Ref
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMailboxOfNobodyIsRefused(t *testing.T) {
	d := newDesk(t)
	err := d.SaveBatch(ctx, mail.Mailbox{ID: 77}, nil)
	var told *mail.Problem
	if err == nil || errors.As(err, &told) {
		t.Errorf("the answer is %v", err)
	}
}
