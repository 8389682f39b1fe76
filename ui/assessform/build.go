package assessform

import (
	"strconv"
	"strings"

	"zgoda/consent"
)

func (m *Model) text(field string) string { return strings.TrimSpace(m.form.Value(field)) }

// lines is the marks of a field.
func (m *Model) lines(field string) []string {
	if value := m.form.Value(field); value != "" {
		return strings.Split(value, "\n")
	}
	return nil
}

// build makes the assessment of the answers as they stand.
func (m *Model) build() consent.Assessment {
	a := consent.Assessment{
		ID: m.was.ID, Name: m.text(fieldName), Purpose: m.form.Value(fieldPurpose), Interest: m.text(fieldInterest),
		Audience: consent.Audience{Roles: m.text(fieldRoles), Sector: m.text(fieldSector), Size: m.text(fieldSize), Countries: m.countries()},
		Data:     m.lines(fieldData), Intrusive: m.form.Value(fieldIntrusive), Necessity: m.text(fieldNecessity),
		Expectation: m.form.Value(fieldExpectation), Impact: m.form.Value(fieldImpact), Balance: m.text(fieldBalance),
		Remark: m.text(fieldRemark), Author: m.actor, Second: m.text(fieldSecond),
		Date: m.now, ValidUntil: m.now.Add(consent.AssessmentLife),
	}
	if a.ID == "" {
		a.ID = m.now.Format("lia-20060102-1504")
	}
	a.Volume, _ = strconv.Atoi(m.text(fieldVolume))
	a.FollowUps, _ = strconv.Atoi(m.text(fieldFollowUps))
	for _, kind := range m.lines(fieldSources) {
		a.SourceKinds = append(a.SourceKinds, consent.SourceKind(kind))
	}
	for _, value := range m.lines(fieldTemplates) {
		a.Templates = append(a.Templates, m.template(value))
	}
	return a
}

// template is the text that a mark names, as it is now.
func (m *Model) template(value string) consent.TemplateRef {
	for _, info := range m.templates {
		if key(info.Name, info.Language) == value {
			return consent.TemplateRef{Name: info.Name, Language: info.Language, Hash: info.Hash}
		}
	}
	return consent.TemplateRef{}
}

func (m *Model) countries() []string {
	return strings.FieldsFunc(strings.ToUpper(m.form.Value(fieldCountries)), func(r rune) bool { return r < 'A' || r > 'Z' })
}

// whole says at each field what is missing; the focus ends on the first. It
// reports whether nothing is.
func (m *Model) whole() bool {
	type rule struct {
		field, words string
		ok           bool
	}
	volume, err := strconv.Atoi(m.text(fieldVolume))
	more, errMore := strconv.Atoi(m.text(fieldFollowUps))
	rules := []rule{
		{fieldName, "It has no name.", m.text(fieldName) != ""},
		{fieldPurpose, "It is not said what the mails are for.", m.form.Value(fieldPurpose) != ""},
		{fieldInterest, "It is not said who gains what. Without an interest there is nothing to weigh.", m.text(fieldInterest) != ""},
		{fieldRoles, "It is not said whom it concerns.", m.text(fieldRoles) != ""},
		{fieldSector, "It is not said in which trade the companies are.", m.text(fieldSector) != ""},
		{fieldCountries, "It names no country, or one without a rule: use two letters each, like FR GB.", m.knownCountries()},
		{fieldData, "Nothing is marked. The address alone is data, too.", len(m.lines(fieldData)) > 0},
		{fieldIntrusive, "It is not said what else was looked at.", m.form.Value(fieldIntrusive) != ""},
		{fieldNecessity, "It is not said why that does not work.", m.text(fieldNecessity) != ""},
		{fieldVolume, "This is no number above nothing.", err == nil && volume > 0},
		{fieldFollowUps, "This is no number.", errMore == nil && more >= 0},
		{fieldSources, "Nothing is marked.", len(m.lines(fieldSources)) > 0},
		{fieldExpectation, "It is not said what the person expects.", m.form.Value(fieldExpectation) != ""},
		{fieldImpact, "It is not said what it does to the person.", m.form.Value(fieldImpact) != ""},
		{fieldBalance, "It is not said why your interest weighs more.", m.text(fieldBalance) != ""},
		{fieldTemplates, "No text is marked, so it would cover no mail.", len(m.lines(fieldTemplates)) > 0},
		{fieldSecond, "You are the first person; a second must be somebody else.", !strings.EqualFold(m.text(fieldSecond), m.actor)},
	}
	for i := len(rules) - 1; i >= 0; i-- {
		if !rules[i].ok {
			m.form.Fail(rules[i].field, rules[i].words)
		}
	}
	return !m.form.Errors()
}

func (m *Model) knownCountries() bool {
	list := m.countries()
	for _, cc := range list {
		if !consent.LookupCountry(cc).Known() {
			return false
		}
	}
	return len(list) > 0
}
