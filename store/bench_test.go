package store_test

import (
	"fmt"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/store/storetest"
)

// bigDB is 10,000 leads and 100,000 messages.
func bigDB(b *testing.B) *store.DB {
	b.Helper()
	if testing.Short() {
		b.Skip("filling 100,000 messages takes a minute")
	}
	db, err := store.Open(ctx, storetest.Seeded(b, storetest.Big()))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

func BenchmarkOpenBig(b *testing.B) {
	options := storetest.Seeded(b, storetest.Big())
	for b.Loop() {
		db, err := store.Open(ctx, options)
		if err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPage60(b *testing.B) {
	db := bigDB(b)
	page := func(q consent.Query) consent.Page {
		p, err := db.Rows(ctx, q)
		if err != nil || len(p.Rows) == 0 {
			b.Fatalf("%d rows, %v", len(p.Rows), err)
		}
		return p
	}
	first := page(consent.Query{Split: consent.SplitLeads, Limit: 5000})
	middle := first.Rows[len(first.Rows)-1].Cursor()
	for name, q := range map[string]consent.Query{
		"leads/top":         {Split: consent.SplitLeads},
		"leads/middle":      {Split: consent.SplitLeads, From: middle},
		"leads/back":        {Split: consent.SplitLeads, From: middle, Back: true},
		"leads/bottom":      {Split: consent.SplitLeads, Back: true},
		"all/top":           {Split: consent.SplitAll},
		"search/one word":   {Split: consent.SplitLeads, Search: "zolc"},
		"search/two words":  {Split: consent.SplitLeads, Search: "lukasz zolc"},
		"search/rare":       {Split: consent.SplitLeads, Search: "osoba4711"},
		"search/one letter": {Split: consent.SplitLeads, Search: "o"},
	} {
		q.Limit = 60
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				page(q)
			}
		})
	}
}

func BenchmarkCounts(b *testing.B) {
	db := bigDB(b)
	for b.Loop() {
		if _, err := db.Counts(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkConversationAndHistory(b *testing.B) {
	db := bigDB(b)
	page, err := db.Rows(ctx, consent.Query{Split: consent.SplitLeads, Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	id := page.Rows[0].Lead.ID
	for b.Loop() {
		if _, err := db.Conversation(ctx, id, 50); err != nil {
			b.Fatal(err)
		}
		if _, err := db.History(ctx, id); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSaveBatch500 saves 500 mails of 500 people at a time into a big
// database, half of them leads.
func BenchmarkSaveBatch500(b *testing.B) {
	db := bigDB(b)
	box, err := db.Mailbox(ctx, storetest.Account().Email, "INBOX", mail.RoleInbox)
	if err != nil {
		b.Fatal(err)
	}
	uid := uint32(1_000_000)
	for b.Loop() {
		var batch []mail.Fetched
		for i := range 500 {
			uid++
			batch = append(batch, mail.Fetched{UID: uid, Internal: storetest.Now.Add(time.Duration(uid) * time.Millisecond), Message: mail.Message{
				ID: mail.MessageID(fmt.Sprintf("b%d@world.example", uid)), From: storetest.Person(i * 24), Kind: mail.Personal,
				Subject: fmt.Sprintf("Subject %d", uid), Whole: true, Text: "Dzień dobry, piszę w sprawie oferty.",
			}})
		}
		if err := db.SaveBatch(ctx, box, batch); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(500*b.N)/b.Elapsed().Seconds(), "msg/s")
}

// BenchmarkCommit is what synchronous=FULL costs: one small transaction.
func BenchmarkCommit(b *testing.B) {
	db := bigDB(b)
	page, err := db.Rows(ctx, consent.Query{Split: consent.SplitLeads, Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	draft, err := db.SaveDraft(ctx, mail.Draft{Person: page.Rows[0].Lead.ID, To: page.Rows[0].Lead.Address})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		draft.Text += "."
		if draft, err = db.SaveDraft(ctx, draft); err != nil {
			b.Fatal(err)
		}
	}
}
