package person

import (
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
		m.say(m.styles.Bad, closedInWords(s))
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
	m.lines = append(m.lines, layout.Fit("  "+m.styles.Muted.Render("a mail may rest on ")+basis.Render(theme.Basis(s)), m.w))
}

func closedInWords(s consent.Standing) string {
	switch {
	case s.Objected:
		return "⊘ objected: nothing may be written"
	case s.Suppressed:
		return "⊘ on the suppression list: nothing may be written"
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
	for i := len(events) - 1; i >= max(0, len(events)-ledgerTail); i-- {
		e := events[i]
		what := kindInWords(e.Kind)
		if e.Purpose != "" {
			what += " " + e.Purpose.Title()
		}
		m.lines = append(m.lines, layout.Fit("  "+layout.Spread(m.styles.Text.Render(what), m.styles.Muted.Render(theme.Day(e.At, m.now)), m.width()), m.w))
		if e.Evidence != "" {
			m.say(m.styles.Faint, e.Evidence)
		}
	}
	if more := len(events) - ledgerTail; more > 0 {
		m.say(m.styles.Faint, "and older ones")
	}
}

func kindInWords(kind consent.Kind) string {
	switch kind {
	case consent.KindSoftOptIn:
		return "soft opt-in"
	case consent.KindNotice:
		return "notice given"
	case consent.KindCorrected:
		return "correction"
	}
	return string(kind)
}
