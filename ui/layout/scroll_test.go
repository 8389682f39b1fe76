package layout

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Placing a block changes the cells under it and no others, and never the size.
func TestPlaceKeepsTheSize(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab华ż ")), 1, 30, -1)
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 8).Draw(t, "h")
		base := Block(strings.Join(rapid.SliceOfN(text, h, h).Draw(t, "base"), "\n"), w, h)
		block := strings.Join(rapid.SliceOfN(text, 1, 4).Draw(t, "block"), "\n")
		got := Place(base, block, rapid.IntRange(0, w).Draw(t, "x"), rapid.IntRange(-2, h).Draw(t, "y"))
		lines := strings.Split(got, "\n")
		if len(lines) != h {
			t.Fatalf("%d lines of %d", len(lines), h)
		}
		for _, line := range lines {
			if Width(line) != w {
				t.Fatalf("%d cells of %d: %q", Width(line), w, line)
			}
		}
	})
}

func TestScrollStaysInsideItsLines(t *testing.T) {
	lines := []string{"a", "b", "c", "d"}
	s := Scroll{}
	s.By(-3, len(lines), 2)
	if s.Show(lines, 1, 2) != "a\nb" {
		t.Error("it scrolled above the first line")
	}
	s.By(99, len(lines), 2)
	if s.Show(lines, 1, 2) != "c\nd" {
		t.Error("it scrolled below the last line")
	}
	if s.Show(lines, 1, 6) != "a\nb\nc\nd\n \n " {
		t.Error("a window larger than its lines is not filled")
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		left, right string
		w           int
		want        string
	}{{"ab", "c", 5, "ab  c"}, {"abcdef", "x", 4, "ab…x"}, {"ab", "xyz", 3, "xyz"}, {"ab", "", 3, "ab "}} {
		if got := Spread(c.left, c.right, c.w); got != c.want {
			t.Errorf("%q %q in %d: %q, want %q", c.left, c.right, c.w, got, c.want)
		}
	}
}
