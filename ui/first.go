package ui

import (
	"fmt"
	"strings"

	"zgoda/ui/layout"
)

// first is the screen of a zgoda that nobody has set up.
func (m *Model) first() string {
	s := m.styles
	quit, _ := m.keys.Global.Quit.Short()
	lines := []string{
		s.Brand.Render("zgoda"), s.Muted.Render("a sales inbox that writes only to people it may write to"), "", "",
		s.Text.Render("No mailbox is set up yet. Leave with ") + s.Key.Render(quit) + s.Text.Render(", then:"), "",
		s.Key.Render("  zgoda demo ") + s.Muted.Render("   look around in a sample world, nothing is sent"),
		s.Key.Render("  zgoda setup") + s.Muted.Render("   connect your mailbox; it is tested before it is saved"), "",
		s.Muted.Render("The settings will be kept in"), s.Text.Render("  " + m.opts.FirstRun),
	}
	return m.centre(lines, 70)
}

// small is what a screen says that is too small for anything else.
func (m *Model) small() string {
	return m.centre([]string{
		m.styles.Strong.Render("This window is too small."),
		m.styles.Muted.Render(fmt.Sprintf("It has %d × %d cells; zgoda needs %d × %d.", m.w, m.h, leastW, leastH)),
	}, 44)
}

// centre puts a block of lines, w cells wide, into the middle of the screen.
func (m *Model) centre(lines []string, w int) string {
	w = min(w, m.w)
	left := strings.Repeat(" ", max(0, (m.w-w)/2))
	top := max(0, (m.h-len(lines))*2/5)
	out := make([]string, 0, m.h)
	for range top {
		out = append(out, "")
	}
	for _, line := range lines {
		out = append(out, left+layout.Fit(line, w))
	}
	return layout.Block(strings.Join(out, "\n"), m.w, m.h)
}
