package store_test

import (
	"os"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/store"
	"zgoda/store/storetest"
)

// gigabyte is a database of 1 GB: 130,000 mails of 12,000 people. It is made once
// and takes minutes and 2 GB of disk, so it must be asked for.
func gigabyte(b *testing.B) *store.DB {
	b.Helper()
	if os.Getenv("ZGODA_GIGABYTE") == "" {
		b.Skip("set ZGODA_GIGABYTE=1 to measure on a database of 1 GB")
	}
	options := storetest.Seeded(b, storetest.Gigabyte())
	db, err := store.Open(ctx, options)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	info, err := os.Stat(options.Path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%.2f GB", float64(info.Size())/1e9)
	return db
}

// BenchmarkEraseGigabyte erases one lead after another from a database of 1 GB,
// until the screen may say done. The daily purge ran before, as on any desk.
func BenchmarkEraseGigabyte(b *testing.B) {
	db := gigabyte(b)
	first, err := db.Rows(ctx, consent.Query{Split: consent.SplitLeads, Back: true, Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if _, err := db.Erase(ctx, first.Rows[0].Lead.ID, "they asked for it"); err != nil {
		b.Fatal(err)
	}
	b.Logf("the very first, which zeroes the slack of every page: %v", time.Since(began))
	began = time.Now()
	if _, err := db.Purge(ctx); err != nil {
		b.Fatal(err)
	}
	b.Logf("a purge: %v", time.Since(began))
	page, err := db.Rows(ctx, consent.Query{Split: consent.SplitLeads, Limit: 5000})
	if err != nil {
		b.Fatal(err)
	}
	i, longest := 0, time.Duration(0)
	for b.Loop() {
		began := time.Now()
		done, err := db.Erase(ctx, page.Rows[i*7%len(page.Rows)].Lead.ID, "they asked for it")
		if err != nil || done.Left != "" {
			b.Fatal(done.Left, err)
		}
		longest = max(longest, time.Since(began))
		i++
	}
	b.ReportMetric(longest.Seconds(), "s-worst")
}
