package composer

import (
	"zgoda/consent"
	"zgoda/ui/event"
)

// checklist is the gate's newest answer and the line that is selected in it.
type checklist struct {
	verdict consent.Verdict
	key     string // Key of the selected check
	err     note   // why the gate could not be asked
}

// known reports whether the gate has answered at all.
func (c *checklist) known() bool { return len(c.verdict.Checks) > 0 && c.err.text == "" }

// take keeps an answer. The selected line stays while it is open; else the first
// open one is selected. What has closed the person meanwhile comes first.
func (c *checklist) take(verdict consent.Verdict) {
	before := c.verdict
	c.verdict, c.err = verdict, note{}
	if key := walled(before, verdict); key != "" {
		c.key = key
		return
	}
	for _, check := range verdict.Checks {
		if check.Key == c.key && !check.OK {
			return
		}
	}
	c.key = ""
	if open := c.open(); len(open) > 0 {
		c.key = open[0].Key
	}
}

// walled is the check of the person that passed a moment ago and refuses now, ""
// for none: nothing that is written here mends it.
func walled(before, now consent.Verdict) string {
	passed := map[string]bool{}
	for _, check := range before.Checks {
		passed[check.Key] = check.OK
	}
	for _, check := range now.Failed() {
		switch check.Fix {
		case consent.FixNone, consent.FixStop, consent.FixRequest:
			if passed[check.Key] {
				return check.Key
			}
		}
	}
	return ""
}

func (c *checklist) fail(why note) { c.err = why }

func (c *checklist) open() []consent.Check { return c.verdict.Failed() }

// selected is the open check that the fix key works on.
func (c *checklist) selected() (consent.Check, bool) {
	for _, check := range c.open() {
		if check.Key == c.key {
			return check, true
		}
	}
	return consent.Check{}, false
}

// next selects the open check after the selected one, from the last to the first.
func (c *checklist) next() {
	open := c.open()
	for i, check := range open {
		if check.Key == c.key {
			c.key = open[(i+1)%len(open)].Key
			return
		}
	}
	if len(open) > 0 {
		c.key = open[0].Key
	}
}

// passed is how many checks passed, of how many.
func (c *checklist) passed() (passed, all int) {
	all = len(c.verdict.Checks)
	return all - len(c.open()), all
}

// fixWord says in a few words what the fix key does for a check. Where nothing can
// be mended it shows what is recorded: a refusal never ends at a wall (G24).
func fixWord(fix consent.Fix) string {
	switch fix {
	case consent.FixReason:
		return "write the reason"
	case consent.FixSource:
		return "fill in the source"
	case consent.FixCountry:
		return "fill in the country"
	case consent.FixConsent:
		return "record a consent"
	case consent.FixNotice:
		return "record the notice"
	case consent.FixStop:
		return "record what they said"
	case consent.FixText:
		return "go there in the text"
	case consent.FixDuties:
		return "put the paragraph in"
	case consent.FixTracking:
		return "switch tracking off"
	case consent.FixConfig:
		return "what to configure"
	case consent.FixAssessment:
		return "open the assessments"
	case consent.FixEvidence:
		return "record what you saw"
	case consent.FixRecipient:
		return "take the lead's address"
	}
	return "what is recorded"
}

// word is fixWord of one check.
func word(check consent.Check) string {
	if check.Key == "asks" && check.Fix == consent.FixText {
		return "take the question out"
	}
	return fixWord(check.Fix)
}

// law is the rule and the source of a check in one line.
func law(check consent.Check) string {
	if check.Source == "" {
		return check.Rule
	}
	return check.Rule + " · " + check.Source
}

// fixWish is what a fix needs from outside the composer; nil when it is mended
// in here.
func (m *Model) fixWish(fix consent.Fix) event.Wish {
	switch fix {
	case consent.FixReason:
		return event.EditLead{Person: m.lead.ID, Field: event.FieldReason}
	case consent.FixStop:
		return event.AskRecord{Person: m.lead.ID, Face: event.FaceHeard}
	case consent.FixSource:
		return event.EditLead{Person: m.lead.ID, Field: event.FieldSource}
	case consent.FixCountry:
		return event.EditLead{Person: m.lead.ID, Field: event.FieldCountry}
	case consent.FixNotice:
		return event.AskRecord{Person: m.lead.ID, Kind: consent.KindNotice}
	case consent.FixConsent:
		return event.AskRecord{Person: m.lead.ID, Kind: consent.KindGranted, Purpose: consent.MarketingEmail}
	case consent.FixEvidence:
		return event.AskRecord{Person: m.lead.ID, Face: event.FaceSeen}
	case consent.FixAssessment:
		return event.ShowDesk{Tab: event.TabAssessments, Lead: m.lead}
	case consent.FixNone, consent.FixRequest, consent.FixLead:
		return event.ShowConsent{Person: m.lead.ID}
	}
	return nil
}
