package smtp

import (
	"strings"
	"testing"

	"zgoda/mail/smtp/smtptest"
)

// BenchmarkSubmit is one mail of about 10 KiB over loopback: connection, TLS
// handshake, login and transaction, as for every mail.
func BenchmarkSubmit(b *testing.B) {
	client := New(smtptest.Serve(b, smtptest.Options{}).Server, nil)
	e := letter(strings.Repeat(strings.Repeat("x", 70)+"\r\n", 140))
	b.SetBytes(int64(len(e.raw)))
	for b.Loop() {
		if err := client.submit(b.Context(), e, yes); err != nil {
			b.Fatal(err)
		}
	}
}
