package store_test

import (
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// TestL21_2_TheRowShowsTheHeldMail: the inbox marks who seems to ask us to stop,
// until an entry says what the mail asks.
func TestL21_2_TheRowShowsTheHeldMail(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	doubtful := d.came("ewa@kupiec.example", time.Minute, func(f *mail.Fetched) {
		f.Message.Whole, f.Message.Text = true, "Proszę nie pisać przed poniedziałkiem, jesteśmy na targach."
	})
	d.receive(doubtful)
	held := func() consent.Inbound {
		t.Helper()
		for _, r := range ok(d.Rows(ctx, consent.Query{Split: consent.SplitLeads}))(t).Rows {
			if r.Lead.ID == id {
				return r.Standing.Held
			}
		}
		t.Fatal("the lead is not in the list")
		return consent.Inbound{}
	}
	history := ok(d.History(ctx, id))(t)
	if got := held(); got.ID != doubtful.Message.ID || !got.Stop || !got.At.Equal(history.Inbound[0].At) {
		t.Fatalf("the row holds %+v, the history %+v", got, history.Inbound)
	}
	ok(d.Record(ctx, consent.Event{
		Person: id, Kind: consent.KindRead, Evidence: "only not before Monday", Message: doubtful.Message.ID, At: d.options.Now(), Actor: "marta",
	}))(t)
	if got := held(); got.ID != "" {
		t.Errorf("it was read, and the row still holds %+v", got)
	}
}
