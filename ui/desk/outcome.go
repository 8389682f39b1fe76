package desk

import (
	"charm.land/lipgloss/v2"

	"zgoda/consent"
)

// outcome is what an assessment comes to, with a mark that reads without colour.
func (m *Model) outcome(a consent.Assessment) (string, lipgloss.Style) {
	s := m.styles
	switch o, _ := a.Outcome(); o {
	case consent.Green:
		return "✓ green", s.Good
	case consent.Amber:
		if a.Second == "" {
			return "▲ amber", s.Warn
		}
		return "▲ amber, two", s.Warn
	}
	return "✗ red", s.Bad
}
