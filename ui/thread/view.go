package thread

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/ui/layout"
)

// headHeight is the lines over the conversation.
const headHeight = 2

func (m *Model) bodyHeight() int { return max(1, m.h-headHeight) }

// View is the conversation, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	head := m.head() + "\n" + m.styles.PanelBorder.Render(strings.Repeat("─", m.w)) + "\n"
	if lines := m.instead(); lines != nil {
		return layout.Block(head+strings.Join(lines, "\n"), m.w, m.h)
	}
	m.build()
	return layout.Block(head+m.scroll.Show(m.lines, m.w, m.bodyHeight()), m.w, m.h)
}

// head is whose conversation it is, and how much of it stands above and below.
func (m *Model) head() string {
	if m.person == 0 {
		return layout.Fit("", m.w)
	}
	name := m.styles.Title
	if m.focused {
		name = m.styles.TabActive
	}
	left := "  " + name.Render(m.lead.Call())
	if m.lead.Address.Email != "" && m.lead.Address.Email != m.lead.Call() {
		left += m.styles.Muted.Render("  " + m.lead.Address.Email)
	}
	return layout.Spread(left, m.styles.Muted.Render(" "+m.place()), m.w)
}

// place says where the window stands.
func (m *Model) place() string {
	m.build()
	above, below := m.scroll.Top > 0, m.scroll.Top < len(m.lines)-m.bodyHeight()
	switch {
	case above && below:
		return "↑↓ "
	case above:
		return "↑  "
	case below:
		return " ↓ "
	}
	return ""
}

// instead is what stands here while there is no mail; nil when there is some.
func (m *Model) instead() []string {
	text, hint := "", ""
	switch {
	case m.person == 0:
		text, hint = "Nobody is selected.", ""
	case m.err != nil:
		text, hint = "The conversation cannot be read.", "Press "+m.all.Global.Sync.Name()+" to try again; zgoda doctor says more."
	case !m.loaded:
		text = "Loading…"
	case len(m.entries) == 0:
		text, hint = "No mail yet.", m.all.List.Compose.Name()+" writes the first one."
	default:
		return nil
	}
	width := max(1, m.w-2*margin)
	lines := []string{""}
	for _, line := range layout.Wrap(text, width) {
		lines = append(lines, "  "+m.styles.Muted.Render(line))
	}
	if hint != "" {
		for _, line := range layout.Wrap(hint, width) {
			lines = append(lines, "  "+m.styles.Faint.Render(line))
		}
	}
	return lines
}

// Cursor is where the terminal's cursor belongs: the first line of the window.
func (m *Model) Cursor() *tea.Cursor { return tea.NewCursor(0, headHeight) }
