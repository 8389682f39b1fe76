package assessform

import (
	"strconv"
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
)

// The fields, by step.
const (
	fieldName      = "name"
	fieldPurpose   = "purpose"
	fieldInterest  = "interest"
	fieldRoles     = "roles"
	fieldSector    = "sector"
	fieldSize      = "size"
	fieldCountries = "countries"

	fieldData      = "data"
	fieldIntrusive = "intrusive"
	fieldNecessity = "necessity"
	fieldVolume    = "volume"
	fieldFollowUps = "followups"

	fieldSources     = "sources"
	fieldExpectation = "expectation"
	fieldImpact      = "impact"
	fieldBalance     = "balance"

	fieldTemplates = "templates"
	fieldSecond    = "second"
	fieldRemark    = "remark"
)

// byHand is the mark of a mail that no template wrote.
const byHand = "by hand"

func (m *Model) fields() []form.Field {
	fields := append(m.interestFields(), m.necessityFields()...)
	return append(fields, m.balanceFields()...)
}

// interestFields are step 1: whose interest it is, and in whom.
func (m *Model) interestFields() []form.Field {
	a := m.was
	return []form.Field{
		{Name: fieldName, Label: "Campaign", Limit: 80, Initial: a.Name, Hint: "A name by which you find it again."},
		{Name: fieldPurpose, Label: "Purpose", Kind: form.Choice, Blank: true, Options: picks(consent.AssessmentPurposes()), Initial: a.Purpose},
		{Name: fieldInterest, Label: "Interest", Kind: form.Long, Rows: 2, Limit: 500, Initial: a.Interest, Hint: "One sentence: who gains what, now."},
		{Name: fieldRoles, Label: "Jobs", Limit: 200, Initial: a.Audience.Roles, Hint: "Whom it concerns at work: owners, buyers."},
		{Name: fieldSector, Label: "Sector", Limit: 200, Initial: a.Audience.Sector},
		{Name: fieldSize, Label: "Size", Limit: 100, Initial: a.Audience.Size, Hint: "How large the companies are."},
		{Name: fieldCountries, Label: "Countries", Limit: 200, Initial: strings.Join(a.Audience.Countries, " "), Hint: "Two letters each: FR GB US. A lead of another country is not covered."},
	}
}

// necessityFields are step 2: what is used, and what else was looked at.
func (m *Model) necessityFields() []form.Field {
	a := m.was
	return []form.Field{
		{Name: fieldData, Label: "Data used", Kind: form.Marks, Options: dataOptions(), Initial: m.data(), Hint: "Only what the mail needs. The blank marks."},
		{Name: fieldIntrusive, Label: "Instead", Kind: form.Choice, Blank: true, Options: picks(consent.LessIntrusive()), Initial: a.Intrusive, Hint: "What was looked at that would intrude less."},
		{Name: fieldNecessity, Label: "Necessity", Kind: form.Long, Rows: 2, Limit: 500, Initial: a.Necessity, Hint: "Why that does not work."},
		{Name: fieldVolume, Label: "At most", Limit: 6, Initial: number(a.Volume), Hint: "How many first mails."},
		{Name: fieldFollowUps, Label: "Follow up", Limit: 2, Initial: m.followUps(), Hint: "How many more mails to somebody who does not answer."},
	}
}

// balanceFields are step 3: what the person expects, and what it does to them.
func (m *Model) balanceFields() []form.Field {
	a := m.was
	kinds := make([]string, 0, len(a.SourceKinds))
	for _, kind := range a.SourceKinds {
		kinds = append(kinds, string(kind))
	}
	return []form.Field{
		{Name: fieldSources, Label: "Sources", Kind: form.Marks, Options: sourceOptions(), Initial: strings.Join(kinds, "\n"), Hint: "Where the data comes from. A bought list makes it red."},
		{Name: fieldExpectation, Label: "Expected", Kind: form.Choice, Blank: true, Options: picks(consent.Expectations()), Initial: a.Expectation, Hint: "Why the person can expect such a mail."},
		{Name: fieldImpact, Label: "Impact", Kind: form.Choice, Blank: true, Options: picks(consent.Impacts()), Initial: a.Impact, Hint: "What it does to them. Children or special data are red."},
		{Name: fieldBalance, Label: "Balance", Kind: form.Long, Rows: 2, Limit: 500, Initial: a.Balance, Hint: "Why your interest weighs more than theirs, in words."},
		{Name: fieldTemplates, Label: "Texts", Kind: form.Marks, Options: m.templateOptions(), Initial: m.marked(), Hint: "The texts as they are now. A text that is changed later is not covered."},
		{Name: fieldSecond, Label: "Second", Limit: 100, Initial: m.was.Second, Hint: "Amber stands only when a second person has looked at it: who?"},
		{Name: fieldRemark, Label: "Remark", Kind: form.Long, Rows: 2, Limit: 500, Initial: a.Remark},
	}
}

func (m *Model) data() string {
	if m.was.ID == "" {
		return strings.Join(usual(), "\n")
	}
	return strings.Join(m.was.Data, "\n")
}

func (m *Model) followUps() string {
	if m.was.ID == "" {
		return "1"
	}
	return strconv.Itoa(m.was.FollowUps)
}

func number(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// templateOptions is every text there is; one that was assessed and has changed
// since says so.
func (m *Model) templateOptions() []form.Option {
	options := []form.Option{{Value: byHand, Label: "written by hand"}}
	for _, info := range m.templates {
		label := info.Name + " " + info.Language
		for _, ref := range m.was.Templates {
			if ref.Name == info.Name && ref.Language == info.Language && ref.Hash != info.Hash {
				label += " (changed since)"
			}
		}
		options = append(options, form.Option{Value: key(info.Name, info.Language), Label: label})
	}
	return options
}

// marked is the texts of the version that is renewed.
func (m *Model) marked() string {
	var values []string
	for _, ref := range m.was.Templates {
		if ref.Name == "" {
			values = append(values, byHand)
			continue
		}
		values = append(values, key(ref.Name, ref.Language))
	}
	return strings.Join(values, "\n")
}

func key(name, language string) string { return name + "/" + language }
