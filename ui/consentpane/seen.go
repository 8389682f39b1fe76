package consentpane

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
	"zgoda/ui/theme"
)

// openSeen asks for a fact that a country rule wants to be known before a first
// mail (law.md C4): which, where it was seen, and when. Nothing is chosen before
// the rep has looked.
func (m *Model) openSeen() {
	options := make([]form.Option, 0, len(consent.Facts()))
	for _, f := range consent.Facts() {
		options = append(options, form.Option{Value: string(f), Label: theme.FactWord(f)})
	}
	kept := []form.Field{{Name: what, Label: "Seen", Kind: form.Choice, Blank: true, Options: options,
		Hint: "What you have looked up; the check says which of these the country asks for."}}
	for _, f := range m.fields() {
		switch f.Name {
		case evidence:
			f.Hint = "Where it can be seen: the page, the entry of the register and its date."
			kept = append(kept, f)
		case when:
			kept = append(kept, f)
		}
	}
	m.form = form.New(m.styles, m.by, kept...)
	m.form.Set(when, m.now.Format("2006-01-02"))
}

// seen is the fact with its evidence.
func (m *Model) seen() (all []consent.Event, field string, err error) {
	at, err := m.day()
	if err != nil {
		return nil, when, err
	}
	e := consent.Event{
		Person: m.lead.ID, Kind: consent.KindEvidence, Fact: consent.Fact(m.form.Value(what)),
		Evidence: strings.TrimSpace(m.form.Value(evidence)), At: at, Actor: m.actor,
	}
	if e.Fact == "" {
		return nil, what, consent.ErrNoFact
	}
	if e.Evidence == "" {
		return nil, evidence, consent.ErrNoEvidence
	}
	if err := e.Validate(m.now); err != nil {
		return nil, fieldOf(err), err
	}
	return []consent.Event{e}, "", nil
}
