package imap

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

// many fills the inbox with n letters of about 8 KB.
func many(b *testing.B, host *imaptest.Host, n int) {
	b.Helper()
	client := host.Client(b)
	for i := range n {
		imaptest.Append(b, client, "INBOX", imaptest.Long(i, 8<<10))
	}
}

// BenchmarkSync is a first sync of 10,000 letters over TLS into a mirror in
// memory: envelopes alone, and with every body.
func BenchmarkSync(b *testing.B) {
	const n = 10_000
	host := imaptest.Embedded(b, imaptest.FullCaps)
	many(b, host, n)
	for name, lead := range map[string]func(mail.Message) bool{"envelopes": nil, "bodies": func(mail.Message) bool { return true }} {
		b.Run(fmt.Sprintf("embedded/%s/%d", name, n), func(b *testing.B) {
			for b.Loop() {
				first := newBench(host.TLS, func(c *Config) { c.Batch = 0 })
				first.mirror.Lead = lead
				if err := first.Once(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
	again := newBench(host.TLS, func(c *Config) { c.Batch = 0 })
	if err := again.Once(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.Run(fmt.Sprintf("embedded/nothing-new/%d", n), func(b *testing.B) {
		for b.Loop() {
			if err := again.Once(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDovecot is a whole mailbox, bodies and all, from Dovecot over TLS,
// and the same with mbsync in the same run: only the ratio means anything. We
// keep it in memory and mbsync writes a Maildir.
func BenchmarkDovecot(b *testing.B) {
	const n = 10_000
	host := imaptest.Dovecot(b)
	many(b, host, n)
	b.Run(fmt.Sprintf("zgoda/%d", n), func(b *testing.B) {
		for b.Loop() {
			first := newBench(host.TLS, func(c *Config) { c.Batch = 0 })
			first.mirror.Lead = func(mail.Message) bool { return true }
			if err := first.Once(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run(fmt.Sprintf("mbsync/%d", n), func(b *testing.B) {
		mbsync, err := exec.LookPath("mbsync")
		if err != nil {
			b.Skip("mbsync (isync) is not installed: nothing to compare with")
		}
		for b.Loop() {
			b.StopTimer()
			conf := mbsyncConf(b, host)
			b.StartTimer()
			if out, err := exec.Command(mbsync, "-q", "-c", conf, "-a").CombinedOutput(); err != nil {
				b.Fatalf("mbsync: %v: %s", err, out)
			}
		}
	})
}

func mbsyncConf(b *testing.B, host *imaptest.Host) string {
	b.Helper()
	dir := b.TempDir()
	conf, ca := filepath.Join(dir, "mbsyncrc"), filepath.Join(dir, "ca.pem")
	text := fmt.Sprintf("FSync no\nIMAPAccount a\nHost localhost\nPort %d\nUser %s\nPassCmd \"cat %s\"\nSSLType IMAPS\nCertificateFile %s\nSystemCertificates no\n\n"+
		"IMAPStore far\nAccount a\n\nMaildirStore near\nPath %s/\nInbox %s/INBOX\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState *\n",
		host.TLS.Port, imaptest.Rep, filepath.Join(dir, "word"), ca, dir, dir)
	for path, data := range map[string][]byte{conf: []byte(text), ca: host.TLS.CA, filepath.Join(dir, "word"): []byte(imaptest.Password)} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return conf
}
