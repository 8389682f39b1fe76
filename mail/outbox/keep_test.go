package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp/smtptest"
	"zgoda/store"
)

// forgetful is the store on a disk that is full for decisions.
type forgetful struct{ *store.DB }

func (forgetful) Keep(context.Context, consent.Decision) error { return errors.New("disk full") }

// TestG23_AnAnswerThatCannotBeKeptSendsNothing: not a byte reaches the server,
// and the mail waits for a disk that keeps.
func TestG23_AnAnswerThatCannotBeKeptSendsNothing(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush(func(c *outbox.Config) { c.Gate = consent.NewGate(forgetful{d.db}, controller(), d.clock) })
	if got := d.want(out.ID, mail.Queued, 0); d.server.Logins() != 0 || !got.DueAt.After(d.clock()) || got.Reason == "" {
		t.Errorf("%d logins, %+v", d.server.Logins(), got)
	}
	d.pass(time.Hour)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
}

// TestG23_EachSendHasItsAnswers: the one on which it was sealed and the one just
// before DATA, with the Message-ID of the mail; and the chain holds both.
func TestG23_EachSendHasItsAnswers(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	ctx := context.Background()
	kept, err := d.db.Decisions(ctx, d.lead.ID, 10)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%d answers, %v", len(kept), err)
	}
	for _, k := range kept {
		if k.Moment != consent.MomentSend || !k.Verdict.Allowed() || k.Verdict.Basis != consent.BasisConsent || k.Message != out.MessageID || k.Message == "" {
			t.Errorf("%s %v on %q for %q", k.Moment, k.Verdict.Allowed(), k.Verdict.Basis, k.Message)
		}
	}
	if report, err := d.db.VerifyChain(ctx, nil); err != nil || !report.OK() {
		t.Errorf("%v, %v", report.First, err)
	}
}
