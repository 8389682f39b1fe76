package store_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

func draftTo(id mail.PersonID) mail.Draft {
	return mail.Draft{Person: id, To: address("Ewa <ewa@kupiec.example>"), Subject: "Offer", Text: "Dear Ewa", Language: "en"}
}

// queued is a mail that is due at once.
func (d *desk) queued(id mail.PersonID) mail.Outgoing {
	d.t.Helper()
	return ok(d.Queue(ctx, draftTo(id), 0))(d.t)
}

// sending is one that the worker has taken and sealed.
func (d *desk) sending(id mail.PersonID) mail.Outgoing {
	d.t.Helper()
	d.queued(id)
	out, due, err := d.Claim(ctx)
	if err != nil || !due {
		d.t.Fatalf("claimed %t, %v", due, err)
	}
	d.must(d.Sealing(ctx, out.ID, []byte("sealed")))
	return out
}

func (d *desk) state(id mail.DraftID) mail.OutState {
	d.t.Helper()
	for _, out := range ok(d.Outgoing(ctx))(d.t) {
		if out.ID == id {
			return out.State
		}
	}
	return ""
}

func TestDrafts(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	if _, known := func() (mail.Draft, bool) { draft, known, _ := d.DraftFor(ctx, id); return draft, known }(); known {
		t.Error("there is a draft before one was saved")
	}
	draft := draftTo(id)
	draft.Template, draft.InReplyTo, draft.References = "answer", "m1@elsewhere.example", []mail.MessageID{"m1@elsewhere.example"}
	draft.TrackOpens = true
	saved := ok(d.SaveDraft(ctx, draft))(t)
	draft.ID, draft.UpdatedAt = saved.ID, d.now
	if diff := cmp.Diff(draft, saved); saved.ID == 0 || diff != "" {
		t.Errorf("saved:\n%s", diff)
	}
	saved.Text = "Dear Ewa, again"
	d.now = d.now.Add(time.Minute)
	saved = ok(d.SaveDraft(ctx, saved))(t)
	got, known, err := d.DraftFor(ctx, id)
	if diff := cmp.Diff(saved, got); err != nil || !known || diff != "" {
		t.Errorf("%v %t\n%s", err, known, diff)
	}
	if row, _ := d.row("ewa@kupiec.example"); !row.Draft || row.Out != "" {
		t.Errorf("the row is %+v", row)
	}
	if n := len(d.entries(id)); n != 1 {
		t.Errorf("a draft is in the conversation (%d entries)", n)
	}
	for range 2 {
		d.must(d.Discard(ctx, saved.ID))
	}
	_, err = d.SaveDraft(ctx, saved)
	refused(t, err)
	_, err = d.SaveDraft(ctx, mail.Draft{Person: 999, Text: "x"})
	refused(t, err)
}

func TestQueueHoldUnqueue(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	out := ok(d.Queue(ctx, draftTo(id), 10*time.Second))(t)
	if out.State != mail.Queued || !out.DueAt.Equal(d.now.Add(10*time.Second)) || !strings.HasSuffix(string(out.MessageID), "@firma.example") {
		t.Errorf("queued %+v", out)
	}
	due, waits, err := d.NextDue(ctx)
	if err != nil || !waits || !due.Equal(out.DueAt) {
		t.Errorf("next is due %v %t %v", due, waits, err)
	}
	if _, claimed, _ := d.Claim(ctx); claimed {
		t.Error("claimed before the hold was over")
	}
	refused(t, d.Discard(ctx, out.ID))
	_, err = d.SaveDraft(ctx, out.Draft)
	refused(t, err)
	draft := ok(d.Unqueue(ctx, out.ID))(t)
	draft.Text = "Dear Ewa, better"
	again := ok(d.Queue(ctx, draft, 0))(t)
	if again.ID != out.ID || again.MessageID != out.MessageID || again.Text != draft.Text {
		t.Errorf("M11: queued again as %+v, first as %+v", again, out)
	}
	claimed, _, err := d.Claim(ctx)
	if err != nil || claimed.State != mail.Sending || claimed.Attempts != 1 || claimed.MessageID != out.MessageID {
		t.Errorf("claimed %+v, %v", claimed, err)
	}
	_, err = d.Unqueue(ctx, out.ID)
	if told := refused(t, err); told.Sentence != "This mail has already left." {
		t.Errorf("it says %q", told.Sentence)
	}
}

func TestM11_SecondKeyPressIsNoSecondMail(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	out := d.queued(id)
	for _, draft := range []mail.Draft{draftTo(id), out.Draft} {
		_, err := d.Queue(ctx, draft, 0)
		refused(t, err)
	}
	if all := ok(d.Outgoing(ctx))(t); len(all) != 1 {
		t.Errorf("%d mails are on their way", len(all))
	}
}

func TestM11_ClaimAndUnqueueHaveOneWinner(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	for range 10 {
		out := d.queued(id)
		var claimed bool
		var claimErr, unqueueErr error
		var both sync.WaitGroup
		both.Go(func() { _, claimed, claimErr = d.Claim(ctx) })
		both.Go(func() { _, unqueueErr = d.Unqueue(ctx, out.ID) })
		both.Wait()
		if claimErr != nil || claimed == (unqueueErr == nil) {
			t.Fatalf("claimed %t (%v), unqueue says %v", claimed, claimErr, unqueueErr)
		}
		if claimed {
			out.State = mail.Failed
			d.must(d.Settle(ctx, out))
		}
		d.must(d.Discard(ctx, out.ID))
	}
}

func TestM11_RecoverAfterACrash(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	handed := d.sending(id)
	other := draftTo(id)
	other.Text = "another"
	ok(d.Queue(ctx, other, 0))(t)
	claimed, _, err := d.Claim(ctx) // and no Sealing: nothing was handed over
	d.must(err)
	d.reopen()
	for range 2 {
		d.must(d.Recover(ctx))
	}
	if got := d.state(handed.ID); got != mail.Unknown {
		t.Errorf("the mail that was handed over is %s", got)
	}
	if got := d.state(claimed.ID); got != mail.Queued {
		t.Errorf("the mail that was not is %s", got)
	}
	again, _, err := d.Claim(ctx)
	if err != nil || again.ID != claimed.ID || again.MessageID != claimed.MessageID {
		t.Errorf("claimed %+v, %v", again, err)
	}
	if _, more, _ := d.Claim(ctx); more {
		t.Error("an unknown mail was claimed")
	}
	if err := d.Settle(ctx, mail.Outgoing{Draft: mail.Draft{ID: handed.ID}, State: mail.Queued}); err == nil {
		t.Error("an unknown mail was settled into the queue")
	}
}

func TestM11_TheDatabaseItselfRefusesASecondSend(t *testing.T) {
	d := newDesk(t)
	out := d.sending(d.aLead("ewa@kupiec.example"))
	to := func(state mail.OutState) error {
		return d.Exec(ctx, `UPDATE outbox SET raw = CASE WHEN $1 IN ('sent', 'unknown', 'sending') THEN raw END, state = $1 WHERE id = $2`, state, out.ID)
	}
	d.must(to(mail.Unknown))
	for _, state := range []mail.OutState{mail.Queued, mail.Sending, mail.Failed, mail.Refused} {
		if to(state) == nil {
			t.Errorf("unknown became %s", state)
		}
	}
	d.must(to(mail.Sent))
	for _, state := range []mail.OutState{mail.Queued, mail.Sending, mail.Editing, mail.Unknown, mail.Failed} {
		if to(state) == nil {
			t.Errorf("sent became %s", state)
		}
	}
	if d.Exec(ctx, `UPDATE outbox SET message_id = 'other@firma.example' WHERE id = $1`, out.ID) == nil {
		t.Error("the Message-ID changed")
	}
	draft := ok(d.SaveDraft(ctx, draftTo(d.person("ewa@kupiec.example"))))(t)
	if d.Exec(ctx, `UPDATE outbox SET message_id = 'x@firma.example', state = 'sending' WHERE id = $1`, draft.ID) == nil {
		t.Error("a draft left without having been queued")
	}
}

func TestSettleSentWithNotice(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	out := d.sending(id)
	notice := consent.Event{
		Person: id, Kind: consent.KindNotice, Method: consent.BySending, Wording: "We have your address from …", Language: "en",
		Evidence: "the mail itself", Message: out.MessageID, At: d.now.Add(time.Second),
	}
	out.State = mail.Sent
	d.must(d.Settle(ctx, out, notice))
	if err := d.Settle(ctx, out, notice); err == nil {
		t.Error("settled twice")
	}
	history := ok(d.History(ctx, id))(t)
	if len(history.Events) != 1 || history.Events[0].Message != out.MessageID || !history.LastOutbound.Equal(d.now) {
		t.Errorf("the history is %+v", history)
	}
	if row, _ := d.row("ewa@kupiec.example"); row.Waiting || !row.LastOut || row.Subject != "Offer" || row.Snippet != "Dear Ewa" || row.Messages != 2 {
		t.Errorf("before the copy is synced the row is %+v", row)
	}
	copies := ok(d.Copies(ctx))(t)
	if len(copies) != 1 || string(copies[0].Raw) != "sealed" || copies[0].MessageID != out.MessageID {
		t.Fatalf("copies are %+v", copies)
	}
	if got := d.state(out.ID); got != mail.Sent {
		t.Errorf("while the copy is pending the outbox shows %q", got)
	}
	d.must(d.CopyDone(ctx, out.ID))
	d.must(d.CopyDone(ctx, out.ID))
	if left := ok(d.Copies(ctx))(t); left != nil || d.state(out.ID) != "" {
		t.Errorf("after the copy: %v, %q", left, d.state(out.ID))
	}
	entries := d.entries(id)
	if len(entries) != 2 || entries[1].Outgoing == nil || entries[1].Ref != 0 || entries[1].Message.Text != "Dear Ewa" {
		t.Errorf("before the sync the conversation is %+v", entries)
	}
	copied := d.went("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.ID = out.MessageID })
	for range 2 {
		d.sentBox(copied)
		entries = d.entries(id)
		if len(entries) != 2 || entries[1].Outgoing != nil || entries[1].Ref == 0 {
			t.Errorf("after the sync the conversation is %+v", entries)
		}
	}
	// Deleted from the Sent mailbox by hand, it does not come back.
	d.must(d.Expunged(ctx, d.sent, []uint32{copied.UID}))
	if entries := d.entries(id); len(entries) != 1 {
		t.Errorf("after the copy was deleted: %+v", entries)
	}
}

func TestSettleOutcomes(t *testing.T) {
	for _, state := range []mail.OutState{mail.Unknown, mail.Failed, mail.Refused, mail.Queued} {
		t.Run(string(state), func(t *testing.T) {
			d := newDesk(t)
			out := d.sending(d.aLead("ewa@kupiec.example"))
			out.State, out.Reason, out.NextStep, out.DueAt = state, "why", "what", d.now.Add(time.Hour)
			d.must(d.Settle(ctx, out))
			got := ok(d.Outgoing(ctx))(t)
			if len(got) != 1 || got[0].State != state || got[0].Reason != "why" || got[0].NextStep != "what" || got[0].Attempts != 1 {
				t.Errorf("settled as %+v", got)
			}
			if row, _ := d.row("ewa@kupiec.example"); row.Out != state {
				t.Errorf("the row says %q", row.Out)
			}
			_, isDraft, err := d.DraftFor(ctx, out.Person)
			if want := state == mail.Failed || state == mail.Refused; err != nil || isDraft != want {
				t.Errorf("a draft again: %t, %v", isDraft, err)
			}
		})
	}
	d := newDesk(t)
	out := d.sending(d.aLead("ewa@kupiec.example"))
	for _, state := range []mail.OutState{mail.Editing, mail.Sending, "x"} {
		out.State = state
		if err := d.Settle(ctx, out); err == nil {
			t.Errorf("%q was taken as an outcome", state)
		}
	}
	if err := d.Sealing(ctx, out.ID, nil); err == nil {
		t.Error("a mail without bytes was sealed")
	}
}

func TestResolve(t *testing.T) {
	for name, arrived := range map[string]bool{"arrived": true, "not arrived": false} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.aLead("ewa@kupiec.example")
			out := d.sending(id)
			refused(t, d.Resolve(ctx, out.ID, arrived))
			out.State = mail.Unknown
			d.must(d.Settle(ctx, out))
			d.must(d.Resolve(ctx, out.ID, arrived))
			refused(t, d.Resolve(ctx, out.ID, arrived))
			copies := ok(d.Copies(ctx))(t)
			draft, isDraft, err := d.DraftFor(ctx, id)
			if err != nil || isDraft == arrived || len(copies) == 1 != arrived {
				t.Errorf("draft %t (%v), copies %d", isDraft, err, len(copies))
			}
			if !arrived && draft.MessageID != out.MessageID {
				t.Error("M11: the Message-ID changed")
			}
		})
	}
}

func TestM11_WhatTheServerShowsWasSent(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	out := d.sending(id)
	out.State = mail.Unknown
	d.must(d.Settle(ctx, out))
	shown := d.went("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.ID = out.MessageID })
	d.sentBox(shown)
	if got := d.state(out.ID); got != "" {
		t.Errorf("the mail in the Sent mailbox is still %q", got)
	}
	if n := len(d.entries(id)); n != 2 {
		t.Errorf("the conversation has %d mails", n)
	}
}

func TestM11_NotArrivedButItDid(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	out := d.sending(id)
	out.State = mail.Unknown
	d.must(d.Settle(ctx, out))
	d.must(d.Resolve(ctx, out.ID, false))
	draft, _, err := d.DraftFor(ctx, id)
	d.must(err)
	ok(d.Queue(ctx, draft, time.Minute))(t)
	d.sentBox(d.went("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.ID = out.MessageID }))
	d.now = d.now.Add(time.Hour)
	if _, claimed, err := d.Claim(ctx); claimed || err != nil {
		t.Errorf("a mail that the server has was claimed again (%v)", err)
	}
	if got := d.state(out.ID); got != mail.Refused {
		t.Errorf("it is %q", got)
	}
	_, err = d.Queue(ctx, draft, 0)
	refused(t, err)
}

func TestChanges(t *testing.T) {
	d := newDesk(t)
	drain := func() store.Change {
		select {
		case c := <-d.Changes():
			return c
		default:
			return store.Change{}
		}
	}
	id := d.aLead("ewa@kupiec.example")
	if c := drain(); !slices.Equal(c.People, []mail.PersonID{id}) || c.Outbox {
		t.Errorf("two commits were told as %+v", c)
	}
	ok(d.Counts(ctx))(t)
	ok(d.Mailbox(ctx, "a", "INBOX", mail.RoleInbox))(t)
	if c := drain(); c.People != nil || c.Outbox {
		t.Errorf("nothing changed, but %+v was told", c)
	}
	d.queued(id)
	var many []mail.Fetched
	for i := range 300 {
		many = append(many, d.came(string(rune('a'+i%26))+strings.Repeat("x", i/26)+"@kupiec.example", time.Hour))
	}
	d.receive(many...)
	if c := drain(); c.People != nil || !c.Outbox {
		t.Errorf("many people were told as %+v", c)
	}
	d.must(d.Close())
	if _, open := <-d.Changes(); open {
		t.Error("the channel is open after Close")
	}
	if _, err := d.Counts(ctx); err == nil {
		t.Error("a closed store answered")
	}
}

func TestRolledBackChangeIsNotTold(t *testing.T) {
	d := newDesk(t)
	err := d.SaveLead(ctx, consent.Lead{ID: 5})
	var told *mail.Problem
	if !errors.As(err, &told) {
		t.Fatal(err)
	}
	select {
	case c := <-d.Changes():
		t.Errorf("told %+v", c)
	default:
	}
}
