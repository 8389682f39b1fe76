package store_test

import (
	"testing"

	"zgoda/consent"
	"zgoda/store"
)

// manyLeads is 20,000 leads that nobody has informed yet, obtained over 40 days,
// with 50 open requests; the clocks are not filled in.
func manyLeads(b *testing.B) *desk {
	b.Helper()
	d := newDesk(b)
	d.must(d.Exec(ctx, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO people (address_key, email, name, since, source, source_kind, obtained_at, last_at)
SELECT 'p' || i || '@kupiec.example', 'p' || i || '@kupiec.example', 'Person ' || i, $1 - (i % 40) * 86400000, 'fair', 'event', $1 - (i % 40) * 86400000, $1 FROM n`,
		d.now.UnixMilli()))
	page := ok(d.Rows(ctx, consent.Query{Split: consent.SplitLeads, Limit: 50}))(b)
	for _, row := range page.Rows {
		ok(d.Record(ctx, consent.Event{Person: row.Lead.ID, Kind: consent.KindRequested, Right: consent.RightAccess,
			Method: consent.ByLetter, Evidence: "letter", At: d.now}))(b)
	}
	d.must(d.Exec(ctx, `DELETE FROM meta WHERE name = 'clocks'`))
	return d
}

// BenchmarkQueues reads the queues of 20,000 leads as the desk does.
func BenchmarkQueues(b *testing.B) {
	d := manyLeads(b)
	d.reopen()
	for name, read := range map[string]func() error{
		"counts":    func() error { _, err := d.QueueCounts(ctx); return err },
		"notices":   func() error { _, err := d.Notices(ctx, consent.Place{}, 60); return err },
		"middle":    func() error { _, err := d.Notices(ctx, consent.Place{Due: d.now}, 60); return err },
		"retention": func() error { _, err := d.Retention(ctx, consent.Place{}, 60); return err },
		"requests":  func() error { _, err := d.Requests(ctx); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWindClocks opens a file of 20,000 leads that has no clocks yet: once
// after an upgrade.
func BenchmarkWindClocks(b *testing.B) {
	d := manyLeads(b)
	for b.Loop() {
		b.StopTimer()
		d.must(d.Exec(ctx, `DELETE FROM meta WHERE name = 'clocks'`))
		d.must(d.Close())
		b.StartTimer()
		d.DB = ok(store.Open(ctx, d.options))(b)
	}
}
