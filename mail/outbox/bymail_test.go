package outbox_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/smtp/smtptest"
	"zgoda/store/storetest"
)

// came puts a whole mail of the lead into the store, as the sync does.
func (d *desk) came(id mail.MessageID, text string) {
	d.t.Helper()
	ctx := context.Background()
	box, err := d.db.Mailbox(ctx, storetest.Account().Email, "INBOX", mail.RoleInbox)
	if err != nil {
		d.t.Error(err)
		return
	}
	box.HighUID++
	err = d.db.SaveBatch(ctx, box, []mail.Fetched{{
		UID: box.HighUID, Internal: d.clock(),
		Message: mail.Message{ID: id, From: d.lead.Address, Subject: "Re: Shifts", Kind: mail.Personal, Whole: true, Text: text},
	}})
	if err != nil {
		d.t.Error(err)
	}
}

// TestL21_RaceAStopByMailBetweenQueueAndData: their mail is stored while the
// connection stands, after the server's yes to the recipient. Not a byte leaves.
func TestL21_RaceAStopByMailBetweenQueueAndData(t *testing.T) {
	for name, text := range map[string]string{
		"stop": "STOP", "in doubt": "Please do not write before Monday.", "withdrawal": "I withdraw my consent.", "erasure": "Proszę usunąć moje dane.",
	} {
		t.Run(name, func(t *testing.T) {
			var d *desk
			d = newDesk(t, smtptest.Options{OnRcpt: func(string) error { d.came("stop@studio.example", text); return nil }})
			out := d.queue(d.draft(consent.Tracking{}))
			d.flush()
			got := d.want(out.ID, mail.Refused, 0)
			if d.server.Begun() != 0 {
				t.Error("DATA was said")
			}
			if got.Reason == "" || got.NextStep == "" {
				t.Errorf("the rep is not told why: %q / %q", got.Reason, got.NextStep)
			}
		})
	}
}

// TestG12_ASentQuestionWaitsForItsAnswer: what was asked is on file with the mail
// that asked it, in the transaction that knows it sent; a refused one asks nothing.
func TestG12_ASentQuestionWaitsForItsAnswer(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	questions, paragraphs, err := consent.Ask(controller(), []consent.Purpose{consent.TrackOpen, consent.TrackClick}, "en", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	draft := d.draft(consent.Tracking{})
	draft.Text, draft.Asks = draft.Text+"\n\n"+strings.Join(paragraphs, "\n\n"), questions
	out := d.queue(draft)
	d.flush()
	d.want(out.ID, mail.Sent, 1)
	history, err := d.db.History(t.Context(), d.lead.ID)
	if err != nil {
		t.Fatal(err)
	}
	var asked []consent.Event
	for _, e := range history.Events {
		if e.Kind == consent.KindAsked {
			asked = append(asked, e)
		}
	}
	if len(asked) != 2 {
		t.Fatalf("%d questions are on file", len(asked))
	}
	for i, e := range asked {
		if e.Wording != questions[i].Wording || e.Code != questions[i].Code || e.Message != out.MessageID || e.Version != questions[i].Version {
			t.Errorf("on file is %+v", e)
		}
	}
	again := d.queue(draft) // its codes were used
	d.flush()
	d.want(again.ID, mail.Refused, 1)
	if d.kinds()[consent.KindAsked] != 2 {
		t.Error("a refused mail asked")
	}
}
