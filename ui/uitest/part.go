package uitest

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/layout"
)

// Part is a component on its own, without the root.
type Part interface {
	SetSize(w, h int)
	Update(msg tea.Msg) (event.Wish, tea.Cmd)
	View() string
	Cursor() *tea.Cursor
}

// PressPart presses keys by their names and gives the wish of the last one.
func PressPart(p Part, names ...string) (wish event.Wish) {
	for _, name := range names {
		wish, _ = p.Update(Key(name))
	}
	return wish
}

// TypePart types text, one key a rune.
func TypePart(p Part, text string) {
	for _, r := range text {
		p.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// DrawPart draws a component at a size and holds it to its contract: exactly
// h rows of w cells, the cursor inside them. It gives the frame as a person
// reads it.
func DrawPart(tb testing.TB, p Part, w, h int) string {
	tb.Helper()
	p.SetSize(w, h)
	view := p.View()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		tb.Fatalf("%d rows drawn, %d are the size:\n%s", len(lines), h, Plain(view))
	}
	for i, line := range lines {
		if got := layout.Width(line); got != w {
			tb.Fatalf("row %d has %d cells, %d are the size: %q", i, got, w, line)
		}
	}
	if c := p.Cursor(); c != nil && (c.X < 0 || c.Y < 0 || c.X >= w || c.Y >= h) {
		tb.Fatalf("the cursor stands at %d,%d, outside %d by %d", c.X, c.Y, w, h)
	}
	return Plain(view)
}
