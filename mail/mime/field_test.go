package mime

import (
	"testing"
	"time"

	"zgoda/mail"
)

func TestParseDate(t *testing.T) {
	ten := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for raw, want := range map[string]time.Time{
		"Tue, 24 Nov 2026 11:00:00 +0100":           ten,
		"Tue, 24 Nov 2026 11:00:00 +0100 (CET)":     ten,
		"24 Nov 2026 10:00:00 GMT":                  ten,
		"24 Nov 2026 11:00 CET":                     ten,
		"Tue,24 Nov 2026 05:00:00 EST":              ten,
		"Tue 24 Nov 2026 10:00:00 Z":                ten,
		"24 Nov 26 10:00:00 +0000":                  ten,
		"Tue Nov 24 10:00:00 2026":                  ten,
		"2026-11-24T11:00:00+01:00":                 ten,
		" tue,  24  NOV   2026 10:00:00\t-0000 ":    ten,
		"Tue, 24 Nov 2026 10:00:00 GMT+0000":        ten,
		"Tue, 24 Nov 2026 10:00:00 XYZ":             ten,
		"wczoraj":                                   {},
		"":                                          {},
		"Tue,":                                      {},
		"Tue, 31 Feb 2026 10:00:00 +0000":           {},
		"Thu, 1 Jan 1900 00:00:00 +0000":            {},
		"Thu, 1 Jan 9999 00:00:00 +0000":            {},
		"24 Nov 2026 10:00:00 +0000 and more words": {},
	} {
		if got := parseDate(raw); !got.Equal(want) {
			t.Errorf("%q = %v, want %v", raw, got, want)
		}
	}
}

func TestAddressList(t *testing.T) {
	a := func(name, email string) mail.Address { return mail.Address{Name: name, Email: email} }
	for raw, want := range map[string][]mail.Address{
		`ewa@firma.example`:                                   {a("", "ewa@firma.example")},
		`<ewa@firma.example>`:                                 {a("", "ewa@firma.example")},
		`Ewa Wilk <ewa@firma.example>`:                        {a("Ewa Wilk", "ewa@firma.example")},
		`"Wilk, Ewa" <ewa@firma.example>, b@c.example`:        {a("Wilk, Ewa", "ewa@firma.example"), a("", "b@c.example")},
		`=?utf-8?q?Wilk=2C_Ewa?= <ewa@firma.example>`:         {a("Wilk, Ewa", "ewa@firma.example")},
		`"=?utf-8?B?xZtmYQ==?=" <ewa@firma.example>`:          {a("śfa", "ewa@firma.example")},
		`'Ewa' <ewa@firma.example>`:                           {a("Ewa", "ewa@firma.example")},
		`ewa@firma.example (Ewa (z Gdańska))`:                 {a("Ewa z Gdańska", "ewa@firma.example")},
		`Zespół: a@b.example, c@d.example;`:                   {a("", "a@b.example"), a("", "c@d.example")},
		`undisclosed-recipients:;`:                            nil,
		`Ewa <mailto:ewa@firma.example>`:                      {a("Ewa", "ewa@firma.example")},
		`Ewa ewa@firma.example>`:                              {a("", "ewa@firma.example")},
		`"never closed <ewa@firma.example>`:                   {a("", "ewa@firma.example")},
		`a@b.example;c@d.example`:                             {a("", "a@b.example"), a("", "c@d.example")},
		`=?x-martian?q?Ewa?= <ewa@firma.example>`:             {a("Ewa", "ewa@firma.example")},
		`Ewa@Firma <ewa@firma.example>`:                       {a("Ewa@Firma", "ewa@firma.example")},
		`józef@żółw.example`:                                  {a("", "józef@żółw.example")},
		"Ewa\x1b[31m <ewa@firma.example>":                     {a("Ewa[31m", "ewa@firma.example")},
		`no address here`:                                     nil,
		`, ,;`:                                                nil,
		`"Ewa \"W\" Wilk" <ewa@firma.example>`:                {a(`Ewa "W" Wilk`, "ewa@firma.example")},
		`=?utf-8?q?=1B]0=3Bx=07_=E2=80=AEabc?= <a@b.example>`: {a("]0;x abc", "a@b.example")},
	} {
		var n notes
		got := addressList([]string{raw}, &n)
		if len(got) != len(want) {
			t.Errorf("%q = %+v, want %+v", raw, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%q = %+v, want %+v", raw, got[i], want[i])
			}
		}
	}
}

func TestFileName(t *testing.T) {
	for raw, want := range map[string]string{
		"oferta.pdf":              "oferta.pdf",
		"../../etc/passwd":        "passwd",
		`C:\Users\x\umowa.docx`:   "umowa.docx",
		".bashrc":                 "bashrc",
		"..":                      "",
		"a\u202efdp.exe":          "afdp.exe",
		"a.pdf            .exe":   "a.pdf .exe",
		"a\x00\x1b[2Jb.txt":       "a[2Jb.txt",
		"a\nb.txt":                "a b.txt",
		`<a>:"b"|?*.txt`:          "_a___b____.txt",
		"name. . .":               "name",
		"Zażółć gęślą jaźń.pdf":   "Zażółć gęślą jaźń.pdf",
		"archive.tar.gz":          "archive.tar.gz",
		"//server/share/":         "",
		"\u200b\u200b.\u200b.exe": "exe",
	} {
		if got := fileName(raw); got != want {
			t.Errorf("%q = %q, want %q", raw, got, want)
		}
	}
	long := fileName(string(make([]byte, 0)) + "ż" + string(repeat('x', 500)) + ".docx")
	if n := len([]rune(long)); n != maxFileName || long[len(long)-5:] != ".docx" {
		t.Errorf("a long name has %d runes: %q", n, long)
	}
}

func repeat(r rune, n int) []rune {
	out := make([]rune, n)
	for i := range out {
		out[i] = r
	}
	return out
}

func TestSnippet(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"greeting goes", "Dzień dobry,\n\nproszę o ofertę   na liny.\n", "proszę o ofertę na liny."},
		{"greeting with a name", "Szanowna Pani Ewo,\nchcemy kupić.", "chcemy kupić."},
		{"a greeting that says more stays", "Dzień dobry. Proszę o ofertę na liny.", "Dzień dobry. Proszę o ofertę na liny."},
		{"quotes go", "> stare\n> słowa\nTak, zgoda.\n> reszta", "Tak, zgoda."},
		{"attribution ends it", "Dziękuję.\n\nW dniu 24.11.2026 o 10:00, Jan pisze:\n> x\nreszta", "Dziękuję."},
		{"English attribution", "Thanks.\n\nOn Tue, 24 Nov 2026 Jan wrote:\nx", "Thanks."},
		{"who writes about writing", "Ok.\nOn Monday I wrote to you about ropes.", "Ok. On Monday I wrote to you about ropes."},
		{"German attribution", "Danke.\nAm 24.11.2026 schrieb Jan Nowak:\n> x", "Danke."},
		{"Outlook ends it", "Tak.\n\n-----Original Message-----\nFrom: Jan", "Tak."},
		{"Outlook's rule ends it", "Ja.\n________________________________\nVon: x@y", "Ja."},
		{"signature ends it", "Tak.\n-- \nEwa", "Tak."},
		{"only a greeting", "Dzień dobry,", "Dzień dobry,"},
		{"only a quote", "> stare słowa", "> stare słowa"},
		{"nothing", "", ""},
		{"hostile", "a\x1b[2Jb\u202ec", "a[2Jbc"},
	} {
		if got := Snippet(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	long := Snippet(string(repeat('ż', 10000)))
	if n := len([]rune(long)); n != mail.SnippetLen {
		t.Errorf("a long text gives %d runes", n)
	}
}

// TestT6Trackers: what is a pixel, what a picture, and what neither.
func TestT6Trackers(t *testing.T) {
	for _, c := range []struct{ html, host, what string }{
		{`<img src="https://t.example/a" width="1" height="1">`, "t.example", pixel},
		{`<img src="https://t.example/a" width=0>`, "t.example", pixel},
		{`<img src="//t.example/a" style="width:1px;height:1px">`, "t.example", pixel},
		{`<img src="https://t.example/a" style="display: none">`, "t.example", pixel},
		{`<div style="display:none"><img src="https://t.example/a"></div>`, "t.example", pixel},
		{`<img src="https://t.example/a" height="1" width="600">`, "t.example", remoteImage},
		{`<img src="https://T.example/a">`, "t.example", remoteImage},
		{`<img srcset="https://t.example/a 2x">`, "t.example", remoteImage},
		{`<td background="https://t.example/a">`, "t.example", remoteImage},
		{`<p style="background-image:url('https://t.example/a')">`, "t.example", remoteImage},
		{`<style>@import "https://t.example/a.css";</style>`, "t.example", remoteImage},
		{`<link rel="stylesheet" href="https://t.example/a.css">`, "t.example", remoteImage},
		{`<iframe src="https://t.example/a"></iframe>`, "t.example", remoteImage},
		{`<img src="cid:logo">`, "", ""},
		{`<img src="data:image/png;base64,AAAA">`, "", ""},
		{`<a href="https://t.example/r?url=https%3A%2F%2Fsklep.example">x</a>`, "t.example", redirect},
		{`<a href="https://u1.ct.sendgrid.net/ls/click?x=1">x</a>`, "u1.ct.sendgrid.net", redirect},
		{`<a href="https://sklep.example/login?next=https%3A%2F%2Fsklep.example%2Fa">x</a>`, "", ""},
		{`<a href="https://sklep.example/?q=lina">x</a>`, "", ""},
		{`<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example">x</a>`, "", ""},
	} {
		_, got := HTMLText(c.html)
		switch {
		case c.host == "" && len(got) == 0:
		case len(got) == 1 && got[0] == (mail.Tracker{Host: c.host, What: c.what}):
		default:
			t.Errorf("%s: %v, want %s %s", c.html, got, c.host, c.what)
		}
	}
}

func TestHTMLText(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"Word's paragraphs", `<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>`, "a\nb\n\nc"},
		{"font size 0 of a layout", `<td style="font-size:0px"><div style="font-size:13px">seen</div></td>`, "seen"},
		{"font size 0 of a text", `a<span style="font-size:0">hidden</span>b`, "ab"},
		{"hidden height", `<div style="max-height:0;overflow:hidden">hidden</div>a`, "a"},
		{"hidden attribute", `<p hidden>x</p>a`, "a"},
		{"entities", `a &amp; b &lt;c&gt; &zwnj;&shy;d`, "a & b <c> d"},
		{"comments and scripts", `<!-- x --><script>y</script><style>z</style><title>t</title>a<!--[if mso]>w<![endif]-->`, "a"},
		{"one target, one number", `<a href="https://a.example/x">p</a> <a href="https://a.example/x">q</a>`, "p[1] q[1]\n\n[1] a.example/x"},
		{"a lying link", `<a href="https://evil.example/">https://bank.example</a>`, "https://bank.example[1]\n\n[1] evil.example"},
		{"userinfo", `<a href="https://bank.example@evil.example/a">x</a>`, "x[1]\n\n[1] evil.example/a"},
		{"look-alike host", `<a href="https://żółw.example/">x</a>`, "x[1]\n\n[1] żółw.example (xn--w-uga1v8h.example)"},
		{"a mail link", `<a href="mailto:a@b.example?subject=x">write</a>`, "write[1]\n\n[1] a@b.example"},
		{"no target", `<a href="#top">up</a> <a href="javascript:x">run</a> <a>bare</a>`, "up run bare"},
		{"missing end tags", `<table><tr><td>a<td>b<tr><td>c<td>d</table>e`, "a | b\nc | d\ne"},
		{"a table in a table", `<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></td><td>x</td></tr></table>`, "a | b\nc\nx"},
		{"nested list", `<ul><li>a<ul><li>b</ul><li>c</ul>`, "- a\n  - b\n- c"},
		{"a list item of two paragraphs", `<ol><li><p>a</p><p>b</p></ol>`, "1. a\n\n   b"},
		{"quote", `<blockquote>a<br><br>b</blockquote>c`, "> a\n>\n> b\n\nc"},
		{"stray ends", `</td></table></div>a</b>`, "a"},
		{"headings", `<h1>A</h1>b<hr>c`, "A\n\nb\n---\nc"},
		{"pre", "<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
		{"broken tag", `a <b c`, "a"},
	} {
		if got, _ := HTMLText(c.html); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
