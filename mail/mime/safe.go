package mime

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one base may carry. Real writing needs
// three or four; more climbs over the neighbouring lines of a terminal.
const maxMarks = 4

// tabStop is the width to which tabs are expanded: a terminal program drops
// tabs, so the text must hold blanks before any width is measured.
const tabStop = 8

// Safe makes one line of foreign text safe for a terminal: no control, escape,
// bidi or invisible character is left, nor any line break. It is the last step
// on every field that comes from outside: subjects, names, addresses, file and
// folder names, server errors. Safe of a safe text is that text.
func Safe(s string) string {
	return strings.TrimSpace(clean(s, false))
}

// SafeText is [Safe] for many lines: line breaks become \n and stay, tabs are
// expanded, no line ends in blanks
// but a signature's "-- ".
func SafeText(s string) string {
	return trimLines(clean(s, true))
}

// clean works in two steps, so that what is judged by its neighbours is judged
// by those that stay: first every rune alone, then joiners and marks.
func clean(s string, lines bool) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if plainASCII(s, lines) {
		return s
	}
	kept := make([]rune, 0, len(s))
	for _, r := range s {
		if r == '\r' {
			r = '\n'
		}
		if r = replace(r); r >= 0 {
			kept = append(kept, r)
		}
	}
	return settle(kept, lines)
}

// plainASCII is the short way for most fields and English mails: printable
// ASCII, line ends where there may be lines, and nothing else.
func plainASCII(s string, lines bool) bool {
	for i := 0; i < len(s); i++ {
		if (s[i] < ' ' || s[i] > '~') && !(lines && s[i] == '\n') {
			return false
		}
	}
	return true
}

// replace maps one rune alone: to itself, to what stands for it, or to -1.
func replace(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\v' || r == '\f':
		return ' '
	case r == '\u2028' || r == '\u2029': // separators of lines and paragraphs
		return '\n'
	case r < 0x20 || r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return -1
	case r < 0x7f:
		return r
	case r == utf8.RuneError:
		return r
	case r == zwj || r == zwnj:
		return r // settle decides
	case blank(r):
		return -1
	case unicode.Is(unicode.Zs, r) || r == '\u2800':
		return ' '
	case unicode.Is(unicode.Co, r), r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return utf8.RuneError // private icons could forge a badge; non-characters
	case unicode.Is(unicode.Cf, r) && !visibleFormat(r):
		return -1 // bidi controls, tags, soft hyphens, zero widths
	}
	return r
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// blank names letters and marks that draw nothing: they hide text in names and
// fill the preheaders of newsletters.
func blank(r rune) bool {
	switch r {
	case '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u3164', '\uffa0':
		return true
	}
	return r >= 0x180b && r <= 0x180f
}

// visibleFormat is the format characters that draw something: Arabic number
// signs and the like.
func visibleFormat(r rune) bool {
	return r >= 0x600 && r <= 0x605 || r == 0x6dd || r == 0x70f || r == 0x890 || r == 0x891 || r == 0x8e2 ||
		r == 0x110bd || r == 0x110cd
}

// settle writes the kept runes: line breaks and tabs as the caller wants them,
// joiners only where they join, marks only as many as a base can carry.
func settle(kept []rune, lines bool) string {
	var b strings.Builder
	b.Grow(len(kept) + len(kept)/8)
	column, marks := 0, 0
	base := rune(' ') // the last rune that was written and is not a mark
	for i, r := range kept {
		switch {
		case r == '\n' && lines:
			b.WriteByte('\n')
			column, marks, base = 0, 0, ' '
			continue
		case r == '\n' || r == '\t' && !lines:
			r = ' '
		case r == '\t':
			n := tabStop - column%tabStop
			b.WriteString("        "[:n])
			column, marks, base = column+n, 0, ' '
			continue
		case r == zwj || r == zwnj:
			if !joins(base) || i+1 == len(kept) || !joins(kept[i+1]) {
				continue
			}
			b.WriteRune(r)
			base = ' ' // one joiner at a time, and it gives no new room for marks
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				continue
			}
			b.WriteRune(r)
			continue
		}
		b.WriteRune(r)
		column, marks, base = column+1, 0, r
	}
	return b.String()
}

// joins reports whether r is of a script or picture that joiners belong to.
// In Latin, Greek and Cyrillic they only hide a difference between two names.
func joins(r rune) bool {
	if r < 0x530 || unicode.Is(unicode.M, r) {
		return false
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r)
}

// trimLines takes the blanks at the ends of lines away, but for the one that
// makes a line the mark of a signature (RFC 3676 section 4.3).
func trimLines(s string) string {
	if !strings.Contains(s, " \n") && !strings.HasSuffix(s, " ") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for line := range strings.SplitAfterSeq(s, "\n") {
		body, cut := strings.CutSuffix(line, "\n")
		if body != "-- " {
			body = strings.TrimRight(body, " ")
		}
		b.WriteString(body)
		if cut {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
