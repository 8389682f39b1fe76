package consent

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const putBack = "Put the computed paragraphs back, or say it yourself in Polish, English or German."

// policy: the link serves Art. 12 to 14 (S28). A first answer owes it too (L13).
func (s sending) policy() Check {
	a := ask{"S28", "policy", "Privacy policy link", "GDPR Art. 13, 14"}
	switch {
	case s.body.hasURL(s.controller.PolicyURL):
		return a.yes("The mail links the company's privacy policy.")
	case !s.needsDuties() && !s.folded.informed.IsZero():
		return a.yes(fmt.Sprintf("They have had it since %s, and this is an answer.", day(s.folded.informed)))
	}
	return a.no("The mail does not link the company's privacy policy.", putBack, FixDuties)
}

func (s sending) notice() Check {
	a := ask{"N1", "notice", "What is kept and why", "GDPR Art. 13, 14"}
	switch {
	case !s.needsDuties():
		return a.yes("Not asked for in an answer to their mail.")
	case !s.folded.informed.IsZero():
		return a.yes(fmt.Sprintf("They were informed on %s.", day(s.folded.informed)))
	}
	if lacks := s.body.lacksNotice(s.ground.basis, s.lead, s.controller); lacks != "" {
		return a.no(fmt.Sprintf("The mail does not say %s.", lacks), putBack, FixDuties)
	}
	return a.yes("The mail tells source, date, company, basis and how long it is kept.")
}

func (s sending) agree() Check {
	a := ask{"S22", "agree", "How to agree", "GDPR Art. 7(2)"}
	switch {
	case !s.needsDuties():
		return a.yes("Not asked for in an answer to their mail.")
	case s.ground.basis == BasisConsent:
		return a.yes("They have already agreed.")
	case s.body.saysAgree():
		return a.yes("The mail says how to agree to further e-mails.")
	}
	return a.no("The mail does not say how to agree to further e-mails.", putBack, FixDuties)
}

func (s sending) object() Check {
	a := ask{"L21.4", "object", "How to object", "GDPR Art. 21(4)"}
	switch {
	case s.body.saysObjection(s.controller.PolicyURL):
		return a.yes("The mail says how to object, in a paragraph of its own.")
	case !s.needsDuties():
		return a.yes("Not asked for in an answer to their mail.")
	}
	return a.no("The mail does not say, in a paragraph of its own, how to object.", putBack, FixDuties)
}

func (s sending) rights() Check {
	a := ask{"S23", "rights", "Copy and erasure", "GDPR Art. 15-17"}
	switch {
	case s.body.saysRights():
		return a.yes("The mail says how to get a copy and how to be erased.")
	case !s.needsDuties():
		return a.yes("Not asked for in an answer to their mail.")
	}
	return a.no("The mail does not say how to get a copy of the data and how to be erased.", putBack, FixDuties)
}

// told compares what the text says of its tracking with what it would carry. A
// mail may neither hide nor invent it (S9).
func (s sending) told() Check {
	a := ask{"S9", "told", "Who tracks", "GDPR Art. 5(1)(a); ePrivacy Art. 5(3)"}
	says := claimed(s.body)
	wished := s.letter.TrackOpens || s.letter.TrackClicks
	const way = "Put the computed sentence back; it follows the tracking switches."
	switch {
	case wished && (says.none || says.opens != s.letter.TrackOpens || says.clicks != s.letter.TrackClicks):
		return a.no("The mail does not say truly what it records.", way, FixDuties)
	case wished:
		return a.yes("The mail says what it records.")
	case says.opens || says.clicks:
		return a.no("The mail says that it records something, and it does not.", way, FixDuties)
	case says.none:
		return a.yes("The mail says that it contains no tracking, and it contains none.")
	case !s.needsDuties():
		return a.yes("The mail contains no tracking.")
	}
	return a.no("The mail does not say that it contains no tracking.", way, FixDuties)
}

// tracked asks DecideTrack for one wish. There is no clamp: a wish that is not
// allowed refuses the mail, so that nobody believes it to be tracked.
func (s sending) tracked(purpose Purpose, wished bool) Check {
	a := ask{"L6a", string(purpose), "Consent: " + purpose.Title(), "ePrivacy Art. 5(3); GDPR Art. 6(1)(a)"}
	if !wished {
		return a.yes("Not wished for this mail.")
	}
	if failed := DecideTrack(s.history, purpose, s.now).Failed(); len(failed) > 0 {
		fix := failed[0].Fix
		if fix == FixNone {
			fix = FixTracking // closed for good: what is left is to switch it off
		}
		return a.no(failed[0].Reason, failed[0].Way, fix)
	}
	return a.yes(fmt.Sprintf("Their consent to %s is on file.", purpose.Title()))
}

func (s sending) filled() Check {
	a := ask{"S48", "fields", "No unfilled field", "GDPR Art. 5(1)(d)"}
	if unfilled(s.letter.Subject) || unfilled(s.body.own) {
		return a.no("A field of the template is not filled.", "Fill it in the text, or on the lead card and pick the template again.", FixText)
	}
	return a.yes("No field of the template is left.")
}

func (s sending) subject() Check {
	a := ask{"P13.4", "subject", "Honest subject", "ePrivacy Art. 13(4)"}
	switch {
	case blank(s.letter.Subject):
		return a.no("The subject is empty.", "Write a subject.", FixText)
	case strings.ContainsFunc(s.letter.Subject, control) || !utf8.ValidString(s.letter.Subject):
		return a.no("The subject holds a line break or a control character.", "Write the subject anew.", FixText)
	case answerPrefix(s.letter.Subject) && !s.continues():
		return a.no("The subject looks like an answer, and the mail answers nothing.", "Take \"Re:\" or \"Fwd:\" away.", FixText)
	}
	return a.yes("The subject does not pretend anything.")
}

// continues reports whether the mail goes on with a conversation that is really there.
func (s sending) continues() bool {
	return s.letter.InReplyTo != "" && (s.ground.basis == BasisReply || s.ground.basis == BasisDuty || !s.history.LastOutbound.IsZero())
}

// answerPrefix reports whether a subject begins as answers and forwards do, in
// English, Polish or German, however it is spaced or counted ("RE[2] :").
func answerPrefix(subject string) bool {
	word, _, found := strings.Cut(plain(subject), ":")
	word = strings.TrimRight(word, "0123456789[]() ")
	if !found {
		return false
	}
	switch strings.TrimSpace(word) {
	case "re", "odp", "aw", "sv", "antw", "fwd", "fw", "pd", "wg", "tr", "rv", "r":
		return true
	}
	return false
}

func (s sending) text() Check {
	a := ask{"M3", "text", "Readable text", "RFC 5322"}
	switch {
	case blank(s.body.own):
		return a.no("The mail has no text.", "Write what you want to say.", FixText)
	case !utf8.ValidString(s.letter.Text):
		return a.no("The text holds broken characters.", "Write the damaged place anew.", FixText)
	case strings.ContainsFunc(strings.ReplaceAll(s.letter.Text, "\r\n", "\n"), func(r rune) bool { return r != '\n' && r != '\t' && control(r) }):
		return a.no("The text holds a control character.", "Write the damaged place anew.", FixText)
	}
	return a.yes("The text is plain and readable.")
}
