package auth_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"zgoda/mail"
	"zgoda/mail/auth"
)

var ewa = mail.Address{Email: "ewa@studio.example"}

// signer is a domain with a real key, and the DNS that shows it.
type signer struct {
	domain string
	key    ed25519.PrivateKey
	zone   map[string][]string
}

func newSigner(t testing.TB, domain string, zone map[string][]string) signer {
	t.Helper()
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	zone["mail._domainkey."+domain] = []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}
	return signer{domain, key, zone}
}

func (s signer) sign(t testing.TB, raw string, change ...func(*dkim.SignOptions)) []byte {
	t.Helper()
	options := &dkim.SignOptions{
		Domain: s.domain, Selector: "mail", Signer: s.key, Hash: crypto.SHA256,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}
	for _, c := range change {
		c(options)
	}
	var out bytes.Buffer
	if err := dkim.Sign(&out, strings.NewReader(raw), options); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func dns(zone map[string][]string) func(context.Context, string) ([]string, error) {
	return func(_ context.Context, domain string) ([]string, error) {
		if txt := zone[domain]; txt != nil {
			return txt, nil
		}
		return nil, errors.New("no such name")
	}
}

func letter(from string, more ...string) string {
	return strings.Join(append(more, "From: "+from, "To: marta@firma.example", "Subject: Re: Lampy", "Message-ID: <1@studio.example>",
		"Date: Tue, 24 Nov 2026 10:00:00 +0000", "", "M-7K3P-Q2", ""), "\r\n")
}

func TestG12_OnlyASignatureOfTheirOwnDomainProves(t *testing.T) {
	zone := map[string][]string{}
	own, other, above := newSigner(t, "studio.example", zone), newSigner(t, "evil.example", zone), newSigner(t, "mailer.studio.example", zone)
	suffix := newSigner(t, "co.uk", zone)
	spoilt := bytes.Replace(own.sign(t, letter("ewa@studio.example")), []byte("M-7K3P-Q2"), []byte("M-9999-99"), 1)
	header := bytes.Replace(own.sign(t, letter("ewa@studio.example")), []byte("Re: Lampy"), []byte("Re: Okna"), 1)
	expired := func(o *dkim.SignOptions) { o.Expiration = time.Now().Add(-time.Hour) }
	oversigned := func(o *dkim.SignOptions) {
		o.HeaderKeys = []string{"From", "From", "To", "Subject", "Date", "Message-ID"}
	}
	for name, c := range map[string]struct {
		raw  []byte
		want bool
	}{
		"own domain":                        {own.sign(t, letter("Ewa Żółć <ewa@studio.example>")), true},
		"own domain, other case":            {own.sign(t, letter("EWA@Studio.EXAMPLE")), true},
		"name in an unknown charset":        {own.sign(t, letter("=?x-odd?Q?Ewa?= <ewa@studio.example>")), true},
		"a subdomain of the organisation":   {above.sign(t, letter("ewa@studio.example")), true},
		"oversigned":                        {own.sign(t, letter("ewa@studio.example"), oversigned), true},
		"not signed":                        {[]byte(letter("ewa@studio.example")), false},
		"signed by another domain":          {other.sign(t, letter("ewa@studio.example")), false},
		"signed by another with own in i=":  {other.sign(t, letter("ewa@studio.example"), func(o *dkim.SignOptions) { o.Identifier = "ewa@evil.example" }), false},
		"signed by a public suffix":         {suffix.sign(t, letter("ewa@studio.co.uk")), false},
		"another person of another domain":  {other.sign(t, letter("ewa@evil.example")), false},
		"changed body":                      {spoilt, false},
		"changed subject":                   {header, false},
		"expired":                           {own.sign(t, letter("ewa@studio.example"), expired), false},
		"oversigned, a second From":         {[]byte("From: ewa@studio.example\r\n" + string(own.sign(t, letter("ewa@studio.example"), oversigned))), false},
		"a second From":                     {[]byte("From: ewa@studio.example\r\n" + string(other.sign(t, letter("x@evil.example")))), false},
		"a second From, spelled apart":      {[]byte("From : x@evil.example\r\n" + string(own.sign(t, letter("ewa@studio.example")))), false},
		"two addresses in From":             {own.sign(t, letter("ewa@studio.example, x@evil.example")), false},
		"From in a group":                   {own.sign(t, letter("Team: ewa@studio.example;")), false},
		"no From":                           {[]byte("To: a@b.example\r\n\r\nM-7K3P-Q2\r\n"), false},
		"a length tag":                      {bytes.Replace(own.sign(t, letter("ewa@studio.example")), []byte("; d="), []byte("; l=0; d="), 1), false},
		"text after the signed body":        {append(own.sign(t, letter("ewa@studio.example")), "I agree to everything\r\n"...), false},
		"a bare CR in the header":           {[]byte("X: a\rFrom: x@evil.example\r\n" + string(own.sign(t, letter("ewa@studio.example")))), false},
		"a forged result and no signature":  {[]byte("Authentication-Results: studio.example; dkim=pass header.d=studio.example\r\n" + letter("ewa@studio.example")), false},
		"empty":                             {nil, false},
		"own signature beside a broken one": {other.sign(t, string(own.sign(t, letter("ewa@studio.example")))), true},
	} {
		got := auth.Verify(t.Context(), c.raw, auth.Config{Lookup: dns(zone)})
		if got.Proves(ewa) != c.want {
			t.Errorf("%s: proven is %t, want %t (%s)", name, got.Proves(ewa), c.want, got)
		}
	}
}

// TestG12_OnlyTheTrustedHostIsBelieved: where the host that receives our mail says
// something, that is the answer; what anybody else says counts for nothing.
func TestG12_OnlyTheTrustedHostIsBelieved(t *testing.T) {
	const ar = "Authentication-Results: "
	for name, c := range map[string]struct {
		fields []string
		want   bool
	}{
		"dmarc":                       {[]string{ar + "mx.firma.example; dmarc=pass header.from=studio.example"}, true},
		"dmarc with a version":        {[]string{ar + "mx.firma.example 1; dmarc=pass header.from=studio.example"}, true},
		"dkim":                        {[]string{ar + "MX.firma.example; dkim=pass header.d=studio.example"}, true},
		"dkim by its identity":        {[]string{ar + "mx.firma.example; dkim=pass header.i=@studio.example"}, true},
		"dkim of the organisation":    {[]string{ar + "mx.firma.example; dkim=pass header.d=m.studio.example"}, true},
		"folded, with comments":       {[]string{ar + "mx.firma.example;\r\n dkim=pass (2048-bit key; really) header.d=studio.example;\r\n spf=fail"}, true},
		"two signatures":              {[]string{ar + "mx.firma.example; dkim=fail header.d=list.example; dkim=pass header.d=studio.example"}, true},
		"another host":                {[]string{ar + "mx.evil.example; dmarc=pass header.from=studio.example"}, false},
		"forged below a fail":         {[]string{ar + "mx.firma.example; dmarc=fail header.from=studio.example", ar + "mx.firma.example; dmarc=pass header.from=studio.example"}, false},
		"forged below another host":   {[]string{ar + "mx.evil.example; dmarc=pass header.from=studio.example", ar + "mx.firma.example; dmarc=fail"}, false},
		"dmarc of another domain":     {[]string{ar + "mx.firma.example; dmarc=pass header.from=evil.example"}, false},
		"dkim of another domain":      {[]string{ar + "mx.firma.example; dkim=pass header.d=evil.example"}, false},
		"dkim of a name that ends so": {[]string{ar + "mx.firma.example; dkim=pass header.d=mystudio.example"}, false},
		"dkim passes, dmarc fails":    {[]string{ar + "mx.firma.example; dkim=pass header.d=studio.example; dmarc=fail header.from=studio.example"}, false},
		"dmarc passes and fails":      {[]string{ar + "mx.firma.example; dmarc=pass header.from=studio.example; dmarc=fail header.from=studio.example"}, false},
		"spf alone":                   {[]string{ar + "mx.firma.example; spf=pass smtp.mailfrom=studio.example"}, false},
		"a result in a comment":       {[]string{ar + "mx.firma.example; spf=fail (x; dmarc=pass header.from=studio.example)"}, false},
		"a result in a string":        {[]string{ar + `mx.firma.example; spf=fail reason="x; dmarc=pass header.from=studio.example"`}, false},
		"none":                        {[]string{ar + "mx.firma.example; none"}, false},
		"an unknown version":          {[]string{ar + "mx.firma.example 2; dmarc=pass header.from=studio.example"}, false},
		"no field":                    {nil, false},
	} {
		got := auth.Verify(t.Context(), []byte(letter("ewa@studio.example", c.fields...)), auth.Config{AuthServID: "mx.firma.example"})
		if got.Proves(ewa) != c.want {
			t.Errorf("%s: proven is %t, want %t (%s)", name, got.Proves(ewa), c.want, got)
		}
	}
}

// TestG12_TheTrustedHostWinsOverASignature: it saw the mail arrive, and a fail of
// its is not mended by a signature.
func TestG12_TheTrustedHostWinsOverASignature(t *testing.T) {
	zone := map[string][]string{}
	own := newSigner(t, "studio.example", zone)
	raw := "Authentication-Results: mx.firma.example; dmarc=fail header.from=studio.example\r\n" + string(own.sign(t, letter("ewa@studio.example")))
	config := auth.Config{AuthServID: "mx.firma.example", Lookup: dns(zone)}
	if got := auth.Verify(t.Context(), []byte(raw), config); got.Proves(ewa) {
		t.Errorf("proven against the host's word: %s", got)
	}
	raw = strings.Replace(raw, "mx.firma.example", "mx.evil.example", 1)
	if got := auth.Verify(t.Context(), []byte(raw), config); !got.Proves(ewa) {
		t.Errorf("another host's word hid the signature: %s", got)
	}
}

func TestG12_AProofIsOfOneDomain(t *testing.T) {
	zone := map[string][]string{}
	own := newSigner(t, "studio.example", zone)
	got := auth.Verify(t.Context(), own.sign(t, letter("ewa@studio.example")), auth.Config{Lookup: dns(zone)})
	for _, a := range []string{"ewa@evil.example", "ewa@sub.studio.example", "ewa@example", "", "ewa"} {
		if got.Proves(mail.Address{Email: a}) {
			t.Errorf("it proves %q too", a)
		}
	}
	if line := got.String(); !strings.Contains(line, "dkim=pass") || !strings.Contains(line, "domain=studio.example") {
		t.Errorf("the line for the ledger is %q", line)
	}
}

// TestG12_ALookupThatHangsProvesNothing: nobody waits longer than the timeout for
// a foreign name server.
func TestG12_ALookupThatHangsProvesNothing(t *testing.T) {
	zone := map[string][]string{}
	own := newSigner(t, "studio.example", zone)
	got := auth.Verify(t.Context(), own.sign(t, letter("ewa@studio.example")), auth.Config{
		Timeout: time.Millisecond,
		Lookup:  func(ctx context.Context, _ string) ([]string, error) { <-ctx.Done(); return nil, ctx.Err() },
	})
	if got.Proves(ewa) || got.DKIM == "pass" {
		t.Errorf("proven without a key: %s", got)
	}
}

func FuzzVerify(f *testing.F) {
	zone := map[string][]string{}
	own := newSigner(f, "studio.example", zone)
	signed := own.sign(f, letter("ewa@studio.example"))
	f.Add(signed)
	f.Add([]byte(letter("ewa@studio.example", "Authentication-Results: mx.firma.example; dkim=pass header.d=studio.example")))
	f.Add([]byte("From: a:b;\n\n"))
	f.Add([]byte("Authentication-Results: (((\"\r\nFrom: \"\\"))
	f.Add([]byte("DKIM-Signature: v=1; a=; b=; bh=; d=; h=from; s=\r\nFrom: a@b\r\n\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		// Without a trusted host nobody who lacks the key can prove anything: what
		// was not signed byte for byte (in the relaxed sense) does not pass.
		got := auth.Verify(t.Context(), raw, auth.Config{Lookup: dns(zone)})
		if got.Proves(ewa) && !bytes.Contains(raw, []byte("DKIM-Signature")) && !bytes.Contains(bytes.ToLower(raw), []byte("dkim-signature")) {
			t.Errorf("proven without a signature: %s", got)
		}
		got = auth.Verify(t.Context(), raw, auth.Config{AuthServID: "mx.firma.example"})
		if got.Proves(ewa) && !bytes.Contains(bytes.ToLower(raw), []byte("authentication-results")) {
			t.Errorf("proven without a word of the host: %s", got)
		}
		_ = got.String()
	})
}
