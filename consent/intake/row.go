package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"zgoda/consent"
	"zgoda/mail"
)

// row turns a record into a lead, or gives the sentence for which it is refused.
// It is all or nothing: a row of which one value may not be kept does not come in
// with the rest.
func (r *reading) row(rec record) (item consent.ImportItem, why string) {
	item.Line = rec.line
	if rec.broken != "" {
		return item, rec.broken
	}
	if n := r.scanner.width; len(rec.cells) != n {
		return item, fmt.Sprintf("The row has %d cells and the header has %d, so nobody knows what stands where.", len(rec.cells), n)
	}
	v := r.values(rec, &item)
	if why := v.claims(r.facts.Strict, &item); why != "" {
		return item, why
	}
	if why := v.lead(r, &item); why != "" {
		return item, why
	}
	for _, f := range consent.Fields() {
		for _, found := range consent.CheckText(f.Name, f.Value(item.Lead)) {
			if found.Refused || found.KeepReason {
				return item, found.Reason
			}
			item.Notes = append(item.Notes, found.Reason)
		}
	}
	return item, ""
}

// values is the cells of one record that fill something, as text.
type values map[string]string

// values decodes what is not dropped; a value of a dropped column is never looked at.
func (r *reading) values(rec record, item *consent.ImportItem) values {
	encoding := r.decoder.encodingOf(rec.raw)
	v := values{}
	formula := false
	for i, cell := range rec.cells {
		fills := r.columns.fills[i]
		if fills == "" {
			continue
		}
		text := strings.TrimSpace(encoding.text(cell))
		if nothing(text) {
			continue
		}
		formula = formula || strings.ContainsRune("=+-@\t\r", rune(text[0])) && !number(text)
		v.hear(fills, text)
	}
	if formula {
		item.Notes = append(item.Notes, "A cell begins like a formula of a spreadsheet; it was taken as the text it is.")
	}
	if rec.odd {
		item.Notes = append(item.Notes, "A quote stands where none should be; it was taken as it is.")
	}
	if encoding.table != nil && r.decoder.mixed() {
		item.Notes = append(item.Notes, "The row is written in "+encoding.name+", unlike others of the file.")
	}
	return v
}

// number reports whether a text is a number or a phone number and no formula.
func number(text string) bool {
	return strings.IndexFunc(text[1:], func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(" .,-/()", r) }) < 0
}

// nothing reports whether people write this for "not known".
func nothing(text string) bool {
	switch strings.ToLower(text) {
	case "", "-", "--", "—", "–", "n/a", "null", "brak", "b.d.", "k.a.", "#n/a", "#n/d!", "#nv":
		return true
	}
	return false
}

// lead fills the fields of a lead from the values and the facts of the file.
func (v values) lead(r *reading, item *consent.ImportItem) (why string) {
	l := &item.Lead
	address, err := mail.ParseAddress(strings.TrimPrefix(v[consent.FieldAddress], "mailto:"))
	switch {
	case v[consent.FieldAddress] == "":
		return "The row has no mail address."
	case err != nil:
		return "What stands in the column of addresses is not one mail address."
	}
	l.Address = address
	l.Name = oneLine(v[consent.FieldName])
	if l.Name == "" {
		l.Name = oneLine(v[firstName] + " " + v[lastName])
	}
	if l.Name == "" {
		l.Name = address.Name
	}
	l.Address.Name = ""
	l.Company, l.Role = oneLine(v[consent.FieldCompany]), oneLine(v[consent.FieldRole])
	l.Reason, l.Note = lines(v[consent.FieldReason]), lines(v[consent.FieldNote])
	v.place(item)
	return v.origin(r, item)
}

// place fills language and country. What is not understood stays unknown, and
// unknown is strict (S1).
func (v values) place(item *consent.ImportItem) {
	l := &item.Lead
	if text := v[consent.FieldLanguage]; text != "" {
		primary, _, _ := strings.Cut(fold(text), " ") // "pl-PL"
		if l.Language = languages[fold(text)]; l.Language == "" {
			l.Language = languages[primary]
		}
		if l.Language == "" {
			item.Notes = append(item.Notes, "The language is none that zgoda has words for; it stays unknown.")
		}
	}
	if text := v[consent.FieldCountry]; text != "" {
		code := strings.ToUpper(text)
		if !consent.LookupCountry(code).Known() {
			code = countries[fold(text)]
		}
		if l.Country = code; code == "" {
			item.Notes = append(item.Notes, "The country is not known to zgoda; it stays unknown, and the strictest rule holds.")
		}
	}
	if yes, known := truth(v[consent.FieldSole]); yes || !known && v[consent.FieldSole] != "" {
		l.Sole = true // in doubt a natural person
	}
}

// origin fills where the data came from: the row's own word, else the file's (L14).
func (v values) origin(r *reading, item *consent.ImportItem) (why string) {
	l := &item.Lead
	l.Source, l.SourceKind, l.SourcePublic, l.ObtainedAt = r.facts.Source, r.facts.Kind, r.facts.Publicity == consent.SourceIsPublic, r.facts.ObtainedAt
	publicKnown := r.facts.Publicity != consent.PublicityUnknown
	if text := oneLine(v[consent.FieldSource]); text != "" {
		l.Source = text
	}
	if text := v[consent.FieldSourceKind]; text != "" {
		if l.SourceKind = kindOf(text); l.SourceKind == "" {
			return "The kind of source is none that zgoda knows."
		}
	}
	if text := v[consent.FieldSourcePublic]; text != "" {
		if l.SourcePublic, publicKnown = truth(text); !publicKnown {
			return "The row does not say with yes or no whether its source is public."
		}
	}
	if text := v[consent.FieldObtainedAt]; text != "" {
		at, err := ParseDate(text, r.now.Location())
		if err != nil {
			return sentence(err)
		}
		l.ObtainedAt = at
	}
	switch {
	case l.Source == "":
		return "The row does not say where the data came from."
	case l.SourceKind == "":
		return "The row does not say what kind of source it is from."
	case !publicKnown:
		return "The row does not say whether its source is public."
	case l.ObtainedAt.IsZero():
		return "The row does not say when the data was obtained."
	case l.ObtainedAt.After(r.now):
		return "The day on which the data was obtained is in the future."
	}
	return ""
}

// kindOf is the kind of source that a text names, "" for none.
func kindOf(text string) consent.SourceKind {
	folded := fold(text)
	for _, kind := range consent.SourceKinds() {
		if folded == string(kind) {
			return kind
		}
	}
	return kinds[folded]
}

// truth reads yes and no; known is false for everything else.
func truth(text string) (yes, known bool) {
	switch folded := fold(text); {
	case slices.Contains([]string{"yes", "y", "true", "1", "x", "tak", "t", "prawda", "ja", "j", "wahr", "public", "publiczne", "publiczny", "offentlich", "on"}, folded):
		return true, true
	case slices.Contains([]string{"no", "n", "false", "0", "nie", "falsz", "nein", "falsch", "private", "niepubliczne", "off"}, folded):
		return false, true
	}
	return false, false
}

func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// oneLine is a value of one line; what could steer a terminal is left out, and
// other control characters stay, so that the row is refused for them.
func oneLine(text string) string { return strings.Join(strings.Fields(plainMarks(text)), " ") }

var newline = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// lines is a value of several lines.
func lines(text string) string {
	return strings.TrimSpace(newline.Replace(plainMarks(text)))
}

// plainMarks leaves out marks that nobody sees and that turn lines around.
func plainMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) && r != '\u200d' {
			return -1
		}
		return r
	}, text)
}
