package desk

import (
	"charm.land/lipgloss/v2"

	"zgoda/consent"
)

// outcome is what an assessment comes to, with a mark that reads without colour.
func (m *Model) outcome(a consent.Assessment) (string, lipgloss.Style) {
	s := m.styles
	switch o, _ := outcomeOf(a); o {
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

// outcomeOf is what an assessment comes to, and why. Until consent computes it,
// none stands.
func outcomeOf(consent.Assessment) (consent.Outcome, []string) {
	return consent.Red, []string{"its outcome cannot be computed yet"}
}
