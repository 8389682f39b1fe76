package layout_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"zgoda/ui/layout"
)

func TestTypedIsSafe(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc":               "a\nb\nc",
		"e\u0301\u017c":           "\u00e9\u017c",
		"x\x1b[2Jy\u009b31mz":     "x[2Jy31mz",
		"ab\u202egpj.exe":         "abgpj.exe",
		"tab\there\u00a0there":    "tab    here there",
		"line\u2028end\u2029.":    "line end .",
		"太陽 👩\u200d👩\u200d👧 żółć": "太陽 👩\u200d👩\u200d👧 żółć",
	} {
		if got := layout.Typed(in); got != want {
			t.Errorf("Typed(%q) is %q, want %q", in, got, want)
		}
	}
}

func FuzzTyped(f *testing.F) {
	for _, seed := range []string{"", "żółć", "\x1b]52;c;x\x07", "\u202e\u2066", "a\r\nb", "\xff\xfe", "\U000e0041"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := layout.Typed(s)
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e }); i >= 0 {
			t.Errorf("a control is left in %q", got)
		}
		if again := layout.Typed(got); again != got {
			t.Errorf("twice is not once: %q, %q", got, again)
		}
	})
}

func TestWrapKeepsItsWidth(t *testing.T) {
	for _, s := range []string{"", "a", strings.Repeat("Zażółć gęślą jaźń 太陽 ", 9), strings.Repeat("x", 99)} {
		for w := 2; w < 40; w++ {
			for _, line := range layout.Wrap(s, w) {
				if layout.Width(line) > w {
					t.Fatalf("%q is wider than %d", line, w)
				}
			}
		}
	}
}
