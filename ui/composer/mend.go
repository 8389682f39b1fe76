package composer

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
)

// toText goes to where a text is to be mended.
func (m *Model) toText(check consent.Check) tea.Cmd {
	switch {
	case check.Key == "reason" && m.lead.Reason != "":
		return m.putReason()
	case check.Key == "subject":
		m.focusSubject(true)
	case len(gapsIn(m.body.text()))+len(gapsIn(m.subject.Value())) > 0:
		m.toGap()
	default:
		m.focusSubject(false)
	}
	m.note = note{text: check.Reason, way: check.Way, bad: true}
	return nil
}

// putReason puts the reason on the lead card into the text, word for word:
// into its gap, else where the cursor is.
func (m *Model) putReason() tea.Cmd {
	m.focusSubject(false)
	for _, g := range gapsIn(m.body.text()) {
		if g.name == "reason" {
			m.body.selectRunes(g.row, g.col, g.runes)
			break
		}
	}
	m.body.update(tea.PasteMsg{Content: phrase(m.lead.Reason)})
	m.note = note{text: "The reason is in the text now. Make a sentence of it."}
	return m.changed()
}

// leadSaved takes what the lead card says now: what it was missing in the text
// is filled in.
func (m *Model) leadSaved(lead consent.Lead) event.Wish {
	m.lead = lead
	if m.step != editing {
		return nil
	}
	if m.fixed() {
		m.recompute()
		return m.ask()
	}
	before := m.body.text()
	text := before
	if lead.Reason != "" {
		text = strings.ReplaceAll(text, "{{reason}}", phrase(lead.Reason))
	}
	if strings.Contains(text, "{{source}}") || strings.Contains(text, "{{source_date}}") {
		text = strings.TrimRight(m.duties().Mend(text), "\n")
	}
	if text != before {
		m.body.replaceText(text)
		m.keep.rev++
		m.keep.dirty, m.keep.dirtyAt = true, m.now
	}
	return m.ask()
}

// phrase makes a free text fit into a sentence: one line, no end mark.
func phrase(s string) string { return strings.TrimRight(strings.Join(strings.Fields(s), " "), ".!;, ") }

// addDuties puts what is missing of the duties into the text.
func (m *Model) addDuties(check consent.Check) tea.Cmd {
	before := m.body.text()
	mended := strings.TrimRight(m.duties().Mend(before), "\n")
	if mended == strings.TrimRight(before, "\n") {
		m.note = note{text: check.Reason, way: check.Way, bad: true}
		return nil
	}
	m.body.replaceText(mended)
	m.note = note{text: "The paragraphs that the law asks for are in the text now."}
	return m.changed()
}

// duties is the paragraphs that the law wants in the mail as it stands.
func (m *Model) duties() consent.DutyText {
	return consent.DutiesOn(m.list.verdict.Basis, m.options.Controller, m.lead, m.draft.Language,
		consent.Tracking{Opens: m.draft.TrackOpens, Clicks: m.draft.TrackClicks})
}
