package layout

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Scroll is a window of h lines over more lines. Top is the first line shown.
type Scroll struct{ Top int }

// By moves the window by n lines, as far as there are lines.
func (s *Scroll) By(n, lines, h int) { s.Top = max(0, min(s.Top+n, lines-h)) }

// Bottom moves the window to the last lines.
func (s *Scroll) Bottom(lines, h int) { s.Top = max(0, lines-h) }

// Show is the window, exactly w by h cells.
func (s *Scroll) Show(lines []string, w, h int) string {
	s.By(0, len(lines), h)
	out := make([]string, h)
	for i := range out {
		if at := s.Top + i; at < len(lines) {
			out[i] = Fit(lines[at], w)
		} else {
			out[i] = Fit("", w)
		}
	}
	return strings.Join(out, "\n")
}

// Place lays block over base with its upper left corner at (x, y). Both are
// lines of cells; what sticks out of base is cut.
func Place(base, block string, x, y int) string {
	under := strings.Split(base, "\n")
	for i, line := range strings.Split(block, "\n") {
		row := y + i
		if row < 0 || row >= len(under) {
			continue
		}
		w := Width(under[row])
		end := min(w, x+Width(line))
		under[row] = part(under[row], 0, x) + Fit(line, end-x) + part(under[row], end, w)
	}
	return strings.Join(under, "\n")
}

// part is the cells from a to b of a line; half of a wide character is a blank.
func part(line string, a, b int) string {
	if b <= a {
		return ""
	}
	cut := ansi.Cut(line, a, b)
	if Width(cut) > b-a { // it begins in the middle of a wide character
		cut = ansi.Cut(line, a+1, b)
	}
	if Width(cut) > b-a {
		cut = ansi.Cut(line, a+1, b-1)
	}
	blanks := strings.Repeat(" ", max(0, b-a-Width(cut)))
	if a == 0 {
		return cut + blanks
	}
	return blanks + cut
}

// Beside joins blocks of equal height side by side.
func Beside(blocks ...string) string {
	columns := make([][]string, len(blocks))
	height := 0
	for i, block := range blocks {
		columns[i] = strings.Split(block, "\n")
		height = max(height, len(columns[i]))
	}
	var b strings.Builder
	for row := range height {
		if row > 0 {
			b.WriteByte('\n')
		}
		for _, column := range columns {
			if row < len(column) {
				b.WriteString(column[row])
			}
		}
	}
	return b.String()
}

// Spread puts left and right at the two ends of w cells; left is cut first.
func Spread(left, right string, w int) string {
	rw := Width(right)
	if rw >= w {
		return Fit(right, w)
	}
	if rw == 0 {
		return Fit(left, w)
	}
	return Fit(left, w-rw) + right
}
