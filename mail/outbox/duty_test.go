package outbox_test

import (
	"context"
	"testing"

	gosmtp "github.com/emersion/go-smtp"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/smtp/smtptest"
)

func (d *desk) history() consent.History {
	d.t.Helper()
	h, err := d.db.History(context.Background(), d.lead.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return h
}

func (d *desk) ask(right consent.Right) consent.Request {
	d.t.Helper()
	e, err := d.db.Record(context.Background(), consent.Event{
		Person: d.lead.ID, Kind: consent.KindRequested, Right: right, Method: consent.ByLetter, Evidence: "letter, folder 3", At: d.clock(),
	})
	if err != nil {
		d.t.Fatal(err)
	}
	r, open := consent.OpenRequest(d.history(), e.Seq)
	if !open {
		d.t.Fatal("the request is not open")
	}
	return r
}

// answer is the drafted answer to a request.
func (d *desk) answer(r consent.Request) mail.Draft {
	draft := mail.Draft{Person: d.lead.ID, To: d.lead.Address, Language: "en", Duty: mail.DutyAnswer, Request: r.Seq}
	draft.Subject, draft.Text = consent.RequestAnswer(r, d.history(), controller(), "en")
	return draft
}

// TestL12_TheAnswerClosesTheCase: it goes to somebody who objected, is closed with
// its Message-ID, and goes no second time.
func TestL12_TheAnswerClosesTheCase(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	r := d.ask(consent.RightAccess)
	d.record(consent.KindObjected, "")
	first, second := d.queue(d.answer(r)), d.answer(r)
	second.Subject += ", again"
	late := d.queue(second)
	d.flush()
	d.want(first.ID, mail.Sent, 1)
	d.want(late.ID, mail.Refused, 1)
	all := consent.Requests(d.history().Events, "")
	if len(all) != 1 || all[0].Open() || all[0].Answer != first.MessageID {
		t.Errorf("the request: %+v", all)
	}
	if d.kinds()[consent.KindAnswered] != 1 {
		t.Errorf("answered %d times", d.kinds()[consent.KindAnswered])
	}
}

// TestL12_RaceAnsweredBetweenQueueAndData: somebody else answers while the
// connection stands; a second answer does not leave.
func TestL12_RaceAnsweredBetweenQueueAndData(t *testing.T) {
	var d *desk
	var r consent.Request
	var before mail.Outgoing
	raced := false
	d = newDesk(t, smtptest.Options{OnRcpt: func(string) error {
		if before.ID != 0 && !raced {
			raced = true
			_, err := d.db.Record(context.Background(), consent.Event{
				Person: d.lead.ID, Kind: consent.KindAnswered, Corrects: r.Seq, Message: before.MessageID, Method: consent.ByEmail, At: d.clock(),
			})
			return err
		}
		return nil
	}})
	sent := d.queue(d.draft(consent.Tracking{}))
	d.flush()
	d.want(sent.ID, mail.Sent, 1)
	r = d.ask(consent.RightErase)
	before = sent
	out := d.queue(d.answer(r))
	d.flush()
	d.want(out.ID, mail.Refused, 1)
	if !raced {
		t.Error("nothing raced")
	}
}

// TestD2_TheMailPutsTheAnswerOff with the reason that it tells.
func TestD2_TheMailPutsTheAnswerOff(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	r := d.ask(consent.RightCopy)
	const why = "three archives of the old office must be searched"
	draft := d.answer(r)
	draft.Duty = mail.DutyExtend
	draft.Subject, draft.Text = consent.ExtensionLetter(r, why, controller(), "en")
	out := d.queue(draft)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	got, open := consent.OpenRequest(d.history(), r.Seq)
	if !open || !got.Extended || got.Why != why || !got.Due.After(r.Due) {
		t.Errorf("the request: %+v", got)
	}
}

// TestL14_TheNoticeAloneInforms: to a lead who may not be sent an offer.
func TestL14_TheNoticeAloneInforms(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	d.record(consent.KindWithdrawn, consent.MarketingEmail)
	offer := d.queue(d.draft(consent.Tracking{}))
	draft := mail.Draft{Person: d.lead.ID, To: d.lead.Address, Language: "en", Duty: mail.DutyNotice}
	draft.Subject, draft.Text = consent.NoticeLetter(controller(), d.lead, "en")
	notice := d.queue(draft)
	d.flush()
	d.want(offer.ID, mail.Refused, 1)
	d.want(notice.ID, mail.Sent, 1)
	events := d.history().Events
	last := events[len(events)-1]
	if last.Kind != consent.KindNotice || last.Message != notice.MessageID || last.Wording+"\n" != draft.Text || last.Version != "notice 1/en" {
		t.Errorf("the last entry is %+v", last)
	}
}

// TestL5d_UnknownRecipientIsStale: the submission server itself says so.
func TestL5d_UnknownRecipientIsStale(t *testing.T) {
	for _, tc := range []struct {
		name  string
		code  gosmtp.EnhancedCode
		stale bool
	}{
		{"no such mailbox", gosmtp.EnhancedCode{5, 1, 1}, true},
		{"policy", gosmtp.EnhancedCode{5, 7, 1}, false},
	} {
		d := newDesk(t, smtptest.Options{OnRcpt: func(string) error {
			return &gosmtp.SMTPError{Code: 550, EnhancedCode: tc.code, Message: "no"}
		}})
		out := d.queue(d.draft(consent.Tracking{}))
		d.flush()
		d.want(out.ID, mail.Failed, 0)
		if got := d.history().Stale != ""; got != tc.stale {
			t.Errorf("%s: stale %t", tc.name, got)
		}
	}
}
