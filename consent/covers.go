package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zgoda/mail"
)

// Validate says, as a *mail.Problem, what is missing first on the form; nil when
// all of it is filled in. A form can be whole and its outcome red.
func (a Assessment) Validate(now time.Time) error {
	for _, field := range []struct{ value, sentence, step string }{
		{a.ID, "The assessment has no id.", "Give it a short name that stays, such as lia-2026-1."},
		{a.Name, "The assessment has no name.", "Name the campaign."},
		{a.Purpose, "The assessment does not say what it is for.", "Pick the purpose."},
		{a.Interest, "The assessment does not say who gains what.", "Write the interest in one sentence."},
		{a.Audience.Roles, "The assessment does not say in which jobs the people are.", "Write down the roles of the audience."},
		{a.Audience.Sector, "The assessment does not say in which trade the companies are.", "Write down the sector of the audience."},
		{strings.Join(a.Audience.Countries, ""), "The assessment does not say in which countries the people are.", "List the countries of the audience."},
		{strings.Join(a.Data, ""), "The assessment does not say which data is used.", "List the lead fields that the mails need."},
		{a.Intrusive, "The assessment does not say what else was looked at.", "Pick the less intrusive way that was looked at."},
		{a.Necessity, "The assessment does not say why a less intrusive way does not work.", "Write the necessity in one sentence."},
		{joined(a.SourceKinds), "The assessment does not say where the data comes from.", "List the kinds of source."},
		{a.Expectation, "The assessment does not say what the people can expect.", "Pick the expectation."},
		{a.Impact, "The assessment does not say what the mail does to the people.", "Pick the impact."},
		{a.Balance, "The assessment does not weigh the interest against theirs.", "Write the balance in one sentence."},
		{a.Author, "The assessment has no author.", "Write down who made it."},
	} {
		if blank(field.value) {
			return incomplete(field.sentence, field.step)
		}
	}
	return a.validateNumbers(now)
}

func joined(kinds []SourceKind) string {
	var all strings.Builder
	for _, k := range kinds {
		all.WriteString(string(k))
	}
	return all.String()
}

func (a Assessment) validateNumbers(now time.Time) error {
	for _, code := range a.Audience.Countries {
		if code != unknownCode && !LookupCountry(code).Known() {
			return incomplete(fmt.Sprintf("The country %q is not in the table.", code), "Write it as two letters of ISO 3166, such as GB.")
		}
	}
	switch {
	case a.Volume < 1:
		return incomplete("The assessment does not say how many first mails there will be.", "Write down the volume.")
	case a.FollowUps < 0:
		return incomplete("The number of follow-ups is below zero.", "Write 0 or 1.")
	case a.Date.IsZero():
		return incomplete("The assessment has no date.", "Write down when it was made.")
	case a.Date.After(now):
		return incomplete("The date of the assessment is in the future.", "Write down when it was made.")
	case !a.ValidUntil.After(a.Date):
		return incomplete("The assessment would end before it begins.", "Write down until when it is valid.")
	case a.ValidUntil.After(a.Date.Add(AssessmentLife)):
		return incomplete("The assessment would be valid for longer than a year.", "Write an end within a year of its date.")
	case len(a.Templates) == 0:
		return incomplete("The assessment looked at no text.", "List the templates, or one without a name for mails written by hand.")
	}
	for _, t := range a.Templates {
		if t.Name != "" && t.Hash == "" {
			return incomplete(fmt.Sprintf("The template %q is listed without its hash.", t.Name), "List it with the hash of the text that was looked at.")
		}
	}
	return nil
}

func incomplete(sentence, step string) error {
	return &mail.Problem{Sentence: sentence, NextStep: step, Err: errIncomplete}
}

// errIncomplete is the cause of every problem of Validate.
var errIncomplete = fmt.Errorf("the assessment is not complete")

// Stands reports whether mails may rest on the assessment now, whatever the
// person: whole, dated before now, within its year, not red, and when amber seen
// by a second person. why is half a sentence when not.
func (a Assessment) Stands(now time.Time) (ok bool, why string) {
	if err := a.Validate(now); err != nil {
		return false, "the assessment is not complete"
	}
	outcome, _ := a.Outcome()
	switch {
	case !now.Before(a.ValidUntil):
		return false, fmt.Sprintf("the assessment ended on %s", day(a.ValidUntil))
	case outcome == Amber && !a.secondSaw():
		return false, "the assessment came out amber, and no second person has looked at it"
	case outcome != Green && outcome != Amber:
		return false, "the assessment came out red"
	}
	return true, ""
}

// secondSaw reports whether somebody other than the author looked at it too.
func (a Assessment) secondSaw() bool { return !blank(a.Second) && plain(a.Second) != plain(a.Author) }

// Covers reports whether a mail to the person of history may rest on this
// assessment now: it looked at this country, kind of source, data and text, and
// the person was not written to more often than it says (A1). why is half a
// sentence when not.
func (a Assessment) Covers(history History, letter Letter, now time.Time) (ok bool, why string) {
	m := a.miss(history, &letter, now)
	return m.why == "", m.why
}

// miss is what an assessment lacks for one mail. far counts what it does cover,
// so that of several the nearest can say why.
type miss struct {
	far int
	why string
	fix Fix
}

// miss goes through the form in one order. Without a letter the text is not
// asked about: for a badge, before anything was written.
func (a Assessment) miss(history History, letter *Letter, now time.Time) miss {
	if ok, why := a.Stands(now); !ok {
		return miss{0, why, FixAssessment}
	}
	lead := history.Lead
	if !a.aimsAt(lead.Country) {
		return miss{1, "the assessment did not look at the country of this person", FixAssessment}
	}
	if lead.SourceKind == "" {
		return miss{2, "the lead card does not say what kind of source the data has", FixSource}
	}
	if !slices.Contains(a.SourceKinds, lead.SourceKind) {
		return miss{2, fmt.Sprintf("the assessment did not look at data of the kind \"%s\"", lead.SourceKind), FixAssessment}
	}
	for _, field := range usedFields(lead) {
		if !slices.Contains(a.Data, field) {
			return miss{3, fmt.Sprintf("the assessment does not list the field \"%s\" of the lead", field), FixAssessment}
		}
	}
	if letter != nil {
		if why := a.unread(*letter); why != "" {
			return miss{4, why, FixAssessment}
		}
	}
	if history.Unanswered > a.FollowUps {
		return miss{5, fmt.Sprintf("%d mails to them are unanswered, and the assessment allows %d after the first", history.Unanswered, a.FollowUps), FixNone}
	}
	return miss{far: 6}
}

func (a Assessment) aimsAt(country string) bool {
	code := LookupCountry(country).Code
	return slices.ContainsFunc(a.Audience.Countries, func(c string) bool { return LookupCountry(c).Code == code })
}

// usedFields is the fields of a lead that a first mail uses, by the names of AssessmentData.
func usedFields(lead Lead) []string {
	used := []string{FieldAddress}
	for _, field := range []struct{ name, value string }{
		{FieldName, lead.Name}, {FieldRole, lead.Role}, {FieldCompany, lead.Company}, {FieldReason, lead.Reason},
	} {
		if !blank(field.value) {
			used = append(used, field.name)
		}
	}
	return used
}

// unread says why the assessment does not stand for the text of a letter (A1).
func (a Assessment) unread(letter Letter) string {
	known := false
	for _, t := range a.Templates {
		if t.Name != letter.Template {
			continue
		}
		if t.Name == "" || t.Hash == letter.TemplateHash {
			return ""
		}
		known = known || letter.Language == "" || t.Language == letter.Language
	}
	switch {
	case letter.Template == "":
		return "the assessment did not look at mails written by hand"
	case known:
		return "the template was changed after the assessment"
	}
	return "the assessment did not look at this template"
}

// covering is the first assessment that covers a letter, or what the nearest lacks.
func covering(history History, letter *Letter, now time.Time) (Assessment, miss) {
	nearest := miss{-1, "there is no legitimate-interest assessment", FixAssessment}
	for _, a := range history.Assessments {
		m := a.miss(history, letter, now)
		if m.why == "" {
			return a, m
		}
		if m.far > nearest.far {
			nearest = m
		}
	}
	return Assessment{}, nearest
}

// CarriedBy is the assessment that a mail rests on now: false when it rests on
// something else, or on nothing.
func CarriedBy(history History, letter Letter, controller Controller, now time.Time) (Assessment, bool) {
	g := fold(history, now).groundFor(history, letter, controller, now)
	if letter.Duty != mail.DutyNone || !g.ok || g.basis != BasisInterest {
		return Assessment{}, false
	}
	return g.assessment, true
}
