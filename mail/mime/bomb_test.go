package mime

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"zgoda/mail"
)

const head = "From: Ewa <ewa@firma.example>\r\nTo: jan@zgoda.example\r\nSubject: Bomba\r\nMessage-ID: <b@firma.example>\r\n"

// TestBombs: mail that is made to exhaust a reader is read in its bounds, says
// so, and keeps its envelope.
func TestBombs(t *testing.T) {
	nest := func(levels int) string {
		var b strings.Builder
		for i := range levels {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		}
		return b.String() + "Content-Type: text/plain\r\n\r\ninnermost\r\n"
	}
	parts := func(n int) string {
		return "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
			strings.Repeat("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n", n) + "--b--\r\n"
	}
	plain := "Content-Type: text/plain; charset=utf-8\r\n"
	for _, c := range []struct{ name, rest, note string }{
		{"100 levels without an end", nest(100), "nested too deeply"},
		{"5,000 parts", parts(5000), "too many parts"},
		{"3 MB header field", "X-Big: " + strings.Repeat("x", 3<<20) + "\r\n\r\nbody", "header is too large"},
		{"3 MB of folded header", "X-Big: a" + strings.Repeat("\r\n b", 1<<20) + "\r\n\r\nbody", "header is too large"},
		{"100,000 fields", strings.Repeat("X: y\r\n", 100000) + "\r\nbody", "header is too large"},
		{"100,000 recipients", "Cc: " + strings.Repeat("a@b.example, ", 5000) + "\r\n\r\nbody", "more people"},
		{"3 MB of text", plain + "\r\n" + strings.Repeat("Zażółć gęślą jaźń\r\n", 130000), "too long"},
		{"zero bytes", plain + "\r\na\x00b" + strings.Repeat("\x00", 1<<20), "zero bytes"},
		{"1 MB without a line end", plain + "\r\n" + strings.Repeat("x", 1<<20), ""},
		{"only boundaries", "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n", 100000), "too many parts"},
		{"a multipart without a boundary anywhere", "Content-Type: multipart/mixed; boundary=b\r\n\r\njust text", "told apart"},
		{"a MB of quotes", "Content-Type: text/plain; format=flowed\r\n\r\n" + strings.Repeat(strings.Repeat(">", 998)+"\r\n", 1000), ""},
		{"delsp", "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n" + strings.Repeat("x \r\n", 200000), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := Parse([]byte(head + c.rest))
			mustBeSafe(t, m)
			if m.From.Email != "ewa@firma.example" || m.Subject != "Bomba" || m.ID != "b@firma.example" {
				t.Errorf("the envelope is lost: %+v", m.From)
			}
			if c.note != "" && !slices.ContainsFunc(m.Notes, func(n string) bool { return strings.Contains(n, c.note) }) {
				t.Errorf("notes = %q, want one with %q", m.Notes, c.note)
			}
			if len(m.Attachments) > maxParts || len(m.Trackers) > maxTrackers || len(m.Cc) > maxAddresses {
				t.Errorf("%d attachments, %d trackers, %d people", len(m.Attachments), len(m.Trackers), len(m.Cc))
			}
		})
	}
}

// TestHTMLBombs: the same for HTML. The last word must survive, so that the
// reader did not give up.
func TestHTMLBombs(t *testing.T) {
	var many strings.Builder
	for i := range 400 {
		fmt.Fprintf(&many, "<b x=%d>", i)
	}
	for _, c := range []struct{ name, html string }{
		{"1,000 deep", strings.Repeat("<div>", 1000) + "END"},
		{"100,000 deep", strings.Repeat("<div>", 100000) + "END"},
		{"deep tables", strings.Repeat("<table><tr><td>", 1000) + "END"},
		{"deep quotes", strings.Repeat("<blockquote>", 1000) + strings.Repeat("a<br>", 10000) + "END"},
		{"deep lists", strings.Repeat("<ul><li>", 1000) + "END"},
		{"many open formats, many paragraphs", many.String() + strings.Repeat("<p>a", 200000) + "END"},
		{"a million ends", strings.Repeat("<i>", 500) + strings.Repeat("</x>", 500000) + "END"},
		{"many open elements and many ends", strings.Repeat("<i>", 200000) + strings.Repeat("</x>", 500000) + "END"},
		{"unclosed quote in a tag", `<a href="x>` + strings.Repeat("y", 100000) + `">END</a>`},
		{"many attributes", "<p " + strings.Repeat("a=b ", 100000) + ">END"},
		{"many links", strings.Repeat(`<a href="https://a.example/`+"x"+`">l</a> `, 20000) + "END"},
		{"hidden mail", `<div style="display:none">` + strings.Repeat("x<br>", 1000) + "</div>END"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, trackers := HTMLText(c.html)
			if !strings.Contains(text, "END") {
				t.Errorf("the end is lost; %d octets of text", len(text))
			}
			if why := unsafeIn(text, true); why != "" || len(trackers) > maxTrackers {
				t.Errorf("text holds %q, %d trackers", why, len(trackers))
			}
		})
	}
}

func TestParseReader(t *testing.T) {
	raw := head + "\r\nHello"
	if m := ParseReader(strings.NewReader(raw), 1<<20); m.Text != "Hello" || m.Notes != nil {
		t.Errorf("whole mail: %q, %q", m.Text, m.Notes)
	}
	if m := ParseReader(strings.NewReader(raw), int64(len(raw))); len(m.Notes) != 0 {
		t.Errorf("a mail of just the limit: %q", m.Notes)
	}
	endless := io.MultiReader(strings.NewReader(head+"\r\n"), zeros{})
	m := ParseReader(endless, 50<<20)
	if len(m.Notes) == 0 || !strings.Contains(m.Notes[0], "larger than 50 MB") || m.Subject != "Bomba" {
		t.Errorf("an endless mail: %q, %q", m.Subject, m.Notes)
	}
	broken := io.MultiReader(strings.NewReader(raw), iotest.ErrReader(errors.New("reset")))
	if m := ParseReader(broken, 1<<20); m.Text != "Hello" || len(m.Notes) != 1 {
		t.Errorf("a mail that broke off: %q, %q", m.Text, m.Notes)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// TestCutAnywhere: a mail that ends at any octet is still read, and never less
// than its beginning says.
func TestCutAnywhere(t *testing.T) {
	raw := []byte(head + "Content-Type: multipart/alternative; boundary=\"=_x\"\r\n\r\n--=_x\r\nContent-Type: text/plain; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: quoted-printable\r\n\r\nZa=C5=BC=C3=B3=C5=82=C4=87\r\n--=_x\r\nContent-Type: text/html\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\nPHA+WmHFvMOzxYLEhzwvcD4=\r\n--=_x--\r\n")
	for i := range raw {
		mustBeSafe(t, Parse(raw[:i]))
	}
	if m := Parse(raw); m.Text != "Zażółć" {
		t.Errorf("text = %q", m.Text)
	}
	if m := Parse(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))); m.Text != "Zażółć" {
		t.Errorf("with bare LF: %q", m.Text)
	}
	if m := Parse(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\r"))); m.Subject != "Bomba" {
		t.Errorf("with bare CR: %q", m.Subject)
	}
	if m := Parse(nil); !m.Whole || m.Kind != mail.Personal || len(m.Notes) == 0 {
		t.Errorf("nothing: %+v", m)
	}
}
