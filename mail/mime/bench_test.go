package mime

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// BenchmarkParseTypical is one alternative mail with an image and trackers.
func BenchmarkParseTypical(b *testing.B) {
	raw, err := os.ReadFile("testdata/tracker-mail.eml")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(raw)
	}
}

// BenchmarkParseHeader is what the first sync does for each mail of strangers.
func BenchmarkParseHeader(b *testing.B) {
	raw, err := os.ReadFile("testdata/newsletter.eml")
	if err != nil {
		b.Fatal(err)
	}
	raw, _, _ = bytes.Cut(raw, []byte("\r\n\r\n"))
	b.ReportAllocs()
	for b.Loop() {
		ParseHeader(raw)
	}
}

// BenchmarkHTML245KB is a long newsletter.
func BenchmarkHTML245KB(b *testing.B) {
	var s strings.Builder
	for i := 0; s.Len() < 245<<10; i++ {
		fmt.Fprintf(&s, `<table width="100%%"><tr><td style="padding:4px;font-size:0px"><div style="font-size:14px">Pozycja %d, <b>zażółć</b> &amp; gęślą</div></td>`+
			`<td><a href="https://sklep.example/p/%d?utm_source=x">Zobacz</a> <img src="https://cdn.sklep.example/%d.png" alt="Zdjęcie"></td></tr></table>`, i, i, i)
	}
	html := s.String()
	b.SetBytes(int64(len(html)))
	b.ReportAllocs()
	for b.Loop() {
		HTMLText(html)
	}
}

// BenchmarkParse50MB is the largest mail that is read: one attachment.
func BenchmarkParse50MB(b *testing.B) {
	line := strings.Repeat("QUJD", 19) + "\r\n"
	raw := []byte(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\n" +
		"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat(line, 50<<20/len(line)) + "--b--\r\n")
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(raw)
	}
}

func BenchmarkSafePolishSubject(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Safe("Zażółć gęślą jaźń – oferta na liny stalowe")
	}
}
