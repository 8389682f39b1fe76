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

// The values of the choices with two answers.
const (
	public, private = "public", "private"
	sole, company   = "sole", "company"
)

// must marks the label of a field without which nobody can be a lead (L14).
const must = "*"

func (m *Model) fields() []form.Field {
	l := m.lead
	name := func(f event.LeadField) string { return string(f) }
	return append([]form.Field{
		{Name: name(event.FieldAddress), Label: "Address" + must, Hidden: !m.adding, Limit: 254, Initial: l.Address.Email,
			Hint: "One address of one person."},
		{Name: name(event.FieldName), Label: "Name", Limit: 200, Initial: l.Name, Hint: "As the person writes it."},
		{Name: name(event.FieldCompany), Label: "Company", Limit: 200, Initial: l.Company},
		{Name: name(event.FieldRole), Label: "Role", Limit: 200, Initial: l.Role, Hint: "Their job at the company."},
		{Name: name(event.FieldLanguage), Label: "Language", Kind: form.Choice, Options: languages(l.Language), Initial: l.Language,
			Hint: "In which mails and notices speak. Not known means English and Polish."},
		{Name: name(event.FieldCountry), Label: "Country", Limit: 2, Initial: l.Country,
			Hint: "Two letters: PL, DE, GB. Without it the strictest rule holds."},
		{Name: name(event.FieldSole), Label: "Firm", Kind: form.Choice, Initial: pick(l.Sole, sole, company), Options: []form.Option{
			{Value: company, Label: "a company"}, {Value: sole, Label: "one person, or a partnership"}},
			Hint: "A sole trader or a partner is a natural person in every country, and is protected as one."},
	}, m.origin()...)
}

// origin is where the data came from, why we write, and what is noted.
func (m *Model) origin() []form.Field {
	l := m.lead
	obtained := l.ObtainedAt
	if obtained.IsZero() && m.adding {
		obtained = m.now
	}
	day := ""
	if !obtained.IsZero() {
		day = obtained.In(m.now.Location()).Format(time.DateOnly)
	}
	isPublic := "" // what nobody has said must be said, not taken for a no
	if !m.adding && l.SourceKind != "" {
		isPublic = pick(l.SourcePublic, public, private)
	}
	name := func(f event.LeadField) string { return string(f) }
	return []form.Field{
		{Name: name(event.FieldSource), Label: "Source" + must, Limit: 500, Initial: l.Source,
			Hint: "Where you have the data from: the page, the fair, who told you. The person is told it (GDPR Art. 14(2)(f))."},
		{Name: name(event.FieldKind), Label: "Kind" + must, Kind: form.Choice, Blank: true, Options: kinds(), Initial: string(l.SourceKind),
			Hint: "What sort of source it is. A bought list carries no mail: nobody on it has agreed to you."},
		{Name: name(event.FieldObtained), Label: "Obtained" + must, Limit: 10, Initial: day,
			Hint: "The day you got the data: year-month-day. The person must be told within 30 days of it."},
		{Name: name(event.FieldPublic), Label: "Public" + must, Kind: form.Choice, Blank: true, Initial: isPublic, Options: []form.Option{
			{Value: private, Label: "no"}, {Value: public, Label: "yes, anybody can read it there"}},
			Hint: "Whether the source is public. The person is told this too, so it must be chosen."},
		{Name: name(event.FieldReason), Label: "Reason", Kind: form.Long, Rows: 3, Limit: 1000, Initial: l.Reason},
		{Name: name(event.FieldNote), Label: "Note", Kind: form.Long, Rows: 2, Limit: 2000, Initial: l.Note},
	}
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

func kinds() []form.Option {
	var options []form.Option
	for _, k := range consent.SourceKinds() {
		options = append(options, form.Option{Value: string(k), Label: string(k)})
	}
	return options
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

// count says how long the reason is, how long it must be, and whether others have
// nearly the same (law.md A2).
func (m *Model) count() {
	reason := strings.TrimSpace(m.form.Value(string(event.FieldReason)))
	n := utf8.RuneCountInString(reason)
	words := fmt.Sprintf("%d of at least %d characters. ", n, consent.MinReason)
	if n >= consent.MinReason {
		words = fmt.Sprintf("%d characters, enough. ", n)
	}
	if m.twins > 0 && reason == strings.TrimSpace(m.lead.Reason) {
		words += twins(m.twins) + " "
	}
	m.form.SetHint(string(event.FieldReason), words+"Why this person, for this company: no mail goes out without it."+m.found(event.FieldReason))
}

// twins says how many others have nearly this reason, and from when on it is none.
func twins(n int) string {
	who := fmt.Sprintf("%d other leads have", n)
	if n == 1 {
		who = "1 other lead has"
	}
	if n > consent.MostTwins {
		return "! " + who + " nearly this reason: it carries no mail."
	}
	return who + " nearly this reason."
}

// warn says while it is typed what a field holds that a sales inbox may not keep
// (L9, S33).
func (m *Model) warn() {
	for field, hint := range map[event.LeadField]string{
		event.FieldName: "As the person writes it.", event.FieldCompany: "", event.FieldRole: "Their job at the company.",
		event.FieldNote: "For you. Nothing about health, faith, politics or family.",
	} {
		m.form.SetHint(string(field), strings.TrimSpace(hint+m.found(field)))
	}
}

// found is what consent.CheckText finds in a field, "" for nothing.
func (m *Model) found(field event.LeadField) string {
	var words string
	for _, f := range consent.CheckText(string(field), m.form.Value(string(field))) {
		words += " ! " + f.Reason + keep(f)
	}
	return words
}

// keep says how a note may keep what it seems to tell.
func keep(f consent.Finding) string {
	if !f.KeepReason {
		return ""
	}
	return " Take it out, or begin a line with \"" + consent.KeepWord + "\" and say there why it must stay."
}
