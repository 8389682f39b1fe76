package consentpane

import (
	"strings"

	"zgoda/ui/event"
	"zgoda/ui/layout"
)

// margin is the blank cells at both sides.
const margin = 2

// arrange gives the form what the head and the foot leave.
func (m *Model) arrange() {
	if m.form == nil {
		return
	}
	m.form.SetSize(max(0, m.w-2*margin), max(0, m.h-len(m.head())-len(m.foot())))
}

// View is the dialog, exactly its size.
func (m *Model) View() string {
	if m.form == nil {
		return layout.Block("", m.w, m.h)
	}
	pad := strings.Repeat(" ", margin)
	lines := m.head()
	for line := range strings.SplitSeq(m.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	return layout.Block(strings.Join(append(lines, m.foot()...), "\n"), m.w, m.h)
}

// head is whose words they are, and the mail that is spoken of.
func (m *Model) head() []string {
	s := m.styles
	pad := strings.Repeat(" ", margin)
	title := "Record what " + m.lead.Call() + " said"
	switch m.face {
	case event.FaceWithdraw:
		title = m.lead.Call() + " takes it back"
	case event.FaceSeen:
		title = "What did you look up about " + m.lead.Call() + "?"
	case event.FaceCorrect:
		title = "What was wrong about this entry of " + m.lead.Call() + "?"
	case event.FaceHeard:
		title = "What does the mail of " + m.lead.Call() + " say?"
	}
	lines := []string{pad + s.Title.Render(title) + s.Muted.Render("  "+m.lead.Address.Email), ""}
	switch m.face {
	case event.FaceCorrect:
		for _, line := range m.entry(max(1, m.w-2*margin)) {
			lines = append(lines, pad+line)
		}
		return append(lines, "")
	case event.FaceHeard:
	default:
		return lines
	}
	for _, line := range m.words(max(1, m.w-2*margin)) {
		lines = append(lines, pad+line)
	}
	return append(lines, "")
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
	words, final := m.consequence()
	switch {
	case m.saving > 0:
		add(s.Muted.Render, "Writing it down…")
	case m.err != "":
		add(s.Bad.Render, "✗ "+m.err)
		add(s.Muted.Render, m.way)
	case final:
		add(s.Warn.Render, "! "+words)
	default:
		add(s.Muted.Render, words)
	}
	if m.quick && m.saving == 0 {
		key, _ := m.by.Choose.Short()
		next, _ := m.by.Next.Short()
		lines = append(lines, pad+s.Key.Render(key)+s.KeyText.Render(" records this   ")+s.Key.Render(next)+s.KeyText.Render(" goes to a field first"))
	}
	return lines
}
