package leadform

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"zgoda/consent"
	"zgoda/ui/event"
	"zgoda/ui/form"
)

// The values of the field that says whether a source is public.
const (
	public  = "public"
	private = "private"
)

func (m *Model) fields() []form.Field {
	l := m.lead
	obtained := l.ObtainedAt
	if obtained.IsZero() && m.adding {
		obtained = m.now
	}
	day := ""
	if !obtained.IsZero() {
		day = obtained.In(m.now.Location()).Format(time.DateOnly)
	}
	isPublic := private
	if l.SourcePublic {
		isPublic = public
	}
	name := func(f event.LeadField) string { return string(f) }
	return []form.Field{
		{Name: name(event.FieldAddress), Label: "Address", Hidden: !m.adding, Limit: 254, Initial: l.Address.Email,
			Hint: "One address of one person."},
		{Name: name(event.FieldName), Label: "Name", Limit: 200, Initial: l.Name, Hint: "As the person writes it."},
		{Name: name(event.FieldCompany), Label: "Company", Limit: 200, Initial: l.Company},
		{Name: name(event.FieldRole), Label: "Role", Limit: 200, Initial: l.Role, Hint: "Their job at the company."},
		{Name: name(event.FieldLanguage), Label: "Language", Kind: form.Choice, Options: languages(l.Language), Initial: l.Language},
		{Name: name(event.FieldCountry), Label: "Country", Limit: 2, Initial: l.Country,
			Hint: "Two letters: PL, DE, GB. Without it the strictest rule holds."},
		{Name: name(event.FieldSource), Label: "Source", Limit: 500, Initial: l.Source,
			Hint: "Where you have the data from. The person is told (GDPR Art. 14(2)(f))."},
		{Name: name(event.FieldObtained), Label: "Obtained", Limit: 10, Initial: day,
			Hint: "The day you got the data: year-month-day. The person must be told within 30 days of it."},
		{Name: name(event.FieldPublic), Label: "Is public", Kind: form.Choice, Initial: isPublic, Options: []form.Option{
			{Value: private, Label: "no"}, {Value: public, Label: "yes, anybody can read it there"}}},
		{Name: name(event.FieldReason), Label: "Reason", Kind: form.Long, Rows: 3, Limit: 1000, Initial: l.Reason},
		{Name: name(event.FieldNote), Label: "Note", Kind: form.Long, Rows: 2, Limit: 2000, Initial: l.Note,
			Hint: "For you. Nothing about health, faith, politics or family."},
	}
}

// languages is the three that templates speak, unknown, and the lead's own.
func languages(own string) []form.Option {
	options := []form.Option{{Value: "", Label: "not known"}, {Value: "pl", Label: "Polish"}, {Value: "en", Label: "English"}, {Value: "de", Label: "German"}}
	for _, o := range options {
		if o.Value == own {
			return options
		}
	}
	return append(options, form.Option{Value: own, Label: own})
}

// count says how long the reason is and how long it must be (law.md A2).
func (m *Model) count() {
	n := utf8.RuneCountInString(strings.TrimSpace(m.form.Value(string(event.FieldReason))))
	words := fmt.Sprintf("%d of at least %d characters. ", n, consent.MinReason)
	if n >= consent.MinReason {
		words = fmt.Sprintf("%d characters, enough. ", n)
	}
	m.form.SetHint(string(event.FieldReason), words+"Why this person, for this company: no mail goes out without it.")
}
