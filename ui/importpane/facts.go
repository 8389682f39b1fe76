package importpane

import (
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/ui/form"
)

// The fields of the form.
const (
	fieldPath   = "path"
	fieldSource = "source"
	fieldKind   = "kind"
	fieldPublic = "public"
	fieldDate   = "date"
	fieldStrict = "strict"
)

func (m *Model) fields() []form.Field {
	kinds := make([]form.Option, 0, len(consent.SourceKinds()))
	for _, kind := range consent.SourceKinds() {
		if kind != consent.SourceInbound { // who wrote to us needs no file
			kinds = append(kinds, form.Option{Value: string(kind), Label: string(kind)})
		}
	}
	return []form.Field{
		{Name: fieldPath, Label: "File", Limit: 1000, Hint: "A CSV file on this machine, for example ~/leads.csv. It is only read."},
		{Name: fieldSource, Label: "Source", Limit: 500, Hint: "Where the data came from, in the words in which the people will be told (Art. 14(2)(f))."},
		{Name: fieldKind, Label: "Kind", Kind: form.Choice, Blank: true, Options: kinds, Hint: "A bought list makes every assessment red: nothing could be sent on it."},
		{Name: fieldPublic, Label: "Is public", Kind: form.Choice, Blank: true, Options: []form.Option{
			{Value: string(consent.SourceIsPublic), Label: "yes, anybody can read it there"}, {Value: string(consent.SourceIsPrivate), Label: "no"}}},
		{Name: fieldDate, Label: "Obtained", Limit: 10, Hint: "The day on which the data was got: year-month-day. All must be informed within a month of it."},
		{Name: fieldStrict, Label: "Claims", Kind: form.Choice, Options: []form.Option{
			{Value: "", Label: "come in as never asked"}, {Value: "strict", Label: "refuse the row"}},
			Hint: "What becomes of a row that says “consent: yes” without a proof. An import never grants one."},
	}
}

// read takes the answers of the form; it reports whether all are there. The
// focus ends on the first that is not.
func (m *Model) read() bool {
	m.form.Clear()
	m.err, m.way = "", ""
	m.path = strings.TrimSpace(m.form.Value(fieldPath))
	m.facts = consent.ImportFacts{
		Source: strings.TrimSpace(m.form.Value(fieldSource)), Kind: consent.SourceKind(m.form.Value(fieldKind)),
		Publicity: consent.Publicity(m.form.Value(fieldPublic)), Strict: m.form.Value(fieldStrict) != "",
	}
	if words := m.readDay(); words != "" {
		m.form.Fail(fieldDate, words)
	}
	if m.facts.Publicity == consent.PublicityUnknown {
		m.form.Fail(fieldPublic, "It is not said whether the source is public. The people must be told (Art. 14(2)(f)).")
	}
	if m.facts.Kind == "" {
		m.form.Fail(fieldKind, "It is not said what sort of source this is.")
	}
	if m.facts.Source == "" {
		m.form.Fail(fieldSource, "Without a source nobody can be taken in: the people have a right to be told it.")
	}
	if m.path == "" {
		m.form.Fail(fieldPath, "It is not said which file.")
	}
	return !m.form.Errors()
}

// readDay reads the day, or says what is wrong with it.
func (m *Model) readDay() string {
	text := strings.TrimSpace(m.form.Value(fieldDate))
	if text == "" {
		return "Without the day nobody can be taken in: the notice is due a month after it."
	}
	day, err := time.ParseInLocation(time.DateOnly, text, m.now.Location())
	switch {
	case err != nil:
		return "This is no day: write it as year-month-day, for example 2026-11-24."
	case day.After(m.now):
		return "This day is still to come."
	}
	if m.facts.ObtainedAt = day.Add(12 * time.Hour); m.facts.ObtainedAt.After(m.now) {
		m.facts.ObtainedAt = m.now
	}
	return ""
}
