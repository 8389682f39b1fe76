package composer

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// gapPattern is a field that the template could not fill.
var gapPattern = regexp.MustCompile(`\{\{[^{}\n]{1,60}\}\}`)

// gap is one unfilled field in the text: its place in runes.
type gap struct {
	name     string
	row, col int
	runes    int
}

// gapsIn finds the gaps of a text in their order.
func gapsIn(text string) []gap {
	var found []gap
	for row, line := range strings.Split(text, "\n") {
		for _, at := range gapPattern.FindAllStringIndex(line, -1) {
			whole := line[at[0]:at[1]]
			name, _, _ := strings.Cut(whole[2:len(whole)-2], "|")
			found = append(found, gap{
				name: strings.TrimSpace(name), row: row,
				col: utf8.RuneCountInString(line[:at[0]]), runes: utf8.RuneCountInString(whole),
			})
		}
	}
	return found
}

// gapNames is the name of each gap once.
func gapNames(gaps []gap) []string {
	var names []string
	for _, g := range gaps {
		if !slices.Contains(names, g.name) {
			names = append(names, g.name)
		}
	}
	return names
}

// after is the first gap that begins after a place, or the first of all.
func after(gaps []gap, row, col int) (gap, bool) {
	for _, g := range gaps {
		if g.row > row || g.row == row && g.col >= col {
			return g, true
		}
	}
	if len(gaps) == 0 {
		return gap{}, false
	}
	return gaps[0], true
}
