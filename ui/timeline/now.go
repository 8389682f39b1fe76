package timeline

import (
	"errors"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// The columns of the panel.
const (
	margin   = 2
	textMost = 100 // text is never wider: long lines are hard to read
)

func (m *Model) width() int { return max(8, min(textMost, m.w-2*margin)) }

// build makes the lines once for each change.
func (m *Model) build() {
	if m.built {
		return
	}
	m.built, m.lines = true, nil
	if m.fact.Err != nil {
		m.say(m.styles.Bad, 0, "✗ "+sentence(m.fact.Err))
		return
	}
	m.holds()
	m.ledger()
}

// say appends text, wrapped, indented by n cells, in one style.
func (m *Model) say(style lipgloss.Style, n int, text string) {
	pad := strings.Repeat(" ", margin+n)
	for _, line := range layout.Wrap(text, max(4, m.width()-n)) {
		m.lines = append(m.lines, pad+style.Render(line))
	}
}

func (m *Model) add(line string) {
	m.lines = append(m.lines, strings.Repeat(" ", margin)+line)
}

// holds is what holds now: the badges, what a mail may rest on, and for each
// purpose why it is open or closed, with the way and the key that lead on.
func (m *Model) holds() {
	s, st := m.fact.Standing, m.styles
	m.add(theme.Badge(st, s, m.now) + st.Muted.Render("   a mail may rest on ") + m.basis().Render(theme.Basis(s)))
	if word := theme.Closed(s); word != "" { // the word took the place of the four
		open := s
		open.Objected, open.Suppressed, open.Stale, open.Restricted, open.Held = false, false, false, false, consent.Inbound{}
		m.add(theme.Badge(st, open, m.now))
	}
	if text, style := theme.Notice(st, s, m.now); text != "" {
		m.say(style, 0, text+": tell them that you hold their data")
	}
	if text, style := theme.Request(st, s, m.now); text != "" {
		m.say(style, 0, text+": they have asked for something and wait for the answer")
	}
	m.lines = append(m.lines, "")
	m.contact()
	for _, p := range consent.Purposes() {
		if verdict, ok := m.fact.Tracking[p]; ok && p.Tracking() {
			m.purpose(p, verdict)
		}
	}
}

func (m *Model) basis() lipgloss.Style {
	if theme.Basis(m.fact.Standing) == theme.NoBasis {
		return m.styles.Warn
	}
	return m.styles.Good
}

// contact is whether a mail may be begun at all. Checks of its text do not count:
// there is no text yet.
func (m *Model) contact() {
	var open, walls []consent.Check
	for _, check := range m.fact.Contact.Failed() {
		switch check.Fix {
		case consent.FixText, consent.FixDuties, consent.FixTracking, consent.FixRecipient:
			continue
		case consent.FixNone, consent.FixStop, consent.FixRequest:
			walls = append(walls, check)
		}
		open = append(open, check)
	}
	if len(walls) > 0 && !m.unfolded { // no basis helps while one of them stands
		open = walls
	}
	state := m.fact.Standing.State(consent.MarketingEmail)
	title := consent.MarketingEmail.Letter() + theme.Mark(state) + " " + consent.MarketingEmail.Title()
	m.title(state, title, string(state))
	if len(open) == 0 {
		m.say(m.styles.Muted, 3, "A mail may be begun now; the gate asks again before it leaves.")
	}
	for _, check := range open {
		m.refusal(check)
	}
}

// purpose is one purpose of tracking with the gate's own words.
func (m *Model) purpose(p consent.Purpose, verdict consent.Verdict) {
	state := m.fact.Standing.State(p)
	m.title(state, p.Letter()+theme.Mark(state)+" "+p.Title(), string(state))
	if verdict.Allowed() {
		m.say(m.styles.Muted, 3, "May be switched on for each mail; it stops the moment they take it back.")
		return
	}
	for i, check := range verdict.Failed() {
		switch {
		case i > 0 && !m.unfolded:
		case m.said(check):
			m.say(m.styles.Muted, 3, "Closed by the same rule, "+check.Rule+", see above.")
		default:
			m.refusal(check)
		}
	}
}

// said reports whether a refusal stands above already, with all its parts.
func (m *Model) said(check consent.Check) bool {
	for _, c := range m.fact.Contact.Failed() {
		if c.Key == check.Key && c.Reason == check.Reason {
			return true
		}
	}
	return false
}

func (m *Model) title(state consent.State, left, right string) {
	m.add(m.styles.State(state).Render(left) + m.styles.Muted.Render("  "+right))
}

// refusal is a no with its four parts: reason, rule and source, the way, the key.
func (m *Model) refusal(check consent.Check) {
	m.say(m.styles.Text, 3, check.Reason)
	if check.Way != "" {
		m.say(m.styles.Muted, 3, "→ "+check.Way+"  "+m.leads(check.Fix))
	}
	m.say(m.styles.Faint, 3, check.Rule+" · "+check.Source)
}

// leads names the key that leads on; the one that opens this panel leads nowhere.
func (m *Model) leads(fix consent.Fix) string {
	if m.all.For(fix).Action == m.act.Consent.Action {
		return ""
	}
	return m.all.Leads(fix)
}

func count(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// sentenceOf writes a clause as a sentence.
func sentenceOf(why string) string {
	if why == "" {
		return ""
	}
	return strings.ToUpper(why[:1]) + why[1:] + "."
}

// sentence is an error for a person.
func sentence(err error) string {
	var problem *mail.Problem
	if errors.As(err, &problem) {
		return problem.Sentence + " " + problem.NextStep
	}
	return "What is recorded of this person could not be read."
}
