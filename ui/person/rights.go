package person

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// ledgerTail is how many of the newest ledger entries the card shows.
const ledgerTail = 6

// rights is what the person agreed to, one line a purpose with the evidence of
// its last event, and what a mail may rest on.
func (m *Model) rights() {
	m.head("Consent")
	s := m.row.Standing
	if word := theme.Closed(s); word != "" {
		m.say(m.styles.Bad, m.closedInWords(s))
	}
	for _, purpose := range consent.Purposes() {
		state := s.State(purpose)
		mark := m.styles.State(state).Render(purpose.Letter() + theme.Mark(state))
		m.lines = append(m.lines, layout.Fit("  "+mark+" "+m.styles.Text.Render(purpose.Title()), m.w))
		detail := string(state)
		if e, ok := m.lastOf(purpose); ok {
			detail += " " + theme.Day(e.At, m.now)
			if e.Method != "" {
				detail += ", by " + string(e.Method)
			}
		}
		for _, line := range layout.Wrap(detail, max(4, m.width()-3)) {
			m.lines = append(m.lines, "     "+m.styles.Muted.Render(line))
		}
		m.whyNoTracking(purpose, state)
	}
	m.lines = append(m.lines, "")
	basis := m.styles.Good
	if theme.Basis(s) == theme.NoBasis {
		basis = m.styles.Warn
	}
	const rests = "a mail may rest on "
	if layout.Width(rests+theme.Basis(s)) <= m.width() {
		m.lines = append(m.lines, layout.Fit("  "+m.styles.Muted.Render(rests)+basis.Render(theme.Basis(s)), m.w))
		return
	}
	m.say(m.styles.Muted, strings.TrimSpace(rests))
	m.say(basis, theme.Basis(s))
}

// closedInWords is why nothing may be written, the weightiest reason first, with
// the key that leads on where one does.
func (m *Model) closedInWords(s consent.Standing) string {
	switch {
	case s.Objected:
		return "⊘ objected: nothing may be written"
	case s.Suppressed:
		return "⊘ on the suppression list: nothing may be written"
	case s.Restricted:
		return "‖ restricted: their data is kept and nothing else (GDPR Art. 18)"
	case s.Held.Doubt != "":
		return "? " + s.Held.Doubt + " All mail waits · " + m.act.Heard.Name() + " says what it asks"
	case s.Held.ID != "":
		return "? their mail of " + theme.Day(s.Held.At, m.now) + " seems to ask you to stop, so all mail waits · " + m.act.Heard.Name() + " says what it asks"
	}
	return "! the address bounced: mend it before you write"
}

// lastOf is the newest event that speaks of a purpose.
func (m *Model) lastOf(purpose consent.Purpose) (consent.Event, bool) {
	for i := len(m.history.Events) - 1; i >= 0; i-- {
		if m.history.Events[i].Purpose == purpose {
			return m.history.Events[i], true
		}
	}
	return consent.Event{}, false
}

// whyNoTracking is the gate's own reason where a state alone does not say it.
func (m *Model) whyNoTracking(purpose consent.Purpose, state consent.State) {
	verdict, ok := m.tracking[purpose]
	if !ok || verdict.Allowed() || state != consent.Granted {
		return
	}
	refusal := consent.Refusal{Verdict: verdict}
	for _, line := range layout.Wrap(refusal.Reason(), max(4, m.width()-3)) {
		m.lines = append(m.lines, "     "+m.styles.Warn.Render(line))
	}
}

// ledger is the newest entries with their evidence.
func (m *Model) ledger() {
	if !m.loaded {
		return
	}
	m.head("Ledger")
	events := m.history.Events
	if len(events) == 0 {
		m.say(m.styles.Faint, "nothing recorded · "+m.act.Record.Name()+" records")
		return
	}
	corrected := map[int64]bool{}
	for _, e := range events {
		corrected[e.Corrects] = corrected[e.Corrects] || e.Kind == consent.KindCorrected
	}
	for i := len(events) - 1; i >= max(0, len(events)-ledgerTail); i-- {
		e := events[i]
		what := theme.Event(e)
		style := m.styles.Text
		if corrected[e.Seq] {
			style, what = m.styles.Struck, what+" ✗"
		}
		m.lines = append(m.lines, layout.Fit("  "+layout.Spread(style.Render(what), m.styles.Muted.Render(theme.Day(e.At, m.now)), m.width()), m.w))
		if e.Evidence != "" {
			m.say(m.styles.Faint, e.Evidence)
		}
	}
	if more := len(events) - ledgerTail; more > 0 {
		m.say(m.styles.Faint, "and older ones")
	}
	if len(events) > 0 {
		m.say(m.styles.Faint, m.act.Consent.Name()+" shows all, with the proofs")
	}
}
