package cli

import (
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/mail/imap"
	"zgoda/store"
	"zgoda/store/storetest"
	"zgoda/ui"
)

// screenOver is the real screen over a real store of 10,000 leads and 100,000
// mails, at the size of a large terminal.
func screenOver(b *testing.B, db *store.DB) *player {
	b.Helper()
	w := &world{db: db, now: time.Now}
	w.gate = consent.NewGate(db, w.controller, w.now)
	people := &peoplePort{DB: db, nudge: func() {}}
	return newPlayer(b, ui.New(ui.Ports{
		Inbox: people, People: people, Outbox: db, Verdicts: w.gate, Templates: templatePort{w}, Server: offlinePort{}, Now: w.now,
	}, ui.Options{Account: "marta@firma.example", Actor: "Marta"}))
}

func openBig(b *testing.B) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), storetest.Seeded(b, storetest.Big()))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return db
}

// BenchmarkFirstFrame is from a closed program on an open store to the first
// frame with rows, the first conversation and the lead card in it.
func BenchmarkFirstFrame(b *testing.B) {
	db := openBig(b)
	for b.Loop() {
		if p := screenOver(b, db); p.shows("Nobody is selected") || !p.shows("Leads 10") {
			b.Fatalf("this is not the inbox:\n%s", p.text())
		}
	}
}

// BenchmarkKeyToFrame is one j in the list: what it loads of the next person,
// and the frame that shows it.
func BenchmarkKeyToFrame(b *testing.B) {
	p := screenOver(b, openBig(b))
	for b.Loop() {
		p.press("j")
		_ = p.model.View()
	}
}

// BenchmarkOpenConversation is Enter on the next person: their mails are marked
// as read in the store, and the frame shows them in focus. Going there and back
// is not counted.
func BenchmarkOpenConversation(b *testing.B) {
	p := screenOver(b, openBig(b))
	for b.Loop() {
		b.StopTimer()
		p.press("esc", "j")
		b.StartTimer()
		p.press("enter")
		_ = p.model.View()
	}
}

// BenchmarkJumpToBottom is G and g on 10,000 leads.
func BenchmarkJumpToBottom(b *testing.B) {
	p := screenOver(b, openBig(b))
	for b.Loop() {
		p.press("G")
		p.press("g")
		_ = p.model.View()
	}
}

// BenchmarkSyncIntoStore is the first sync of 10,000 mails over TLS into SQLite.
func BenchmarkSyncIntoStore(b *testing.B) {
	const mails = 10_000
	office, err := demo.Start(b.Context(), demo.Options{Empty: true, Bulk: mails, ReplyAfter: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer office.Close()
	for b.Loop() {
		db := storetest.Open(b)
		syncer := imap.NewSyncer(imap.Config{Server: office.IMAP(), Account: office.Rep().Key(), Mirror: db, Status: func(mail.SyncStatus) {}})
		if err := syncer.Once(b.Context()); err != nil {
			b.Fatal(err)
		}
		counts, err := db.Counts(b.Context())
		if err != nil || counts.All == 0 {
			b.Fatalf("nothing came: %+v, %v", counts, err)
		}
	}
	b.ReportMetric(mails/(b.Elapsed().Seconds()/float64(b.N)), "mails/s")
}
