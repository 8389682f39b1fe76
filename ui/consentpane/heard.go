package consentpane

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
	"zgoda/ui/layout"
)

// The answers to what a mail asks that seems to ask us to stop.
const (
	saysAll      = "all"      // no more mail: an objection
	saysTracking = "tracking" // no more tracking, mail may go on
	saysConsent  = "consent"  // they take back that we may send offers
	saysNothing  = "nothing"  // nothing of the kind
	saysYes      = "yes"      // they agree to what was asked, and the rep asked back
)

// wordRows is how much of the mail stands in the dialog.
const wordRows = 4

// openHeard puts the question. It begins with the strictest answer: in doubt
// nobody is written to (L21.2).
func (m *Model) openHeard() {
	fields := m.fields()
	kept := []form.Field{{Name: what, Label: "It asks", Kind: form.Choice, Options: []form.Option{
		{Value: saysAll, Label: "for no more mail"},
		{Value: saysTracking, Label: "not to be tracked"},
		{Value: saysConsent, Label: "for no more offers"},
		{Value: saysNothing, Label: "nothing of the kind"},
	}}}
	for _, f := range fields {
		if f.Name == evidence {
			kept = append(kept, f)
		}
	}
	if m.mail.Doubt != "" { // it may be a yes that is not proven: the rep may have asked back
		kept[0].Options = append(kept[0].Options, form.Option{Value: saysYes, Label: "they agree"})
	}
	m.form = form.New(m.styles, m.by, kept...)
	m.followHeard()
	m.quick = true
}

// followHeard fills the evidence with their own words, as long as the rep has
// written none; that a mail asks for nothing must be said in the rep's.
func (m *Model) followHeard() {
	hint := "Their own words, or what you know beside them."
	if m.form.Value(what) == saysYes {
		hint = "How you know that it was them: a call back, their own words to you."
	}
	told := ""
	if words := firstWords(m.fact.Text, m.fact.Subject); words != "" {
		told = "“" + words + "”"
	}
	if m.form.Value(what) == saysNothing {
		hint, told = "Say in a sentence what the mail asks for instead.", ""
	}
	if m.form.Value(what) == saysYes { // their words alone are not enough here
		told = ""
	}
	m.form.SetHint(evidence, hint)
	if now := m.form.Value(evidence); now == m.told {
		m.form.Set(evidence, told)
		m.told = told
	}
}

// heard is what the answer records. What they ask for happened when they wrote.
func (m *Model) heard() (all []consent.Event, field string, err error) {
	if m.mail.ID == "" { // it was settled meanwhile
		return nil, what, consent.ErrNoMail
	}
	e := consent.Event{
		Person: m.lead.ID, Method: consent.ByEmail, Evidence: strings.TrimSpace(m.form.Value(evidence)),
		Message: m.mail.ID, At: m.mail.At, Actor: m.actor,
	}
	if e.At.IsZero() || e.At.After(m.now) {
		e.At = m.now
	}
	if all, err = m.meaning(e); err != nil {
		return nil, what, err
	}
	if e.Evidence == "" {
		return nil, evidence, consent.ErrNoEvidence
	}
	for _, e := range all {
		if err := e.Validate(m.now); err != nil {
			return nil, fieldOf(err), err
		}
	}
	return all, "", nil
}

// meaning makes the entries of an answer out of what they share.
func (m *Model) meaning(e consent.Event) (all []consent.Event, err error) {
	add := func(kind consent.Kind, p consent.Purpose) {
		e.Kind, e.Purpose = kind, p
		all = append(all, e)
	}
	switch m.form.Value(what) {
	case saysAll:
		add(consent.KindObjected, "")
	case saysTracking:
		for _, p := range consent.Purposes() {
			if p.Tracking() {
				add(consent.KindWithdrawn, p)
			}
		}
	case saysConsent:
		add(consent.KindWithdrawn, consent.MarketingEmail)
	case saysYes:
		asked, ok := m.pending()
		if !ok {
			return nil, errNothingAsked
		}
		e.Wording, e.Language, e.Version = asked.Wording, asked.Language, asked.Version
		add(consent.KindGranted, asked.Purpose)
	default:
		e.At = m.now
		add(consent.KindRead, "")
	}
	return all, nil
}

// hearing says what the answer will do.
func (m *Model) hearing() (string, bool) {
	switch m.form.Value(what) {
	case saysAll:
		return "Closes this person for all mail, from the moment they wrote. Cannot be taken back.", true
	case saysTracking:
		return "Closes all tracking of this person. Mail may go on. Cannot be taken back.", true
	case saysConsent:
		return "Closes marketing e-mail, and all tracking with it. Answers to their mails may go on. Cannot be taken back.", true
	}
	if asked, ok := m.pending(); ok && m.form.Value(what) == saysYes {
		return opens(asked.Purpose), false
	}
	return "The mail holds nothing back any more. It opens nothing that was closed.", false
}

// words is the mail itself, as much as there is room for.
func (m *Model) words(w int) []string {
	s := m.styles
	lines := []string{s.Muted.Render(layout.Fit("mail of "+m.date(m.mail.At)+"  "+m.fact.Subject, w))}
	for _, line := range layout.Wrap(m.mail.Doubt, w) {
		if line != "" {
			lines = append(lines, s.Warn.Render(line))
		}
	}
	rows := layout.Wrap(strings.Join(strings.Fields(own(m.fact.Text)), " "), max(1, w-2))
	if len(rows) > wordRows {
		rows = rows[:wordRows]
		rows[wordRows-1] += "…"
	}
	if m.fact.Text == "" {
		rows = []string{"The text of this mail is not here."}
	}
	for _, row := range rows {
		lines = append(lines, s.Bar.Render("▏")+" "+s.Text.Render(row))
	}
	return lines
}

// own is what a mail says before it quotes.
func own(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			break
		}
		kept = append(kept, strings.TrimSpace(line))
	}
	return strings.Join(kept, "\n")
}

// evidenceMost is how many runes of their words become the evidence.
const evidenceMost = 160

// firstWords is the first of their own words, in one line.
func firstWords(text, subject string) string {
	words := strings.Join(strings.Fields(own(text)), " ")
	if words == "" {
		words = subject
	}
	if r := []rune(words); len(r) > evidenceMost {
		words = string(r[:evidenceMost]) + "…"
	}
	return words
}
