package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/mail/imap"
	"zgoda/store"
	"zgoda/store/storetest"
)

// BenchmarkSyncAgainstMbsync is 10,000 mails with every body, from the same
// server in the same run: by zgoda into SQLite, where each batch is on the disk
// before the next, and by mbsync into a Maildir. mbsync is let off its fsync,
// which is its fastest; the ratio is its time by ours, so above 1 we are faster.
// Both hang on the disk: one run says little where others use it, so take -count 5.
func BenchmarkSyncAgainstMbsync(b *testing.B) {
	mbsync, err := exec.LookPath("mbsync")
	if err != nil {
		b.Skip("mbsync (isync) is not installed: nothing to compare with")
	}
	const mails = 10_000
	office, err := demo.Start(b.Context(), demo.Options{Empty: true, Bulk: mails, ReplyAfter: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer office.Close()
	var ours, theirs time.Duration
	for b.Loop() {
		ours += syncWhole(b, office)
		theirs += mbsyncWhole(b, mbsync, office.IMAP(), mails)
	}
	b.ReportMetric(ours.Seconds()/float64(b.N), "zgoda-s/op")
	b.ReportMetric(theirs.Seconds()/float64(b.N), "mbsync-s/op")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "mbsync/zgoda")
}

// syncWhole is how long the envelopes take, then everybody made a lead, then
// all bodies.
func syncWhole(b *testing.B, office *demo.World) time.Duration {
	b.Helper()
	ctx, db := b.Context(), storetest.Open(b)
	syncer := imap.NewSyncer(imap.Config{Server: office.IMAP(), Account: office.Rep().Key(), Mirror: db, Status: func(mail.SyncStatus) {}})
	start := time.Now()
	if err := syncer.Once(ctx); err != nil {
		b.Fatal(err)
	}
	page, err := db.Rows(ctx, consent.Query{Split: consent.SplitNew, Limit: 5000})
	if err != nil || len(page.Rows) == 0 {
		b.Fatalf("%d people came, %v", len(page.Rows), err)
	}
	var people []mail.PersonID
	for _, row := range page.Rows {
		people = append(people, row.Lead.ID)
	}
	if _, err := db.MakeLeads(ctx, people...); err != nil {
		b.Fatal(err)
	}
	if err := syncer.Once(ctx); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	noBodyMissing(b, db, office)
	return took
}

func noBodyMissing(b *testing.B, db *store.DB, office *demo.World) {
	b.Helper()
	for name, role := range map[string]mail.Role{"INBOX": mail.RoleInbox, "Sent": mail.RoleSent} {
		box, err := db.Mailbox(b.Context(), office.Rep().Key(), name, role)
		if err != nil {
			b.Fatal(err)
		}
		known, err := db.Known(b.Context(), box)
		if err != nil || len(known) == 0 {
			b.Fatalf("%s has %d mails, %v", name, len(known), err)
		}
		if missing, err := db.Wanted(b.Context(), box, 1); err != nil || len(missing) > 0 {
			b.Fatalf("bodies of %s are missing: %v, %v", name, missing, err)
		}
	}
}

// mbsyncWhole is how long mbsync takes for INBOX and Sent, from nothing.
func mbsyncWhole(b *testing.B, mbsync string, server mail.Server, mails int) time.Duration {
	b.Helper()
	dir := b.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	text := fmt.Sprintf("FSync no\nIMAPAccount a\nHost localhost\nPort %d\nUser %s\nPassCmd \"cat %s\"\nSSLType IMAPS\nCertificateFile %s\nSystemCertificates no\n\n"+
		"IMAPStore far\nAccount a\n\nMaildirStore near\nPath %s/\nInbox %s\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX Sent\nCreate Near\nSync Pull\nSyncState *\n",
		server.Port, server.Username, in("word"), in("ca.pem"), dir, in("INBOX"))
	for name, data := range map[string][]byte{"mbsyncrc": []byte(text), "ca.pem": server.CA, "word": []byte(server.Password)} {
		if err := os.WriteFile(in(name), data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	if out, err := exec.Command(mbsync, "-q", "-c", in("mbsyncrc"), "-a").CombinedOutput(); err != nil {
		b.Fatalf("mbsync: %v: %s", err, out)
	}
	took := time.Since(start)
	files, err := filepath.Glob(in("*/[cn][ue][rw]/*"))
	if err != nil || len(files) != mails {
		b.Fatalf("mbsync brought %d of %d mails, %v", len(files), mails, err)
	}
	return took
}
