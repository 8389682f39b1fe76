package smtptest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Maildir is where the mail of one address is delivered.
func (p *Postfix) Maildir(address string) string { return p.setup.maildir(address) }

// WaitFor gives the mails of an address as soon as there are n of them, or
// fails the test after 20 seconds.
func (p *Postfix) WaitFor(t testing.TB, address string, n int) [][]byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		names, err := filepath.Glob(filepath.Join(p.Maildir(address), "new", "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) >= n {
			return readAll(t, names)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%d mails arrived, not %d", len(names), n)
		}
	}
}

func readAll(t testing.TB, names []string) [][]byte {
	t.Helper()
	var mails [][]byte
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		mails = append(mails, raw)
	}
	return mails
}
