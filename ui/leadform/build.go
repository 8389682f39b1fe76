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
	l.Source, l.SourcePublic = m.text(event.FieldSource), m.form.Value(string(event.FieldPublic)) == public
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
	at, words := m.obtained()
	if words != "" {
		fail(event.FieldObtained, words)
	}
	l.ObtainedAt = at
	return l, bad
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
