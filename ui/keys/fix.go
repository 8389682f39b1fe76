package keys

import "zgoda/consent"

// For is the key that leads on from a refusal, with the word for what it does
// there. Where nothing can be mended it shows what is recorded: a refusal never
// ends at a wall (G24).
func (m Map) For(fix consent.Fix) Binding {
	switch fix {
	case consent.FixReason:
		return m.List.Edit.As("writes the reason")
	case consent.FixSource:
		return m.List.Edit.As("fills in the source")
	case consent.FixCountry:
		return m.List.Edit.As("fills in the country")
	case consent.FixConsent, consent.FixTracking:
		return m.List.Record.As("records their answer")
	case consent.FixNotice:
		return m.List.Record.As("records that they were informed")
	case consent.FixStop:
		return m.List.Heard.As("says what it asks")
	case consent.FixRequest:
		return m.Global.Desk.As("opens the desk")
	case consent.FixAssessment:
		return m.Global.Desk.As("opens the assessments")
	case consent.FixEvidence:
		return m.Global.Desk.As("opens the desk, where the fact is recorded")
	case consent.FixLead:
		return m.List.Lead.As("makes them a lead")
	}
	return m.List.Consent.As("shows what is recorded")
}

// Leads is "e fills in the country", for the end of a sentence.
func (m Map) Leads(fix consent.Fix) string {
	name, word := m.For(fix).Short()
	return name + " " + word
}
