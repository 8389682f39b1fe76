package thread

import (
	"strings"
)

// minFold is the least number of quoted lines that are folded.
const minFold = 2

// part is a run of lines that are all quoted, or all not.
type part struct {
	text  string
	lines int
	quote bool
}

// cutQuotes cuts a text into what its writer wrote and what they quoted. Blank
// lines between two runs of quote belong to the quote.
func cutQuotes(text string) []part {
	var parts []part
	for _, line := range strings.Split(strings.TrimRight(text, "\n "), "\n") {
		quoted := strings.HasPrefix(strings.TrimLeft(line, " "), ">")
		if n := len(parts); n > 0 && parts[n-1].quote == quoted {
			parts[n-1].text += "\n" + line
			parts[n-1].lines++
			continue
		}
		parts = append(parts, part{text: line, lines: 1, quote: quoted})
	}
	for i := range parts {
		if parts[i].quote && parts[i].lines < minFold {
			parts[i].quote = false
		}
	}
	return parts
}

// fold is the one line that stands for a quote.
func (m *Model) fold(p part) string {
	return "┄ " + count(p.lines, "quoted line") + " · " + m.keys.Unfold.Name() + " shows"
}
