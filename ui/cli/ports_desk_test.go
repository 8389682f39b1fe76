package cli

import (
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail/demo"
)

// TestD5_TheDeskErasesHereAndOnTheServer: over the real store and an embedded
// mail server, the person goes here at once; their mails, which zgoda never synced,
// are found on the server once and deleted there on demand.
func TestD5_TheDeskErasesHereAndOnTheServer(t *testing.T) {
	ctx := t.Context()
	office, err := demo.Start(ctx, demo.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = office.Close() }()
	w, err := openWorld(ctx, &app{paths: underDir(t.TempDir()), now: time.Now}, demoConfig(office), servers{imap: office.IMAP(), smtp: office.SMTP()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	if err := seed(ctx, w, office.People()); err != nil {
		t.Fatal(err)
	}
	desk := w.ports().Desk
	page, err := w.db.Rows(ctx, consent.Query{Split: consent.SplitLeads, Search: "zielińska", Limit: 10})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d leads found: %v", len(page.Rows), err)
	}
	lead := page.Rows[0].Lead
	if _, err := desk.Erase(ctx, lead.ID, "they asked for it (Art. 17)"); err != nil {
		t.Fatal(err)
	}
	if page, err := w.db.Rows(ctx, consent.Query{Split: consent.SplitAll, Search: lead.Address.Email, Limit: 10}); err != nil || len(page.Rows) != 0 {
		t.Fatalf("%d rows are left: %v", len(page.Rows), err)
	}
	copies, err := desk.FindCopies(ctx)
	if err != nil || len(copies) == 0 {
		t.Fatalf("%d mails found on the server: %v", len(copies), err)
	}
	if again, err := desk.FindCopies(ctx); err != nil || len(again) != 0 {
		t.Errorf("the address was not forgotten: %d mails, %v", len(again), err)
	}
	gone, err := desk.EraseCopies(ctx, copies)
	if err != nil || gone != len(copies) {
		t.Fatalf("%d of %d mails went: %v", gone, len(copies), err)
	}
	if left, err := w.syncer.FindCopies(ctx, lead.Address); err != nil || len(left) != 0 {
		t.Errorf("%d mails are left on the server: %v", len(left), err)
	}
}
