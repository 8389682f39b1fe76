package compose

import (
	"strings"
	"unicode/utf8"
)

// flowAt is where a long line of the text part is broken softly: RFC 3676
// section 4.2 asks for at most 78 and advises less.
const flowAt = 72

// flow writes text as format=flowed (RFC 3676): a long line is cut at blanks,
// the blank stays at the end of the cut and says that the line goes on. Each
// line of text ends hard where the writer ended it.
func flow(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/32)
	for line := range strings.Lines(text) {
		line, ended := strings.CutSuffix(line, "\n")
		flowLine(&b, line)
		if ended {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func flowLine(b *strings.Builder, line string) {
	depth := len(line) - len(strings.TrimLeft(line, ">"))
	mark, rest := line[:depth], line[depth:]
	if depth > 0 {
		rest = strings.TrimPrefix(rest, " ")
	}
	if rest == "-- " { // the signature's line is fixed (section 4.3)
		b.WriteString(line)
		return
	}
	for first := true; first || rest != ""; first = false {
		if !first {
			b.WriteByte('\n')
		}
		cut := softCut(rest, flowAt-depth)
		b.WriteString(mark + stuff(rest[:cut], depth) + rest[:cut])
		rest = rest[cut:]
	}
}

// softCut is how much of s stands on one line: up to the last run of blanks
// before width runes, or to the first one after it when a word is longer.
func softCut(s string, width int) int {
	if utf8.RuneCountInString(s) <= width {
		return len(s)
	}
	cut, column := 0, 0
	for i, r := range s {
		column++
		if r != ' ' || i+1 >= len(s) || s[i+1] == ' ' || s[:i+1] == "-- " {
			continue
		}
		if column > width && cut > 0 {
			return cut
		}
		cut = i + 1
	}
	if cut == 0 {
		return len(s)
	}
	return cut
}

// stuff is the blank that goes before a line that would else be read as a
// quote, as stuffed, or as the "From " of a mailbox file (section 4.4).
func stuff(line string, depth int) string {
	if depth > 0 && line != "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "From ") {
		return " "
	}
	return ""
}
