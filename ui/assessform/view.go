package assessform

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// The cuts of the form. With enough columns the outcome stands beside the
// fields, else under them.
const (
	margin     = 2
	headRows   = 2
	besideFrom = 104
	besideWide = 38
	underRows  = 4
)

func (m *Model) beside() bool { return m.w >= besideFrom }

// arrange gives the fields what the head and the outcome leave.
func (m *Model) arrange() {
	if m.form == nil {
		return
	}
	w, h := m.w-2*margin, m.h-headRows
	if m.beside() {
		w -= besideWide + margin
	} else {
		h -= underRows + 1
	}
	m.form.SetSize(max(0, w), max(0, h))
}

// View is the form, exactly its size.
func (m *Model) View() string {
	if m.form == nil || m.w <= 0 || m.h <= 0 {
		return layout.Block("", m.w, m.h)
	}
	s, pad := m.styles, strings.Repeat(" ", margin)
	title, about := "Assess legitimate interest", "the three-part test of Art. 6(1)(f), by "+m.actor
	if m.was.ID != "" {
		title, about = "Renew “"+m.was.Name+"”", "saving makes a new version; the old ones stay"
	}
	lines := []string{pad + s.Title.Render(title) + s.Muted.Render("  "+about), ""}
	fields := strings.Split(m.form.View(), "\n")
	for i := range fields {
		fields[i] = pad + fields[i]
	}
	if !m.beside() {
		lines = append(append(lines, fields...), s.PanelBorder.Render(strings.Repeat("─", m.w)))
		for _, line := range m.told(max(1, m.w-2*margin), underRows) {
			lines = append(lines, pad+line)
		}
		return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
	}
	right := m.told(besideWide-margin, len(fields))
	for i := range fields {
		line := fields[i] + pad + s.PanelBorder.Render("│") + " "
		if i < len(right) {
			line += right[i]
		}
		lines = append(lines, line)
	}
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

// told is what the answers come to, in at most rows lines of w cells: the outcome,
// why, and what zgoda itself does for the person.
func (m *Model) told(w, rows int) []string {
	s := m.styles
	var lines []string
	add := func(style lipgloss.Style, text string) {
		for _, line := range layout.Wrap(text, w) {
			lines = append(lines, style.Render(line))
		}
	}
	switch {
	case m.saving:
		add(s.Muted, "Writing it down…")
	case m.err != "":
		add(s.Bad, "✗ "+m.err)
		add(s.Muted, m.way)
	}
	a := m.build()
	outcome, reasons := a.Outcome()
	if open := m.unanswered(a); open > 0 {
		add(s.Accent, fmt.Sprintf("? not decided yet: %d of the four picks are open", open))
		outcome, reasons = "", answered(reasons)
	}
	switch outcome {
	case "":
	case consent.Green:
		add(s.Good, "✓ green: it stands until "+a.ValidUntil.Format("2 January 2006"))
	case consent.Amber:
		words := "▲ amber: it stands once a second person has looked at it"
		if a.Second != "" {
			words = "▲ amber: it stands, for " + a.Second + " looked at it too"
		}
		add(s.Warn, words)
	default:
		add(s.Bad, "✗ red: it can be kept, and carries no mail")
	}
	for _, reason := range reasons {
		add(s.Text, "· "+sentence(reason))
	}
	if m.beside() {
		lines = append(lines, "")
		add(s.Strong, "What zgoda does by itself")
		for _, safeguard := range a.Safeguards(m.controller) {
			add(s.Muted, "· "+sentence(safeguard))
		}
	}
	return lines[:min(len(lines), rows)]
}

// unanswered is how many of the picks that decide are still open.
func (m *Model) unanswered(a consent.Assessment) int {
	open := 0
	for _, value := range []string{a.Purpose, a.Intrusive, a.Expectation, a.Impact} {
		if value == "" {
			open++
		}
	}
	return open
}

// answered leaves out that a pick is open: the field shows it.
func answered(reasons []string) []string {
	return slices.DeleteFunc(reasons, func(r string) bool { return strings.HasPrefix(r, "It is not said, with one of the answers") })
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + strings.TrimSuffix(s[n:], ".") + "."
}
