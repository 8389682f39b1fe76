package importpane

import (
	"fmt"
	"path/filepath"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/ui/layout"
)

// The cuts of the import.
const (
	margin    = 2
	headRows  = 3
	storyRows = 4 // a rule, and what is to be said of the selected row
	markWide  = 15
)

func (m *Model) visible() int { return max(1, m.h-headRows-storyRows) }

// View is the import, exactly its size.
func (m *Model) View() string {
	var lines []string
	switch m.stage {
	case closed:
	case asking, reading:
		lines = m.formLines()
	default:
		lines = m.listLines()
	}
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

func (m *Model) formLines() []string {
	s, pad := m.styles, strings.Repeat(" ", margin)
	lines := []string{
		pad + s.Title.Render("Import leads") + s.Muted.Render("  nothing is written before you have seen what it would do"),
		pad + s.Muted.Render("What is true of every row, unless the row says it itself:"), "",
	}
	for line := range strings.SplitSeq(m.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	return append(lines, m.foot()...)
}

func (m *Model) listLines() []string {
	s, pad := m.styles, strings.Repeat(" ", margin)
	lines := []string{pad + m.title(), pad + m.counts(), m.rule()}
	for i := m.top; i < min(m.top+m.visible(), len(m.items)); i++ {
		lines = append(lines, m.line(m.items[i], i == m.sel))
	}
	for len(lines) < m.h-storyRows {
		lines = append(lines, "")
	}
	lines = append(lines[:max(0, m.h-storyRows)], m.rule())
	inner := max(1, m.w-2*margin)
	style, text := s.Muted, ""
	switch {
	case m.stage == importing:
		style, text = s.Accent, "Importing… It is one transaction: all of it comes in, or nothing."
	case m.err != "":
		style, text = s.Bad, "✗ "+m.err+" "+m.way
	case m.sel < len(m.items) && m.items[m.sel].head == "":
		text = m.story(m.items[m.sel])
	}
	for _, line := range layout.Wrap(text, inner) {
		lines = append(lines, pad+style.Render(line))
	}
	return lines[:min(len(lines), m.h)]
}

func (m *Model) rule() string { return m.styles.PanelBorder.Render(strings.Repeat("─", m.w)) }

func (m *Model) title() string {
	s := m.styles
	file := filepath.Base(m.path)
	if m.stage == reported {
		return s.Title.Render("Imported") + s.Muted.Render("  "+file)
	}
	return s.Title.Render("Preview") + s.Muted.Render("  "+file+" · "+m.preview.Encoding+", "+m.preview.Separator+" · nothing is written yet")
}

// counts is how many rows end how; they add up.
func (m *Model) counts() string {
	s, c := m.styles, m.preview.Counts
	if m.stage == reported {
		c = m.report.Counts
	}
	parts := []string{s.Good.Render(fmt.Sprintf("✓ %d new", c.Added))}
	add := func(n int, style lipgloss.Style, text string) {
		if n > 0 {
			parts = append(parts, style.Render(fmt.Sprintf(text, n)))
		}
	}
	add(c.Filled, s.Good, "+ %d filled")
	add(c.Unchanged, s.Muted, "· %d nothing new")
	add(c.Refused, s.Bad, "✗ %d refused")
	add(c.Claims, s.Warn, "? %d claims")
	return s.Text.Render(fmt.Sprintf("%d rows: ", c.Rows)) + strings.Join(parts, s.Faint.Render("  "))
}

func (m *Model) line(it item, selected bool) string {
	s := m.styles
	if it.head != "" {
		return "  " + s.Strong.Render(it.head)
	}
	mark, what, more, style := m.words(it)
	bar := "  "
	if selected {
		bar = s.On(s.Bar, true, true).Render("▌ ")
	}
	room := max(0, m.w-margin-markWide)
	wide := min(32, room*2/5)
	return bar + s.On(style, selected, true).Render(layout.Fit(mark, markWide)) +
		s.On(s.Text, selected, true).Render(layout.Fit(layout.Fit(what, max(0, wide-1)), wide)) +
		s.On(s.Muted, selected, true).Render(layout.Fit(more, room-wide))
}

// foot is what is going on under the form, or why there is no preview.
func (m *Model) foot() []string {
	s, pad := m.styles, strings.Repeat(" ", margin)
	if m.stage == reading {
		return []string{"", pad + s.Muted.Render("Reading the file…")}
	}
	if m.err == "" {
		return nil
	}
	lines := []string{""}
	for _, line := range layout.Wrap("✗ "+m.err, max(1, m.w-2*margin)) {
		lines = append(lines, pad+s.Bad.Render(line))
	}
	for _, line := range layout.Wrap(m.way, max(1, m.w-2*margin)) {
		lines = append(lines, pad+s.Muted.Render(line))
	}
	return lines
}
