package consentpane

import (
	"strings"

	"zgoda/ui/layout"
)

// The cuts of the dialog.
const (
	margin   = 2
	headRows = 2
)

// arrange gives the form what the head and the foot leave.
func (m *Model) arrange() {
	if m.form == nil {
		return
	}
	m.form.SetSize(max(0, m.w-2*margin), max(0, m.h-headRows-len(m.foot())))
}

// View is the dialog, exactly its size.
func (m *Model) View() string {
	if m.form == nil {
		return layout.Block("", m.w, m.h)
	}
	s := m.styles
	pad := strings.Repeat(" ", margin)
	lines := []string{pad + s.Title.Render("Record what "+m.lead.Call()+" said") + s.Muted.Render("  "+m.lead.Address.Email), ""}
	for line := range strings.SplitSeq(m.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	return layout.Block(strings.Join(append(lines, m.foot()...), "\n"), m.w, m.h)
}

// foot is what recording will do, or why it was not done.
func (m *Model) foot() []string {
	s := m.styles
	inner := max(1, m.w-2*margin)
	pad := strings.Repeat(" ", margin)
	lines := []string{pad + s.PanelBorder.Render(strings.Repeat("─", inner))}
	add := func(style func(...string) string, text string) {
		if text == "" {
			return
		}
		for _, line := range layout.Wrap(text, inner) {
			lines = append(lines, pad+style(line))
		}
	}
	words, final := m.effect()
	switch {
	case m.saving:
		add(s.Muted.Render, "Writing it down…")
	case m.err != "":
		add(s.Bad.Render, "✗ "+m.err)
		add(s.Muted.Render, m.way)
	case final:
		add(s.Warn.Render, "! "+words)
	default:
		add(s.Muted.Render, words)
	}
	return lines
}
