package layout

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// Wrap breaks s into lines of at most w cells, at blanks where it can. It
// always gives at least one line.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return []string{""}
	}
	lines := strings.Split(ansi.Wrap(s, w, ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// Typed makes text that a person pasted, or wrote in another program, safe to
// keep and to draw: one form of accents (NFC), "\n" as the only line end, no
// control and no character that turns the direction of writing.
func Typed(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.ReplaceAll(s, "\t", "    ")
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == unicode.ReplacementChar, unicode.IsControl(r), turns(r):
			return -1
		case r == '\u00a0', r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, s))
}

// turns reports whether r is a control of bidirectional writing (UAX 9) or an
// invisible tag: they let a text look like another.
func turns(r rune) bool {
	return r == 0x061c || r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e ||
		r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f
}
