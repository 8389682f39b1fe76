package consent

import "slices"

// DataClass is what sort of personal data a field holds (S3).
type DataClass string

// The classes that a lead's fields have. Addresses of the network and of devices
// are in none: they are never a field of a lead.
const (
	ClassName    DataClass = "name"
	ClassEmail   DataClass = "e-mail address"
	ClassWork    DataClass = "work"    // where somebody works and as what
	ClassPlace   DataClass = "place"   // which law protects them
	ClassOrigin  DataClass = "origin"  // where the data came from
	ClassContext DataClass = "context" // what the rep knows of the matter
)

// Field is one fact that is kept of a lead. There are no others: a fact without
// a purpose cannot be kept (GDPR Art. 5(1)(b)-(c); S30, S31).
type Field struct {
	Name     string // stable; what Assessment.Data lists
	Title    string
	Purpose  string // one sentence, for the person as well
	Class    DataClass
	Filler   string // who fills it
	Limit    int    // runes at most; 0 for a field that has no free text
	Template bool   // a template may name it
	Required bool   // a lead cannot be without it (L14)
}

// The names of the fields.
const (
	FieldAddress      = "address"
	FieldName         = "name"
	FieldCompany      = "company"
	FieldRole         = "role"
	FieldLanguage     = "language"
	FieldCountry      = "country"
	FieldSole         = "sole"
	FieldSource       = "source"
	FieldSourceKind   = "source_kind"
	FieldSourcePublic = "source_public"
	FieldObtainedAt   = "obtained_at"
	FieldReason       = "reason"
	FieldNote         = "note"
)

// Who fills a field.
const (
	fillRep  = "the rep"
	fillMail = "their mail, or the rep"
)

// fields is every field; nobody changes it.
var fields = []Field{
	{FieldAddress, "Address", "To write to this one person, and to know who must not be written to.", ClassEmail, fillMail, 254, false, true},
	{FieldName, "Name", "To address the person as they write their name.", ClassName, fillMail, 200, true, false},
	{FieldCompany, "Company", "To tell for which firm the offer is meant.", ClassWork, fillRep, 200, true, false},
	{FieldRole, "Role", "To know whether the offer concerns their work; some countries ask for that (C4).", ClassWork, fillRep, 200, true, false},
	{FieldLanguage, "Language", "To write, and to inform, in words that the person understands (Art. 12(1)).", ClassPlace, fillMail, 0, false, false},
	{FieldCountry, "Country", "To keep the law of the country in which the person is (S14).", ClassPlace, fillRep, 0, false, false},
	{FieldSole, "Sole trader", "To treat a one-person firm as the natural person it is.", ClassPlace, fillRep, 0, false, false},
	{FieldSource, "Source", "To tell the person where the data came from (Art. 14(2)(f)).", ClassOrigin, fillMail, 500, true, true},
	{FieldSourceKind, "Kind of source", "To know whether the assessment looked at sources of this kind (A1).", ClassOrigin, fillMail, 0, false, true},
	{FieldSourcePublic, "Source is public", "To tell the person whether everybody can read it there (Art. 14(2)(f)).", ClassOrigin, fillMail, 0, false, true},
	{FieldObtainedAt, "Obtained", "To inform the person in time (Art. 14(3)) and to erase in time.", ClassOrigin, fillMail, 0, true, true},
	{FieldReason, "Reason", "To tell the person why just they are written to (A2).", ClassContext, fillRep, 1000, true, false},
	{FieldNote, "Note", "To go on where the last talk ended.", ClassContext, fillRep, 2000, false, false},
}

// Fields is every field of a lead, in the order of the lead form.
func Fields() []Field { return slices.Clone(fields) }

// FieldOf is the field with this name; false when there is none.
func FieldOf(name string) (Field, bool) {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}

// Value is what a lead has in a field, as text; "" when it is empty or unknown.
// A time is a day, a flag that is set is "yes".
func (f Field) Value(l Lead) string {
	switch f.Name {
	case FieldAddress:
		return l.Address.Email
	case FieldName:
		return l.Name
	case FieldCompany:
		return l.Company
	case FieldRole:
		return l.Role
	case FieldLanguage:
		return l.Language
	case FieldCountry:
		return l.Country
	case FieldSole:
		return yes(l.Sole)
	case FieldSource:
		return l.Source
	case FieldSourceKind:
		return string(l.SourceKind)
	case FieldSourcePublic:
		return yes(l.SourcePublic)
	case FieldObtainedAt:
		if l.ObtainedAt.IsZero() {
			return ""
		}
		return day(l.ObtainedAt)
	case FieldReason:
		return l.Reason
	case FieldNote:
		return l.Note
	}
	return ""
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// ChangedFields is the names of the fields in which two states of a lead differ.
func ChangedFields(before, after Lead) []string {
	var changed []string
	for _, f := range fields {
		same := f.Value(before) == f.Value(after)
		if f.Name == FieldObtainedAt {
			same = before.ObtainedAt.Equal(after.ObtainedAt)
		}
		if !same {
			changed = append(changed, f.Name)
		}
	}
	return changed
}

// FieldUse is how much one field is filled and used, for zgoda fields (S34).
type FieldUse struct {
	Field  Field
	Leads  int // leads in all
	Filled int // of them have it
	Uses   int // how often it was read for a purpose in the last FieldUseDays days
	// Watched is since how many days uses are counted.
	Watched int
}

// FieldUseDays is how far back a use counts.
const FieldUseDays = 90

// Unused reports whether a field that is filled has served nothing for
// FieldUseDays, so that keeping it has no purpose any more (Art. 5(1)(e)). A note is
// read by people, which nobody counts.
func (u FieldUse) Unused() bool {
	return u.Filled > 0 && u.Uses == 0 && u.Watched >= FieldUseDays && u.Field.Purgeable() && u.Field.Name != FieldNote
}

// Purgeable reports whether a field may be emptied on every lead: no lead needs it
// (L14), and the person is not less protected without it.
func (f Field) Purgeable() bool { return !f.Required && f.Name != FieldSole }

// WithoutField is a lead without what it has in a field; a field that is
// required stays.
func (l Lead) WithoutField(name string) Lead {
	switch name {
	case FieldName:
		l.Name = ""
	case FieldCompany:
		l.Company = ""
	case FieldRole:
		l.Role = ""
	case FieldLanguage:
		l.Language = ""
	case FieldCountry:
		l.Country = ""
	case FieldSole:
		l.Sole = false
	case FieldReason:
		l.Reason = ""
	case FieldNote:
		l.Note = ""
	}
	return l
}

// FillGaps gives l what it lacks from another state of the same person, and the
// names of what was filled. What l has stays as it is (G11). Source, kind and date
// tell where l came from, and are no gaps of a lead that has them.
func (l Lead) FillGaps(from Lead) (Lead, []string) {
	before := l
	gap := func(into *string, value string) {
		if blank(*into) {
			*into = value
		}
	}
	gap(&l.Name, from.Name)
	gap(&l.Company, from.Company)
	gap(&l.Role, from.Role)
	gap(&l.Language, from.Language)
	gap(&l.Country, from.Country)
	gap(&l.Reason, from.Reason)
	gap(&l.Note, from.Note)
	l.Sole = l.Sole || from.Sole // a natural person is protected more
	return l, ChangedFields(before, l)
}
