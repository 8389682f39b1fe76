// Package layout cuts the screen into boxes. Boxes are cut once, from the
// outside in, and handed down; a component draws exactly its size.
package layout

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Box is a rectangle of cells.
type Box struct{ X, Y, W, H int }

// CutTop takes h rows off the top.
func (b Box) CutTop(h int) (top, rest Box) {
	h = clamp(h, b.H)
	return Box{b.X, b.Y, b.W, h}, Box{b.X, b.Y + h, b.W, b.H - h}
}

// CutBottom takes h rows off the bottom.
func (b Box) CutBottom(h int) (rest, bottom Box) {
	h = clamp(h, b.H)
	return Box{b.X, b.Y, b.W, b.H - h}, Box{b.X, b.Y + b.H - h, b.W, h}
}

// CutLeft takes w columns off the left.
func (b Box) CutLeft(w int) (left, rest Box) {
	w = clamp(w, b.W)
	return Box{b.X, b.Y, w, b.H}, Box{b.X + w, b.Y, b.W - w, b.H}
}

// CutRight takes w columns off the right.
func (b Box) CutRight(w int) (rest, right Box) {
	w = clamp(w, b.W)
	return Box{b.X, b.Y, b.W - w, b.H}, Box{b.X + b.W - w, b.Y, w, b.H}
}

// Inset takes dx columns off both sides and dy rows off top and bottom.
func (b Box) Inset(dx, dy int) Box {
	return Box{b.X + dx, b.Y + dy, max(0, b.W-2*dx), max(0, b.H-2*dy)}
}

// Contains reports whether the cell (x, y) lies in the box.
func (b Box) Contains(x, y int) bool {
	return x >= b.X && x < b.X+b.W && y >= b.Y && y < b.Y+b.H
}

// Width is the one width function of the house: cells of styled text.
func Width(s string) int { return ansi.StringWidth(s) }

// Fit makes s exactly w cells wide: cut with an ellipsis, or filled with blanks.
func Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if Width(s) > w {
		s = ansi.Truncate(s, w, "…")
	}
	return s + strings.Repeat(" ", max(0, w-Width(s)))
}

// Block makes s exactly w by h cells.
func Block(s string, w, h int) string {
	lines := strings.Split(s, "\n")
	out := make([]string, h)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = Fit(line, w)
	}
	return strings.Join(out, "\n")
}

func clamp(n, most int) int { return max(0, min(n, most)) }
