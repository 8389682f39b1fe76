// Package storetest makes databases for tests and benchmarks: an empty one, and
// a big one that is made once and copied.
//
//  1. storetest.go: [Open] gives an empty database in a temporary directory.
//  2. world.go: [Fill] writes many people and their mail through the store's own
//     doors, the same for the same [Size].
//  3. seeded.go: [Seeded] keeps a filled file and copies it for each caller.
package storetest

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

// Now is where the clock of these databases stands.
var Now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// Account is whose mailbox it is.
func Account() mail.Address { return mail.Address{Name: "Marta Nowak", Email: "marta@firma.example"} }

// Options are for a database in dir, which must be 0700 (testing.TB's are not).
func Options(dir string) store.Options {
	return store.Options{
		Path:    filepath.Join(dir, "zgoda", "zgoda.db"),
		Account: Account(),
		Actor:   "marta",
		Controller: consent.Controller{
			Name: "Firma sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: "PL",
			Contact: "privacy@firma.example", PolicyURL: "https://firma.example/privacy", Offer: "scheduling software",
			Retention: "6 months",
		},
		Key: bytes.Repeat([]byte{7}, store.MinKey),
		Now: func() time.Time { return Now },
	}
}

// Open opens an empty database that is closed when the test ends.
func Open(tb testing.TB, change ...func(*store.Options)) *store.DB {
	tb.Helper()
	options := Options(tb.TempDir())
	for _, f := range change {
		f(&options)
	}
	db, err := store.Open(context.Background(), options)
	if err != nil {
		tb.Fatalf("open the store: %v", err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Errorf("close the store: %v", err)
		}
	})
	return db
}
