package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// informed is a mail of ours that carried the notice, sent through the outbox.
func (d *desk) informed(id mail.PersonID) mail.MessageID {
	d.t.Helper()
	out := d.sends(mail.Draft{Person: id, Subject: "Light", Text: "Hello", To: address("x@y.example")})
	return out.MessageID
}

// sends queues a draft and settles it as sent, with the notice.
func (d *desk) sends(draft mail.Draft) mail.Outgoing {
	d.t.Helper()
	queued := ok(d.Queue(ctx, draft, 0))(d.t)
	out, known, err := d.Claim(ctx)
	d.must(err)
	if !known || out.ID != queued.ID {
		d.t.Fatalf("draft %d was not claimed", queued.ID)
	}
	d.must(d.Sealing(ctx, out.ID, []byte("x")))
	out.State = mail.Sent
	d.must(d.Settle(ctx, out, consent.Event{
		Person: draft.Person, Kind: consent.KindNotice, Method: consent.BySending, Evidence: "carried by the mail",
		Message: out.MessageID, At: d.now, Actor: "zgoda",
	}))
	return out
}

// report is a delivery report about a mail of ours.
func (d *desk) report(of mail.MessageID, status string) mail.Fetched {
	return d.came("mailer-daemon@elsewhere.example", 0, func(f *mail.Fetched) {
		f.Message.Kind, f.Message.InReplyTo, f.Message.Status = mail.Bounce, of, status
	})
}

// TestM5_BounceByItsCode: whatever the code, the notice was not given; only a
// hard failure says anything about the address.
func TestM5_BounceByItsCode(t *testing.T) {
	for status, stale := range map[string]bool{"5.1.1": true, "5.2.1": true, "5.2.2": false, "4.4.1": false, "5.7.1": false, "5.6.0": false, "5.0.0": false, "": false} {
		d := newDesk(t)
		id := d.aLead("ewa@kupiec.example")
		ours := d.informed(id)
		if due := ok(d.History(ctx, id))(t); !consent.Stand(due, consent.Controller{}, d.now).NoticeDue.IsZero() {
			t.Fatalf("%q: the notice is not closed by the mail", status)
		}
		report := d.report(ours, status)
		d.receive(report)
		d.receive(report) // the same again changes nothing
		h := ok(d.History(ctx, id))(t)
		if (h.Stale != "") != stale {
			t.Errorf("%q: stale %q", status, h.Stale)
		}
		if len(h.Events) != 2 || h.Events[1].Kind != consent.KindCorrected || h.Events[1].Corrects != h.Events[0].Seq ||
			h.Events[1].Message != report.Message.ID || h.Events[1].Evidence != "the mail that carried the notice bounced" {
			t.Errorf("%q: the notice is not open again: %+v", status, h.Events)
		}
		if !h.FirstOutbound.IsZero() {
			t.Errorf("%q: a mail that came back counts as the first", status)
		}
		if notices := ok(d.Notices(ctx, consent.Place{}, 10))(t); len(notices) != 1 || notices[0].Lead.ID != id || !notices[0].Due.After(d.now) {
			t.Errorf("%q: the queue holds %+v", status, notices)
		}
	}
}

// TestL5d_ReportIsReadWhole: the sync brings the header of a report first. It says
// nothing yet, so the body is asked for, read, and not kept (L5c).
func TestL5d_ReportIsReadWhole(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	ours := d.informed(id)
	report := d.report(ours, "5.1.1")
	header := report
	header.Message.Whole, header.Message.Status, header.Message.InReplyTo, header.Message.Text = false, "", "", ""
	d.receive(header)
	if h := ok(d.History(ctx, id))(t); h.Stale != "" || len(h.Events) != 1 {
		t.Fatalf("a header alone did something: %q, %d events", h.Stale, len(h.Events))
	}
	wanted := ok(d.Wanted(ctx, d.inbox, 10))(t)
	if !slices.Contains(wanted, report.UID) {
		t.Fatalf("wanted %v, the report is %d", wanted, report.UID)
	}
	d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{report}))
	if h := ok(d.History(ctx, id))(t); h.Stale == "" || len(h.Events) != 2 {
		t.Errorf("the report was not heeded: %q, %d events", h.Stale, len(h.Events))
	}
	if wanted := ok(d.Wanted(ctx, d.inbox, 10))(t); slices.Contains(wanted, report.UID) {
		t.Errorf("still wanted: %v", wanted)
	}
	row, _ := d.row("mailer-daemon@elsewhere.example")
	if row.Snippet != "" {
		t.Error("the text of the report was kept")
	}
}

// TestM5_LateIsNotLost: a report of a delay looks like a bounce until it is read.
func TestM5_LateIsNotLost(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	late := d.report(d.informed(id), "")
	header := late
	header.Message.Whole, header.Message.InReplyTo = false, ""
	d.receive(header)
	late.Message.Kind = mail.AutoReply
	d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{late}))
	d.receive(header) // a sync that begins anew
	if h := ok(d.History(ctx, id))(t); h.Stale != "" || len(h.Events) != 1 {
		t.Errorf("a delay did something: %q, %d events", h.Stale, len(h.Events))
	}
}

// TestL5d_RefusedRecipient: the submission server itself says that there is nobody.
func TestL5d_RefusedRecipient(t *testing.T) {
	for status, stale := range map[string]bool{"5.1.1": true, "5.7.1": false, "": false} {
		d := newDesk(t)
		id := d.aLead("ewa@kupiec.example")
		ok(d.Queue(ctx, mail.Draft{Person: id, Subject: "Light", Text: "Hello", To: address("ewa@kupiec.example")}, 0))(t)
		out, _, err := d.Claim(ctx)
		d.must(err)
		out.State, out.Status, out.Reason = mail.Failed, status, "x"
		d.must(d.Settle(ctx, out))
		if h := ok(d.History(ctx, id))(t); (h.Stale != "") != stale {
			t.Errorf("%q: stale %q", status, h.Stale)
		}
	}
}

// TestL14_3_FirstOutbound: a first mail that did not inform makes the notice due.
func TestL14_3_FirstOutbound(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	before := ok(d.Notices(ctx, consent.Place{}, 10))(t)
	if len(before) != 1 || !before[0].Due.After(d.now) {
		t.Fatalf("the queue holds %+v", before)
	}
	d.now = d.now.Add(time.Hour)
	ok(d.Queue(ctx, mail.Draft{Person: id, Subject: "Light", Text: "Hello", To: address("ewa@kupiec.example")}, 0))(t)
	out, _, err := d.Claim(ctx)
	d.must(err)
	d.must(d.Sealing(ctx, out.ID, []byte("x")))
	out.State = mail.Sent
	d.must(d.Settle(ctx, out))
	h := ok(d.History(ctx, id))(t)
	if !h.FirstOutbound.Equal(d.now) || h.Unanswered != 1 {
		t.Errorf("first %s, unanswered %d", h.FirstOutbound, h.Unanswered)
	}
	after := ok(d.Notices(ctx, consent.Place{}, 10))(t)
	if len(after) != 1 || !after[0].Due.Equal(d.now) || after[0].Standing.NoticeState(d.now) != consent.NoticeOver {
		t.Errorf("the queue holds %+v", after)
	}
	if counts := ok(d.QueueCounts(ctx))(t); counts.Notices != 1 || counts.NoticesOver != 1 || counts.NoticesSoon != 0 {
		t.Errorf("counts %+v", counts)
	}
}

// TestUnanswered counts each mail once, and stops at their answer.
func TestUnanswered(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	d.sentBox(d.went("ewa@kupiec.example", 2*time.Hour), d.went("ewa@kupiec.example", 30*time.Minute))
	out := d.sends(mail.Draft{Person: id, Subject: "Light", Text: "Hello", To: address("ewa@kupiec.example")})
	if h := ok(d.History(ctx, id))(t); h.Unanswered != 2 {
		t.Errorf("%d, one before their mail and two since", h.Unanswered)
	}
	d.sentBox(d.went("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.ID = out.MessageID }))
	if h := ok(d.History(ctx, id))(t); h.Unanswered != 2 {
		t.Errorf("%d once the copy of the same mail came", h.Unanswered)
	}
	d.now = d.now.Add(time.Minute)
	d.sends(mail.Draft{Person: id, Subject: "Notice", Text: "Data", To: address("ewa@kupiec.example"), Duty: mail.DutyNotice})
	if h := ok(d.History(ctx, id))(t); h.Unanswered != 2 {
		t.Errorf("%d with a mail of duty", h.Unanswered)
	}
	d.now = d.now.Add(time.Hour)
	d.receive(d.came("ewa@kupiec.example", 0))
	if h := ok(d.History(ctx, id))(t); h.Unanswered != 0 {
		t.Errorf("%d after their answer", h.Unanswered)
	}
}

// TestL12_RequestIsClosedByAMailOnly: a note that it was done is not an answer.
func TestL12_RequestIsClosedByAMailOnly(t *testing.T) {
	d := newDesk(t)
	id, other := d.aLead("ewa@kupiec.example"), d.aLead("jan@kupiec.example")
	request := ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindRequested, Right: consent.RightAccess, Method: consent.ByPhone,
		Evidence: "call, diary", At: d.now.Add(-time.Hour)}))(t)
	answer := consent.Event{Person: id, Kind: consent.KindAnswered, Corrects: request.Seq, At: d.now}
	theirs := d.came("ewa@kupiec.example", time.Minute)
	d.receive(theirs)
	toJan := d.went("jan@kupiec.example", time.Minute)
	d.sentBox(toJan)
	draft := ok(d.Queue(ctx, mail.Draft{Person: id, Subject: "s", Text: "t", To: address("ewa@kupiec.example")}, time.Hour))(t)
	for name, message := range map[string]mail.MessageID{
		"an invented id": "nobody@nowhere.example", "a mail of theirs": theirs.Message.ID, "a mail to somebody else": toJan.Message.ID,
		"a mail that has not left": draft.MessageID,
	} {
		answer.Message = message
		var problem *mail.Problem
		if _, err := d.Record(ctx, answer); !errors.As(err, &problem) {
			t.Errorf("%s closed the request: %v", name, err)
		}
	}
	if open := ok(d.Requests(ctx))(t); len(open) != 1 || open[0].Lead.ID != id || open[0].Right != consent.RightAccess {
		t.Fatalf("open: %+v", open)
	}
	real := d.went("ewa@kupiec.example", 0)
	d.sentBox(real)
	answer.Message = real.Message.ID
	foreign := answer
	foreign.Person = other
	if _, err := d.Record(ctx, foreign); !errors.Is(err, consent.ErrNoRequest) {
		t.Errorf("somebody else closed it: %v", err)
	}
	ok(d.Record(ctx, answer))(t)
	if open := ok(d.Requests(ctx))(t); len(open) != 0 {
		t.Errorf("still open: %+v", open)
	}
	d.receive(d.report(real.Message.ID, "5.2.2"))
	if open := ok(d.Requests(ctx))(t); len(open) != 1 {
		t.Error("the answer came back and the request stays closed")
	}
	if all := ok(d.RequestsOf(ctx, id))(t); len(all) != 1 || !all[0].Open() {
		t.Errorf("of the person: %+v", all)
	}
}

// TestD2_ExtensionOnDay32: the store refuses it.
func TestD2_ExtensionOnDay32(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	request := ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindRequested, Right: consent.RightErase, Method: consent.ByLetter,
		Evidence: "letter, folder 3", At: d.now}))(t)
	received := d.now
	extend := func(after time.Duration) error {
		d.now = received.Add(after)
		_, err := d.Record(ctx, consent.Event{Person: id, Kind: consent.KindExtended, Corrects: request.Seq, Evidence: "told them: a large archive",
			At: d.now, ValidUntil: consent.ExtendedDue(received, "")})
		return err
	}
	if err := extend(35 * 24 * time.Hour); !errors.Is(err, consent.ErrTooLate) {
		t.Errorf("day 35: %v", err)
	}
	if err := extend(20 * 24 * time.Hour); err != nil {
		t.Errorf("day 20: %v", err)
	}
	if err := extend(21 * 24 * time.Hour); !errors.Is(err, consent.ErrExtended) {
		t.Errorf("twice: %v", err)
	}
	if open := ok(d.Requests(ctx))(t); !open[0].Extended || !open[0].Due.Equal(consent.ExtendedDue(received, "")) {
		t.Errorf("due %s", open[0].Due)
	}
}

// TestL21_2_AnswerSurvivesTheObjection: an objection takes queued mail back, but
// not the answer that is owed to the very person.
func TestL21_2_AnswerSurvivesTheObjection(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	to := address("ewa@kupiec.example")
	offer := ok(d.Queue(ctx, mail.Draft{Person: id, Subject: "Offer", Text: "x", To: to}, time.Hour))(t)
	answer := ok(d.Queue(ctx, mail.Draft{Person: id, Subject: "Answer", Text: "y", To: to, Duty: mail.DutyAnswer, Request: 1}, time.Hour))(t)
	ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindObjected, Method: consent.ByPhone, Evidence: "call", At: d.now}))(t)
	for _, out := range ok(d.Outgoing(ctx))(t) {
		if want := map[mail.DraftID]mail.OutState{offer.ID: mail.Refused, answer.ID: mail.Queued}[out.ID]; out.State != want {
			t.Errorf("%s is %s", out.Subject, out.State)
		}
	}
}

// TestQueues_ByKey walks the notices in pages: each lead once, the first due first.
func TestQueues_ByKey(t *testing.T) {
	d := newDesk(t)
	for i := range 25 {
		lead := consent.Lead{Address: address(fmt.Sprintf("p%d@kupiec.example", i)), Source: "fair", SourceKind: consent.SourceEvent,
			ObtainedAt: d.now.AddDate(0, 0, -i/2)}
		ok(d.AddLead(ctx, lead))(t)
	}
	seen, last := map[mail.PersonID]bool{}, consent.Place{}
	for {
		page := ok(d.Notices(ctx, last, 10))(t)
		for _, c := range page {
			if seen[c.Lead.ID] || c.Due.Before(last.Due) {
				t.Fatalf("%d comes twice or too late", c.Lead.ID)
			}
			seen[c.Lead.ID], last = true, consent.Place{Due: c.Due, ID: c.Lead.ID}
		}
		if len(page) < 10 {
			break
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d leads in the queue", len(seen))
	}
	expires := ok(d.Retention(ctx, consent.Place{}, 100))(t)
	if len(expires) != 25 || expires[0].Retention.Class != consent.ClassUninformed || expires[0].Retention.EraseAfter.After(expires[24].Retention.EraseAfter) {
		t.Errorf("%d expire: %+v", len(expires), expires[0].Retention)
	}
}

// TestClocksOfAnOlderFile: a file that has none gets them when it is opened.
func TestClocksOfAnOlderFile(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	want := ok(d.Notices(ctx, consent.Place{}, 10))(t)
	d.must(d.Exec(ctx, `UPDATE people SET notice_due = 0, erase_after = 0, retention = ''`))
	d.must(d.Exec(ctx, `DELETE FROM meta WHERE name = 'clocks'`))
	if none := ok(d.Notices(ctx, consent.Place{}, 10))(t); len(none) != 0 {
		t.Fatal("the clocks are still there")
	}
	d.reopen()
	if got := ok(d.Notices(ctx, consent.Place{}, 10))(t); len(got) != 1 || got[0].Lead.ID != id || !got[0].Due.Equal(want[0].Due) {
		t.Errorf("the queue holds %+v", got)
	}
}

// TestD1_TheHeldStandInTheQueue: whoever is kept for a claim comes first, so that
// the hold can be lifted, and no page begins with them twice.
func TestD1_TheHeldStandInTheQueue(t *testing.T) {
	d := newDesk(t)
	held := d.aLead("held@kupiec.example")
	d.aLead("other@kupiec.example")
	ok(d.Record(ctx, consent.Event{Person: held, Kind: consent.KindHeld, Evidence: "court case 7/26", At: d.now}))(t)
	first := ok(d.Retention(ctx, consent.Place{}, 1))(t)
	if len(first) != 1 || first[0].Lead.ID != held || first[0].Retention.Class != consent.ClassHeld {
		t.Fatalf("the queue begins with %+v", first)
	}
	rest := ok(d.Retention(ctx, consent.Place{Due: first[0].Retention.EraseAfter, ID: held}, 10))(t)
	if len(rest) != 1 || rest[0].Lead.ID == held {
		t.Errorf("the rest is %+v", rest)
	}
}
