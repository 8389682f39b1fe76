package leadform

import (
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// wrong is one field that cannot stay as it is.
type wrong struct {
	field event.LeadField
	words string
}

func (m *Model) text(field event.LeadField) string {
	return strings.TrimSpace(m.form.Value(string(field)))
}

// build makes the lead of the answers, and names what is wrong in the order
// of the screen. A short reason is not wrong: the lead is kept, and the gate
// refuses the mail.
func (m *Model) build() (consent.Lead, []wrong) {
	l := m.lead
	var bad []wrong
	fail := func(field event.LeadField, words string) { bad = append(bad, wrong{field, words}) }

	l.Name, l.Company, l.Role = m.text(event.FieldName), m.text(event.FieldCompany), m.text(event.FieldRole)
	l.Language = m.form.Value(string(event.FieldLanguage))
	l.Sole = m.form.Value(string(event.FieldSole)) == sole
	l.Source, l.SourcePublic = m.text(event.FieldSource), m.form.Value(string(event.FieldPublic)) == public
	l.SourceKind = consent.SourceKind(m.form.Value(string(event.FieldKind)))
	l.Reason, l.Note = m.text(event.FieldReason), m.text(event.FieldNote)
	if m.adding {
		address, err := mail.ParseAddress(m.text(event.FieldAddress))
		if err != nil {
			fail(event.FieldAddress, "This is not one mail address: write it like ewa@firma.pl.")
		}
		if l.Name == "" {
			l.Name = address.Name
		}
		l.Address = mail.Address{Name: l.Name, Email: address.Email}
	}
	l.Country = strings.ToUpper(m.text(event.FieldCountry))
	if l.Country != "" && !consent.LookupCountry(l.Country).Known() {
		fail(event.FieldCountry, "No country rule is known by these letters: use two, like PL, or leave it empty.")
	}
	if l.Source == "" && m.adding {
		fail(event.FieldSource, "Without a source nobody can be added: the person has a right to be told it.")
	}
	if l.SourceKind == "" {
		fail(event.FieldKind, "Choose what sort of source it is: what a mail may rest on depends on it.")
	}
	at, words := m.obtained()
	if words != "" {
		fail(event.FieldObtained, words)
	}
	l.ObtainedAt = at
	if m.form.Value(string(event.FieldPublic)) == "" {
		fail(event.FieldPublic, "Choose whether the source is public: the person has a right to be told it.")
	}
	return l, append(bad, m.forbidden(l)...)
}

// forbidden is what the fields hold that zgoda does not keep (L9, S33). What was
// there before is not asked again.
func (m *Model) forbidden(l consent.Lead) (bad []wrong) {
	for _, name := range consent.ChangedFields(m.lead, l) {
		field, _ := consent.FieldOf(name)
		for _, f := range consent.CheckText(name, field.Value(l)) {
			if name != consent.FieldAddress && (f.Refused || f.KeepReason) {
				bad = append(bad, wrong{event.LeadField(name), f.Reason + keep(f)})
			}
		}
	}
	return bad
}

// obtained is the day the data was got; a day that was not changed keeps its hour.
func (m *Model) obtained() (time.Time, string) {
	text := m.text(event.FieldObtained)
	if text == "" {
		if m.adding {
			return time.Time{}, "Without the day nobody can be added: the notice is due 30 days after it."
		}
		return time.Time{}, ""
	}
	was := m.lead.ObtainedAt
	if !was.IsZero() && text == was.In(m.now.Location()).Format(time.DateOnly) {
		return was, ""
	}
	if text == m.now.Format(time.DateOnly) {
		return m.now, ""
	}
	day, err := time.ParseInLocation(time.DateOnly, text, m.now.Location())
	if err != nil {
		return time.Time{}, "This is no day: write it as year-month-day, for example 2026-11-24."
	}
	if day.After(m.now) {
		return time.Time{}, "This day is still to come."
	}
	return day.Add(12 * time.Hour), ""
}
