package consent

import (
	"fmt"
	"slices"
	"strings"
)

// Choice is one answer of the assessment form.
type Choice struct {
	Value string  // as it is stored
	Title string  // for a screen
	Light Outcome // what the answer alone makes of the assessment
}

// AssessmentPurposes is what a campaign is for (step 1 of the form).
func AssessmentPurposes() []Choice {
	return []Choice{
		{"introduce offer", "Introduce an offer", Green},
		{"partnership", "Propose a partnership", Green},
		{"event", "Invite to an event", Green},
		{"reply", "Go on with what they began", Green},
	}
}

// LessIntrusive is what else was looked at before a mail to a named person (step 2).
func LessIntrusive() []Choice {
	return []Choice{
		{"role address", "A mail to the firm's own address", Green},
		{"phone", "A phone call", Green},
		{"advertisement", "An advertisement", Green},
		{"post", "A letter by post", Green},
		{"none", "Nothing else was looked at", Amber},
	}
}

// Expectations is why the person can expect the mail (step 3, rec. 47).
func Expectations() []Choice {
	return []Choice{
		{"published", "The address is published for business contact", Green},
		{"met", "We met, or they wrote to us", Green},
		{"same trade", "We work in the same trade", Amber},
		{"none", "They do not expect it", Red},
	}
}

// Impacts is what the mail does to the person (step 3).
func Impacts() []Choice {
	return []Choice{
		{"none", "None: a mail that is read or thrown away", Green},
		{"mild", "Mild: it takes some of their time", Amber},
		{"notable", "Notable: it concerns their person or their job", Red},
		{"vulnerable", "Children, or data of a special category (Art. 9)", Red},
	}
}

// AssessmentData is the lead fields that a campaign may use, by their names. A
// note is about the person and not for them, so it makes the outcome amber.
func AssessmentData() []Choice {
	var choices []Choice
	for _, f := range Fields() {
		light := Green
		if f.Name == FieldNote {
			light = Amber
		}
		choices = append(choices, Choice{f.Name, f.Title, light})
	}
	return choices
}

// The bounds of the form. Beyond the first of each pair the outcome is amber,
// beyond the second red (law.md section 3; obligations.md S17).
const (
	followUpsAmber, followUpsRed = 1, 2
	volumeAmber, volumeRed       = 200, 2000
)

// Outcome computes what the answers come to, and says in words what made it
// amber or red, the red first. It does not look at the author, the second
// person or the calendar: see [Assessment.Stands].
func (a Assessment) Outcome() (Outcome, []string) {
	var f findings
	f.pick(a.Purpose, AssessmentPurposes(), "the purpose")
	f.pick(a.Intrusive, LessIntrusive(), "what else was looked at")
	f.pick(a.Expectation, Expectations(), "what the person can expect")
	f.pick(a.Impact, Impacts(), "the impact on the person")
	for _, field := range a.Data {
		f.pick(field, AssessmentData(), "the data that is used")
	}
	for _, kind := range a.SourceKinds {
		if _, err := ParseSourceKind(string(kind)); err != nil {
			f.add(Red, fmt.Sprintf("The kind of source %q is not known.", kind))
		} else if kind == SourceBought {
			f.add(Red, "A bought list is no source: nobody on it gave their address to us.")
		}
	}
	f.bound(a.FollowUps, followUpsAmber, followUpsRed, "%d mails without an answer after the first are more than %d.")
	f.bound(a.Volume, volumeAmber, volumeRed, "%d first mails are more than %d: is each of them still personal?")
	a.lawful(&f)
	return f.outcome()
}

// lawful is the check of step 1 that nobody fills in: what the law of each
// country of the audience says to a named person, on the day of the assessment.
func (a Assessment) lawful(f *findings) {
	for _, code := range a.Audience.Countries {
		ruling := LookupCountry(code).Cold(RecipientNamed, a.Date)
		switch {
		case ruling.Doubt:
			f.add(Amber, fmt.Sprintf("%s: %s; only an override by the data-protection officer opens it.", code, ruling.Why))
		case ruling.Rule == RuleNo:
			f.add(Red, fmt.Sprintf("%s: %s, and legitimate interest cannot take its place.", code, ruling.Why))
		}
	}
}

// findings collects what spoils an outcome.
type findings struct{ red, amber []string }

func (f *findings) add(light Outcome, reason string) {
	if light == Red {
		f.red = append(f.red, reason)
	} else {
		f.amber = append(f.amber, reason)
	}
}

func (f *findings) pick(value string, choices []Choice, what string) {
	i := slices.IndexFunc(choices, func(c Choice) bool { return c.Value == value })
	switch {
	case i < 0:
		f.add(Red, fmt.Sprintf("It is not said, with one of the answers, what is %s.", strings.TrimPrefix(what, "what is ")))
	case choices[i].Light != Green:
		f.add(choices[i].Light, fmt.Sprintf("%s: %s.", sentence(what), choices[i].Title))
	}
}

func (f *findings) bound(n, amber, red int, format string) {
	switch {
	case n > red:
		f.add(Red, fmt.Sprintf(format, n, red))
	case n > amber:
		f.add(Amber, fmt.Sprintf(format, n, amber))
	}
}

func (f *findings) outcome() (Outcome, []string) {
	reasons := append(slices.Clone(f.red), f.amber...)
	switch {
	case len(f.red) > 0:
		return Red, reasons
	case len(f.amber) > 0:
		return Amber, reasons
	}
	return Green, nil
}

// sentence begins a text with a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Safeguards is what protects the person whatever was answered, because zgoda
// does it: it goes with every assessment and is never typed.
func (a Assessment) Safeguards(controller Controller) []string {
	kept := "Data without an answer is erased after the term in the configuration."
	if !blank(controller.Retention) {
		kept = fmt.Sprintf("Data without an answer is erased after %s.", controller.Retention)
	}
	followUps := "No second mail without an answer."
	if a.FollowUps > 0 {
		followUps = fmt.Sprintf("At most %d further without an answer, then silence.", a.FollowUps)
	}
	return []string{
		"Each mail says, in a paragraph of its own, how to object; an objection acts at once and for good.",
		"No tracking without a consent of its own.",
		"The first mail tells source, date, reason, company, legal basis and storage period (Art. 14).",
		kept, followUps,
		"No profiling, no scoring, no automated decision; one person writes to one person.",
	}
}
