package store

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Żółć": "zolc", "ŁÓDŹ": "lodz", "Straße": "strasse", "Ærø": "aero", "Đorđe": "dorde", "ﬁrma": "firma",
		"İstanbul": "istanbul", "ıspanak": "ispanak", "  a \t b\n": "a b", "Þór": "thor", "山田": "山 田", "Œuvre": "oeuvre",
	} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) is %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Żółć", "İ", "ẞ", "Ǆ", "ﷺ", "\u0345", "ϓ", "K", "a\u0328", "\xff", "ᾳ", "ſt"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := fold(s)
		if twice := fold(once); twice != once {
			t.Errorf("fold(%q) is %q, folded again %q", s, once, twice)
		}
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Errorf("fold(%q) is not UTF-8", s)
		}
	})
}
