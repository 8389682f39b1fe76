package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp/smtptest"
)

func TestAQueuedMailIsSentOnceAndCopied(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush()
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	got := d.server.Delivered()[0]
	if len(got.To) != 1 || got.To[0] != d.lead.Address.Email || got.From != smtptest.Username {
		t.Errorf("envelope %s -> %v", got.From, got.To)
	}
	if !bytes.Equal(d.box.saved[out.MessageID], got.Raw) {
		t.Error("the copy is not what was sent")
	}
	if d.kinds()[consent.KindNotice] != 1 {
		t.Errorf("L14: the notice that the mail carried is not on file: %v", d.kinds())
	}
}

func TestL14_AMailWithoutTheWholeNoticeRecordsNone(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	d.queue(d.draft(consent.Tracking{}))
	d.flush()
	// Informed by the first one, the second may do without; its signature's link
	// to the policy is no notice.
	second := d.draft(consent.Tracking{})
	duties := consent.DutiesOn(consent.BasisConsent, controller(), d.lead, "en", consent.Tracking{})
	second.Subject = "Shifts again"
	second.Text = strings.Replace(second.Text, duties.Notice, "Our policy: "+controller().PolicyURL+"\n\nReply to this mail to get a copy of your data or to have it erased.", 1)
	out := d.queue(second)
	d.flush()
	d.want(out.ID, mail.Sent, 2)
	if d.kinds()[consent.KindNotice] != 1 {
		t.Errorf("%d notices are on file", d.kinds()[consent.KindNotice])
	}
}

func TestUndoHoldIsKept(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out, err := d.db.Queue(t.Context(), d.draft(consent.Tracking{}), 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	d.pass(9 * time.Second)
	d.flush()
	d.want(out.ID, mail.Queued, 0)
	d.pass(time.Second)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
}

// TestL21_RaceObjectionBetweenQueueAndData: the objection is recorded while the
// connection stands, between the server's yes to the recipient and DATA.
func TestL21_RaceObjectionBetweenQueueAndData(t *testing.T) {
	for name, kind := range map[string]consent.Kind{"objection": consent.KindObjected, "withdrawal": consent.KindWithdrawn} {
		t.Run(name, func(t *testing.T) {
			var d *desk
			d = newDesk(t, smtptest.Options{OnRcpt: func(string) error {
				purpose := consent.MarketingEmail
				if kind == consent.KindObjected {
					purpose = ""
				}
				d.record(kind, purpose)
				return nil
			}})
			out := d.queue(d.draft(consent.Tracking{}))
			d.flush()
			got := d.want(out.ID, mail.Refused, 0)
			if d.server.Begun() != 0 {
				t.Error("DATA was said")
			}
			if got.Reason == "" || got.NextStep == "" {
				t.Errorf("the rep is not told why: %q / %q", got.Reason, got.NextStep)
			}
			d.pass(24 * time.Hour)
			d.flush()
			d.want(out.ID, mail.Refused, 0)
			if d.box.count() != 0 {
				t.Error("a copy of a mail that was never sent")
			}
		})
	}
}

func TestL21_AnObjectionInTheQueueMeansNoConnection(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.record(consent.KindObjected, "")
	d.flush()
	d.want(out.ID, mail.Refused, 0)
	if d.server.Logins() != 0 {
		t.Error("L5a: there was a packet on the socket")
	}
}

func TestS58_TrackingIsCheckedAgainAtTheLastMoment(t *testing.T) {
	tracking := consent.Tracking{Opens: true, Clicks: true}
	withdraw := false
	var d *desk
	d = newDesk(t, smtptest.Options{OnRcpt: func(string) error {
		if withdraw {
			d.record(consent.KindWithdrawn, consent.TrackClick)
		}
		return nil
	}})
	refused := d.queue(d.draft(tracking))
	d.flush()
	if got := d.want(refused.ID, mail.Refused, 0); got.Reason == "" || d.server.Logins() != 0 {
		t.Errorf("without consent: %q, %d logins", got.Reason, d.server.Logins())
	}

	d.record(consent.KindGranted, consent.TrackOpen)
	d.record(consent.KindGranted, consent.TrackClick)
	second := d.draft(tracking)
	second.Subject = "Shifts, second"
	out := d.queue(second)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	if raw := string(d.server.Delivered()[0].Raw); !strings.Contains(raw, "portal.firma.example") {
		t.Error("the consent is on file and the mail carries no pixel")
	}

	withdraw = true
	third := d.draft(tracking)
	third.Subject = "Shifts, third"
	out = d.queue(third)
	begun := d.server.Begun()
	d.flush()
	if d.want(out.ID, mail.Refused, 1); d.server.Begun() != begun {
		t.Error("DATA was said after the consent to one purpose was withdrawn")
	}
}

func TestM11_TemporaryWaitsLongerEachTimeAndKeepsItsMessageID(t *testing.T) {
	tries := 0
	d := newDesk(t, smtptest.Options{OnRcpt: func(string) error {
		if tries++; tries <= 8 {
			return &gosmtp.SMTPError{Code: 451, EnhancedCode: gosmtp.EnhancedCode{4, 7, 1}, Message: "Greylisted"}
		}
		return nil
	}})
	out := d.queue(d.draft(consent.Tracking{}))
	for n, wait := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 30 * time.Minute, 30 * time.Minute} {
		d.flush()
		got := d.want(out.ID, mail.Queued, 0)
		if !got.DueAt.Equal(d.clock().Add(wait)) || got.Attempts != n+1 || got.Reason == "" || got.NextStep == "" {
			t.Fatalf("try %d: due in %v, %d attempts, %q", n+1, got.DueAt.Sub(d.clock()), got.Attempts, got.Reason)
		}
		d.pass(wait - time.Second)
		d.flush()
		if tries != n+1 {
			t.Fatal("it was tried before it was due")
		}
		d.pass(time.Second)
	}
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	if raw := string(d.server.Delivered()[0].Raw); !strings.Contains(raw, string(out.MessageID)) {
		t.Error("the Message-ID changed between the tries")
	}
}

func TestM11_AFinalNoKeepsTheDraft(t *testing.T) {
	d := newDesk(t, smtptest.Options{OnRcpt: func(string) error {
		return &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 1, 1}, Message: "unknown"}
	}})
	draft := d.draft(consent.Tracking{})
	out := d.queue(draft)
	d.flush()
	got := d.want(out.ID, mail.Failed, 0)
	if !strings.Contains(got.Reason, "no such mailbox") || got.NextStep == "" {
		t.Errorf("%q / %q", got.Reason, got.NextStep)
	}
	kept, found, err := d.db.DraftFor(t.Context(), d.lead.ID)
	if err != nil || !found || kept.Text != draft.Text {
		t.Errorf("the draft is gone: %v %v", found, err)
	}
	d.pass(24 * time.Hour)
	d.flush()
	d.want(out.ID, mail.Failed, 0)
}

func TestM11_LostAfterTheDotIsUnknownForGood(t *testing.T) {
	d := newDesk(t, smtptest.Options{Cut: func() bool { return true }})
	out := d.queue(d.draft(consent.Tracking{}))
	for range 3 {
		d.flush()
		d.pass(time.Hour)
	}
	got := d.want(out.ID, mail.Unknown, 1)
	if got.Reason == "" || got.NextStep == "" {
		t.Errorf("%q / %q", got.Reason, got.NextStep)
	}
	if d.box.count() != 0 || d.kinds()[consent.KindNotice] != 0 {
		t.Error("an unknown mail counts as sent")
	}
}

// brokenLedger cannot be read.
type brokenLedger struct{}

func (brokenLedger) History(context.Context, mail.PersonID) (consent.History, error) {
	return consent.History{}, errors.New("disk gone")
}

func (brokenLedger) Keep(context.Context, consent.Decision) error { return errors.New("disk gone") }

func TestALedgerThatCannotBeReadIsNeverAYes(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush(func(c *outbox.Config) { c.Gate = consent.NewGate(brokenLedger{}, controller(), d.clock) })
	got := d.want(out.ID, mail.Queued, 0)
	if d.server.Logins() != 0 || !got.DueAt.After(d.clock()) || got.Reason == "" {
		t.Errorf("%d logins, %+v", d.server.Logins(), got)
	}
	d.pass(time.Hour)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
}

// secondAnswer fails from the second question on: the one before DATA.
type secondAnswer struct {
	outbox.Gate
	asked int
}

func (g *secondAnswer) MaySend(ctx context.Context, letter consent.Letter) (consent.SendPermit, error) {
	if g.asked++; g.asked > 1 {
		return consent.SendPermit{}, errors.New("disk gone")
	}
	return g.Gate.MaySend(ctx, letter)
}

func TestALedgerLostBeforeDataIsNeverAYes(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush(func(c *outbox.Config) { c.Gate = &secondAnswer{Gate: d.gate} })
	d.want(out.ID, mail.Queued, 0)
	if d.server.Begun() != 0 || d.server.Logins() != 1 {
		t.Errorf("%d logins, %d DATA", d.server.Logins(), d.server.Begun())
	}
}

func TestAPermitOfAnotherDayIsAskedForAgain(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	d.pass(time.Hour) // the consent must not be younger than the late gate
	out := d.queue(d.draft(consent.Tracking{}))
	late := consent.NewGate(d.db, controller(), func() time.Time { return d.clock().Add(-2 * consent.PermitLife) })
	d.flush(func(c *outbox.Config) { c.Gate = late })
	d.want(out.ID, mail.Queued, 0)
	d.pass(time.Hour)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
}
