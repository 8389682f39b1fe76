package leadform

import (
	"strings"

	"zgoda/ui/layout"
)

// The cuts of the form.
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

// View is the form, exactly its size.
func (m *Model) View() string {
	if m.form == nil {
		return layout.Block("", m.w, m.h)
	}
	s := m.styles
	pad := strings.Repeat(" ", margin)
	head := s.Title.Render("Add a lead")
	if !m.adding {
		head = s.Title.Render("Edit "+m.lead.Call()) + s.Muted.Render("  "+m.lead.Address.Email)
	}
	lines := []string{layout.Spread(pad+head, s.Muted.Render("* must be filled in")+pad, m.w), ""}
	for line := range strings.SplitSeq(m.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	return layout.Block(strings.Join(append(lines, m.foot()...), "\n"), m.w, m.h)
}

// foot is why the lead was not saved; nothing while all is well.
func (m *Model) foot() []string {
	s := m.styles
	inner := max(1, m.w-2*margin)
	pad := strings.Repeat(" ", margin)
	if m.saving {
		return []string{"", pad + s.Muted.Render("Saving…")}
	}
	if m.err == "" {
		return nil
	}
	lines := []string{""}
	for _, line := range layout.Wrap("✗ "+m.err, inner) {
		lines = append(lines, pad+s.Bad.Render(line))
	}
	for _, line := range layout.Wrap(m.way, inner) {
		lines = append(lines, pad+s.Muted.Render(line))
	}
	return lines
}
