package thread

import (
	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/theme"
)

// onItsWay is what a mail of the outbox says of itself: its state, the reason,
// and the next step.
func (m *Model) onItsWay(out mail.Outgoing, width int) []string {
	word, style := m.state(out)
	lines := append([]string{""}, paint(style, word, width)...)
	if out.Reason != "" {
		lines = append(lines, paint(m.styles.Text, out.Reason, width)...)
	}
	if out.NextStep != "" {
		lines = append(lines, paint(m.styles.Muted, out.NextStep, width)...)
	}
	return lines
}

func (m *Model) state(out mail.Outgoing) (string, lipgloss.Style) {
	switch out.State {
	case mail.Queued:
		if out.Attempts > 0 {
			return "○ will be tried again in " + theme.Left(out.DueAt, m.now), m.styles.Warn
		}
		return "○ leaves in " + theme.Left(out.DueAt, m.now) + " · " + m.all.Global.Undo.Name() + " takes it back", m.styles.Accent
	case mail.Sending:
		return "◐ on its way to the server", m.styles.Accent
	case mail.Unknown:
		return "? nobody knows whether it arrived · " + m.all.Global.Outbox.Name() + " opens the outbox", m.styles.Bad
	case mail.Sent:
		if out.Copy == mail.CopyPending {
			return "✓ sent · the copy for your Sent mailbox is still to be saved", m.styles.Good
		}
		return "✓ sent", m.styles.Good
	case mail.Failed:
		return "✗ not sent: the server refused it", m.styles.Bad
	case mail.Refused:
		return "✗ not sent: the gate refused it", m.styles.Bad
	}
	return "✎ draft", m.styles.Muted
}
