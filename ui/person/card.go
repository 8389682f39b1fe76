package person

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// build makes the lines of the card once for each change.
func (m *Model) build() {
	if m.built {
		return
	}
	m.built, m.lines = true, nil
	title := m.styles.Title
	if m.focused {
		title = m.styles.TabActive
	}
	m.lines = append(m.lines, layout.Fit("  "+title.Render(m.row.Lead.Call()), m.w), m.rule())
	m.who()
	m.rights()
	if m.row.Lead.IsLead() {
		m.origin()
	}
	m.country()
	m.ledger()
}

// who is the person: company, job, place.
func (m *Model) who() {
	l := m.row.Lead
	if work := strings.Join(full(l.Role, l.Company), ", "); work != "" {
		m.say(m.styles.Text, work)
	}
	m.say(m.styles.Muted, l.Address.Email)
	if !l.IsLead() {
		m.lines = append(m.lines, "")
		m.say(m.styles.Text, "Not a lead.")
		m.say(m.styles.Muted, "They wrote to you. "+m.act.Lead.Name()+" makes them a lead; until then only the envelopes of their mails are kept.")
	}
	if l.Note != "" {
		m.say(m.styles.Muted, l.Note)
	}
}

// origin is why we have the person: what the law asks us to know (Art. 14).
func (m *Model) origin() {
	l := m.row.Lead
	m.head("Source")
	if l.Source == "" {
		m.say(m.styles.Warn, "missing · "+m.act.Edit.Name()+" fills it in")
	} else {
		source := l.Source
		if facts := full(string(l.SourceKind), publicly(l.SourcePublic)); len(facts) > 0 {
			source += " (" + strings.Join(facts, ", ") + ")"
		}
		m.say(m.styles.Text, source)
		m.say(m.styles.Muted, "obtained "+theme.Day(l.ObtainedAt, m.now))
	}
	if request, style := theme.Request(m.styles, m.row.Standing, m.now); request != "" {
		m.say(style, request+": they have asked for something and wait for the answer · "+m.act.Consent.Name()+" shows it")
	}
	if notice, style := theme.Notice(m.styles, m.row.Standing, m.now); notice != "" {
		m.say(style, notice+": tell them that you hold their data")
	} else if due := m.row.Standing.NoticeDue; !due.IsZero() {
		m.say(m.styles.Muted, "notice due "+theme.Day(due, m.now))
	}
	m.head("Reason to write")
	if l.Reason == "" {
		m.say(m.styles.Warn, "missing · "+m.act.Edit.Name()+" fills it in")
	} else {
		m.say(m.styles.Text, l.Reason)
	}
}

func publicly(public bool) string {
	if public {
		return "public"
	}
	return "not public"
}

// head is a heading after a blank line.
func (m *Model) head(text string) {
	m.lines = append(m.lines, "")
	m.say(m.styles.Muted, text)
}

func full(parts ...string) []string {
	var list []string
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return list
}

// country is what the law of the person's country says, in a sentence.
func (m *Model) country() {
	code := m.row.Lead.Country
	if code == "" && !m.row.Lead.IsLead() {
		return
	}
	m.head("Country")
	if code == "" {
		m.say(m.styles.Warn, "unknown, so the strictest rule holds · "+m.act.Edit.Name()+" fills it in")
		return
	}
	c := consent.LookupCountry(code)
	m.say(m.styles.Text, code+": "+ruleInWords(c))
	if c.Statute != "" {
		m.say(m.styles.Muted, c.Statute)
	}
}

func ruleInWords(c consent.Country) string {
	switch {
	case !c.Known():
		return "not in the table, so only with consent"
	case c.Confidence == consent.ConfidenceLow || c.Named == consent.RuleNo || c.Named == consent.RuleDisputed:
		return "first mail only with consent"
	case c.Named == consent.RuleCond:
		return "first mail allowed under conditions"
	case c.Named == consent.RuleYes:
		return "first mail allowed until they object"
	}
	return "first mail only with consent"
}
