package outboxpane

import (
	"fmt"
	"strings"

	"zgoda/mail"
	"zgoda/ui/layout"
)

// The cuts of the outbox.
const (
	margin    = 2
	stateWide = 12
	timeWide  = 10
	storyMost = 8
)

// rows is how many mails fit over the story.
func (m *Model) rows() int {
	return max(1, m.h-2-m.storyRows())
}

func (m *Model) storyRows() int { return min(storyMost, max(0, m.h-6)) }

func (m *Model) scroll() {
	rows := m.rows()
	if m.at < m.top {
		m.top = m.at
	}
	if m.at >= m.top+rows {
		m.top = m.at - rows + 1
	}
	m.top = max(0, min(m.top, len(m.list)-rows))
}

// View is the outbox, exactly its size.
func (m *Model) View() string {
	s := m.styles
	pad := strings.Repeat(" ", margin)
	lines := []string{pad + s.Title.Render("Outbox") + "  " + s.Muted.Render(m.sum()), ""}
	if len(m.list) == 0 {
		return layout.Block(strings.Join(append(lines, m.empty()...), "\n"), m.w, m.h)
	}
	rows := m.rows()
	for i := m.top; i < min(m.top+rows, len(m.list)); i++ {
		lines = append(lines, m.row(m.list[i], i == m.at))
	}
	if len(m.list) < rows {
		lines = append(lines, "")
	}
	selected, _ := m.Selected()
	lines = append(lines, m.told(selected)...)
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

func (m *Model) empty() []string {
	s := m.styles
	pad := strings.Repeat(" ", margin)
	switch {
	case m.note != "":
		return []string{pad + s.Bad.Render("✗ "+m.note), pad + s.Muted.Render(m.way)}
	case !m.loaded:
		return []string{pad + s.Muted.Render("Reading…")}
	}
	return []string{pad + s.Text.Render("Nothing is on its way."), pad + s.Muted.Render("A mail that you send waits here for a moment, so that you can take it back.")}
}

// sum counts what needs a person first.
func (m *Model) sum() string {
	var need, way int
	for _, o := range m.list {
		switch o.State {
		case mail.Unknown, mail.Failed, mail.Refused:
			need++
		case mail.Queued, mail.Sending:
			way++
		}
	}
	var parts []string
	if need == 1 {
		parts = append(parts, "1 needs you")
	} else if need > 1 {
		parts = append(parts, fmt.Sprintf("%d need you", need))
	}
	if way > 0 {
		parts = append(parts, fmt.Sprintf("%d on the way", way))
	}
	return strings.Join(parts, " · ")
}

// row is one mail in one line: state, when, to whom, what about.
func (m *Model) row(o mail.Outgoing, selected bool) string {
	s := m.styles
	sign, word, style := m.mark(o)
	bar := s.On(s.Faint, selected, true).Render("  ")
	if selected {
		bar = s.On(s.Bar, true, true).Render("▌ ")
	}
	room := max(0, m.w-margin-stateWide-timeWide-margin)
	who := min(30, max(12, room*2/5))
	blank := s.On(s.Text, selected, true).Render
	return bar +
		s.On(style, selected, true).Render(layout.Fit(sign+" "+word, stateWide)) +
		s.On(s.Muted, selected, true).Render(layout.Fit(m.moment(o), timeWide)) +
		s.On(s.Text, selected, true).Render(layout.Fit(o.To.Label(), min(who, room))) + blank("  ") +
		s.On(s.Muted, selected, true).Render(layout.Fit(o.Subject, max(0, room-who))) + blank("")
}

// told is what is to be said of the selected mail, under a thin line.
func (m *Model) told(o mail.Outgoing) []string {
	s := m.styles
	inner := max(1, m.w-2*margin)
	pad := strings.Repeat(" ", margin)
	reason, step := m.story(o)
	lines := []string{pad + s.PanelBorder.Render(strings.Repeat("─", inner))}
	if m.note != "" {
		for _, line := range layout.Wrap("! "+m.note, inner) {
			lines = append(lines, pad+s.Warn.Render(line))
		}
		step = orElse(m.way, step)
	} else {
		for _, line := range layout.Wrap(reason, inner) {
			lines = append(lines, pad+s.Text.Render(line))
		}
	}
	if step != "" {
		for _, line := range layout.Wrap("→ "+step, inner) {
			lines = append(lines, pad+s.Muted.Render(line))
		}
	}
	lines = append(lines, pad+m.actLine(o))
	return lines
}

// actLine is the keys that work on the mail.
func (m *Model) actLine(o mail.Outgoing) string {
	s := m.styles
	if m.pending == o.ID && o.ID != 0 {
		return s.Muted.Render("One moment…")
	}
	var parts []string
	for _, act := range m.acts(o) {
		if act.binding.Off() {
			continue
		}
		name, meaning := act.binding.Short()
		parts = append(parts, s.Key.Render(name)+" "+s.KeyText.Render(meaning))
	}
	return strings.Join(parts, "   ")
}
