package mime

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// unsafeIn is an own list of what must never reach a terminal, written without
// a look at Safe: "" when s is safe.
func unsafeIn(s string, lines bool) string {
	if !utf8.ValidString(s) {
		return "invalid UTF-8"
	}
	marks := 0
	for _, r := range s {
		switch {
		case r == '\n' && lines:
		case r < 0x20, r >= 0x7f && r <= 0x9f:
			return "control"
		case r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0x206a && r <= 0x206f:
			return "bidi control"
		case r == 0x2028, r == 0x2029:
			return "line separator"
		case r >= 0xe0000 && r <= 0xe007f:
			return "tag"
		case r == 0x200b, r == 0xfeff, r == 0xad, r == 0x2060, r == 0x3164, r == 0x115f:
			return "invisible"
		case r != ' ' && unicode.Is(unicode.Zs, r):
			return "odd space"
		case r >= 0xe000 && r <= 0xf8ff:
			return "private use"
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > 4 {
				return "too many marks"
			}
		} else if r != 0x200c && r != 0x200d {
			marks = 0
		}
	}
	return ""
}

// mustBeSafe checks every text of a message.
func mustBeSafe(t testing.TB, m mail.Message) {
	t.Helper()
	fields := []string{string(m.ID), string(m.InReplyTo), m.Subject, m.From.Name, m.From.Email, m.ReplyTo.Name, m.ReplyTo.Email}
	for _, id := range m.References {
		fields = append(fields, string(id))
	}
	for _, a := range append(m.To, m.Cc...) {
		fields = append(fields, a.Name, a.Email)
	}
	for _, a := range m.Attachments {
		fields = append(fields, a.Name, a.Type)
		if strings.ContainsAny(a.Name, `/\`) || strings.HasPrefix(a.Name, ".") {
			t.Errorf("the file name %q has a path", a.Name)
		}
	}
	for _, tr := range m.Trackers {
		fields = append(fields, tr.Host, tr.What)
	}
	fields = append(fields, m.Notes...)
	fields = append(fields, Snippet(m.Text))
	for _, f := range fields {
		if why := unsafeIn(f, false); why != "" {
			t.Errorf("a field holds %s: %q", why, f)
		}
	}
	if why := unsafeIn(m.Text, true); why != "" {
		t.Errorf("the text holds %s: %q", why, m.Text)
	}
	if len(m.Text) > maxText {
		t.Errorf("the text has %d octets", len(m.Text))
	}
}

func TestSafe(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"Polish stays", "Zażółć gęślą jaźń", "Zażółć gęślą jaźń"},
		{"escape goes", "a\x1b[31mb\x1b]52;c;QQ==\x07c", "a[31mb]52;c;QQ==c"},
		{"C1 goes", "a\u009b31mb\u0090\u009c", "a31mb"},
		{"one line", "a\r\nBcc: b\nc\rd\u2028e\u0085", "a Bcc: b c d e"},
		{"bidi goes", "invoice\u202egpj.exe\u2066\u061c\u200f", "invoicegpj.exe"},
		{"tags go", "\U0001F3F4\U000E0067\U000E007F", "\U0001F3F4"},
		{"broken UTF-8", "a\xffb\xc5", "a\ufffdb\ufffd"},
		{"odd spaces", "a\u00a0b\u3000c\u2009d\u2800e", "a b c d e"},
		{"marks", "e" + strings.Repeat("\u0301", 9), "e" + strings.Repeat("\u0301", 4)},
		{"marks over joiners", "e" + strings.Repeat("\u0301\u200d", 9), "e" + strings.Repeat("\u0301", 4)},
		{"family stays whole", "👩‍👩‍👧 ❤️ 👋🏽", "👩‍👩‍👧 ❤️ 👋🏽"},
		{"rainbow flag", "🏳️‍🌈", "🏳️‍🌈"},
		{"joiner in Latin goes", "pay\u200dpal\u200c", "paypal"},
		{"Persian keeps its non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"private icons", "\ue0b0\uf8ff", "\ufffd\ufffd"},
		{"fillers", "a\u3164\u115f\u034f\u00adb\ufeff", "ab"},
		{"tab is a blank", "a\tb", "a b"},
		{"edges", "  a  ", "a"},
	} {
		if got := Safe(c.in); got != c.want {
			t.Errorf("%s: Safe(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestSafeText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"line ends", "a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"},
		{"tabs", "a\tb\n\tc\nżółć\td", "a       b\n        c\nżółć    d"},
		{"blanks at ends", "a  \nb \u00a0\n", "a\nb\n"},
		{"indent stays", "  a", "  a"},
		{"backspace", "abc\b\b\bxyz", "abcxyz"},
	} {
		if got := SafeText(c.in); got != c.want {
			t.Errorf("%s: SafeText(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

// hostile draws text in which every dangerous rune is likely.
func hostile() *rapid.Generator[string] {
	runes := []rune("aż \t\r\n\x00\x1b\x07\x7f\u0085\u009b\u009d\u0301\u200b\u200c\u200d\u200e\u202e\u2028\u2066\u2069\ufeff\ufe0f" +
		"\u3000\u00a0\ue000\ufffd\ufffe\u061c\U000E0041\U0001F469\U0001F3FDक्ש")
	return rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "bytes") {
			return string(rapid.SliceOf(rapid.Byte()).Draw(t, "raw"))
		}
		return rapid.StringOf(rapid.SampledFrom(runes)).Draw(t, "text")
	})
}

func TestSafeHoldsNoControlEver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := hostile().Draw(t, "in")
		one, many := Safe(in), SafeText(in)
		if why := unsafeIn(one, false); why != "" {
			t.Fatalf("Safe(%q) = %q: %s", in, one, why)
		}
		if why := unsafeIn(many, true); why != "" {
			t.Fatalf("SafeText(%q) = %q: %s", in, many, why)
		}
		if again := Safe(one); again != one {
			t.Fatalf("Safe twice: %q, then %q", one, again)
		}
		if again := SafeText(many); again != many {
			t.Fatalf("SafeText twice: %q, then %q", many, again)
		}
	})
}

func FuzzSafe(f *testing.F) {
	for _, s := range []string{"", "Zażółć", "a\x1b]52;c;QQ==\x07", "\u009b2J", "\u202eexe", "👩‍👩‍👧", "\xff\xc5", "e\u0301\u0301\u0301\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if why := unsafeIn(Safe(in), false); why != "" {
			t.Errorf("Safe(%q): %s", in, why)
		}
		many := SafeText(in)
		if why := unsafeIn(many, true); why != "" {
			t.Errorf("SafeText(%q): %s", in, why)
		}
		if SafeText(many) != many {
			t.Errorf("SafeText(%q) is not settled: %q", in, many)
		}
	})
}
