package compose_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
	"zgoda/mail/mime"
)

// fields is the header block of a mail, unfolded.
func fields(raw []byte) map[string][]string {
	head, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	text := strings.NewReplacer("\r\n ", " ", "\r\n\t", " ").Replace(string(head))
	all := map[string][]string{}
	for line := range strings.SplitSeq(text, "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		all[strings.ToLower(name)] = append(all[strings.ToLower(name)], strings.TrimSpace(value))
	}
	return all
}

// mustBeOneLetter checks what every mail of ours must be, whatever is in it.
func mustBeOneLetter(t rapid.TB, s compose.Sealed) {
	t.Helper()
	raw := s.Bytes()
	head := fields(raw)
	allowed := map[string]bool{"from": true, "to": true, "subject": true, "date": true, "message-id": true, "in-reply-to": true,
		"references": true, "list-unsubscribe": true, "mime-version": true, "content-type": true}
	for name, values := range head {
		if !allowed[name] || len(values) != 1 {
			t.Errorf("field %q stands %d times", name, len(values))
		}
	}
	for _, name := range []string{"from", "to", "subject", "date", "message-id", "list-unsubscribe", "mime-version", "content-type"} {
		if len(head[name]) != 1 {
			t.Errorf("there is no %s", name)
		}
	}
	if bytes.Count(raw, []byte("\n")) != bytes.Count(raw, []byte("\r\n")) || bytes.Count(raw, []byte("\r")) != bytes.Count(raw, []byte("\r\n")) {
		t.Error("a bare CR or LF (law.md M3)")
	}
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("a line of %d octets", len(line))
		}
	}
	if !s.NeedsSMTPUTF8() && bytes.ContainsFunc(raw, func(r rune) bool { return r >= 0x80 }) {
		t.Error("octets beyond ASCII without SMTPUTF8")
	}
}

// htmlOf is the HTML part, parsed by a library that is not ours.
func htmlOf(t rapid.TB, s compose.Sealed) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(htmlPart(t, s)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// elements walks the tree.
func elements(n *html.Node, visit func(*html.Node)) {
	if n.Type == html.ElementNode {
		visit(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		elements(c, visit)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestS26OneRecipient: one To, no Cc, no Bcc, and the envelope is the permit's
// address even when the draft spells it otherwise.
func TestS26OneRecipient(t *testing.T) {
	w := newWorld(t)
	d := draft("Dzień dobry.")
	d.To = mail.Address{Name: "Ewa", Email: "EWA@Studio.Example"}
	s := w.seal(t, d)
	mustBeOneLetter(t, s)
	if got := s.To().Email; got != "ewa@studio.example" {
		t.Errorf("envelope = %q", got)
	}
	m := mime.Parse(s.Bytes())
	if len(m.To) != 1 || m.To[0].Email != "ewa@studio.example" || m.To[0].Name != "Ewa Żółć" || len(m.Cc) != 0 {
		t.Errorf("To = %+v, Cc = %+v", m.To, m.Cc)
	}
	for name, values := range fields(s.Bytes()) {
		if name != "to" && name != "message-id" && name != "references" && name != "in-reply-to" && strings.Contains(strings.Join(values, " "), "studio.example") {
			t.Errorf("%s names the recipient", name)
		}
	}
}

// TestM9NoReadReceipt: not even with consent to open tracking.
func TestM9NoReadReceipt(t *testing.T) {
	w := newWorld(t)
	for _, s := range []compose.Sealed{w.seal(t, draft("Tekst.")), w.sealTracked(t, tracked("Tekst.", true, true))} {
		mustBeOneLetter(t, s)
		if mime.Parse(s.Bytes()).AskReceipt {
			t.Error("the mail asks for a read receipt")
		}
	}
}

// words draws text that people and attackers write.
func words() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			"Dzień dobry,", "zażółć gęślą jaźń", "שלום", "مرحبا", "👩‍👩‍👧", "日本語の文章です", "\n", "\n\n", " ", "  ", "\t", "> cytat", "\n> cytat\n>> starszy\n",
			"From here", "\nFrom there", "-- ", "\n-- \n", "=20", "=?utf-8?q?x?=", ".", "\n.\n", "--=_", "<b>", "&amp;", "<img src=\"https://evil.example/p.gif\">",
			"https://firma.example/oferta?id=1&a=b", "(https://firma.example/a_(b))", "http://x.example.", "https://firma.example/'><img src=https://e.example>",
			"<script>", "https://firma.example/?a=1&lt;b&copy=2&copy;3", "\" onload=\"x", "slowo", strings.Repeat("bardzo długi akapit ", 8), strings.Repeat("x", 300), "]]>", "</body>", "url(https://e.example)",
		}), 0, 12).Draw(t, "pieces")
		return strings.Join(pieces, rapid.SampledFrom([]string{"", " ", "\n"}).Draw(t, "between"))
	})
}

// TestT1NoRemoteResource: whatever the draft says, without a permit the mail
// loads nothing, and its links are those of the text, octet for octet.
func TestT1NoRemoteResource(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := draft("Dzień dobry.\n\n" + words().Draw(rt, "text"))
		s := w.seal(t, d)
		mustBeOneLetter(rt, s)
		elements(htmlOf(rt, s), func(n *html.Node) {
			switch n.Data {
			case "html", "head", "body", "p", "br", "blockquote", "meta":
			case "a":
				if href := attr(n, "href"); !strings.Contains(d.Text, href) || n.FirstChild == nil || n.FirstChild.Data != href {
					rt.Errorf("a link leads to %q", href)
				}
			default:
				rt.Errorf("there is an element %q", n.Data)
			}
			for _, a := range n.Attr {
				if !strings.Contains("href dir lang charset", a.Key) {
					rt.Errorf("%s has the attribute %q", n.Data, a.Key)
				}
			}
		})
		if trackers := mime.Parse(s.Bytes()).Trackers; len(trackers) != 0 {
			rt.Errorf("trackers: %v", trackers)
		}
	})
}

// TestT2Tracking: with consent there is one pixel of ours, or counted links, as
// wished, and a link that serves a right of the person is never counted.
func TestT2Tracking(t *testing.T) {
	w := newWorld(t)
	text := "Dzień dobry,\n\nwycena: https://jasnykat.example/wycena?x=1&y=2.\n\nPolityka prywatności: " + policyURL +
		"\n\nAby nie dostawać listów: https://jasnykat.example/koniec odpisz stop.\n\nNazwany: https://jasnykat.example/plain\n"
	for _, c := range []struct {
		name          string
		opens, clicks bool
	}{{"opens", true, false}, {"clicks", false, true}, {"both", true, true}, {"none", false, false}} {
		t.Run(c.name, func(t *testing.T) {
			d := tracked(text, c.opens, c.clicks)
			sender := w.sender()
			sender.Plain = []string{"https://jasnykat.example/plain"}
			var permits []consent.TrackPermit
			if c.opens {
				permits = append(permits, w.track(t, ewa, consent.TrackOpen))
			}
			if c.clicks {
				permits = append(permits, w.track(t, ewa, consent.TrackClick))
			}
			s, err := compose.SealTracked(w.permit(t, d), permits, d, sender)
			if err != nil {
				t.Fatal(err)
			}
			mustBeOneLetter(t, s)
			pixels, counted := 0, map[string]string{}
			elements(htmlOf(t, s), func(n *html.Node) {
				switch n.Data {
				case "img":
					pixels++
					if src := attr(n, "src"); !strings.HasPrefix(src, "https://zgoda.example/o/") || attr(n, "width") != "1" {
						t.Errorf("pixel = %q", src)
					}
				case "a":
					counted[n.FirstChild.Data] = attr(n, "href")
				}
			})
			if (pixels == 1) != c.opens || pixels > 1 {
				t.Errorf("%d pixels", pixels)
			}
			offer := "https://jasnykat.example/wycena?x=1&y=2"
			if got := counted[offer]; strings.HasPrefix(got, "https://zgoda.example/r/") != c.clicks || !c.clicks && got != offer {
				t.Errorf("the offer leads to %q", got)
			}
			for _, right := range []string{policyURL, "https://jasnykat.example/koniec", "https://jasnykat.example/plain"} {
				if counted[right] != right {
					t.Errorf("%s leads to %q", right, counted[right])
				}
			}
			if plain := mime.Parse(s.Bytes()).Text; strings.Contains(plain, "zgoda.example") {
				t.Errorf("the text part holds an address of the portal: %q", plain)
			}
		})
	}
}

// TestM3HeaderInjection: what could end a field is refused wherever it stands,
// and the gate is not the only one that refuses it.
func TestM3HeaderInjection(t *testing.T) {
	w := newWorld(t)
	for _, evil := range []string{"a\r\nBcc: all@x.example", "a\nb", "a\rb", "a\x00b", "a\x1bb", "a\u0085b", "a\u2028b", "a\xffb"} {
		d := draft("Tekst.")
		permit := w.permit(t, d)
		sender := w.sender()
		sender.From.Name = evil
		if s, err := compose.Seal(permit, d, sender); !errors.Is(err, compose.ErrBadField) || len(s.Bytes()) > 0 {
			t.Errorf("From name %q: %v", evil, err)
		}
		sender = w.sender()
		sender.From.Email = evil + "@jasnykat.example"
		if _, err := compose.Seal(permit, d, sender); err == nil {
			t.Errorf("From address %q is taken", evil)
		}
		h := w.people[ewa]
		kept := h
		h.Lead.Address.Name = evil
		w.people[ewa] = h
		if s, err := compose.Seal(w.permit(t, d), d, w.sender()); !errors.Is(err, compose.ErrBadField) || len(s.Bytes()) > 0 {
			t.Errorf("To name %q: %v", evil, err)
		}
		w.people[ewa] = kept
		d.References = []mail.MessageID{mail.MessageID(evil), theirs}
		if got := fields(w.seal(t, d).Bytes())["references"]; len(got) != 1 || got[0] != theirs.Header() {
			t.Errorf("References with %q = %q", evil, got)
		}
	}
}

// TestM3RoundTrip: what was written is what is read, in every script.
func TestM3RoundTrip(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ name, subject, text string }{
		{"Polish", "Zażółć gęślą jaźń – wycena na oświetlenie biura w Łodzi, piętro trzecie i czwarte", "Dzień dobry,\n\nzażółć gęślą jaźń. " + strings.Repeat("Długi akapit po polsku. ", 20) + "Koniec.\n\nŁączę pozdrowienia"},
		{"emoji", "Światło 👩‍👩‍👧 ❤️", "Cześć 👋🏽\n\n👩‍👩‍👧 " + strings.Repeat("🏳️‍🌈 ", 60) + "koniec"},
		{"RTL", "שלום עולם", "שלום,\n\nمرحبا بالعالم " + strings.Repeat("שלום ", 50) + "סוף"},
		{"CJK without blanks", "日本語", strings.Repeat("日本語の文章です。", 40)},
		{"long ASCII subject", strings.Repeat("word ", 40) + "end", "x"},
		{"a subject of one word", strings.Repeat("x", 500), "x"},
		{"double blanks", "a  b   c", "a  b   c"},
		{"looks like an encoded word", "=?utf-8?q?x?= literally", "=?utf-8?q?x?= =20 =3D"},
		{"quotes", "Cytat", "> a\n> " + strings.Repeat("long quoted line ", 12) + "end\n>> b\n>\n> c\n\nanswer"},
		{"traps of the format", "Pułapki", "From here\n\n From there\n  indent\n.\n..\n-- \nMarta\nTel. 1"},
		{"a soft break that looks like a signature", "Podpis", "-- " + strings.Repeat("słowo ", 30) + "koniec"},
		{"the only soft break looks like a signature", "Podpis", "-- " + strings.Repeat("x", 100) + " koniec"},
		{"tabs", "Tab", "a       b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := draft("Dzień dobry.\n\n" + c.text)
			d.Subject = c.subject
			s := w.seal(t, d)
			mustBeOneLetter(t, s)
			m := mime.Parse(s.Bytes())
			if m.Subject != c.subject {
				t.Errorf("subject = %q, want %q", m.Subject, c.subject)
			}
			if m.Text != d.Text {
				t.Errorf("text = %q\nwant   %q", m.Text, d.Text)
			}
			if m.ID != d.MessageID || m.InReplyTo != d.InReplyTo || len(m.References) != 2 || !m.Date.Equal(noon) {
				t.Errorf("%q answers %q after %q at %v", m.ID, m.InReplyTo, m.References, m.Date)
			}
			if m.From != w.sender().From || m.Kind != mail.Personal || len(m.Notes) > 0 || m.FromHTML {
				t.Errorf("From %+v, kind %q, notes %q", m.From, m.Kind, m.Notes)
			}
		})
	}
}

// TestM3RoundTripEver is the same for drawn text. What the format folds (blanks
// at line ends, tabs, the blank after ">") is folded before it is compared.
func TestM3RoundTripEver(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := draft("Dzień dobry.\n\n" + words().Draw(rt, "text"))
		d.Subject = strings.TrimSpace("S " + strings.Join(strings.Fields(words().Draw(rt, "subject")), " "))
		s := w.seal(t, d)
		mustBeOneLetter(rt, s)
		m := mime.Parse(s.Bytes())
		if want := mime.Safe(d.Subject); m.Subject != want {
			rt.Errorf("subject = %q, want %q", m.Subject, want)
		}
		if got, want := m.Text, normal(d.Text); got != want {
			rt.Errorf("text = %q\nwant   %q", got, want)
		}
	})
}

// normal is text as the format keeps it.
func normal(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "-- " {
			line = strings.TrimRight(line, " ")
		}
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		if rest := strings.TrimPrefix(line[depth:], " "); depth > 0 && rest != "" {
			line = line[:depth] + " " + rest
		}
		lines[i] = line
	}
	return strings.Trim(mime.SafeText(strings.Join(lines, "\n")), "\n")
}

// TestFromIsStuffed: a line that begins with "From " would be changed, or taken
// for the next mail, where mail is kept in one file (RFC 3676 section 4.4).
func TestFromIsStuffed(t *testing.T) {
	w := newWorld(t)
	raw := string(w.seal(t, draft("Dzień dobry.\nFrom here on.\n>From there.\n"+strings.Repeat("x", 70)+" From a soft break\nFrom From twice")).Bytes())
	_, body, _ := strings.Cut(raw, "\r\n\r\n")
	if strings.Contains(body, "\r\nFrom ") || strings.Count(body, "\r\n From ") < 3 {
		t.Errorf("body = %q", body)
	}
}

// TestBothPartsSayTheSame: a reader of the HTML misses no word of the text.
func TestBothPartsSayTheSame(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := draft("Dzień dobry.\n\n" + words().Draw(rt, "text"))
		s := w.seal(t, d)
		got, _ := mime.HTMLText(htmlPart(rt, s))
		if flat(got) != flat(d.Text) {
			rt.Errorf("HTML says %q\ntext says %q", flat(got), flat(d.Text))
		}
	})
}

// flat is the words of a text without blanks and quote marks.
func flat(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(mime.SafeText(s), ">", "")), " ")
}

func TestSMTPUTF8(t *testing.T) {
	w := newWorld(t)
	h := w.people[ewa]
	h.Lead.Address = mail.Address{Name: "Ewa", Email: "ewa@żółw.example"}
	w.people[ewa] = h
	d := draft("Tekst.")
	d.To = h.Lead.Address
	s := w.seal(t, d)
	mustBeOneLetter(t, s)
	if s.NeedsSMTPUTF8() || s.To().Email != "ewa@xn--w-uga1v8h.example" || s.To().Key() != h.Lead.Address.Key() {
		t.Errorf("a domain beyond ASCII: %q, needs SMTPUTF8 %v", s.To().Email, s.NeedsSMTPUTF8())
	}
	h.Lead.Address.Email = "józef@studio.example"
	w.people[ewa] = h
	d.To = h.Lead.Address
	s = w.seal(t, d)
	mustBeOneLetter(t, s)
	if m := mime.Parse(s.Bytes()); !s.NeedsSMTPUTF8() || m.To[0].Email != "józef@studio.example" {
		t.Errorf("a local part beyond ASCII: %q, needs SMTPUTF8 %v", m.To[0].Email, s.NeedsSMTPUTF8())
	}
}

// TestM7MessageID: what makes a mail findable names nobody.
func TestM7MessageID(t *testing.T) {
	w := newWorld(t)
	d := draft("Tekst.")
	d.MessageID = mail.NewMessageID("jasnykąt.example")
	if !strings.HasSuffix(string(d.MessageID), "@xn--jasnykt-u4a.example") {
		t.Errorf("id = %q", d.MessageID)
	}
	s := w.seal(t, d)
	if s.ID() != d.MessageID || fields(s.Bytes())["message-id"][0] != d.MessageID.Header() {
		t.Errorf("id = %q", s.ID())
	}
}

// TestSealedCannotBeChanged: the bytes are a copy, and one draft gives one mail.
func TestSealedCannotBeChanged(t *testing.T) {
	w := newWorld(t)
	d := draft("Tekst.")
	s := w.seal(t, d)
	clear(s.Bytes())
	if again := w.seal(t, d); !bytes.Equal(again.Bytes(), s.Bytes()) || len(s.Bytes()) == 0 {
		t.Error("the same draft at the same moment gives other bytes")
	}
}

func BenchmarkSeal(b *testing.B) {
	w := newWorld(b)
	d := draft("Dzień dobry,\n\n" + strings.Repeat("zażółć gęślą jaźń https://jasnykat.example/x ", 30))
	permit := w.permit(b, d)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := compose.Seal(permit, d, w.sender()); err != nil {
			b.Fatal(err)
		}
	}
}
