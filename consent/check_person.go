package consent

import (
	"fmt"
	"strings"

	"zgoda/mail"
)

func notSuppressed(history History) Check {
	a := ask{"D4", "suppressed", "Not suppressed", "GDPR Art. 21(3), 17(3)(b)"}
	if history.Suppressed {
		return a.no("This address is on the suppression list: its owner wants no mail.", "None. Leave them in peace.", FixNone)
	}
	return a.yes("The address is not on the suppression list.")
}

func noObjection(f folded, history History) Check {
	a := ask{"L21.2", "objection", "No objection", "GDPR Art. 21(2)-(3)"}
	if f.objected {
		return a.no("They objected, and an objection is absolute.",
			"None, unless they themselves ask for mail again; then record that consent.", FixNone)
	}
	if in, asks := f.unheard(history); asks {
		why := fmt.Sprintf("Their mail of %s seems to ask you to stop.", day(in.At))
		if !in.Stop {
			why = in.Doubt
		}
		return a.no(why, "Read it and record what it says, naming that mail: mostly an objection.", FixStop)
	}
	return a.yes("No objection of theirs is on file, or they agreed anew since.")
}

func (s sending) address() Check {
	a := ask{"L5d", "address", "Usable address", "GDPR Art. 5(1)(d)"}
	if s.history.Stale != "" {
		return a.no("The address does not work any more.", "Find out the right address from the person, or erase the lead.", FixNone)
	}
	if _, err := mail.NewAddress("", s.lead.Address.Email); err != nil {
		return a.no("The lead has no usable address.", "Correct the address of the lead.", FixRecipient)
	}
	return a.yes("The address has not bounced.")
}

func (s sending) recipient() Check {
	a := ask{"S26", "recipient", "One recipient", "GDPR Art. 5(1)(f); ePrivacy Art. 13"}
	const way = "Write to this one person, at the address on the lead card."
	switch {
	case s.letter.Person == 0 || s.letter.Person != s.lead.ID:
		return a.no("The mail is not for the person that was judged.", "Open the person and write from there.", FixRecipient)
	case len(s.letter.To) != 1:
		return a.no(fmt.Sprintf("The mail has %d recipients instead of one.", len(s.letter.To)), way, FixRecipient)
	case s.letter.To[0].Key() != s.lead.Address.Key() || s.lead.Address.IsZero():
		return a.no("The recipient is not the address on the lead card.", way, FixRecipient)
	case strings.ContainsAny(s.lead.Address.Email, ",; \t\r\n"):
		return a.no("The address holds more than one recipient.", way, FixRecipient)
	case s.lead.Address.IsRole() && s.ground.basis == BasisInterest:
		return a.no("The address is of a group (such as info@), and a cold mail goes to one person.",
			"Find the person who decides, or wait until they write.", FixRecipient)
	}
	return a.yes("One person, at their own address.")
}

func (s sending) basis() Check {
	a := ask{"L5a", "basis", "Basis of contact", s.ground.source}
	if s.ground.ok {
		return a.yes(fmt.Sprintf("The mail rests on %s.", s.ground.rests))
	}
	way := "Record a consent with its evidence, or answer a mail of theirs."
	switch s.ground.fix {
	case FixCountry:
		way = "Fill in their country; or record a consent with its evidence."
	case FixReason:
		way = fmt.Sprintf("Write on the lead card, in %d characters or more, why you write to this person.", MinReason)
	case FixSource:
		way = "Fill in the kind of source on the lead card."
	case FixAssessment:
		way = "Make or renew the assessment (zgoda assess); or record a consent with its evidence."
	case FixNone:
		way = "None, until they write."
	}
	return a.no(fmt.Sprintf("Nothing allows this mail: %s.", s.ground.missing), way, s.ground.fix)
}

// country shows what the countries say. It decides for a mail on legitimate
// interest; soft opt-in asked its own column when the basis was chosen; consent
// and answers carry in every country.
func (s sending) country() Check {
	cold := s.ground.cold
	a := ask{"C1", "country", "Country rule", cold.Source()}
	where := fmt.Sprintf("For cold mail %s decides: %s", cold.Country.Code, cold.Why)
	if !cold.Country.Known() {
		where = fmt.Sprintf("For cold mail the unknown country decides: %s", strings.Replace(cold.Why, "the country is unknown, and ", "", 1))
	}
	if s.ground.basis != BasisInterest {
		return a.yes(fmt.Sprintf("%s; this mail rests on %s instead.", where, s.ground.basis))
	}
	missing := s.ground.known.missing(cold, s.lead)
	switch {
	case s.ground.known.allows(cold, s.lead) && cold.Opened.Kind != "":
		return a.yes(fmt.Sprintf("%s (override by %s until %s).", where, cold.Opened.Actor, day(cold.Opened.ValidUntil)))
	case s.ground.known.allows(cold, s.lead):
		return a.yes(where + ".")
	case !LookupCountry(s.lead.Country).Known():
		return a.no(where+".", "Fill in the country on the lead card.", FixCountry)
	case !LookupCountry(s.controller.Country).Known():
		return a.no(where+".", "Fill in the company's country in the configuration.", FixConfig)
	case cold.Rule == RuleCond && missing[0] == FactWork:
		return a.no(where+", and the lead card does not show a business contact.",
			"Fill in company, job, reason and source on the lead card; a private mailbox never counts.", FixReason)
	case cold.Rule == RuleCond:
		return a.no(fmt.Sprintf("%s, and it is not on file %s.", where, missing[0].say()),
			fmt.Sprintf("Look, then record where and when you saw it: zgoda evidence ADDRESS %s.", strings.ReplaceAll(string(missing[0]), " ", "-")), FixEvidence)
	case cold.Doubt:
		return a.no(where+".", "Record a consent with its evidence, wait until they write, or ask the data-protection officer (zgoda override).", FixConsent)
	}
	return a.no(where+".", "Record a consent with its evidence, or wait until they write.", FixConsent)
}

// noticeDue locks a lead that was not informed in time: notify or erase (L14.3).
// Only an answer to their own mail goes through, and what duty.go lets through:
// the notice itself.
func (s sending) noticeDue() Check {
	a := ask{"L14.3", "notice-due", "Notice in time", "GDPR Art. 14(3)"}
	due := s.folded.noticeDue(s.history)
	switch {
	case !s.folded.informed.IsZero():
		return a.yes(fmt.Sprintf("They were informed on %s.", day(s.folded.informed)))
	case due.IsZero():
		return a.yes("The person is not a lead, so nothing was collected.")
	case s.now.Before(due):
		return a.yes(fmt.Sprintf("They must be informed by %s.", day(due)))
	case s.ground.basis == BasisReply:
		return a.yes("The notice is over due, but an answer to their own mail may go.")
	}
	return a.no(fmt.Sprintf("They should have been informed by %s, so the lead is locked.", day(due)),
		"Notify them (zgoda send --notice; or another way, and record it), or erase the lead.", FixNotice)
}

func (s sending) source() Check {
	a := ask{"L14", "source", "Source of the data", "GDPR Art. 14(2)(f)"}
	if s.ground.basis == BasisReply {
		return a.yes(fmt.Sprintf("They wrote to us themselves, on %s.", day(s.ground.reply.At)))
	}
	switch {
	case blank(s.lead.Source):
		return a.no("It is not on file where the data came from.", "Fill in the source on the lead card.", FixSource)
	case unfilled(s.lead.Source):
		return a.no("The source still holds a field of a template.", "Fill in the source on the lead card.", FixSource)
	case s.lead.ObtainedAt.IsZero():
		return a.no("It is not on file when the data was obtained.", "Fill in the date on the lead card.", FixSource)
	case s.lead.ObtainedAt.After(s.now):
		return a.no("The data cannot have been obtained in the future.", "Correct the date on the lead card.", FixSource)
	}
	return a.yes(fmt.Sprintf("The source is on file, obtained on %s.", day(s.lead.ObtainedAt)))
}

func (s sending) reason() Check {
	a := ask{"A2", "reason", "Concrete reason", "GDPR Art. 6(1)(f); law.md A2, A3"}
	switch {
	case s.ground.basis != BasisInterest:
		return a.yes(fmt.Sprintf("Not asked for, the mail rests on %s.", s.ground.basis))
	case !concrete(s.lead.Reason):
		return a.no(fmt.Sprintf("There is no concrete reason of %d characters or more for this person.", MinReason),
			"Write on the lead card why you write to this person.", FixReason)
	case s.history.Twins > MostTwins:
		return a.no(fmt.Sprintf("%d other leads have nearly the same reason, so it is no reason for this person.", s.history.Twins),
			"Write on the lead card what is true of this person alone.", FixReason)
	case !s.body.has(phrase(s.lead.Reason)):
		return a.no("The mail does not tell the reason that is on the lead card.",
			"Put the reason into the text, word for word.", FixText)
	}
	return a.yes("The reason is on the lead card and in the mail, and is not that of many others.")
}

func (s sending) company() Check {
	a := ask{"L13", "company", "Company facts", "GDPR Art. 13(1)(a), 14(1)(a)"}
	c := s.controller
	for _, fact := range []struct{ name, value string }{
		{"the legal name", c.Name}, {"the postal address", c.Postal}, {"the country", c.Country},
		{"the privacy contact", c.Contact}, {"the privacy policy", c.PolicyURL}, {"the offer", c.Offer}, {"how long data is kept", c.Retention},
	} {
		if blank(fact.value) || unfilled(fact.value) {
			return a.no(fmt.Sprintf("The configuration does not say %s of the company.", strings.TrimPrefix(fact.name, "of ")),
				"Complete the company's facts with: zgoda setup.", FixConfig)
		}
	}
	if !secure(c.PolicyURL) {
		return a.no("The privacy policy is not an https address.", "Correct it in the configuration.", FixConfig)
	}
	return a.yes("The company's facts are complete.")
}

// secure reports whether url is a whole https address.
func secure(url string) bool {
	host, ok := strings.CutPrefix(url, "https://")
	host, _, _ = strings.Cut(host, "/")
	return ok && host != "" && !strings.ContainsAny(url, " \t\r\n<>\"") && !strings.HasPrefix(host, ".")
}
